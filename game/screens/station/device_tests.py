"""Instrument tests: reported velocities, bounces, and how evenly presses arrive."""

import re
from dataclasses import replace

import pygame
from pygame import Rect

from game.metrics.station.instrument_tests import (
    FINE_JITTER_MS,
    LEAST_INTERVALS,
    STROKES,
    Bounces,
    bounces,
    jitter_ms,
    loudness_shares,
    one_loudness,
)
from game.music.note import Press, Touch
from game.screens.ui.listing import ListScreen
from game.screens.ui.paint import Brush, Style
from game.screens.ui.rows import Row, stepped
from game.screens.ui.screen import Screen, header, legend, legend_height
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import Verb
from game.screens.ui.view import MARGIN
from game.words import _, many

KEPT = 400
SHOWN = 24
FILTERS_MS = (0, 10, 20, 30, 40, 50, 60, 80, 100, 120)
AIR = re.compile(r"bluetooth|\bble\b|wireless|\bwidi\b|wi-?fi|rtp", re.IGNORECASE)
"""Names of wireless connections."""

ONLY_BACK = {Verb.PREVIOUS: "", Verb.CHOOSE: "", Verb.NEXT: "", Verb.MORE: ""}


class LoudnessScreen(Screen):
    """The last presses as bars, and how often each loudness came."""

    def __init__(self, stack: ScreenStack) -> None:
        super().__init__(stack)
        self.velocities: list[int] = []

    def touch(self, touch: Touch) -> bool:
        if isinstance(touch, Press):
            self.velocities = [*self.velocities, touch.velocity][-KEPT:]
        return False

    def said(self) -> str:
        """The summary line."""
        fixed = one_loudness(self.velocities)
        if not self.velocities:
            return _("Press keys softly and firmly; the lowest key leads back")
        if fixed:
            velocity = self.velocities[0]
            return _("Every press says {velocity}: it does not tell soft from loud", velocity=velocity)
        softest, loudest = min(self.velocities), max(self.velocities)
        return _("Softest {softest}, loudest {loudest} of 127", softest=softest, loudest=loudest)

    def draw(self, brush: Brush, now_s: float) -> None:
        view = brush.view
        brush.ground()
        count = many("{n} press", "{n} presses", len(self.velocities)) if self.velocities else ""
        top = header(brush, _("Loudness"), "", count) - 8
        warned = one_loudness(self.velocities) is True
        colour = brush.theme.accent if warned else brush.theme.dim
        line = view.rect(MARGIN, top, view.width - 2 * MARGIN, 34 * view.text_scale)
        brush.text(self.said(), line, Style(22, bold=warned, colour=colour))
        top += 34 * view.text_scale + 12
        tall = view.height - legend_height(view) - top - 20
        wide = (view.width - 2 * MARGIN - 24) / 2
        last = view.rect(MARGIN, top, wide, tall)
        often = view.rect(MARGIN + wide + 24, top, wide, tall)
        recent = [velocity / 127 for velocity in self.velocities[-SHOWN:]]
        draw_bars(brush, last, _("The last presses"), recent, SHOWN)
        shares = loudness_shares(self.velocities)
        draw_bars(brush, often, _("How often: soft to loud"), shares, len(shares))
        legend(brush, ONLY_BACK)


def bar_rects(place: Rect, shares: list[float], room: int, mirrored: bool) -> list[Rect]:
    """Upright bars in a place, the first where reading starts; `room` is how many would fill it."""
    step = place.width / room
    rects = []
    for i, share in enumerate(shares):
        tall = round(place.height * min(1.0, max(0.0, share)))
        left = place.right - round((i + 1) * step) if mirrored else place.left + round(i * step)
        rects.append(Rect(left, place.bottom - tall, max(2, round(step * 0.72)), tall))
    return rects


def draw_bars(brush: Brush, place: Rect, title: str, shares: list[float], room: int) -> None:
    """A card with a title and bars that stand in it."""
    view = brush.view
    brush.card(place)
    inner = place.inflate(-2 * view.px(24), -2 * view.px(18))
    line = round(view.px(32) * min(view.text_scale, 1.6))
    brush.text(title, Rect(inner.left, inner.top, inner.width, line), Style(20, colour=brush.theme.dim))
    plot = Rect(inner.left, inner.top + line, inner.width, inner.height - line)
    for rect in bar_rects(plot, shares, room, view.mirrored):
        if rect.height:
            pygame.draw.rect(brush.surface, brush.theme.fingers[1], rect, border_radius=view.px(3))


class BounceScreen(ListScreen):
    """One key pressed ten times with care; then what it did, and a filter if one is wanted."""

    def __init__(self, stack: ScreenStack) -> None:
        super().__init__(stack)
        self._touches: list[Touch] = []
        self.found: Bounces = bounces(())

    def touch(self, touch: Touch) -> bool:
        if self.found.done:
            return False
        self._touches.append(touch)
        self.found = bounces(self._touches)
        if self.found.done:
            self._propose()
        return True

    def _propose(self) -> None:
        card = self.stack.services.station()
        proposed_ms = self.found.proposed_ms(card.pads)
        if proposed_ms:
            self._keep(proposed_ms)

    def title(self) -> str:
        return _("Bounces")

    def subtitle(self) -> str:
        if not self.found.done:
            return _("Press one key ten times with care, and let it come up each time")
        if not self.found.bounces:
            return _("Every press counted once")
        return many("{n} press came double", "{n} presses came double", self.found.bounces)

    def rows(self) -> list[Row]:
        left = STROKES - self.found.strokes
        if left > 0:
            return [Row(_("Still to press"), value=str(left))]
        shortest = self.found.shortest_ms
        filter_ms = self.stack.services.station().setup.bounce_ms
        return [
            Row(
                _("Shortest gap"),
                _("From letting go to the next press"),
                value="–" if shortest is None else _("{ms} ms", ms=round(shortest)),
            ),
            Row(
                _("Filter for this instrument"),
                self._advice(),
                value=_("{ms} ms", ms=filter_ms) if filter_ms else _("off"),
                step=self._step,
            ),
            Row(_("Once more"), choose=self._again),
        ]

    def _advice(self) -> str:
        if self.stack.services.station().pads:
            return _("Proposed for pads that came double")
        return _("None is proposed for keys: fast repeats are music")

    def _step(self, by: int) -> None:
        self._keep(stepped(FILTERS_MS, self.stack.services.station().setup.bounce_ms, by))

    def _keep(self, bounce_ms: int) -> None:
        services = self.stack.services
        services.save_setup(replace(services.station().setup, bounce_ms=bounce_ms))

    def _again(self) -> None:
        self._touches, self.found = [], bounces(())


class ConnectionScreen(ListScreen):
    """How evenly presses arrive, measured while keys are pressed."""

    def __init__(self, stack: ScreenStack) -> None:
        super().__init__(stack)
        self._touches: list[Touch] = []

    def touch(self, touch: Touch) -> bool:
        self._touches = [*self._touches, touch][-KEPT:]
        return False

    def title(self) -> str:
        return _("Connection")

    def subtitle(self) -> str:
        return _("Play any keys for a while; the lowest key leads back")

    def rows(self) -> list[Row]:
        device = self.stack.services.station().device
        jitter = jitter_ms(self._touches)
        return [
            Row(_("Unevenness"), self.said(jitter), value=self._value(jitter)),
            Row(_("Instrument"), self._way(device.name), value=device.api or device.kind),
        ]

    def _value(self, jitter: float | None) -> str:
        return _("not known") if jitter is None else _("{ms:.1f} ms", ms=jitter)

    def said(self, jitter: float | None) -> str:
        """The meaning of the measured unevenness."""
        if jitter is None and len(self._touches) > LEAST_INTERVALS:
            return _("This driver tells no times of its own")
        if jitter is None:
            return _("{n} of {all} messages so far", n=len(self._touches), all=LEAST_INTERVALS + 1)
        if jitter > FINE_JITTER_MS:
            return _("Uneven: use a cable for measuring")
        return _("Even enough for measuring")

    def _way(self, name: str) -> str:
        if AIR.search(name):
            return _("{name}: wireless; a cable is steadier", name=name)
        return name

    def words(self) -> dict[Verb, str]:
        return {Verb.CHOOSE: "", Verb.MORE: ""}

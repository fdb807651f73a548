"""Your progress: the last runs in words, then lines, each of one level or of one measure of a probe."""

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

from pygame import Rect

from game.metrics.run_summary import RunSummary
from game.screens.progress.lines import LevelLine, level_lines, line_of_level, line_of_probe
from game.screens.progress.plain_words import outcome, quantity
from game.screens.ui.chart import caption, draw_line
from game.screens.ui.paint import Brush, Style
from game.screens.ui.screen import Screen, header, legend, legend_height
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import Player
from game.screens.ui.verbs import Verb
from game.screens.ui.view import MARGIN
from game.words import (
    MEASURE_NAMES,
    N_,
    _,
    change_words,
    day_words,
    dotted,
    many,
    number,
    share_words,
    titled,
)

if TYPE_CHECKING:
    from game.metrics.trends.probes import Progress

RUNS_LISTED = 6


class HistoryScreen(Screen):
    """Pages that less and more turn: a list of the last runs, a line of each level, a line of each measure.

    figures: with the start value and the smallest detectable change, as a therapist reads them.
    """

    def __init__(self, stack: ScreenStack, player: Player, figures: bool = False) -> None:
        super().__init__(stack)
        self._figures = figures
        self._past: Sequence[RunSummary] | None = None
        self._levels: Sequence[LevelLine] = ()
        self._measures: Sequence[Progress] = ()
        self._at = 0
        stack.when(stack.services.history(player), self._show)
        stack.when(stack.services.progress(player), self._show_measures)

    def _show(self, past: Sequence[RunSummary]) -> None:
        self._past, self._levels = past, level_lines(past)

    def _show_measures(self, measures: "Sequence[Progress]") -> None:
        self._measures = measures

    @property
    def pages(self) -> "tuple[LevelLine | Progress | None, ...]":
        """The content of each page; None: the list of runs."""
        return (None, *self._measures, *self._levels)

    @property
    def shown(self) -> "LevelLine | Progress | None":
        """What the page that is open shows; None: the list of runs."""
        return self.pages[self._at]

    def verb(self, verb: Verb) -> None:
        if verb is Verb.BACK:
            super().verb(verb)
        else:
            by = -1 if verb in (Verb.LESS, Verb.PREVIOUS) else 1
            self._at = (self._at + by) % len(self.pages)

    def draw(self, brush: Brush, now_s: float) -> None:
        view = brush.view
        brush.ground()
        past, pages = self._past or (), len(self.pages)
        played = many("{n} time played", "{n} times played", len(past)) if past else ""
        place = _("{n} of {all}", n=self._at + 1, all=pages) if pages > 1 else ""
        top = header(brush, _("Your progress"), played, place)
        tall = view.height - legend_height(view) - top - 24
        card = view.rect(MARGIN, top + 4, view.width - 2 * MARGIN, tall)
        brush.card(card)
        inner = card.inflate(-2 * view.px(30), -2 * view.px(16))
        if isinstance(self.shown, LevelLine):
            self._draw_level(brush, self.shown, inner)
        elif self.shown is not None:
            self._draw_measure(brush, self.shown, inner)
        elif self._past is not None:
            self._draw_runs(brush, self._past, inner)
        more = N_("change") if pages > 1 else ""
        legend(brush, {Verb.PREVIOUS: "", Verb.NEXT: "", Verb.CHOOSE: more, Verb.MORE: ""})

    def _draw_runs(self, brush: Brush, past: Sequence[RunSummary], inner: Rect) -> None:
        place, foot = _framed(brush, _("Recently played"), inner)
        hint = "" if self._measures else _("progress checks show what changes from day to day")
        hint = hint if len(self.pages) > 1 else _("Play twice to see a line")
        tall = place.height if hint else inner.bottom - place.top
        step = round(brush.view.px(46) * brush.view.text_scale)
        for i, run in enumerate(reversed(past[-max(1, min(RUNS_LISTED, tall // step)) :])):
            _draw_run(brush, run, Rect(place.left, place.top + i * step, place.width, step))
        caption(brush, hint, foot)

    def _draw_level(self, brush: Brush, one: LevelLine, inner: Rect) -> None:
        place, foot = _framed(brush, dotted((titled(one.title), _("notes played"))), inner)
        draw_line(brush, line_of_level(one), place)
        caption(
            brush, _("latest: {value}", value=quantity(one.runs[-1].hit_rate_pct or 0.0, ".0f", "%")), foot
        )

    def _draw_measure(self, brush: Brush, one: "Progress", inner: Rect) -> None:
        trend = one.trend
        place, foot = _framed(brush, dotted((titled(one.level_title), _(MEASURE_NAMES[one.measure]))), inner)
        draw_line(brush, line_of_probe(one), place)
        latest = quantity(trend.days[-1].value, ".3g", one.unit)
        said = [
            _("latest: {value}", value=latest),
            change_words(trend.change, trend.days_needed, trend.practice_days > 0),
        ]
        if one.better != "neither":
            said.append(_("higher in the picture is better"))
        if self._figures and not isnan(trend.baseline):
            start, least = number(trend.baseline, ".3g"), number(trend.mdc95, ".2g")
            words = _(
                "start value {baseline}, smallest detectable change {mdc95}", baseline=start, mdc95=least
            )
            said.append(words)
            if one.mdc95_pct is not None:
                said.append(share_words(one.mdc95_pct, bool(one.coarse)))
        caption(brush, dotted(said), foot)


def _draw_run(brush: Brush, run: RunSummary, row: Rect) -> None:
    """When, what, and in words how it went."""
    view = brush.view
    widths = [round(row.width * share) for share in (0.14, 0.5, 0.36)]
    texts = (day_words(run.day), titled(run.level_title), outcome(run))
    left = row.left
    for text, width, colour in zip(texts, widths, (brush.theme.dim, None, brush.theme.dim), strict=True):
        box = Rect(left, row.top, width - view.px(16), row.height)
        if view.mirrored:
            box.right = row.left + row.right - left
        brush.text(text, box, Style(22, colour=colour, lines=2 if colour else 1))
        left += width


def _framed(brush: Brush, head: str, inner: Rect) -> tuple[Rect, Rect]:
    """A heading; what is left for the picture, and for the line below it."""
    view = brush.view
    line = round(view.px(44) * view.text_scale)
    brush.text(head, Rect(inner.left, inner.top, inner.width, line), Style(24, bold=True))
    foot = Rect(inner.left, inner.bottom - line, inner.width, line)
    return Rect(inner.left, inner.top + line, inner.width, foot.top - inner.top - line - view.px(12)), foot

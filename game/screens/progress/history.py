"""How it is going: the notes of all runs as a line, and each measure of the probes with its band."""

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

from pygame import Rect

from game.metrics.run_summary import RunSummary
from game.screens.progress.plain_words import quantity
from game.screens.ui.chart import caption, draw_chart
from game.screens.ui.paint import Brush, Style
from game.screens.ui.screen import Screen, header, legend, legend_height
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import Player
from game.screens.ui.verbs import Verb
from game.screens.ui.view import MARGIN
from game.words import MEASURE_NAMES, N_, _, change_words, dotted, many, number, percent, titled

if TYPE_CHECKING:
    from game.metrics.trends.probes import Progress

RUNS_SHOWN = 24
LEAST_SPANS = {"%": 10.0, "ms": 20.0}
"""How much of a unit the axis shows at least, so that small steps look small; else a fifth of the value."""


class HistoryScreen(Screen):
    """A line over the last runs, then one for each measure of each probe; less and more change it.

    figures: with the baseline and the smallest real change, as a therapist reads them.
    """

    def __init__(self, stack: ScreenStack, player: Player, figures: bool = False) -> None:
        super().__init__(stack)
        self._figures = figures
        self._past: Sequence[RunSummary] | None = None
        self._lines: Sequence[Progress] = ()
        self._at = 0
        stack.when(stack.services.history(player), self._show)
        stack.when(stack.services.progress(player), self._show_lines)

    def _show(self, past: Sequence[RunSummary]) -> None:
        self._past = past

    def _show_lines(self, lines: "Sequence[Progress]") -> None:
        self._lines = lines

    def verb(self, verb: Verb) -> None:
        if verb is Verb.BACK:
            super().verb(verb)
        else:
            by = -1 if verb in (Verb.LESS, Verb.PREVIOUS) else 1
            self._at = (self._at + by) % (1 + len(self._lines))

    @property
    def shown(self) -> "Progress | None":
        """The measure of a probe that is shown; None for the notes of all runs."""
        return self._lines[self._at - 1] if self._at else None

    def draw(self, brush: Brush, now_s: float) -> None:
        view = brush.view
        brush.ground()
        past = self._past or ()
        played = many("{n} time played", "{n} times played", len(past)) if past else ""
        top = header(brush, _("Your progress"), played)
        tall = view.height - legend_height(view) - top - 24
        card = view.rect(MARGIN, top + 4, view.width - 2 * MARGIN, tall)
        brush.card(card)
        inner = card.inflate(-2 * view.px(30), -2 * view.px(16))
        if self.shown is not None:
            self._draw_progress(brush, self.shown, inner)
        elif self._past is not None:
            self._draw_notes(brush, inner)
        more = N_("change") if self._lines else ""
        legend(brush, {Verb.PREVIOUS: "", Verb.NEXT: "", Verb.CHOOSE: more, Verb.MORE: ""})

    def _draw_notes(self, brush: Brush, inner: Rect) -> None:
        values = [p.hit_rate_pct for p in self._past or () if p.hit_rate_pct is not None][-RUNS_SHOWN:]
        place, foot = _framed(brush, _("Notes played"), inner)
        if len(values) < 2:
            caption(brush, _("Play twice to see a line"), foot)
            return
        draw_chart(brush, values, place, least_span=10)
        newest = _("latest: {value}", value=percent(values[-1]))
        hint = "" if self._lines else _("progress checks show what changes from day to day")
        caption(brush, dotted((newest, hint)), foot)

    def _draw_progress(self, brush: Brush, one: "Progress", inner: Rect) -> None:
        trend = one.trend
        name = _(MEASURE_NAMES[one.measure])
        place, foot = _framed(brush, f"{titled(one.level_title)} · {name}", inner)
        up = -1.0 if one.better == "lower" else 1.0
        values = [up * day.value for day in trend.days]
        middle = up * trend.baseline
        band = None if isnan(middle) else (middle - trend.mdc95, middle + trend.mdc95)
        least = LEAST_SPANS.get(one.unit, abs(values[-1]) / 5)
        draw_chart(brush, values, place, least_span=least, band=band)
        newest = _("latest: {value}", value=quantity(trend.days[-1].value, ".3g", one.unit))
        said = [newest, change_words(trend.change, trend.days_needed)]
        if one.better != "neither":
            said.append(_("higher in the picture is better"))
        if self._figures and band:
            said.append(
                _(
                    "start value {baseline}, smallest detectable change {mdc95}",
                    baseline=number(trend.baseline, ".3g"),
                    mdc95=number(trend.mdc95, ".2g"),
                )
            )
        caption(brush, dotted(said), foot)


def _framed(brush: Brush, head: str, inner: Rect) -> tuple[Rect, Rect]:
    """A heading; what is left for the picture, and for the line below it."""
    view = brush.view
    line = round(view.px(44) * view.text_scale)
    brush.text(head, Rect(inner.left, inner.top, inner.width, line), Style(24, bold=True))
    foot = Rect(inner.left, inner.bottom - line, inner.width, line)
    return Rect(inner.left, inner.top + line, inner.width, foot.top - inner.top - line - view.px(12)), foot

"""How it is going: one measure over the player's own runs, as a picture."""

from collections.abc import Sequence

from pygame import Rect

from game.screens.chart import LEAST_POINTS_FOR_BAND, caption, draw_chart
from game.screens.house import Past, Player
from game.screens.paint import Brush, Style
from game.screens.screen import Screen, header, legend, legend_height
from game.screens.stage import Stage
from game.screens.verbs import Verb
from game.screens.view import MARGIN
from game.words import N_, _, many

MEASURES = ("hits", "steadiness")
HEADS = {"hits": N_("Notes played"), "steadiness": N_("Steadiness")}
RUNS_SHOWN = 24


class HistoryScreen(Screen):
    """A line over the last runs; less and more change the measure."""

    def __init__(self, stage: Stage, player: Player) -> None:
        super().__init__(stage)
        self._past: Sequence[Past] | None = None
        self._measure = 0
        stage.when(stage.house.history(player), self._show)

    def _show(self, past: Sequence[Past]) -> None:
        self._past = past

    def verb(self, verb: Verb) -> None:
        if verb is Verb.BACK:
            super().verb(verb)
        else:
            by = -1 if verb in (Verb.LESS, Verb.PREVIOUS) else 1
            self._measure = (self._measure + by) % len(MEASURES)

    @property
    def measure(self) -> str:
        return MEASURES[self._measure]

    def draw(self, brush: Brush, now_s: float) -> None:
        view = brush.view
        brush.ground()
        past = self._past or ()
        played = many("{n} time played", "{n} times played", len(past)) if past else ""
        top = header(brush, _("How it is going"), played)
        tall = view.height - legend_height(view) - top - 24
        card = view.rect(MARGIN, top + 4, view.width - 2 * MARGIN, tall)
        brush.card(card)
        if self._past is not None:
            self._draw_measure(brush, card.inflate(-2 * view.px(30), -2 * view.px(16)))
        words = {Verb.PREVIOUS: "", Verb.NEXT: "", Verb.CHOOSE: N_("change"), Verb.MORE: ""}
        legend(brush, words)

    def _draw_measure(self, brush: Brush, inner: Rect) -> None:
        line = round(brush.view.px(44) * brush.view.text_scale)
        head = Rect(inner.left, inner.top, inner.width, line)
        brush.text(_(HEADS[self.measure]), head, Style(24, bold=True))
        values = measured(self._past or (), self.measure)
        foot = Rect(inner.left, inner.bottom - line, inner.width, line)
        if len(values) < 2:
            caption(brush, _("Play twice and a line begins here"), foot)
            return
        place = Rect(inner.left, head.bottom, inner.width, foot.top - head.bottom - brush.view.px(12))
        draw_chart(brush, values, place, least_span=10 if self.measure == "hits" else 20)
        newest = (
            _("newest: {value} %", value=round(values[-1]))
            if self.measure == "hits"
            else _("higher is steadier")
        )
        band = _("the band is your usual day-to-day change")
        caption(brush, f"{newest} · {band}" if len(values) > LEAST_POINTS_FOR_BAND else newest, foot)


def measured(past: Sequence[Past], measure: str) -> list[float]:
    """Values of a measure over the last runs, oldest first; upwards is better in each."""
    if measure == "hits":
        values = [p.hit_rate_pct for p in past if p.hit_rate_pct is not None]
    else:
        values = [-p.asynchrony_sd_ms for p in past if p.asynchrony_sd_ms is not None]
    return values[-RUNS_SHOWN:]

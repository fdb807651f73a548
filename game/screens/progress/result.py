"""After a run: the fingers first, then three measures in plain words, then one next step in focus."""

from collections.abc import Sequence
from math import isnan
from statistics import mean

from pygame import Rect

from game.metrics.inhibition import held_back_in
from game.metrics.run_summary import RunSummary
from game.metrics.summary import Summary, by_finger, summary
from game.music.note import Press
from game.music.recording import Ended
from game.music.step_reason import StepReason
from game.run.run import Run
from game.screens.progress.plain_words import SHOWN, Said, quantity, said
from game.screens.ui.chart import Line, caption, draw_line
from game.screens.ui.paint import Brush, Style
from game.screens.ui.practice_row import practice_row
from game.screens.ui.rows import Row, RowList, row_height
from game.screens.ui.screen import Screen, header, legend, legend_height, notice
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import Recommendation, Result
from game.screens.ui.verbs import Verb
from game.screens.ui.view import MARGIN, View
from game.screens.ui.words_of_levels import named
from game.words import HAND_NAMES, N_, _, day_words, dotted, many, titled

LEAN_MS, FAR_MS = 60.0, 150.0
MOST_PCT, EVERY_PCT = 80.0, 100.0
"""Limits of the words for a finger; proposals for a clinician to sign off."""

MEASURE_PX = 48
LEAST_LINE_PX = 22

WHY = {
    StepReason.ON: N_("Next: {title}"),
    StepReason.MORE_FINGERS: N_("Next: the same song, more fingers"),
    StepReason.BOTH_HANDS: N_("Next: the same song, both hands"),
    StepReason.FASTER: N_("Next: the same, a little faster"),
    StepReason.AGAIN: N_("Next: the same once more"),
    StepReason.CALMER: N_("Next: the same, a little calmer"),
    StepReason.WHOLE: N_("Next: now all of it"),
}


class ResultScreen(Screen):
    """A run's result in words that encourage or inform."""

    def __init__(self, stack: ScreenStack, run: Run, back: Recommendation | None = None) -> None:
        """back: where a part was practised, what it leads back to."""
        super().__init__(stack)
        self._run, self._back = run, back
        self._verdicts = run.verdicts()
        self._whole, self._fingers = summary(self._verdicts), by_finger(self._verdicts)
        self._result: Result | None = None
        self._asked = False
        self._heard = any(isinstance(touch, Press) for touch in run.recording().touches)
        self._list = RowList([Row(_("Next: one moment …"), choose=self._ask)], low=True, beside=True)
        self._top = 540.0
        stack.when(stack.services.result(stack.player, run), self.show)

    def show(self, result: Result) -> None:
        """Take the result when it is there; what was asked for before it came begins."""
        self._result = result
        offer, part = self._back or result.offer, self._part(result)
        words = _(WHY.get(offer.why, WHY[StepReason.AGAIN]), title=titled(offer.level.title))
        rows = [Row(words, choose=lambda: self._play(offer))]
        if part:
            rows.append(practice_row(part, lambda: self._play(part, self._leads_back(offer))))
        self._list.replace(rows)
        if self._asked and self.stack.top is self:
            self._play(offer)

    def _ask(self) -> None:
        self._asked = True

    def _part(self, result: Result) -> Recommendation | None:
        """The part that was practised, else one that is worth it."""
        run = self._run
        return (
            Recommendation(run.level, run.conditions.speed, StepReason.PART)
            if run.level.bars
            else result.practice
        )

    def _leads_back(self, offer: Recommendation) -> Recommendation:
        """What a part leads back to: the level at the speed at which it was to go on, where it was."""
        run = self._run
        if self._back or offer.level.id == run.level.id:
            return Recommendation(offer.level, offer.speed, StepReason.WHOLE)
        return Recommendation(run.level, run.conditions.speed, StepReason.WHOLE)

    def _play(self, offer: Recommendation, back: Recommendation | None = None) -> None:
        self.stack.replace(self.stack.routes.play(offer.level, offer.speed, back))

    def verb(self, verb: Verb) -> None:
        if not self._list.verb(verb):
            super().verb(verb)

    def point(self, at: tuple[int, int], view: View) -> None:
        if not self._list.point(at, view, self._top):
            super().point(at, view)

    def draw(self, brush: Brush, now_s: float) -> None:
        view = brush.view
        brush.ground()
        result = self._result
        top = header(brush, self._head(), self._about())
        self._list.foot = notice(brush, self.stack.notices())
        self._top = view.height - legend_height(view) - row_height(view, low=True) - self._list.foot - 13
        tall = self._top - top - 22
        half = (view.width - 2 * MARGIN - 32) / 2
        self._draw_fingers(brush, view.rect(MARGIN, top + 4, half, tall))
        self._draw_numbers(brush, result, view.rect(MARGIN + half + 32, top + 4, half, tall))
        self._list.draw(brush, self._top)
        other = N_("next button") if len(self._list.rows) > 1 else ""
        legend(brush, {Verb.PREVIOUS: "", Verb.NEXT: other, Verb.MORE: ""})

    def _head(self) -> str:
        if not self._heard:
            return _("Nothing was heard")
        return _("You played to the end") if self._run.ended == "finished" else _("Glad you played")

    def _about(self) -> str:
        level = self._run.level
        minutes = max(1, round(self._run.end_s / 60))
        return dotted(
            (
                named(level),
                _(HAND_NAMES[level.hand.value]),
                _("{bpm} beats a minute", bpm=round(self._run.tempo.bpm(0))),
                many("{n} minute", "{n} minutes", minutes),
                *self._held_back(),
            )
        )

    def _held_back(self) -> tuple[str, ...]:
        """How many of the notes marked "do not play" were left out, if there were any."""
        back = held_back_in(self._run.level, self._verdicts, self._run.conditions)
        kept = _("left out {n} of {all} crossed notes", n=back.of - back.played, all=back.of)
        return (kept,) if back.of else ()

    def _draw_fingers(self, brush: Brush, card: Rect) -> None:
        view = brush.view
        brush.card(card)
        inner = card.inflate(-2 * view.px(30), -2 * view.px(16))
        line = head_px(view)
        brush.text(_("Your fingers"), Rect(inner.left, inner.top, inner.width, line), Style(24, bold=True))
        fingers = list(self._fingers.items())[:10]
        hands = {name.split("-")[0] for name, _one in fingers}
        if not fingers:
            whole = Rect(inner.left, inner.top + line, inner.width, line)
            brush.text(_hits_words(self._whole), whole, Style(22))
            return
        step = min(view.px(64), (inner.height - line) // len(fingers))
        for i, (name, one) in enumerate(fingers):
            row = Rect(inner.left, inner.top + line + i * step, inner.width, step)
            _draw_finger(brush, name, one, row, framed=name.startswith("left") and len(hands) > 1)

    def _draw_numbers(self, brush: Brush, result: Result | None, card: Rect) -> None:
        """Three measures in plain words, and where there is room the player's own days as a line."""
        view = brush.view
        brush.card(card)
        inner = card.inflate(-2 * view.px(30), -2 * view.px(16))
        line = head_px(view)
        brush.text(_("In numbers"), Rect(inner.left, inner.top, inner.width, line), Style(24, bold=True))
        below = inner.top + line
        if not self._heard:
            rest = Rect(inner.left, below, inner.width, min(2 * line, inner.bottom - below))
            caption(brush, _("Check that the keyboard is on and connected"), rest)
            return
        if result is None:
            known = Rect(inner.left, below, inner.width, line)
            brush.text(_hits_words(self._whole), known, Style(22))
            caption(brush, _("One moment …"), known.move(0, line))
            return
        lines = said(result.measures.run if result.measures else ())
        step = min(view.px(MEASURE_PX), (inner.bottom - below) // (SHOWN + 1))
        step = step if view.text_scale <= 1.3 else (inner.bottom - below) // SHOWN
        for one in lines:
            _draw_said(brush, one, Rect(inner.left, below, inner.width, step))
            below += step
        if len(lines) < SHOWN:
            rest = Rect(inner.left, below, inner.width, min(2 * line, inner.bottom - below))
            caption(brush, _("A longer piece says more"), rest)
            return
        days, now_ms = steadiness(result.past), result.whole.asynchrony_sd_ms
        place = Rect(inner.left, below + view.px(10), inner.width, inner.bottom - below - view.px(10))
        if days and not isnan(now_ms) and place.height > 3 * line:
            self._draw_days(brush, days, now_ms, place)

    def _draw_days(self, brush: Brush, days: dict[str, float], now_ms: float, place: Rect) -> None:
        """The spread of timing on earlier days and now, the smaller the higher."""
        line = head_px(brush.view)
        foot = Rect(place.left, place.bottom - line, place.width, line)
        heights = [-ms for ms in (*days.values(), now_ms)]
        ends = day_words(next(iter(days))), _("today")
        drawn = Line(heights, ends, _spread_words, 20.0, bounds=(float("-inf"), 0.0))
        draw_line(brush, drawn, Rect(*place.topleft, place.width, place.height - line))
        caption(brush, _("Your steadiness lately: higher is steadier"), foot)


def _spread_words(height: float) -> str:
    return quantity(abs(height), ".0f", "ms")


def _draw_said(brush: Brush, one: Said, row: Rect) -> None:
    """Words and figure beside each other, or under each other where the letters are large.

    Where there is no room for both at a size that can be read, the words stand alone.
    """
    view = brush.view
    if view.text_scale > 1.3:
        if row.height < 2 * view.px(LEAST_LINE_PX) * view.text_scale:
            brush.text(one.words, row, Style(22))
            return
        half = row.height // 2
        brush.text(one.words, Rect(row.left, row.top, row.width, half), Style(22))
        lower = Rect(row.left, row.top + half, row.width, half)
        brush.text(one.figure, lower, Style(18, colour=brush.theme.dim))
        return
    wide = round(row.width * 0.58)
    words, figure = Rect(row.left, row.top, wide, row.height), Rect(row)
    figure.width = row.width - wide - view.px(12)
    figure.left = row.left + wide + view.px(12)
    if view.mirrored:
        words.right, figure.left = row.right, row.left
    brush.text(one.words, words, Style(22, lines=2))
    brush.text(one.figure, figure, Style(20, colour=brush.theme.dim))


def head_px(view: View) -> int:
    """Height of a card's heading."""
    return round(view.px(44) * min(view.text_scale, 1.3))


def steadiness(past: Sequence[RunSummary]) -> dict[str, float]:
    """SD of asynchrony (ms) by earlier day: the mean of its finished runs that have one."""
    days: dict[str, list[float]] = {}
    for one in past:
        if one.asynchrony_sd_ms is not None and one.ended is Ended.FINISHED:
            days.setdefault(one.day, []).append(one.asynchrony_sd_ms)
    return {day: mean(values) for day, values in days.items()}


def _hits_words(whole: Summary) -> str:
    return many("{hits} of {n} note played", "{hits} of {n} notes played", whole.notes, hits=whole.hits)


def finger_words(one: Summary) -> str:
    """A finger's run in words that encourage or inform."""
    if one.hits == 0:
        return _("other keys") if one.wrong_keys else _("not heard this time")
    lean_ms = one.asynchrony_mean_ms
    if abs(lean_ms) > FAR_MS:
        return _("ahead of the beat") if lean_ms < 0 else _("behind the beat")
    if abs(lean_ms) > LEAN_MS:
        return _("a little ahead of the beat") if lean_ms < 0 else _("a little behind the beat")
    if one.hit_rate_pct >= EVERY_PCT:
        return _("every note")
    return _("most notes") if one.hit_rate_pct >= MOST_PCT else _("some notes")


def _draw_finger(brush: Brush, name: str, one: Summary, row: Rect, *, framed: bool) -> None:
    """A finger's mark, its hits as a bar, and its words."""
    view = brush.view
    number = int(name[-1])
    half = min(view.px(18), round(row.height * 0.34))
    place = row.copy()
    at = (row.right - half - view.px(6) if view.mirrored else row.left + half + view.px(6), row.centery)
    brush.mark(number, at, half, left=framed)
    room = place.width - 2 * half - view.px(30)
    bar = Rect(0, 0, round(room * 0.48), view.px(18))
    words = Rect(0, row.top, room - bar.width - view.px(16), row.height)
    if view.mirrored:
        bar.right = row.right - 2 * half - view.px(30)
        words.right = bar.left - view.px(16)
    else:
        bar.left = row.left + 2 * half + view.px(30)
        words.left = bar.right + view.px(16)
    bar.centery = row.centery
    brush.bar(bar, one.hit_rate_pct / 100, brush.theme.finger(number))
    brush.text(finger_words(one), words, Style(20, colour=brush.theme.dim, lines=2))

"""A list with one row in focus: the shape of every menu. Which row is where is a pure function."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pygame
from pygame import Rect

from game.screens.ui.paint import Brush, Style
from game.screens.ui.screen import legend_height
from game.screens.ui.theme import mixed
from game.screens.ui.verbs import Verb
from game.screens.ui.view import MARGIN, View
from game.words import _

MOST_ROWS = 4
GAP = 15


def stepped(choices: Sequence[Any], now: Any, by: int) -> Any:
    """The choice `by` places on from the present one, round and round."""
    nearest = (
        min(range(len(choices)), key=lambda i: abs(choices[i] - now))
        if not isinstance(now, str)
        else (choices.index(now) if now in choices else 0)
    )
    return choices[(nearest + by) % len(choices)]


@dataclass(frozen=True, slots=True)
class Row:
    """One row. Texts are already in the reader's language.

    finger: the mark before it, 0 for none. value: at its end; `step` changes it (−1 less, +1 more).
    difficulty: 1–10, shown as ten small bars. ticked: a box before it, ticked or not.
    initial: a letter in a circle before it. closer: what less and more do instead of `step`, to look closer.
    """

    title: str
    detail: str = ""
    value: str = ""
    finger: int = 0
    difficulty: float | None = None
    ticked: bool | None = None
    initial: str = ""
    choose: Callable[[], None] | None = None
    step: Callable[[int], None] | None = None
    closer: Callable[[], None] | None = None


@dataclass(slots=True)
class RowList:
    """Rows, which of them has the focus, and which is the first on screen.

    foot: units to be left free over the legend. low: rows of one line, which need less height. beside: all
    rows in one line, beside each other.
    """

    rows: Sequence[Row] = field(default_factory=list)
    focus: int = 0
    first: int = 0
    foot: float = 0.0
    low: bool = False
    beside: bool = False

    def replace(self, rows: Sequence[Row]) -> None:
        """Show other rows; the focus stays where it is if possible."""
        self.rows = rows
        self.focus = max(0, min(self.focus, len(rows) - 1))

    @property
    def focused(self) -> Row | None:
        return self.rows[self.focus] if self.rows else None

    def verb(self, verb: Verb) -> bool:
        """Handle a verb: move the focus or pass it to the focused row. True if handled."""
        row = self.focused
        if row is None:
            return False
        if verb in (Verb.PREVIOUS, Verb.NEXT) or (self.beside and verb in (Verb.LESS, Verb.MORE)):
            by = 1 if verb in (Verb.NEXT, Verb.MORE) else -1
            self.focus = (self.focus + by) % len(self.rows)
        elif verb in (Verb.LESS, Verb.MORE):
            self._step(row, 1 if verb is Verb.MORE else -1)
        elif verb is Verb.CHOOSE:
            self._choose(row)
        else:
            return False
        return True

    def _step(self, row: Row, by: int) -> None:
        if row.step:
            row.step(by)
        elif row.closer:
            row.closer()
        else:
            page = self.focus + by * MOST_ROWS
            self.focus = page % len(self.rows) if 0 <= page < len(self.rows) else (0 if by > 0 else -1)
            self.focus %= len(self.rows)

    def _choose(self, row: Row) -> None:
        if row.choose:
            row.choose()
        elif row.step:
            row.step(1)

    def point(self, at: tuple[int, int], view: View, top: float) -> bool:
        """Choose the row that a point lies on; at the ends of a row with a value, less or more of it."""
        for index, rect in self.places(view, top):
            if rect.collidepoint(at):
                self.focus = index
                self._pointed(self.rows[index], at, rect, view)
                return True
        return False

    def _pointed(self, row: Row, at: tuple[int, int], rect: Rect, view: View) -> None:
        if not row.step:
            self._choose(row)
            return
        less = at[0] > rect.centerx if view.mirrored else at[0] < rect.centerx
        row.step(-1 if less else 1)

    def places(self, view: View, top: float) -> list[tuple[int, Rect]]:
        """The rows on screen by index with their rectangles; scrolls so that the focus is among them."""
        tall, width = row_height(view, low=self.low), view.width - 2 * MARGIN
        if self.beside:
            each = (width + GAP) / max(1, len(self.rows))
            return [(i, view.rect(MARGIN + i * each, top, each - GAP, tall)) for i in range(len(self.rows))]
        room = view.height - legend_height(view) - 12 - self.foot - top
        shown = max(1, min(MOST_ROWS, int((room + GAP) // (tall + GAP))))
        self.first = max(0, min(self.first, self.focus, len(self.rows) - shown))
        self.first = max(self.first, self.focus - shown + 1)
        return [
            (index, view.rect(MARGIN, top + i * (tall + GAP), width, tall))
            for i, index in enumerate(range(self.first, min(len(self.rows), self.first + shown)))
        ]

    def draw(self, brush: Brush, top: float) -> None:
        """Paint the rows that fit from `top` (units) down to the legend."""
        places = self.places(brush.view, top)
        for index, rect in places:
            _draw_row(brush, self.rows[index], rect, focused=index == self.focus)
        if places and not self.beside:
            (first, highest), (last, lowest) = places[0], places[-1]
            if first > 0:
                _draw_more(brush, highest, -1)
            if last < len(self.rows) - 1:
                _draw_more(brush, lowest, 1)

    def place(self) -> str:
        """Where in the list the focus is, for the header; empty where all rows fit."""
        if len(self.rows) <= MOST_ROWS:
            return ""
        return _("{n} of {all}", n=self.focus + 1, all=len(self.rows))


def row_height(view: View, *, low: bool = False) -> float:
    """Height of a row in units: 98 at the normal text size."""
    return (50 if low else 32) + (40 if low else 66) * view.text_scale


def _draw_row(brush: Brush, row: Row, rect: Rect, *, focused: bool) -> None:
    view = brush.view
    brush.card(rect, raised=focused)
    if focused:
        brush.focus(rect)
    inner = rect.inflate(-2 * view.px(30), 0)
    start = inner.copy()
    if row.finger or row.initial or row.ticked is not None:
        start = _after(inner, view.px(74), view)
        middle = (inner.right - view.px(26) if view.mirrored else inner.left + view.px(26), rect.centery)
        if row.finger:
            brush.mark(row.finger, middle, view.px(22))
        elif row.initial:
            brush.initial(row.initial, middle, view.px(24))
        else:
            _draw_tick(brush, middle, bool(row.ticked))
    end_width = _end_width(row, inner, view)
    _draw_words(brush, row, _before(start, end_width, view))
    _draw_end(brush, row, inner, end_width, focused=focused)


def _draw_more(brush: Brush, row: Rect, down: int) -> None:
    """Paint a small arrow beyond the last row shown (down 1) or the first (−1), where there are more."""
    px, near = brush.view.px, row.bottom if down > 0 else row.top
    foot, tip = near + down * px(5), near + down * px(11)
    x, half = row.centerx, px(14)
    pygame.draw.polygon(brush.surface, brush.theme.dim, [(x - half, foot), (x + half, foot), (x, tip)])


def _end_width(row: Row, inner: Rect, view: View) -> int:
    width = view.px(200) if row.difficulty is not None else 0
    if row.value:
        width += round(inner.width * (0.22 if row.difficulty is not None else 0.38))
    return min(width, round(inner.width * 0.5))


def _draw_words(brush: Brush, row: Row, rect: Rect) -> None:
    if not row.detail:
        brush.text(row.title, rect, Style(28, bold=True, lines=2))
        return
    middle = rect.top + round(rect.height * 0.54)
    upper = Rect(rect.left, rect.top, rect.width, middle - rect.top)
    lower = Rect(rect.left, middle, rect.width, rect.bottom - middle)
    upper.top += brush.view.px(6)
    lower.height -= brush.view.px(8)
    brush.text(row.title, upper, Style(28, bold=True))
    brush.text(row.detail, lower, Style(20, colour=brush.theme.dim))


def _draw_end(brush: Brush, row: Row, inner: Rect, width: int, *, focused: bool) -> None:
    if not width:
        return
    view = brush.view
    end = Rect(inner.left if view.mirrored else inner.right - width, inner.top, width, inner.height)
    if row.difficulty is not None:
        bars = view.px(185)
        at = Rect(end.left if view.mirrored else end.right - bars, end.top, bars, end.height)
        _draw_difficulty(brush, row.difficulty, at)
        end = _before(end, bars + view.px(30), view)
    if row.value:
        text = f"‹ {row.value} ›" if row.step and focused else row.value
        align = "middle" if row.step else "end"
        brush.text(text, end, Style(24 if row.step else 22, align=align, lines=2, bold=bool(row.step)))


def _draw_difficulty(brush: Brush, difficulty: float, rect: Rect) -> None:
    """Ten rising bars, lit up to the level's difficulty."""
    view, theme = brush.view, brush.theme
    step, foot = rect.width / 10, rect.centery + view.px(17)
    for i in range(10):
        tall = view.px(8 + 2.7 * i)
        x = rect.left + round((9 - i if view.mirrored else i) * step)
        lit = i < round(difficulty)
        colour = theme.fingers[1] if lit else mixed(theme.panel, theme.line, 0.8)
        bar = Rect(x, foot - tall, view.px(11), tall)
        brush.surface.fill(colour, bar)


def _draw_tick(brush: Brush, middle: tuple[int, int], ticked: bool) -> None:
    view, theme = brush.view, brush.theme
    box = Rect(0, 0, view.px(36), view.px(36))
    box.center = middle
    brush.edge(box, theme.dim, radius=8)
    if ticked:
        x, y, side = box.left, box.top, box.width
        corners = [(0.22, 0.55), (0.42, 0.74), (0.80, 0.28)]
        points = [(x + round(a * side), y + round(b * side)) for a, b in corners]
        pygame.draw.lines(brush.surface, theme.accent, False, points, view.px(6))


def _after(rect: Rect, width: int, view: View) -> Rect:
    """What is left of a rectangle after a piece at its start."""
    left = rect.left if view.mirrored else rect.left + width
    return Rect(left, rect.top, max(1, rect.width - width), rect.height)


def _before(rect: Rect, width: int, view: View) -> Rect:
    """What is left of a rectangle before a piece at its end."""
    left = rect.left + width if view.mirrored else rect.left
    return Rect(left, rect.top, max(1, rect.width - width), rect.height)

"""A level's demand as a picture: each dimension by name, with up to five filled blocks."""

from collections.abc import Mapping

from pygame import Rect

from game.screens.ui.families import DIMENSION_NAMES, strongest
from game.screens.ui.paint import Brush, Style, ring, rounded
from game.screens.ui.theme import mixed
from game.words import _

BLOCKS = 5
EACH = 2.0
"""Demand points (0–10 scale) per block."""

LARGE_TEXT = 1.3
"""Above this text size, only the strongest dimensions are shown."""

COLUMNS, ROWS, FEW_ROWS, FEWEST_ROWS = 2, 5, 3, 2
SIZE, LINE = 24, 1.25


def blocks_filled(asked: float) -> int:
    """Filled blocks (0–5) for a demand of 0–10; a small demand still fills one."""
    return 0 if asked < EACH / 4 else max(1, min(BLOCKS, round(asked / EACH)))


def draw_demand(brush: Brush, demand: Mapping[str, float], place: Rect) -> None:
    """Paint all ten dimensions in two columns; with large text, only the six or four strongest."""
    view = brush.view
    rows = ROWS if view.text_scale <= LARGE_TEXT else FEW_ROWS
    rows = max(FEWEST_ROWS, min(rows, int(place.height / (LINE * view.text_px(SIZE)))))
    shown = strongest(demand, COLUMNS * rows)
    gap = view.px(56)
    wide, tall = (place.width - gap) // COLUMNS, place.height // rows
    for i, (name, asked) in enumerate(shown):
        column, row = divmod(i, rows)
        column = COLUMNS - 1 - column if view.mirrored else column
        at = Rect(place.left + column * (wide + gap), place.top + row * tall, wide, tall)
        _draw_dimension(brush, _(DIMENSION_NAMES[name]), blocks_filled(asked), at)


def _draw_dimension(brush: Brush, words: str, filled: int, at: Rect) -> None:
    view, theme = brush.view, brush.theme
    wide, tall, step = view.px(34), view.px(20), view.px(42)
    blocks = Rect(0, at.top, BLOCKS * step, at.height)
    label = Rect(0, at.top, at.width - blocks.width - view.px(16), at.height)
    blocks.right, label.left = at.right, at.left
    if view.mirrored:
        blocks.left, label.right = at.left, at.right
    brush.text(words, label, Style(SIZE, lines=2, colour=theme.ink if filled else theme.dim))
    for i in range(BLOCKS):
        left = blocks.right - i * step - wide if view.mirrored else blocks.left + i * step
        block = Rect(left, at.centery - tall // 2, wide, tall)
        if i < filled:
            brush.surface.blit(rounded(block.size, view.px(6), theme.fingers[1]), block)
        else:
            hollow = mixed(theme.panel, theme.dim, 0.5)
            brush.surface.blit(ring(block.size, view.px(6), view.px(2), hollow), block)

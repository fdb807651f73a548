"""A list says with an arrow that there are more rows above or below, and with none that all are there."""

import pygame
import pytest

from game.screens.ui.paint import Brush
from game.screens.ui.rows import Row, RowList
from game.screens.ui.screen import legend_height
from game.screens.ui.text_renderer import TextRenderer
from game.screens.ui.theme import THEMES
from game.screens.ui.view import View

SIZE = (1280, 720)
TOP = 170.0


def arrows(count: int, focus: int, view: View) -> tuple[bool, bool]:
    """Whether there is one above the rows, and one below them."""
    surface = pygame.Surface(SIZE)
    surface.fill(view.theme.ground_top)
    rows = RowList([Row(f"Row {i}", "detail") for i in range(count)], focus)
    rows.draw(Brush(surface, view, TextRenderer()), TOP)
    places = [rect for _, rect in rows.places(view, TOP)]
    legend_top = SIZE[1] - view.px(legend_height(view))
    x = places[0].centerx
    above = [
        surface.get_at((x, y))[:3] for y in range(places[0].top - view.px(12), places[0].top - view.px(5))
    ]
    below = [surface.get_at((x, y))[:3] for y in range(places[-1].bottom + view.px(5), legend_top)]
    return view.theme.dim in above, view.theme.dim in below


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("text_scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_arrows_say_where_more_rows_are(theme: str, text_scale: float, mirrored: bool) -> None:
    view = View(SIZE, THEMES[theme], text_scale, mirrored)
    assert arrows(8, 0, view) == (False, True)
    assert arrows(8, 4, view) == (True, True)
    assert arrows(8, 7, view) == (True, False)
    assert arrows(2, 0, view) == (False, False)

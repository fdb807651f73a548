"""The words of a song stand over the field while it is played, and a player may do without them."""

import pygame
import pytest
from pygame import Rect

from game.screens.ui.paint import Brush
from game.screens.ui.text_renderer import TextRenderer
from game.settings import Settings
from tests.scenes import new_stack, playing

SIZE = (1280, 720)


@pytest.fixture
def surface() -> pygame.Surface:
    return pygame.display.set_mode(SIZE)


def inked(surface: pygame.Surface, settings: Settings, level_id: str) -> int:
    """Bright dots where the words stand."""
    made = new_stack(settings)
    playing(*made, level_id, 12.0)
    stack, _, clock = made
    stack.top.draw(Brush(surface, stack.view(SIZE), TextRenderer()), clock.now_s())
    row = Rect(520, 50, 700, 32)
    return sum(
        min(surface.get_at((x, y))[:3]) > 150 for x in range(*_span(row)) for y in range(row.top, row.bottom)
    )


def _span(row: Rect) -> tuple[int, int, int]:
    return row.left, row.right, 1


def test_words_are_shown_and_may_be_switched_off(surface: pygame.Surface) -> None:
    assert inked(surface, Settings(), "song-silent-night-1") > 200
    assert inked(surface, Settings(lyrics=False), "song-silent-night-1") == 0


def test_a_song_without_words_shows_none(surface: pygame.Surface) -> None:
    assert inked(surface, Settings(), "song-fur-elise-1") == 0

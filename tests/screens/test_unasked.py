"""What is seen and not asked: drawn apart from what is asked, and said in words where it matters."""

import pygame
import pytest

from game.music.level import NoteRole
from game.screens.field.unasked import unasked_sprite
from game.screens.ui.paint import Brush
from game.screens.ui.text_renderer import TextRenderer
from game.screens.ui.view import View
from game.settings import Settings
from tests.scenes import new_stack, playing, scene

SIZE = (1280, 720)


def view_of(theme: str) -> View:
    stack, _, _ = new_stack(Settings(theme=theme))
    return stack.view(SIZE)


@pytest.mark.parametrize("theme", ["night", "paper", "night-contrast"])
def test_a_note_shown_first_and_one_not_to_be_played_differ_in_shape_and_are_hollow(theme: str) -> None:
    pygame.display.set_mode(SIZE)
    pygame.font.init()
    view = view_of(theme)
    shown = unasked_sprite((80, 120), 3, NoteRole.SHOWN, view)
    held_back = unasked_sprite((80, 120), 3, NoteRole.NO_GO, view)
    assert shown.get_size() == held_back.get_size() == (80, 120)
    grey = [pygame.transform.grayscale(picture) for picture in (shown, held_back)]
    arrays = [pygame.image.tobytes(picture, "RGB") for picture in grey]
    assert arrays[0] != arrays[1]
    for picture in (shown, held_back):
        assert picture.get_at((40, 20))[:3] == picture.get_at((20, 100))[:3]
        assert picture.get_at((40, 20))[:3] != picture.get_at((40, 1))[:3]


def test_the_panel_says_whose_turn_it_is() -> None:
    made = new_stack()
    echo = playing(*made, "echo-4-right", 2.5)
    assert echo.run
    first_answer = echo.run.notes[0].onset_s
    assert echo.turn(echo.run, 2.5) == "watch and listen"
    assert echo.turn(echo.run, first_answer - 0.5) == "your turn"
    steps = playing(*new_stack(), "five-steps-right", 2.0)
    assert steps.run
    assert steps.turn(steps.run, 2.0) == "next finger"


def test_what_is_played_from_memory_is_not_shown_and_the_rest_is() -> None:
    echo = playing(*new_stack(), "echo-4-right", 1.0)
    assert echo.run
    assert not any(echo.shows(note) for note in echo.run.notes)
    rest = playing(*new_stack(), "go-rest-five-right", 1.0)
    assert rest.run
    assert all(rest.shows(note) for note in rest.run.notes)


def test_what_the_program_plays_lights_its_key() -> None:
    stack, clock = scene("play-echo")
    surface = pygame.display.set_mode(SIZE)
    stack.top.draw(Brush(surface, stack.view(SIZE), TextRenderer()), clock.now_s())
    lit = stack.view(SIZE).theme.key_lit
    below = surface.subsurface((0, 560, 980, 150))
    found = sum(below.get_at((x, 100))[:3] == lit for x in range(0, 980, 4))
    assert found > 5


def test_a_soft_note_is_narrower_than_a_loud_one() -> None:
    screen = playing(*new_stack(), "loud-soft-index-right", 1.0)
    assert screen.run
    from game.screens.field.field_paint import FieldPainter
    from game.screens.field.lanes import field

    place = field(view_of("night"), screen.stretch, 3.0)
    soft, loud = screen.run.notes[:2]
    widths = [FieldPainter.sized(place.note_rect(n, 0.0, 40), n).width for n in (soft, loud)]
    assert (soft.velocity, loud.velocity) == (45, 95)
    assert widths[0] < widths[1] < place.note_rect(loud, 0.0, 40).width


def test_where_the_clicks_have_faded_away_no_note_is_shown_until_they_are_back() -> None:
    faded = playing(*new_stack(), "entrain-fade-right", 1.0)
    assert faded.run
    hidden = {faded.run.level.notes[note.index].beat for note in faded.run.notes if not faded.shows(note)}
    assert hidden == {float(beat) for beat in range(40, 52)}

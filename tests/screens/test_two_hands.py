"""Both hands on one field: each is told apart by its shape, and each key shows who plays it next."""

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygame import Rect, Surface

from game.music.note import Hand, Note
from game.screens.field.field_paint import note_sprite
from game.screens.field.panel import _draw_hand
from game.screens.playing.play import PlayScreen
from game.screens.ui.marks import frame, mark
from game.screens.ui.paint import Brush
from game.screens.ui.text_renderer import TextRenderer
from game.screens.ui.theme import THEMES
from game.screens.ui.view import View
from game.settings import Settings
from tests.colour_vision import SEEN_AS, apart, lab
from tests.scenes import new_stack, playing

SIZE = (1280, 720)
SEEN_APART = 20.0
"""A colour difference that is plain to see, many times what can just be seen (2.3)."""

SHARE = 0.06
"""Of a picture that must look different."""


@pytest.fixture(autouse=True, scope="module")
def _letters() -> None:
    pygame.font.init()


def share_apart(one: Surface, other: Surface, seen_as: str, over: tuple[int, int, int]) -> float:
    return float(np.mean(apart(one, other, seen_as, over) > SEEN_APART))


@pytest.mark.parametrize("seen_as", SEEN_AS)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [(30, 42), (33, 200), (84, 60)])
def test_the_notes_of_the_two_hands_look_different_to_every_eye(
    size: tuple[int, int], theme: str, seen_as: str
) -> None:
    view = View(SIZE, THEMES[theme])
    for finger in range(1, 6):
        colour = view.theme.finger(finger)
        left, right = (note_sprite(size, finger, colour, view, left=one) for one in (True, False))
        assert share_apart(left, right, seen_as, view.theme.ground_bottom) > SHARE, finger


@pytest.mark.parametrize("seen_as", SEEN_AS)
@pytest.mark.parametrize("theme", THEMES)
def test_the_marks_of_the_two_hands_look_different_on_white_keys_and_black(theme: str, seen_as: str) -> None:
    one = THEMES[theme]
    for finger in range(1, 6):
        for key, ink in ((one.key_white, one.key_black), (one.key_black, one.key_white)):
            around = frame(20, ink)
            bare = Surface(around.get_size(), pygame.SRCALPHA)
            shape = mark(finger, 20, one.finger(finger), one.mark)
            bare.blit(shape, shape.get_rect(center=bare.get_rect().center))
            framed = bare.copy()
            framed.blit(around, (0, 0))
            assert share_apart(framed, bare, seen_as, key) > SHARE, finger


@pytest.mark.parametrize("seen_as", SEEN_AS)
@pytest.mark.parametrize("theme", ["night", "paper"])
def test_fingers_that_look_alike_in_colour_differ_in_shape(theme: str, seen_as: str) -> None:
    one, around = THEMES[theme], Surface((52, 52))
    marks = {finger: mark(finger, 20, one.finger(finger), one.mark) for finger in range(1, 6)}
    colours = lab(np.array(one.fingers, np.uint8), seen_as)
    for a in range(1, 6):
        for b in range(a + 1, 6):
            near = np.linalg.norm(colours[a - 1] - colours[b - 1]) < SEEN_APART
            share = share_apart(marks[a], marks[b], seen_as, one.key_bed)
            assert share > (SHARE if near else 0.0), (a, b)
    assert marks[1].get_size() == around.get_size()


@given(st.sampled_from(list(Hand)), st.integers(80, 260), st.integers(80, 260), st.booleans())
def test_a_hand_and_all_its_marks_stay_in_their_place(hand: Hand, wide: int, tall: int, both: bool) -> None:
    surface = Surface((500, 500))
    surface.fill((255, 0, 255))
    view = View(SIZE, THEMES["night"])
    box = Rect(120, 120, wide, tall)
    _draw_hand(Brush(surface, view, TextRenderer()), hand, {1, 2, 3, 4, 5}, box, both=both)
    pixels = pygame.surfarray.array3d(surface)
    pixels[box.left - 1 : box.right + 1, box.top - 1 : box.bottom + 1] = (255, 0, 255)
    assert (pixels == (255, 0, 255)).all()


def due_next(screen: PlayScreen, pitch: int) -> Note | None:
    """The next note on a key that is on the field."""
    run, painter = screen.run, screen._painter
    assert run
    assert painter
    seen = screen._seen(painter, run, run.song_s())
    on_key = [note for note in seen if note.pitch == pitch and note.index not in screen._sunk]
    return min(on_key, key=lambda note: note.onset_s, default=None)


def test_each_key_shows_the_finger_that_plays_it_next() -> None:
    stack, services, clock = new_stack(Settings())
    screen = playing(stack, services, clock, "song-greensleeves-both", 1.0)
    brush = Brush(Surface(SIZE), stack.view(SIZE), TextRenderer())
    shown: dict[int, set[tuple[int | None, Hand | None]]] = {}
    for _ in range(400):
        clock.advance(0.06)
        screen.update(clock.now_s())
        if stack.top is not screen or screen.run is None:
            break
        screen.draw(brush, clock.now_s())
        assert screen._painter
        for pitch, mark_shown in screen._painter.still.marks.items():
            ahead = due_next(screen, pitch)
            if ahead:
                assert mark_shown == (ahead.finger, ahead.hand)
            shown.setdefault(pitch, set()).add(mark_shown)
    assert max(len(marks) for marks in shown.values()) > 1, "some key is played by more than one finger"


def test_what_is_painted_beyond_its_place_is_not_left_behind() -> None:
    stack, services, clock = new_stack(Settings())
    screen = playing(stack, services, clock, "five-steps-right", 3.0)
    brush = Brush(Surface(SIZE), stack.view(SIZE), TextRenderer())
    screen.draw(brush, clock.now_s())
    assert screen._painter
    still, place = screen._painter.still, Rect(400, 200, 50, 50)
    before = pygame.surfarray.array3d(still.picture)

    def paint() -> None:
        still.picture.fill((1, 2, 3), place.inflate(40, 40))

    still.show("test", 1, place, paint, brush)
    after = pygame.surfarray.array3d(still.picture)
    assert (after[place.left : place.right, place.top : place.bottom] == (1, 2, 3)).all()
    after[place.left : place.right, place.top : place.bottom] = before[
        place.left : place.right, place.top : place.bottom
    ]
    assert (after == before).all()

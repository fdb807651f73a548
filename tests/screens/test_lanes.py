"""Geometry of the field: a note falls onto its key."""

from itertools import pairwise

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.music.keyboard import Stretch
from game.music.note import Note
from game.screens.field.lanes import Field, field
from game.screens.ui.theme import NIGHT
from game.screens.ui.view import View

SIZES = [(1280, 720), (1920, 1080), (3840, 2160), (1024, 768), (800, 600)]


def five_fingers(size: tuple[int, int] = (1280, 720), mirrored: bool = False) -> Field:
    return field(View(size, NIGHT, mirrored=mirrored), Stretch.around(60, 67), 3.0)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_note_stands_over_its_key_and_reaches_the_line_when_it_is_due(
    size: tuple[int, int], mirrored: bool
) -> None:
    place = five_fingers(size, mirrored)
    note = Note(0, 5.0, 1.0, 64)
    rect = place.note_rect(note, 5.0, 10)
    assert rect.bottom == place.strike_px
    assert rect.centerx == pytest.approx(place.key_rect(64).centerx, abs=2)
    assert place.key_rect(64).left <= rect.left < rect.right <= place.key_rect(64).right


@given(st.floats(0, 600), st.floats(0, 600))
def test_height_follows_time(onset_s: float, later_s: float) -> None:
    place = five_fingers()
    now_s = onset_s - later_s
    assert place.y_px(onset_s, now_s) == pytest.approx(place.strike_px - later_s * place.speed_px, abs=1e-6)


def test_a_note_is_as_tall_as_it_is_long() -> None:
    place = five_fingers()
    short, long = (place.note_rect(Note(0, 1.0, d, 60), 0.0, 10).height for d in (0.5, 1.5))
    assert long - short == pytest.approx(place.speed_px, abs=2)


def test_what_cannot_be_seen_is_not_drawn() -> None:
    place = five_fingers()
    notes = [Note(i, float(i), 0.5, 60) for i in range(60)]
    seen = place.seen(notes, 20.0, 0.5)
    assert {n.index for n in seen} >= {20, 21, 22, 23}
    assert len(seen) < 8


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mirrored", [False, True])
def test_the_field_lies_inside_the_window(size: tuple[int, int], mirrored: bool) -> None:
    window = pygame.Rect((0, 0), size)
    place = five_fingers(size, mirrored)
    assert window.contains(place.bed)
    for pitch in range(place.stretch.lowest, place.stretch.highest + 1):
        assert place.keys.contains(place.key_rect(pitch))


def test_a_five_finger_level_has_lanes_of_eight_hundredths_of_the_width() -> None:
    place = five_fingers()
    assert place.key_rect(60).width / 1280 >= 0.078


@pytest.mark.parametrize("size", SIZES)
def test_lanes_of_bands_lie_side_by_side_over_all_white_keys(size: tuple[int, int]) -> None:
    asked = (60, 65, 71)
    place = field(View(size, NIGHT), Stretch.around(60, 71), 3.0, asked)
    lanes = [place.lane_rect(pitch) for pitch in asked]
    white = place.key_rect(60).width
    assert lanes[0].left - place.keys.left < white / 5
    assert place.keys.right - lanes[-1].right < white / 5
    assert all(0 <= after.left - before.right < white / 5 for before, after in pairwise(lanes))

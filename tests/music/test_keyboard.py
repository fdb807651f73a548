"""Keys and their places."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.music.keyboard import Stretch, is_black, name, white_index, white_pitch
from tests.strategies import LAW

PITCHES = st.integers(0, 127)
WHITES = st.sampled_from([pitch for pitch in range(128) if not is_black(pitch)])


@pytest.mark.parametrize(
    ("pitch", "called"),
    [(0, "C-1"), (21, "A0"), (60, "C4"), (61, "C♯4"), (69, "A4"), (108, "C8"), (127, "G9")],
)
def test_keys_have_their_scientific_names(pitch: int, called: str) -> None:
    assert name(pitch) == called


def test_a_piano_has_52_white_and_36_black_keys() -> None:
    piano = Stretch(21, 108)
    blacks_and_whites = piano.keys()
    assert piano.whites == 52
    assert sum(key.black for key in blacks_and_whites) == 36


def test_black_keys_come_in_twos_and_threes() -> None:
    assert [pitch for pitch in range(60, 72) if is_black(pitch)] == [61, 63, 66, 68, 70]


@LAW
@given(WHITES)
def test_white_keys_are_counted_there_and_back(pitch: int) -> None:
    assert white_pitch(white_index(pitch)) == pitch


@LAW
@given(st.integers(0, 74))
def test_neighbouring_white_keys_differ_by_one(index: int) -> None:
    assert white_index(white_pitch(index)) == index
    assert not is_black(white_pitch(index))


@LAW
@given(st.sampled_from([pitch for pitch in range(128) if is_black(pitch)]))
def test_a_black_key_counts_as_the_white_key_on_its_left(pitch: int) -> None:
    assert white_index(pitch) == white_index(pitch - 1)


@LAW
@given(st.tuples(PITCHES, PITCHES).map(sorted), st.integers(0, 4))
def test_a_stretch_around_keys_holds_them_and_ends_on_white_keys(ends: list[int], spare: int) -> None:
    lowest, highest = ends
    stretch = Stretch.around(lowest, highest, spare)
    assert lowest in stretch
    assert highest in stretch
    assert not is_black(stretch.lowest)
    assert not is_black(stretch.highest)
    assert 0 <= stretch.lowest <= stretch.highest <= 127


def test_a_stretch_around_keys_has_its_spare_white_keys() -> None:
    assert Stretch.around(60, 67, spare=2, least=0) == Stretch(57, 71)
    assert Stretch.around(61, 66, spare=0, least=0) == Stretch(60, 67)


@LAW
@given(st.integers(40, 80), st.integers(0, 15))
def test_a_stretch_around_one_key_is_as_wide_as_asked_with_the_key_amid(pitch: int, least: int) -> None:
    stretch = Stretch.around(pitch, pitch, spare=0, least=least)
    assert stretch.whites >= least
    left = stretch.key(pitch).middle
    assert abs(left - stretch.whites / 2) <= 1


@pytest.mark.parametrize(("lowest", "highest"), [(61, 67), (60, 66), (67, 60)])
def test_a_stretch_between_other_keys_is_refused(lowest: int, highest: int) -> None:
    with pytest.raises(ValueError, match="white key"):
        Stretch(lowest, highest)


@LAW
@given(st.tuples(PITCHES, PITCHES).map(sorted))
def test_every_key_lies_within_its_stretch_and_right_of_the_one_before(ends: list[int]) -> None:
    stretch = Stretch.around(ends[0], ends[1], spare=0)
    keys = sorted(stretch.keys(), key=lambda key: key.pitch)
    assert [key.pitch for key in keys] == list(range(stretch.lowest, stretch.highest + 1))
    assert all(a.middle < b.middle for a, b in pairwise(keys))
    assert keys[0].left == 0
    assert keys[-1].left + keys[-1].width == stretch.whites


def test_white_keys_fill_the_width_without_gaps() -> None:
    octave = Stretch(60, 71).keys()
    whites = [key for key in octave if not key.black]
    assert [(key.left, key.width) for key in whites] == [(i, 1.0) for i in range(7)]


@LAW
@given(st.sampled_from([pitch for pitch in range(128) if is_black(pitch)]))
def test_a_black_key_lies_across_the_line_between_its_white_neighbours(pitch: int) -> None:
    stretch = Stretch(pitch - 1, pitch + 1)
    key = stretch.key(pitch)
    assert 0 < key.left < 1 < key.left + key.width < 2


def test_black_keys_are_painted_over_white_ones() -> None:
    painted = Stretch(48, 72).keys()
    blacks = [key.black for key in painted]
    assert blacks == sorted(blacks)

"""Laws of the patterns: which finger plays when, on which key."""

from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.music import patterns
from game.music.keyboard import is_black, white_pitch
from game.music.note import Hand
from game.music.patterns import FINGERS, FiveKeys, NotePace, played
from tests.strategies import LAW

rows = st.lists(st.sampled_from(FINGERS), min_size=1, max_size=40)
some_fingers = st.lists(st.sampled_from(FINGERS), min_size=2, max_size=5, unique=True)
whites = st.integers(0, 60).map(white_pitch)


def test_the_right_hand_lies_on_c4_to_g4_and_the_left_mirrors_it_on_c3_to_g3() -> None:
    right, left = FiveKeys.home(Hand.RIGHT), FiveKeys.home(Hand.LEFT)
    assert [right.pitch(finger) for finger in FINGERS] == [60, 62, 64, 65, 67]
    assert [left.pitch(finger) for finger in FINGERS] == [55, 53, 52, 50, 48]


@LAW
@given(whites, st.sampled_from(Hand))
def test_five_fingers_lie_on_five_different_white_keys_from_the_lowest(lowest: int, hand: Hand) -> None:
    pitches = sorted(FiveKeys(hand, lowest).pitch(finger) for finger in FINGERS)
    assert pitches[0] == lowest
    assert len(set(pitches)) == 5
    assert not any(is_black(pitch) for pitch in pitches)


def test_a_place_never_starts_on_a_black_key() -> None:
    with pytest.raises(ValueError, match="white"):
        FiveKeys(Hand.RIGHT, 61)


@LAW
@given(rows)
def test_both_hands_play_a_row_with_the_same_fingers_at_the_same_beats(row: list[int]) -> None:
    pace = NotePace(every_beats=1.5, length_beats=1, group=3, rest_beats=2)
    right = played(row, FiveKeys.home(Hand.RIGHT), pace)
    left = played(row, FiveKeys.home(Hand.LEFT), pace)
    assert [(n.beat, n.finger) for n in right] == [(n.beat, n.finger) for n in left]
    assert {n.hand for n in left} == {Hand.LEFT}


@LAW
@given(
    st.integers(0, 12),
    st.floats(0.25, 8),
    st.floats(0, 8),
    st.integers(2, 60),
)
def test_between_onsets_lies_the_beat_and_after_each_group_the_rest_too(
    group: int, every: float, rest: float, count: int
) -> None:
    beats = [NotePace(every, every / 2, group, rest).beat(i) for i in range(count)]
    for i, (before, after) in enumerate(pairwise(beats), start=1):
        rests = rest if group and i % group == 0 else 0.0
        assert after - before == pytest.approx(every + rests)


def test_steps_go_up_and_back_and_skips_go_up_in_thirds() -> None:
    assert patterns.steps(FINGERS, 1) == (1, 2, 3, 4, 5, 4, 3, 2)
    assert patterns.skips(FINGERS, 1) == (1, 3, 2, 4, 3, 5)
    assert patterns.coming_home(patterns.steps((2, 3, 4), 1)) == (2, 3, 4, 3, 2)


@LAW
@given(some_fingers, st.integers(1, 10))
def test_steps_never_play_a_finger_twice_in_a_row(fingers: list[int], repeats: int) -> None:
    row = patterns.coming_home(patterns.steps(fingers, repeats))
    assert all(a != b for a, b in pairwise(row))


@LAW
@given(some_fingers, st.integers(1, 10), st.integers(1, 4))
def test_alternation_gives_every_finger_the_same_number_of_notes(
    fingers: list[int], repeats: int, each: int
) -> None:
    counts = Counter(patterns.alternation(fingers, repeats, each))
    assert counts == dict.fromkeys(fingers, repeats * each)


@LAW
@given(some_fingers, st.integers(1, 10), st.integers())
def test_mixed_plays_every_finger_once_a_round_and_none_twice_in_a_row(
    fingers: list[int], repeats: int, seed: int
) -> None:
    row = patterns.mixed(fingers, repeats, Random(seed))
    size = len(fingers)
    assert all(sorted(row[i : i + size]) == sorted(fingers) for i in range(0, len(row), size))
    assert all(a != b for a, b in pairwise(row))


def test_mixed_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    once = patterns.mixed(FINGERS, 8, Random(3))
    assert patterns.mixed(FINGERS, 8, Random(3)) == once
    assert patterns.mixed(FINGERS, 8, Random(4)) != once


def test_a_single_finger_plays_nothing_else() -> None:
    assert patterns.single_finger(4, 3) == (4, 4, 4)

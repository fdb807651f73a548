"""Laws of the difficulty of a level."""

from dataclasses import fields, replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.arrange.difficulty.difficulty import EASIEST, HARDEST, WEIGHTS, difficulty
from game.music import patterns
from game.music.level import BeatNote, HandChoice, Level
from game.music.note import Hand
from game.music.patterns import FINGERS, FiveKeys, NotePace, played
from game.music.tempo import TempoMap
from tests.arrange.levels import any_keys, level, one_hand_levels, rows
from tests.strategies import LAW


def in_turn(fingers: tuple[int, ...], hand: Hand = Hand.RIGHT) -> Level:
    """Sixty notes, the fingers in turn."""
    row = patterns.alternation(fingers, 60 // len(fingers))
    return level(played(row, FiveKeys.home(hand), NotePace()), HandChoice(hand))


def chords(size: int) -> Level:
    """The first fingers of a hand together, every second beat."""
    keys = FiveKeys.home(Hand.RIGHT)
    notes = [BeatNote(b, keys.pitch(f), 1, Hand.RIGHT, f) for b in range(0, 32, 2) for f in FINGERS[:size]]
    return level(tuple(notes), HandChoice.RIGHT)


def test_the_weights_add_up_to_one() -> None:
    assert sum(getattr(WEIGHTS, field.name) for field in fields(WEIGHTS)) == pytest.approx(1.0)


@LAW
@given(one_hand_levels())
def test_difficulty_lies_between_1_and_10(made: Level) -> None:
    assert EASIEST <= difficulty(made) <= HARDEST


@LAW
@given(one_hand_levels(), st.floats(20, 300), st.floats(20, 300))
def test_faster_is_never_easier(made: Level, a: float, b: float) -> None:
    slow, fast = (replace(made, tempo=TempoMap.steady(bpm)) for bpm in sorted((a, b)))
    assert difficulty(slow) <= difficulty(fast)


def test_a_finger_more_in_turn_is_harder_whichever_it_is() -> None:
    for size in (1, 2, 3, 4):
        for fingers in combinations(FINGERS, size):
            for more in set(FINGERS) - set(fingers):
                assert difficulty(in_turn(fingers)) < difficulty(in_turn(tuple(sorted((*fingers, more)))))


def test_more_keys_at_once_are_harder() -> None:
    sizes = [difficulty(chords(size)) for size in (1, 2, 3)]
    assert sizes == sorted(set(sizes))


def test_ring_and_little_finger_are_harder_than_index_and_middle() -> None:
    assert difficulty(in_turn((2, 3))) < difficulty(in_turn((4, 5)))


def test_neighbours_in_turn_are_harder_than_the_same_notes_in_blocks() -> None:
    keys = FiveKeys.home(Hand.RIGHT)
    blocks = level(played((2,) * 30 + (3,) * 30, keys, NotePace()), HandChoice.RIGHT)
    assert difficulty(blocks) < difficulty(in_turn((2, 3)))


def test_two_hands_at_once_are_harder_than_in_turn_and_both_than_one() -> None:
    right, left = FiveKeys.home(Hand.RIGHT), FiveKeys.home(Hand.LEFT)
    row, pace = (2,) * 16, NotePace(every_beats=2)
    one = level(played(row, right, pace), HandChoice.RIGHT)
    other = played(row, left, pace)
    together = level((*one.notes, *other), HandChoice.BOTH)
    after = level((*one.notes[::2], *other[1::2]), HandChoice.BOTH)
    assert difficulty(one) < difficulty(after) < difficulty(together)


def test_an_uneven_rhythm_is_harder_than_an_even_one_of_the_same_rate() -> None:
    even = [BeatNote(float(i), 62, 0.25, Hand.RIGHT, 2) for i in range(16)]
    uneven = [replace(n, beat=n.beat + 0.5) if i % 4 == 2 else n for i, n in enumerate(even)]
    assert difficulty(level(tuple(even), HandChoice.RIGHT)) < difficulty(
        level(tuple(uneven), HandChoice.RIGHT)
    )


@LAW
@given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
def test_the_mirror_of_a_level_is_as_hard_as_the_level(fingers: list[int]) -> None:
    right, left = (
        level(played(fingers, FiveKeys.home(hand), NotePace()), HandChoice(hand))
        for hand in (Hand.RIGHT, Hand.LEFT)
    )
    assert difficulty(left) == pytest.approx(difficulty(right))


@LAW
@given(rows(Hand.LEFT, any_keys), rows(Hand.RIGHT, any_keys))
def test_a_second_hand_is_never_easier(left: tuple[BeatNote, ...], right: tuple[BeatNote, ...]) -> None:
    both = difficulty(level((*left, *right), HandChoice.BOTH))
    assert difficulty(level(left, HandChoice.LEFT)) < both
    assert difficulty(level(right, HandChoice.RIGHT)) < both

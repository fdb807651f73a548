"""Laws of the index: where notes stand among piano pieces, tempo and length left out."""

from dataclasses import asdict, fields, replace
from itertools import combinations, pairwise
from random import Random
from statistics import fmean

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from game.arrange.difficulty.index import HIGHEST_INDEX, SCALE, SHARES, index, place
from game.arrange.difficulty.readings import Readings, readings
from game.arrange.difficulty.strokes import with_hands
from game.music import patterns
from game.music.level import BeatNote
from game.music.note import Hand
from game.music.patterns import FINGERS, FiveKeys, NotePace, played
from tests.arrange.levels import any_keys, rows
from tests.arrange.two_hands import CONCERT, TEACHING, Style, piece
from tests.strategies import LAW

Row = tuple[BeatNote, ...]


def in_turn(fingers: tuple[int, ...]) -> Row:
    return played(patterns.alternation(fingers, 60 // len(fingers)), FiveKeys.home(Hand.RIGHT), NotePace())


def beat_notes(style: Style, seed: int) -> Row:
    """A made-up piece as written, a beat being half a second."""
    made = piece(style, Random(seed), spread_s=0.0, bpm=120.0)
    return tuple(
        BeatNote(n.onset_s * 2, n.pitch, n.duration_s * 2, hand)
        for n, hand in zip(made.notes, made.hands, strict=True)
    )


def test_the_scale_rises_for_every_reading() -> None:
    assert set(SCALE) == {field.name for field in fields(Readings)}
    for values in (SHARES, *SCALE.values()):
        assert len(values) == len(SHARES)
        assert all(a < b for a, b in pairwise(values))


@given(st.sampled_from(sorted(SCALE)), st.floats(0, 100), st.floats(0, 100))
def test_more_of_a_reading_never_stands_lower(reading: str, a: float, b: float) -> None:
    assert 0 <= place(reading, min(a, b)) <= place(reading, max(a, b)) <= 1


def test_no_notes_ask_nothing() -> None:
    assert index(()) == 0
    assert readings(()) == Readings()


@LAW
@given(rows(Hand.LEFT, any_keys), rows(Hand.RIGHT, any_keys))
def test_a_second_hand_never_makes_it_easier(left: Row, right: Row) -> None:
    both = index((*left, *right))
    assert max(index(left), index(right)) <= both <= HIGHEST_INDEX


@LAW
@given(rows(Hand.LEFT, any_keys), rows(Hand.RIGHT, any_keys), st.sampled_from([-24, -12, 12, 24]))
def test_how_far_apart_the_hands_lie_changes_nothing(left: Row, right: Row, shift: int) -> None:
    moved = tuple(replace(n, pitch=n.pitch + shift) for n in left)
    assert index((*moved, *right)) == pytest.approx(index((*left, *right)))


@LAW
@given(rows(Hand.RIGHT, any_keys), st.integers(1, 8), st.integers(1, 8))
def test_wider_chords_are_never_easier(row: Row, a: int, b: int) -> None:
    def chords(interval: int) -> Row:
        return (*row, *(replace(n, pitch=n.pitch + interval) for n in row))

    assert index(row) <= index(chords(min(a, b)))
    assert readings(chords(min(a, b))).range_keys <= readings(chords(max(a, b))).range_keys


def test_a_finger_more_in_turn_is_harder_whichever_it_is() -> None:
    for size in (1, 2, 3, 4):
        for fingers in combinations(FINGERS, size):
            for more in set(FINGERS) - set(fingers):
                assert index(in_turn(fingers)) < index(in_turn(tuple(sorted((*fingers, more)))))


@LAW
@given(rows(Hand.RIGHT, any_keys), st.integers(2, 4))
def test_playing_it_again_leaves_every_reading_but_the_seams(row: Row, times: int) -> None:
    assume(len(row) > 1)
    whole = [replace(n, beat=n.beat + k * len(row)) for k in range(times) for n in row]
    once, often = asdict(readings(row)), asdict(readings(whole))
    for name in ("entropy_bits", "range_keys", "notes_a_quarter", "black", "polyphony", "independence"):
        assert often[name] == pytest.approx(once[name])


@LAW
@given(rows(Hand.RIGHT, any_keys))
def test_the_mirror_of_a_row_stands_where_the_row_stands(row: Row) -> None:
    around_d = tuple(replace(n, pitch=2 * 62 - n.pitch, hand=Hand.LEFT) for n in row)
    assert index(around_d) == pytest.approx(index(row))


@LAW
@given(rows(Hand.RIGHT, any_keys), st.sampled_from([-24, -12, 12, 24]))
def test_an_octave_up_or_down_changes_nothing(row: Row, shift: int) -> None:
    moved = tuple(replace(n, pitch=n.pitch + shift) for n in row)
    assert index(moved) == pytest.approx(index(row))


@pytest.mark.parametrize("finger", FINGERS)
def test_single_keys_lie_at_the_bottom(finger: int) -> None:
    assert index(in_turn((finger,))) < 0.5


def test_from_one_finger_to_a_concert_piece_it_rises() -> None:
    five = in_turn(FINGERS)
    other = played(patterns.alternation(FINGERS, 12), FiveKeys.home(Hand.LEFT), NotePace())
    taught = [index(beat_notes(style, seed)) for style in TEACHING.values() for seed in range(3)]
    given_ = [index(beat_notes(style, seed)) for style in CONCERT.values() for seed in range(3)]
    ladder = [index(in_turn((2,))), index(five), index((*five, *other)), fmean(taught), fmean(given_)]
    assert ladder == sorted(set(ladder))
    assert index((*five, *other)) < min(taught)


def test_hands_in_unison_are_not_independent_and_two_tunes_are() -> None:
    right = in_turn(FINGERS)
    unison = (*right, *(replace(n, pitch=n.pitch - 12, hand=Hand.LEFT) for n in right))
    assert readings(unison).independence == 0
    assert readings(beat_notes(TEACHING["two tunes"], 1)).independence > 0.4


def test_hands_that_take_turns_are_not_independent() -> None:
    right = in_turn(FINGERS)
    left = [replace(n, pitch=n.pitch - 12, hand=Hand.LEFT, beat=n.beat + 0.5) for n in right]
    assert readings((*right, *left)).independence == 0


def test_a_note_that_names_its_hand_keeps_it_and_the_others_find_theirs() -> None:
    made = beat_notes(TEACHING["two tunes"], 2)
    unnamed = [replace(n, hand=None) for n in made]
    found = with_hands(unnamed)
    assert all(n.hand is not None for n in found)
    assert with_hands(made) == tuple(sorted(made, key=lambda n: (n.beat, n.pitch)))
    assert index(unnamed) == pytest.approx(index(made), abs=0.5)

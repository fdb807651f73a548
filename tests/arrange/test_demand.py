"""Laws of what a level asks, dimension by dimension."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.arrange.difficulty.demand import DIMENSIONS, MOST, Demand, demand
from game.music import patterns
from game.music.level import BeatNote, HandChoice, Level
from game.music.note import Hand
from game.music.patterns import FINGERS, FiveKeys, NotePace, played
from game.music.tempo import TempoMap
from tests.arrange.levels import any_keys, level, one_hand_levels, rows
from tests.strategies import LAW

Row = tuple[BeatNote, ...]


def never_less(a: Demand, b: Demand) -> bool:
    """Whether nothing of the second is less than of the first."""
    return all(getattr(a, name) <= getattr(b, name) + 1e-9 for name in DIMENSIONS)


def right(*asked: tuple[float, int, float, int | None]) -> Level:
    """Beat, pitch, length, finger."""
    notes = tuple(BeatNote(beat, pitch, length, Hand.RIGHT, f) for beat, pitch, length, f in asked)
    return level(notes, HandChoice.RIGHT)


def line(pitches: list[int], fingers: list[int], hand: Hand = Hand.RIGHT) -> Level:
    notes = [BeatNote(i, p, 0.5, hand, f) for i, (p, f) in enumerate(zip(pitches, fingers, strict=True))]
    return level(tuple(notes), HandChoice(hand))


@LAW
@given(one_hand_levels())
def test_each_dimension_lies_between_0_and_10(made: Level) -> None:
    assert all(0 <= value <= MOST for value in demand(made).as_dict().values())


@LAW
@given(one_hand_levels(), st.floats(20, 300), st.floats(20, 300))
def test_faster_asks_no_less_of_anything_and_more_speed(made: Level, a: float, b: float) -> None:
    slow, fast = (demand(replace(made, tempo=TempoMap.steady(bpm))) for bpm in sorted((a, b)))
    assert never_less(slow, fast)
    assert {**slow.as_dict(), "rate": 0, "finger_speed": 0} == {
        **fast.as_dict(),
        "rate": 0,
        "finger_speed": 0,
    }


@LAW
@given(rows(Hand.LEFT, any_keys), rows(Hand.RIGHT, any_keys))
def test_a_second_hand_asks_no_less_of_anything(left_row: Row, right_row: Row) -> None:
    both = demand(level((*left_row, *right_row), HandChoice.BOTH))
    assert never_less(demand(level(left_row, HandChoice.LEFT)), both)
    assert never_less(demand(level(right_row, HandChoice.RIGHT)), both)
    assert both.hands > 0


@LAW
@given(rows(Hand.RIGHT, any_keys), st.integers(1, 12), st.integers(1, 12))
def test_wider_chords_ask_no_less_reach(row: Row, a: int, b: int) -> None:
    def chords(interval: int) -> Demand:
        upper = (replace(n, pitch=n.pitch + interval, finger=None) for n in row)
        return demand(level((*row, *upper), HandChoice.RIGHT))

    alone, narrow, wide = demand(level(row, HandChoice.RIGHT)), chords(min(a, b)), chords(max(a, b))
    assert alone.chords < narrow.chords == wide.chords
    assert alone.reach <= narrow.reach <= wide.reach


def test_speed_is_counted_in_real_seconds_of_each_finger() -> None:
    one = level(played((2,) * 12, FiveKeys.home(Hand.RIGHT), NotePace()), HandChoice.RIGHT)
    two = level(played((2, 3) * 6, FiveKeys.home(Hand.RIGHT), NotePace()), HandChoice.RIGHT)
    assert demand(one).rate == demand(two).rate
    assert demand(one).finger_speed > demand(two).finger_speed > 0


def test_a_finger_that_holds_while_another_presses_asks_more_independence() -> None:
    taps = [(float(beat), 64, 0.5, 3) for beat in range(8)]
    held, let_go = right((0.0, 60, 8.0, 1), *taps), right((0.0, 60, 0.5, 1), *taps)
    assert demand(held).independence > demand(let_go).independence


@pytest.mark.parametrize("hand", list(Hand))
def test_the_thumb_passes_under_in_a_scale_and_not_in_five_fingers(hand: Hand) -> None:
    keys, fingers = [60, 62, 64, 65, 67, 69, 71, 72], [1, 2, 3, 1, 2, 3, 4, 5]
    up = keys if hand is Hand.RIGHT else keys[::-1]
    there_and_back = line([*up, *up[::-1]], [*fingers, *fingers[::-1]], hand)
    assert demand(there_and_back).thumb_under == pytest.approx(MOST * (2 / 15) / 0.25)
    row = patterns.steps(FINGERS, 2)
    assert demand(level(played(row, FiveKeys.home(hand), NotePace()), HandChoice(hand))).thumb_under == 0


def test_off_the_beat_asks_more_rhythm_than_on_it() -> None:
    on = right(*((float(b), 60, 0.25, 1) for b in range(12)))
    off = right((0.0, 60, 0.25, 1), *((b + 0.5, 60, 0.25, 1) for b in range(1, 12)))
    assert demand(on).rhythm == 0 < demand(off).rhythm


def test_loudness_counts_only_where_it_is_asked() -> None:
    plain = right(*((float(b), 60, 0.5, 1) for b in range(4)))
    shaped = plain.with_notes(
        [replace(n, velocity=v) for n, v in zip(plain.notes, (30, 50, 70, 90), strict=True)], ()
    )
    assert demand(plain).dynamics == 0
    assert demand(shaped).dynamics == MOST


def test_a_rest_between_rounds_is_no_rhythm() -> None:
    def twice(rest_beats: float) -> Level:
        pace = NotePace(group=8, rest_beats=rest_beats)
        return level(played((2,) * 16, FiveKeys.home(Hand.RIGHT), pace), HandChoice.RIGHT)

    assert demand(twice(6.0)).rhythm == demand(twice(0.0)).rhythm == 0

"""The coach: one thing changes at a time, inside limits, towards 70 to 85 % of hits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.coach import FASTEST, SLOWEST, Why, in_ramp_order, next_step, personal_windows_s
from game.music.level import BeatNote, HandChoice, Instrument, Level
from game.music.tempo import TempoMap

ONE = Level(
    "one",
    "One",
    "single-finger",
    1,
    Instrument.KEYBOARD,
    HandChoice.RIGHT,
    TempoMap.steady(60),
    (4, 4),
    (BeatNote(0, 60, 1),),
)
NOTES = tuple(BeatNote(float(beat), 60, 0.5) for beat in range(8))
TWO = replace(ONE, id="two", step=2)
LEFT = replace(ONE, id="left", step=2, hand=HandChoice.LEFT)
RAMP = (ONE, LEFT, TWO)


@given(st.floats(SLOWEST, FASTEST), st.integers(0, 40))
def test_the_step_stays_inside_the_limits_and_changes_one_thing(speed: float, hits: int) -> None:
    step = next_step(ONE, speed, hits, 40, RAMP)
    assert SLOWEST <= step.speed <= FASTEST
    if step.level_id != ONE.id:
        assert step.speed == 1.0
        assert step.why is Why.ON
    elif hits / 40 < 0.70:
        assert step.speed <= speed or step.speed == SLOWEST


@given(st.floats(SLOWEST, FASTEST), st.integers(0, 40), st.integers(0, 40))
def test_more_hits_never_lead_to_a_slower_step(speed: float, one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert next_step(TWO, speed, low, 40, RAMP).speed <= next_step(TWO, speed, high, 40, RAMP).speed


def test_mastered_at_the_written_tempo_leads_to_the_next_level_of_the_same_hand() -> None:
    assert next_step(ONE, 1.0, 36, 40, RAMP).level_id == "two"
    assert next_step(ONE, 0.8, 36, 40, RAMP).level_id == "one"


def test_between_the_limits_it_is_the_same_once_more() -> None:
    assert next_step(ONE, 0.9, 31, 40, RAMP).why is Why.AGAIN


def test_too_few_notes_change_nothing() -> None:
    assert next_step(ONE, 0.8, 0, 3, RAMP) == next_step(ONE, 0.8, 3, 3, RAMP)
    assert next_step(ONE, 0.8, 0, 0, RAMP).speed == 0.8


def test_on_the_way_up_the_written_tempo_is_not_jumped_over() -> None:
    assert next_step(TWO, 0.97, 40, 40, RAMP).speed == 1.0


@pytest.mark.parametrize(
    ("sd_ms", "hits", "windows"),
    [
        (80.0, 60, (0.08, 0.16, 0.24)),
        (20.0, 60, (0.05, 0.10, 0.15)),
        (80.0, 29, None),
        (float("nan"), 60, None),
        (900.0, 60, (0.2, 0.4, 0.6)),
    ],
)
def test_a_player_s_own_windows_are_one_two_and_three_sds(
    sd_ms: float, hits: int, windows: tuple[float, float, float] | None
) -> None:
    assert personal_windows_s(sd_ms, hits) == windows


def test_in_a_step_of_the_ramp_the_easier_levels_come_first() -> None:
    quick = replace(ONE, id="a-quick-one", tempo=TempoMap.steady(120), notes=NOTES)
    calm = replace(quick, id="b-calm-one", tempo=TempoMap.steady(40))
    assert [level.id for level in in_ramp_order([TWO, quick, calm])] == ["b-calm-one", "a-quick-one", "two"]


def test_the_next_level_is_the_one_behind_in_the_ramp_on_the_same_instrument() -> None:
    pads = replace(ONE, id="a-pad", instrument=Instrument.PADS)
    ramp = (replace(ONE, id="z"), pads, ONE, TWO)
    assert next_step(ramp[0], 1.0, 40, 40, ramp).level_id == "one"
    assert next_step(pads, 1.0, 40, 40, ramp).level_id == "a-pad"
    assert next_step(replace(ONE, id="mine"), 1.0, 40, 40, ramp).level_id in ("one", "z")

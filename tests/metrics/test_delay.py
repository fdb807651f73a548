"""The delay of a station from taps: shifts, order, and the courage to say that it cannot be told."""

from dataclasses import replace
from math import sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.metrics.station.delay import Delay, DelayReason, TapRun, Unknown, delay, run_delay
from tests.strategies import LAW
from tests.tappers import FAST_S, SLOW_S, Tapper

SEEDS = st.integers(0, 10_000)
STEADY = Tapper(delay_s=0.03, sd_s=0.015)


def known(tapper: Tapper, seeds: range) -> list[Delay]:
    """What can be told of some tappers."""
    found = []
    for seed in seeds:
        try:
            found.append(delay(tapper.runs(Random(seed))))
        except Unknown:
            continue
    return found


def refusal(runs: list[TapRun]) -> DelayReason:
    with pytest.raises(Unknown) as told:
        delay(runs)
    return told.value.why


def moved(run: TapRun, by_s: float) -> TapRun:
    return replace(run, times_s=tuple(t + by_s for t in run.times_s))


@pytest.mark.parametrize("delay_s", [-0.025, 0.01, 0.06, 0.33])
def test_of_steady_tappers_the_delay_is_found_within_two_and_a_half_milliseconds(delay_s: float) -> None:
    found = known(replace(STEADY, delay_s=delay_s), range(120))
    assert len(found) >= 115
    assert sqrt(sum((d.delay_s - delay_s) ** 2 for d in found) / len(found)) < 0.0025


@pytest.mark.parametrize("delay_s", [-0.2, 0.5, 0.8])
def test_delays_of_more_than_half_a_beat_and_negative_ones_are_found(delay_s: float) -> None:
    for found in known(replace(STEADY, delay_s=delay_s), range(10)):
        assert found.delay_s == pytest.approx(delay_s, abs=0.01)


def test_the_standard_error_says_how_far_the_delay_may_be_off() -> None:
    found = known(replace(STEADY, sd_s=0.025), range(120))
    inside = sum(abs(d.delay_s - 0.03) <= 1.96 * d.error_s for d in found)
    assert inside / len(found) > 0.9


@pytest.mark.parametrize(("sd_s", "most"), [(0.06, 3), (0.08, 0)])
def test_of_unsteady_tappers_nothing_is_told(sd_s: float, most: int) -> None:
    assert len(known(replace(STEADY, sd_s=sd_s), range(60))) <= most


@LAW
@given(SEEDS, st.integers(-200, 500))
def test_a_constant_shift_of_all_taps_shifts_the_delay_by_it(seed: int, by_ms: int) -> None:
    runs = Tapper(0.1, 0.012, outliers=0.0).runs(Random(seed))
    try:
        before = delay(runs)
    except Unknown:
        return
    after = delay([moved(run, by_ms / 1000) for run in runs])
    assert after.delay_s == pytest.approx(before.delay_s + by_ms / 1000, abs=1e-9)
    assert after.error_s == pytest.approx(before.error_s, abs=1e-9)


@LAW
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_taps_within_a_run_does_not_matter(seed: int, chance: Random) -> None:
    run = STEADY.run(FAST_S, Random(seed))
    mixed = list(run.times_s)
    chance.shuffle(mixed)
    try:
        before = run_delay(run)
    except Unknown as refused:
        with pytest.raises(Unknown, match=refused.why.value):
            run_delay(replace(run, times_s=tuple(mixed)))
        return
    assert run_delay(replace(run, times_s=tuple(mixed))) == before


@LAW
@given(SEEDS, st.integers(-20, 20))
def test_it_does_not_matter_from_which_cue_taps_are_counted(seed: int, beats: int) -> None:
    run = Tapper(0.05, 0.015, outliers=0.0).run(SLOW_S, Random(seed))
    other = replace(run, cue_s=run.cue_s + beats * SLOW_S)
    try:
        delay_s = run_delay(run).delay_s
    except Unknown as unknown:  # now and then chance leaves few taps together
        with pytest.raises(Unknown, match=unknown.why):
            run_delay(other)
        return
    assert run_delay(other).delay_s == pytest.approx(delay_s, abs=1e-9)


def test_a_tap_left_out_or_made_twice_moves_nothing() -> None:
    exact = replace(STEADY, sd_s=0.0, outliers=0.0)
    run = exact.run(FAST_S, Random(1))
    other = replace(run, times_s=(*run.times_s[:9], *run.times_s[10:], run.times_s[3] + 0.1))
    assert run_delay(other).delay_s == pytest.approx(0.03)


@pytest.mark.parametrize(
    ("why", "tapper", "cues"),
    [
        (DelayReason.FEW, STEADY, 15),
        (DelayReason.SPREAD, replace(STEADY, outliers=1.0), 28),
        (DelayReason.TWO_GROUPS, replace(STEADY, group_s=0.15, outliers=0.0), 28),
        (DelayReason.TWO_GROUPS, replace(STEADY, group_s=0.375, outliers=0.0), 28),
        (DelayReason.TEMPI_DIFFER, replace(STEADY, delay_s=1.2), 28),
    ],
)
def test_where_it_cannot_be_told_the_reason_is(why: DelayReason, tapper: Tapper, cues: int) -> None:
    assert refusal(tapper.runs(Random(7), cues)) is why


def test_runs_that_differ_are_refused_and_their_tempo_named() -> None:
    runs = replace(STEADY, outliers=0.0).runs(Random(3))
    with pytest.raises(Unknown) as told:
        delay([*runs[:2], moved(runs[2], 0.05), runs[3]])
    assert (told.value.why, told.value.bpm) == (DelayReason.RUNS_DIFFER, 80)


def test_one_run_or_one_tempo_is_not_enough() -> None:
    runs = STEADY.runs(Random(2))
    assert refusal(runs[:1]) is DelayReason.ONE_RUN
    assert refusal(runs[:2]) is DelayReason.ONE_RUN
    assert refusal([runs[0], runs[2]]) is DelayReason.ONE_RUN


def test_unsteadiness_that_agrees_with_itself_is_called_so() -> None:
    whys = {refusal(replace(STEADY, sd_s=0.08, outliers=0.0).runs(Random(seed))) for seed in range(12)}
    assert DelayReason.UNSTEADY in whys

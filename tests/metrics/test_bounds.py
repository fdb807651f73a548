"""What a run's context says of its station, whose finger a wrong key was, and where intervals end."""

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.metrics.catalogue import measured
from game.metrics.hands import Pair, asymmetry, laterality, side_difference
from game.metrics.kit import confidence, groups
from game.metrics.kit.kind import NOT_CALIBRATED
from game.metrics.kit.measure import Estimate, Interval
from game.metrics.kit.table import RunContext, RunTable
from game.metrics.timing import Hits, mad_sd, mean, phases, sd
from game.music.device import Device, DeviceKind
from game.music.note import Hand
from game.music.recording import Recording
from game.music.timeline import Timeline
from tests.metrics.runs import CALIBRATED, Asked, Stray, judged, one_key, table, taps
from tests.strategies import level_of

WINDOWS = HitWindows(0.1, 0.2, 0.3)


# The station


@pytest.mark.parametrize(
    ("conditions", "calibrated"),
    [
        (Conditions(WINDOWS), False),
        (Conditions(WINDOWS, calibrated="2026-01-31"), True),
        (Conditions(WINDOWS, input_offset_s=0.02), True),
        (Conditions(WINDOWS, audio_offset_s=-0.03), True),
    ],
)
def test_a_mean_holds_the_stations_delay_only_where_it_was_never_measured(
    conditions: Conditions, calibrated: bool
) -> None:
    recording = Recording((), Timeline.identity(), Device(DeviceKind.MIDI, "keys"))
    context = RunContext.of(level_of((0, 60, 1)), recording, conditions)
    assert context.calibrated is calibrated
    found = measured(RunTable.of(judged(one_key([0.02] * 20)), context))
    assert (NOT_CALIBRATED in found["asynchrony_mean_ms"].limits) is not calibrated
    assert NOT_CALIBRATED not in found["asynchrony_sd_ms"].limits


# Whose finger


def test_with_two_hands_a_finger_is_wrong_by_its_number_or_by_its_hand() -> None:
    """Twenty notes of the right middle finger, four of them on a key of somebody else."""
    pitches = {"left middle": 52, "right ring": 65, "same finger elsewhere": 67, "nobody": 66}
    asked = [Asked(0.5 * i, 0.01, 64, 3) for i in range(20)]
    others = [
        Asked(20.0, 0.01, 52, 3, Hand.LEFT),
        Asked(20.5, 0.01, 65, 4),
        Asked(21.0, 0.01, 67, 3),
    ]
    for place, pitch in zip((3, 7, 11, 15), pitches.values(), strict=True):
        asked[place] = Asked(0.5 * place, 0.01, 64, 3, on=pitch)
    finger = measured(table([*asked, *others])).by_finger["right-3"]
    found = {measure.name: measure.value for measure in finger}
    assert found["wrong_finger_rate_pct"] == pytest.approx(100 * 2 / 21)
    assert found["wrong_key_rate_pct"] == pytest.approx(100 * 2 / 21)


# Milliseconds of free taps

FREE = RunContext(calibrated=True, cue_until_s=0.0)


def test_free_taps_are_told_in_milliseconds_and_so_are_their_intervals() -> None:
    iti_s = [0.28, 0.31, 0.30, 0.33, 0.27, 0.32, 0.29, 0.30] * 3
    strays = [
        Stray(time_s, 60, dwell_s=0.08 + 0.01 * (i % 5))
        for i, time_s in enumerate(np.cumsum([0.5, *iti_s]).tolist())
    ]
    found = measured(table([Asked(float(i), None) for i in range(10)], strays, FREE))
    dwell, mean_iti, variance = (
        found[name] for name in ("tap_dwell_mean_ms", "tap_iti_mean_ms", "tap_iti_variance_ms2")
    )
    dwell_s = np.array([0.08 + 0.01 * (i % 5) for i in range(25)])
    assert dwell.value == pytest.approx(100)
    assert dwell.interval == pytest.approx([1000 * end for end in confidence.mean_interval(dwell_s)])
    assert mean_iti.value == pytest.approx(300)
    ends_s = confidence.interval_mean_interval(np.array(iti_s))
    assert mean_iti.interval == pytest.approx([1000 * end for end in ends_s])
    assert variance.value == pytest.approx(1e6 * np.var(iti_s, ddof=1))
    sds_s = confidence.sd_interval(np.array(iti_s))
    assert variance.interval == pytest.approx([1e6 * end**2 for end in sds_s])


def test_an_interval_of_free_taps_holds_its_value() -> None:
    found = measured(
        table([Asked(float(i), None) for i in range(10)], taps([0.3 * i for i in range(40)]), FREE)
    )
    for name in ("tap_dwell_mean_ms", "tap_iti_mean_ms"):
        low, high = found[name].interval or (0.0, 0.0)
        assert low <= (found[name].value or 0) <= high


# Bounds of hands and sides

SIDES = st.tuples(st.integers(12, 60), st.floats(0, 1)).map(lambda of: (round(of[0] * of[1]), of[0]))


def side(k: int, n: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    return np.arange(n) < k


def mirrored(interval: Interval | None) -> list[float]:
    assert interval is not None
    return [-interval[1], -interval[0]]


@given(SIDES, SIDES)
def test_what_is_told_of_two_sides_is_turned_round_with_them(
    left: tuple[int, int], right: tuple[int, int]
) -> None:
    for formula in (side_difference, laterality):
        here, there = formula(Pair(side(*left), side(*right))), formula(Pair(side(*right), side(*left)))
        if here.value is None or there.value is None:
            assert (here.value, there.value, left[0], right[0]) == (None, None, 0, 0)
            continue
        assert here.value == pytest.approx(-there.value, abs=1e-9)
        assert here.interval == pytest.approx(mirrored(there.interval), abs=1e-9)
        low, high = here.interval or (0.0, 0.0)
        assert low <= here.value <= high
        all_left_out = left[0] == left[1] and right[0] == right[1]
        assert high - low > 1e-3 or all_left_out


def test_a_laterality_is_the_ratio_of_rates_with_its_textbook_interval() -> None:
    """ln RR ± 1.96·√(1/a − 1/n + 1/b − 1/m), turned into (RR − 1)/(RR + 1); a half is added to each count."""
    found = laterality(Pair(side(5, 40), side(15, 30)))
    rate, other = 5.5 / 40.5, 15.5 / 30.5
    half = 1.96 * sqrt(1 / 5.5 - 1 / 40.5 + 1 / 15.5 - 1 / 30.5)
    ends = [exp(log(other / rate) + sign * half) for sign in (-1, 1)]
    assert found.interval == pytest.approx([(ratio - 1) / (ratio + 1) for ratio in ends])
    assert found.value == pytest.approx((0.5 - 0.125) / 0.625)


def test_where_one_side_left_nothing_out_the_interval_still_reaches_the_value() -> None:
    all_right, all_left = Pair(side(0, 20), side(6, 20)), Pair(side(6, 20), side(0, 20))
    assert laterality(all_right).value == 1 == (laterality(all_right).interval or (0, 0))[1]
    assert laterality(all_left).value == -1 == (laterality(all_left).interval or (0, 0))[0]


def test_an_asymmetry_turns_the_ratio_and_both_its_ends() -> None:
    found = asymmetry(Estimate(2.0, (1.0, 3.0)))
    assert found.value == pytest.approx(100 / 3)
    assert found.interval == pytest.approx((0, 50))
    unknown = Estimate(None, None, "why")
    assert asymmetry(unknown) == unknown


# Bounds of timing

LATE = st.lists(st.integers(-200, 200).map(lambda ms: ms / 1000), min_size=12, max_size=40)


@given(LATE, st.integers(1, 4))
def test_an_interval_of_timing_holds_its_value_between_two_different_ends(
    late_s: list[float], together: int
) -> None:
    hits = Hits(np.array(late_s), np.arange(len(late_s)) // together)
    for formula in (mean, sd, mad_sd):
        found = formula(hits)
        assert found.value is not None
        assert found.interval is not None
        low, high = found.interval
        assert low <= found.value + 1e-9
        assert found.value <= high + 1e-9


def test_an_sd_of_chords_that_are_early_or_late_as_a_whole_lies_in_its_interval() -> None:
    """What a mean of few chords hides is given back, which moves both ends above the SD itself."""
    late_s = np.array([int(c) / 10 for c in "1011010111010000001"])
    beat = np.arange(late_s.size) // 2
    assert groups.sd_interval(late_s, beat)[0] > np.std(late_s, ddof=1)
    found = sd(Hits(late_s, beat))
    assert found.interval
    assert found.interval[0] == found.value


def test_an_interval_of_timing_is_in_milliseconds_and_lies_to_both_sides() -> None:
    late_s = np.array([-0.03, 0.01, 0.04, -0.02, 0.0, 0.03, -0.01, 0.02, 0.05, -0.04, 0.01, 0.0] * 2)
    alone = Hits.alone(late_s)
    assert sd(alone).interval == pytest.approx([1000 * end for end in confidence.sd_interval(late_s)])
    for formula in (mean, sd, mad_sd):
        found = formula(alone)
        low, high = found.interval or (0.0, 0.0)
        assert low < (found.value or 0.0) < high
        assert 5 < high - low < 60


# Phases


def test_phases_go_from_the_first_hit_of_a_stretch_to_its_last_both_included() -> None:
    """Two notes left out at each end; presses out there, and one between the hits."""
    asked = one_key([None, None, *[0.0] * 16, None, None])
    strays = [Stray(0.3, 60), Stray(0.8, 60), Stray(5.26, 60), Stray(9.1, 60)]
    found = phases(table(asked, strays, CALIBRATED))
    whole = [phase % 1 for phase in found.tolist()]
    assert len(whole) == 17
    assert sum(abs(phase) < 1e-9 or abs(phase - 1) < 1e-9 for phase in whole) == 16

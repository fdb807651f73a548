"""Each formula by a worked example, small enough to be done by hand."""

from collections.abc import Sequence
from dataclasses import replace
from math import exp, pi, sqrt

import numpy as np
import pytest

from game.judge.verdicts import Use
from game.metrics import (
    accuracy,
    chords,
    continuation,
    decrement,
    dynamics,
    hands,
    independence,
    intervals,
    overlap,
    release,
    scales,
    tapping,
    timing,
)
from game.metrics.catalogue import BY_NAME, measured
from game.metrics.kit.confidence import NO_SHARE, cv_pct
from game.metrics.kit.measure import Estimate
from game.metrics.kit.stretches import PressIntervals, Steps, plausible, shortest_s
from game.metrics.kit.table import RunTable
from game.music.level import Instrument
from game.music.note import Hand
from game.music.tempo import TempoMap
from tests.metrics.runs import CALIBRATED, FIVE, Asked, Stray, five_finger, one_key, table, taps


def value(name: str, of: RunTable) -> float | None:
    """The value of a measure of a run."""
    return BY_NAME[name].measure(of).value


def close(estimate: Estimate, to: float, within: float = 1e-9) -> None:
    assert estimate.value == pytest.approx(to, abs=within)


# accuracy


def test_four_counts_stay_four() -> None:
    asked = five_finger([0.0] * 16)
    asked[0] = replace(asked[0], late_s=None)
    asked[1] = replace(asked[1], on=FIVE[2])  # the middle finger's key, for the index finger
    asked[2] = replace(asked[2], on=FIVE[0] + 1)  # a black key that nobody was asked for
    run = table(asked, [Stray(3.1, 72), Stray(3.2, 72, Use.BOUNCE)])
    assert value("hit_rate_pct", run) == pytest.approx(100 * 13 / 16)
    assert value("omission_rate_pct", run) == pytest.approx(100 / 16)
    assert value("wrong_finger_rate_pct", run) == pytest.approx(100 / 16)
    assert value("wrong_key_rate_pct", run) == pytest.approx(100 / 16)
    assert value("repetitions", run) == 15


def test_extra_presses_and_bounces_are_counted_for_each_minute_of_playing() -> None:
    # Presses at 0, 1, …, 30 s: half a minute. Three extras, one bounce.
    strays = [Stray(s + 0.5, 72) for s in (3, 4, 5)] + [Stray(6.5, 72, Use.BOUNCE)]
    run = table(one_key([0.0] * 31, 1.0), strays)
    assert value("extra_presses_per_min", run) == pytest.approx(6)
    assert value("bounces_per_min", run) == pytest.approx(2)


def test_a_silence_of_more_than_5_s_is_not_playing() -> None:
    late: list[float | None] = [0.0] * 11 + [None] * 9 + [0.0] * 21  # silent from 10 s to 20 s of 40 s
    run = table(one_key(late, 1.0), [Stray(1.5, 72)])
    assert value("active_time_pct", run) == pytest.approx(75)
    assert value("extra_presses_per_min", run) == pytest.approx(2)


def test_a_few_seconds_are_no_rate_for_a_minute() -> None:
    extra = BY_NAME["extra_presses_per_min"].measure(table(one_key([0.0] * 9)))
    assert (extra.value, extra.reason) == (None, "10 s of playing are needed, there are 4")


# timing

LATE = np.array([-0.03, 0.01, 0.02, 0.04])


def test_the_statistics_of_asynchrony() -> None:
    hits = timing.Hits.alone(LATE)
    close(timing.mean(hits), 10)
    close(timing.median(hits), 15)
    close(timing.mean_absolute(hits), 25)
    close(timing.sd(hits), sqrt((40**2 + 0 + 10**2 + 30**2) / 3))
    close(timing.mad_sd(hits), 1.4826 * 15)  # distances from 15: 45, 5, 5, 25


def test_drift_is_the_slope_of_asynchrony() -> None:
    run = table(one_key([0.002 * i for i in range(20)], 0.5))
    assert value("drift_ms_per_s", run) == pytest.approx(4)


def test_phases_a_quarter_turn_apart_leave_half_of_the_vector_s_square() -> None:
    close(timing.resultant(np.array([0.0, 0.25] * 10)), sqrt(0.5))
    close(timing.resultant(np.array([0.0, 0.25, 0.5, 0.75] * 5)), 0, 1e-9)


def test_rayleigh_is_zar_s_formula() -> None:
    # Zar, example 26.7: n = 8, R = 8 · 0.82522 = 6.60: P between 0.001 and 0.002.
    angles = np.radians([45, 55, 81, 96, 110, 117, 132, 154])
    found = timing.rayleigh(angles / (2 * pi))
    assert found.value is not None
    assert 0.001 < found.value < 0.002
    n, total = 8, float(np.abs(np.sum(np.exp(1j * angles))))
    close(found, exp(sqrt(1 + 4 * n + 4 * (n**2 - total**2)) - (1 + 2 * n)))


def test_stray_presses_count_in_circular_consistency() -> None:
    asked = one_key([0.0] * 20)
    assert value("circular_consistency", table(asked)) == pytest.approx(1)
    with_strays = table(asked, [Stray(0.25 + i, 72) for i in range(9)])
    # 20 arrows one way and 9 the opposite way, of 29.
    assert value("circular_consistency", with_strays) == pytest.approx(11 / 29)


# intervals


def made(relative: Sequence[float], ioi_s: float = 0.5) -> PressIntervals:
    return PressIntervals(np.array(relative) * ioi_s, np.full(len(relative), ioi_s))


def steps(relative: Sequence[float], ioi_s: float = 0.5) -> Steps:
    """Intervals from beat to beat, the first begun on time."""
    late = np.concatenate([[0.0], np.cumsum(np.array(relative) - 1)])[:-1]
    of = made(relative, ioi_s)
    return Steps(of.iti_s, of.ioi_s, late, np.arange(len(relative)))


def test_the_statistics_of_intervals() -> None:
    close(intervals.cv_pct(made([0.9, 1.1] * 8)), 100 * 0.1 * sqrt(16 / 15))
    close(intervals.ratio(steps([0.9, 1.1, 1.3] * 4)), 1.1)
    close(intervals.hastening(made([0.84, 0.85, 1.0, 1.2])), 25)
    close(intervals.longer_than(made([1, 1, 1, 1, 3, 3.1, 5.1, 1]), 3), 25)
    close(intervals.longer_than(made([1, 1, 1, 1, 3, 3.1, 5.1, 1]), 5), 12.5)


def test_a_rhythm_twice_as_slow_but_true_has_no_error() -> None:
    true = PressIntervals(np.array([1.0, 0.5, 0.5, 1.0] * 4), np.array([0.5, 0.25, 0.25, 0.5] * 4))
    close(intervals.rhythm_error(true), 0)
    half = PressIntervals(np.array([1.0, 1.0, 1.0, 2.0] * 4), np.array([1.0, 1.0, 1.0, 1.0] * 4))
    close(intervals.rhythm_error(half), 25)  # one of four is one doubling off


def test_only_rhythms_that_are_uneven_have_a_rhythm_error() -> None:
    assert not intervals.uneven(table(one_key([0.0] * 20)))
    assert not intervals.uneven(ramp([8] * 10))
    onsets = [0.75 * (i // 2) + 0.5 * (i % 2) for i in range(40)]
    run = table([Asked(s) for s in onsets])
    assert intervals.uneven(run)
    assert value("rhythm_error_pct", run) == pytest.approx(0, abs=1e-6)


def test_intervals_span_no_omission_and_no_rest() -> None:
    late: list[float | None] = [0.0] * 10 + [None] + [0.0] * 9
    tempo = BY_NAME["tempo_ratio"].measure(table(one_key(late)))
    assert tempo.n == 17
    assert tempo.value == pytest.approx(1)
    rests = [Asked(i * 0.5 + 3 * (i // 8)) for i in range(24)]
    assert BY_NAME["tempo_ratio"].measure(table(rests)).n == 21


def test_a_hesitation_is_a_gap_between_presses_omissions_included() -> None:
    late: list[float | None] = [0.0] * 10 + [None] * 3 + [0.0] * 10
    hesitations = BY_NAME["hesitations_pct"].measure(table(one_key(late)))
    assert hesitations.n == 19
    assert hesitations.value == pytest.approx(100 / 19)
    assert value("halts_pct", table(one_key(late))) == 0


def test_slips_are_left_out_of_the_intervals() -> None:
    relative = np.array([1.0, 1.02, 0.98, 1.01, 0.99, 1.0, 2.5, 0.15])
    assert plausible(relative * 0.5, relative, 0.5).tolist() == [True] * 6 + [False, False]
    tempo = BY_NAME["tempo_ratio"].measure(table(one_key([0.0] * 20 + [0.24])))
    assert tempo.n == 19
    assert tempo.value == pytest.approx(1)


@pytest.mark.parametrize("every_s", [0.12, 0.15, 0.5])
def test_no_interval_asked_is_too_short_to_count(every_s: float) -> None:
    """Half as much again or less than the asked one, in turn: none of them is a slip."""
    late: list[float | None] = [0.0, -0.25 * every_s] * 15
    assert BY_NAME["iti_cv_pct"].measure(table(one_key(late, every_s))).n == 29
    assert shortest_s(every_s) <= min(0.1, every_s / 3)


def test_a_key_that_is_struck_again_before_its_end_was_not_let_go() -> None:
    asked = [replace(note, duration_s=0.4, dwell_s=0.4) for note in one_key([0.0] * 20)]
    shaken = [replace(note, dwell_s=0.05) if i % 2 else note for i, note in enumerate(asked)]
    strays = [Stray(note.onset_s + 0.1, note.pitch) for note in shaken[1::2]]
    latency = BY_NAME["release_latency_median_ms"]
    assert latency.measure(table(shaken)).n == 20
    assert latency.measure(table(shaken, strays)).n == 10 < latency.minimum
    late = table([replace(note, dwell_s=0.45) for note in asked], [Stray(10.2, 72)])
    assert latency.measure(late).value == pytest.approx(50)


# free tapping


def free(times_s: Sequence[float]) -> RunTable:
    alone = replace(CALIBRATED, cue_until_s=0.0)
    return table(one_key([None] * 40), taps(times_s), alone)


def test_the_best_10_s_are_found() -> None:
    slow, quick = [0.5 * i for i in range(20)], [10 + 0.2 * i for i in range(60)]
    assert value("tap_rate_best_10s_hz", free(slow + quick)) == pytest.approx(5)
    assert value("tap_count", free(slow + quick)) == 80


def test_less_than_10_s_have_no_best_10_s() -> None:
    best = BY_NAME["tap_rate_best_10s_hz"].measure(free([0.2 * i for i in range(40)]))
    assert (best.value, best.reason) == (None, "10 s of tapping are needed, there are 8")


def test_the_statistics_of_tapping() -> None:
    times = np.cumsum([0.0] + [0.2, 0.3] * 10)
    run = free(times.tolist())
    assert value("tap_iti_mean_ms", run) == pytest.approx(250)
    assert value("tap_iti_variance_ms2", run) == pytest.approx(50**2 * 20 / 19)
    assert value("tap_iti_cv_pct", run) == pytest.approx(100 * 50 * sqrt(20 / 19) / 250)
    assert value("tap_dwell_mean_ms", run) == pytest.approx(100)


# continuation


def test_the_split_follows_the_autocovariances() -> None:
    iti_s = np.array([0.51, 0.47, 0.53, 0.49, 0.49, 0.51, 0.53, 0.53, 0.49, 0.46])
    x = np.arange(10)
    line = np.polyval(np.polyfit(x, iti_s, 1), x)
    off = iti_s - line
    g0, g1 = float(np.sum(off**2) / 8), float(np.sum(off[:-1] * off[1:]) / 8)
    assert continuation.covariances(iti_s) == pytest.approx((g0, g1))
    close(continuation.motor_sd(iti_s), 1000 * sqrt(-g1), 1e-6)
    close(continuation.clock_sd(iti_s), 1000 * sqrt(g0 + 2 * g1), 1e-6)


def test_intervals_that_are_not_opposed_cannot_be_split() -> None:
    drifting = np.array([0.5, 0.5, 0.52, 0.52] * 10)
    for split in (continuation.clock_sd, continuation.motor_sd):
        assert split(drifting).value is None
        assert split(drifting).reason == continuation.NOT_OF_THIS_KIND


def test_what_is_made_alone_is_compared_with_the_cue() -> None:
    context = replace(CALIBRATED, cue_until_s=8.0)
    asked = one_key([0.0] * 16 + [None] * 24)
    run = table(asked, taps([8.0 + 0.55 * i for i in range(40)]), context)
    assert value("continuation_tempo_change_pct", run) == pytest.approx(10)
    assert value("continuation_iti_cv_pct", run) == pytest.approx(0, abs=1e-6)
    assert value("asynchrony_mean_ms", run) == pytest.approx(0)
    assert BY_NAME["asynchrony_mean_ms"].measure(run).n == 16


def test_drift_alone_is_the_change_over_all_taps() -> None:
    close(continuation.drift(np.linspace(0.45, 0.55, 30)), 20)


# decrement


def test_decrement_is_slope_ratio_and_index() -> None:
    falling = np.linspace(90, 50, 60)
    close(decrement.slope_per_100(falling), -100 * 40 / 59)
    first, last = decrement.ends(np.array([60.0] * 20 + [50.0] * 20 + [45.0] * 20), 3)
    close(decrement.ratio_of_means(first, last), 0.75)
    close(decrement.fatigue_pct(decrement.ratio_of_means(first, last)), 25)


def test_fatigue_of_rates_and_spreads() -> None:
    flags = np.array([True] * 12 + [False] * 36 + [True] * 6 + [False] * 6)
    close(decrement.fatigue_pct(decrement.ratio_of_rates(*decrement.ends(flags, 5))), 50)
    calm, wild = np.array([-1.0, 1.0] * 6), np.array([-2.0, 2.0] * 6)
    close(decrement.fatigue_pct(decrement.ratio_of_sds(calm, wild)), -100)
    nothing = decrement.ratio_of_rates(flags[12:24], flags[:12])
    assert (nothing.value, nothing.reason) == (None, decrement.NO_START)


# dynamics and release


def test_a_share_of_a_mean_of_nothing_is_not_told() -> None:
    assert cv_pct(np.zeros(20)) == (None, None, NO_SHARE)
    run = table([replace(note, dwell_s=0.0) for note in one_key([0.0] * 40)])
    assert measured(run)["dwell_cv_pct"].reason == NO_SHARE


def test_dynamics() -> None:
    close(dynamics.sd(np.array([50.0, 60.0, 70.0])), 10)
    close(cv_pct(np.array([50.0, 60.0, 70.0])), 100 / 6)
    close(dynamics.spread(np.arange(101.0)), 90)
    asked = [
        replace(note, velocity=80 if i % 2 else 45, asked_velocity=90 if i % 2 else 40)
        for i, note in enumerate(one_key([0.0] * 40))
    ]
    assert value("velocity_target_error", table(asked)) == pytest.approx(7.5)
    assert "dynamic_range" not in {m.name for m in measured(table(one_key([0.0] * 40))).run}


def test_release_latency_is_release_less_the_asked_end() -> None:
    asked = [replace(note, dwell_s=0.35) for note in one_key([0.01] * 40)]
    run = table(asked)  # asked 0.25 s
    assert value("release_latency_median_ms", run) == pytest.approx(110)
    assert value("release_latency_p90_ms", run) == pytest.approx(110)
    assert value("dwell_median_ms", run) == pytest.approx(350)


def test_a_key_is_stuck_for_more_than_1500_ms_and_1_s_longer_than_asked() -> None:
    asked = [replace(note, duration_s=1.0, dwell_s=1.9) for note in one_key([0.0] * 20, 3.0)]
    asked[3] = replace(asked[3], dwell_s=2.1)
    asked[4] = replace(asked[4], duration_s=0.2, dwell_s=1.6)
    asked[5] = replace(asked[5], dwell_s=None)
    assert value("stuck_keys_per_100", table(asked)) == pytest.approx(100 * 2 / 19)


def test_overlap_is_positive_where_notes_are_bound() -> None:
    asked = [replace(note, dwell_s=0.53) for note in five_finger([0.0] * 20)]
    assert value("overlap_median_ms", table(asked)) == pytest.approx(30)
    assert overlap.overlap_s(table(one_key([0.0] * 20))).size == 0


# independence


def test_overflow_is_the_share_of_notes_at_which_another_finger_pressed() -> None:
    asked = [Asked(i * 1.0, 0.02, FIVE[1], 2) for i in range(20)]
    asked += [Asked(20 + i * 1.0, 0.02, FIVE[2], 3) for i in range(20)]
    strays = [Stray(i + 0.1, FIVE[2]) for i in range(5)]  # middle with index, 80 ms after its press
    strays += [Stray(10 + i + 0.4, FIVE[2]) for i in range(5)]  # too far from any note
    strays += [Stray(30 + i - 0.1, FIVE[3]) for i in range(10)]  # ring, which no note asks for
    found = measured(table(asked, strays))
    index, middle = found.overflow["right"]["2"], found.overflow["right"]["3"]
    assert [index[j].value for j in "1345"] == [0, 0.25, 0, 0]
    assert [middle[j].value for j in "1245"] == [0, 0, 0.5, 0]
    of_index = {m.name: m.value for m in found.by_finger["right-2"]}
    of_middle = {m.name: m.value for m in found.by_finger["right-3"]}
    assert of_index["independence_index"] == pytest.approx(1 - 0.25 / 4)
    assert of_middle["independence_index"] == pytest.approx(1 - 0.5 / 4)
    assert of_middle["stillness_index"] == pytest.approx(0.75)
    assert found["independence_index"].value == pytest.approx(1 - 0.375 / 4)


def test_a_late_player_has_no_more_overflow() -> None:
    asked = [Asked(i * 1.0, 0.3, FIVE[1], 2) for i in range(20)]
    strays = [Stray(i + 0.4, FIVE[2]) for i in range(10)]
    assert measured(table(asked, strays)).overflow["right"]["2"]["3"].value == 0.5


def test_pads_have_no_resting_fingers() -> None:
    pads = replace(CALIBRATED, instrument=Instrument.PADS)
    asked = [Asked(i * 1.0, 0.0, FIVE[1], 2) for i in range(20)]
    strays = [Stray(i + 0.1, FIVE[2]) for i in range(10)]
    assert measured(table(asked, strays, pads)).overflow["right"]["2"]["3"].value == 0


def test_hold_quality_is_the_share_of_the_asked_time() -> None:
    asked = []
    for k in range(6):
        down_s = 4.0 if k % 2 else 2.0
        asked.append(Asked(5.0 * k, 0.05, FIVE[0], 1, dwell_s=down_s, duration_s=4.0))
        asked += [Asked(5.0 * k + i, 0.05, FIVE[2], 3) for i in (1, 2, 3)]
    assert value("hold_quality_pct", table(asked)) == pytest.approx(75)
    assert not independence.holds(table(one_key([0.0] * 20)))


# chords, hands, scales, tempo


def test_a_chord_s_span_is_from_its_first_key_to_its_last() -> None:
    asked = [
        Asked(2.0 * i, late, FIVE[finger - 1], finger)
        for i in range(13)
        for finger, late in ((1, 0.01), (3, 0.05), (5, None if i == 0 else -0.02))
    ]
    assert value("chord_span_median_ms", table(asked)) == pytest.approx(70)
    assert BY_NAME["chord_span_median_ms"].measure(table(asked)).n == 12
    assert value("chords_complete_pct", table(asked)) == pytest.approx(100 * 12 / 13)
    assert not chords.has_chords(table(one_key([0.0] * 20)))


def two_hands(left_s: float, right_s: float, n: int = 20) -> list[Asked]:
    return [
        Asked(0.5 * i, late, pitch, 1, hand)
        for i in range(n)
        for hand, pitch, late in ((Hand.LEFT, 48, left_s), (Hand.RIGHT, 60, right_s))
    ]


def test_the_hand_that_comes_after_has_the_positive_lead() -> None:
    run = table(two_hands(0.03, -0.01))
    assert value("inter_hand_lead_mean_ms", run) == pytest.approx(40)
    assert value("inter_hand_gap_median_ms", run) == pytest.approx(40)


def test_asymmetry_is_of_the_affected_hand() -> None:
    asked = two_hands(0.0, 0.0)
    asked = [
        replace(a, late_s=None) if a.hand is Hand.LEFT and i < 20 else a for i, a in enumerate(asked)
    ]  # half of the left hand's notes
    context = replace(CALIBRATED, affected=Hand.LEFT)
    assert value("asymmetry_hit_rate_pct", table(asked, (), context)) == pytest.approx(100 / 3)
    other = replace(CALIBRATED, affected=Hand.RIGHT)
    assert value("asymmetry_hit_rate_pct", table(asked, (), other)) == pytest.approx(-100 / 3)
    assert not hands.compared(table(asked))


def test_sides_are_halves_of_the_asked_keys() -> None:
    asked = [Asked(0.5 * i, None if i % 4 == 0 else 0.0, FIVE[0], 1) for i in range(20)]
    asked += [Asked(10 + 0.5 * i, None if i % 4 else 0.0, FIVE[4], 5) for i in range(20)]
    run = table(asked)
    assert value("omission_side_difference_pct", run) == pytest.approx(75 - 25)
    assert value("omission_laterality", run) == pytest.approx(0.5)


SCALE = (60, 62, 64, 65, 67, 69, 71, 72)
SCALE_FINGERS = (1, 2, 3, 1, 2, 3, 4, 5)


def scale(k: int, thumb_late_s: float, uneven_s: float = 0.0) -> list[Asked]:
    """One octave up; the thumb after its crossing comes late, every other note by `uneven_s`."""
    return [
        Asked(4.0 * k + 0.25 * i, (thumb_late_s if i == 3 else 0.0) + uneven_s * (i % 2), pitch, finger)
        for i, (pitch, finger) in enumerate(zip(SCALE, SCALE_FINGERS, strict=True))
    ]


def test_the_thumb_that_comes_late_under_the_hand_is_found() -> None:
    run = table([note for k in range(10) for note in scale(k, 0.03)])
    assert value("thumb_under_delay_ms", run) == pytest.approx(30)


def test_the_evenness_of_scales_is_the_middle_one_s_sd() -> None:
    run = table([note for k in range(11) for note in scale(k, 0.0, 0.01 if k else 0.08)])
    # Intervals 260, 240, …, 260: seven of them.
    expected = float(np.std([260, 240] * 3 + [260], ddof=1))
    assert value("scale_iti_sd_ms", run) == pytest.approx(expected)
    assert not scales.has_scales(table(five_finger([0.0] * 40)))


def ramp(hits: Sequence[int]) -> RunTable:
    """Steps of 8 beats at 60, 70, 80 … bpm, of which so many notes are hit."""
    tempo = TempoMap(tuple((8.0 * k, 60.0 + 10 * k) for k in range(len(hits))))
    asked = [
        Asked(tempo.seconds(8 * k + i), 0.0 if i < hit else None)
        for k, hit in enumerate(hits)
        for i in range(8)
    ]
    return table(asked, (), replace(CALIBRATED, tempo=tempo))


def test_the_held_tempo_is_the_quickest_with_four_of_five_over_16_notes() -> None:
    assert value("held_tempo_bpm", ramp([8, 8, 8, 5, 2])) == 90  # 13 of 16
    assert value("held_tempo_bpm", ramp([8, 8, 8, 4, 2])) == 80  # 12 of 16
    nothing = BY_NAME["held_tempo_bpm"].measure(ramp([4, 4, 4]))
    assert nothing.value is None
    assert "60 bpm" in nothing.reason


def test_nothing_here_is_measured_with_under_twelve_but_what_is_rare() -> None:
    rare = {kind.name: kind.minimum for kind in BY_NAME.values() if 1 < kind.minimum < accuracy.MIN_NOTES}
    assert rare == {
        "extra_presses_per_min": 2, "bounces_per_min": 2, "active_time_pct": 2,
        "hold_quality_pct": 4, "chord_span_median_ms": 8, "scale_iti_sd_ms": 10,
        "thumb_under_delay_ms": 10,
    }  # fmt: skip
    assert tapping.MIN_TAPS == release.MIN_PRESSES == accuracy.MIN_NOTES

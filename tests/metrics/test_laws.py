"""Laws of all measures at once: latency, tempo, order, too little, nothing, and perfect playing."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from math import isclose
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from game.judge.verdicts import Judgement, Keys, Lost, Shift, Verdict, Verdicts
from game.metrics.catalogue import BY_NAME, KINDS, Measures, measured
from game.metrics.kit.kind import COARSE_STAMPS, NO_TRUE_RELEASE, NO_VELOCITY, NOT_FORCE, Sense
from game.metrics.kit.measure import Measure
from game.metrics.kit.table import RunContext, RunTable
from game.music.device import DeviceKind
from game.music.level import Instrument
from game.music.note import Hand
from game.music.tempo import TempoMap
from tests.metrics.runs import CALIBRATED, FIVE, Asked, five_finger, judged, table, taps, varied

FEW = settings(max_examples=8, deadline=None)
"""Each example is a whole run with all that is measured."""

ADDED = {"asynchrony_mean_ms", "asynchrony_median_ms", "release_latency_median_ms", "release_latency_p90_ms"}
"""A constant latency is added to these."""

SOMEHOW = {"asynchrony_mean_absolute_ms"}
"""It changes these, who knows how far."""

HALVED = {
    "asynchrony_mean_ms", "asynchrony_median_ms", "asynchrony_sd_ms", "asynchrony_mad_sd_ms",
    "asynchrony_mean_absolute_ms", "iti_slope_ms_per_100", "dwell_median_ms", "release_latency_median_ms",
    "release_latency_p90_ms", "overlap_median_ms", "inter_hand_gap_median_ms", "inter_hand_lead_mean_ms",
}  # fmt: skip
"""Times: half as long where everything is twice as quick."""

DOUBLED = {"extra_presses_per_min", "bounces_per_min"}
"""Rates over time: twice as high."""

HINGED_ON_SECONDS = {"independence_index", "stillness_index", "active_time_pct", "stuck_keys_per_100"}
"""Their limits are given in seconds, and stay where they are."""


def everything(found: Measures) -> Iterable[tuple[str, Measure]]:
    """Every measure of a run and its parts, with where it stands."""
    for measure in found.run:
        yield f"run {measure.name}", measure
    for parts in (found.by_finger, found.by_hand, found.by_block):
        for name, measures in parts.items():
            yield from ((f"{name} {measure.name}", measure) for measure in measures)
    for hand, rows in found.overflow.items():
        for i, row in rows.items():
            yield from ((f"overflow {hand} {i} {j}", measure) for j, measure in row.items())


def moved(verdicts: Verdicts, press: Callable[[float], float], note: Callable[[float], float]) -> Verdicts:
    """The same run with its presses and its notes at other times."""
    presses = tuple(
        replace(
            p,
            time_s=press(p.time_s),
            release_s=None if p.release_s is None else press(p.release_s),
        )
        for p in verdicts.presses
    )
    judgements: list[Judgement] = []
    for j in verdicts.judgements:
        onset_s = note(j.note.onset_s)
        asked = replace(j.note, onset_s=onset_s, duration_s=note(j.note.duration_s) - note(0.0))
        late_s = None if j.press is None else presses[j.press].time_s - onset_s
        judgements.append(replace(j, note=asked, asynchrony_s=late_s))
    return Verdicts(tuple(judgements), presses, {})


@FEW
@given(st.integers(0, 10_000), st.integers(-250, 250))
@example(4629, 0)
@example(682, 0)
@example(3892, 7)
def test_a_constant_latency_moves_the_means_by_itself_and_nothing_else(seed: int, latency_ms: int) -> None:
    verdicts = judged(*varied(70, seed))
    by_s = latency_ms / 1000
    before = dict(everything(measured(RunTable.of(verdicts, CALIBRATED))))
    late = moved(verdicts, lambda s: s + by_s, lambda s: s)
    after = dict(everything(measured(RunTable.of(late, CALIBRATED))))
    assert before.keys() == after.keys()
    for place, measure in before.items():
        other = after[place]
        assert other.n == measure.n, place
        if measure.value is None or measure.name in SOMEHOW:
            assert (other.value is None) == (measure.value is None), place
            continue
        by = latency_ms if measure.name in ADDED else 0
        assert other.value == pytest.approx(measure.value + by, rel=1e-6, abs=1e-6), place
        if measure.interval:
            ends = [end + by for end in measure.interval]
            assert other.interval == pytest.approx(ends, rel=1e-5, abs=1e-5), place


@pytest.mark.parametrize("latency_s", [-0.3, 0.0, 0.3])
def test_which_taps_were_made_alone_does_not_hang_on_a_latency(latency_s: float) -> None:
    asked = [Asked(0.5 * i, latency_s if i < 16 else None) for i in range(50)]
    alone = taps([8.0 + 0.52 * i + latency_s for i in range(34)])
    found = measured(table(asked, alone, replace(CALIBRATED, cue_until_s=8.0)))
    assert found["continuation_iti_cv_pct"].n == 33
    assert found["continuation_tempo_change_pct"].value == pytest.approx(4)
    assert found["asynchrony_mean_ms"].n == 16


def test_the_catalogue_knows_what_a_latency_moves() -> None:
    assert {kind.name for kind in KINDS if Sense.OFFSET in kind.senses} == ADDED | SOMEHOW


@FEW
@given(st.integers(0, 10_000))
def test_twice_as_quick_is_half_as_long_and_otherwise_the_same(seed: int) -> None:
    verdicts = judged(*varied(70, seed))
    before = dict(everything(measured(RunTable.of(verdicts, CALIBRATED))))
    quick = moved(verdicts, lambda s: s / 2, lambda s: s / 2)
    after = dict(everything(measured(RunTable.of(quick, CALIBRATED))))
    for place, measure in before.items():
        if measure.name in HINGED_ON_SECONDS or measure.name == "overflow" or measure.value is None:
            continue
        times = 0.5 if measure.name in HALVED else 2 if measure.name in DOUBLED else 1
        assert after[place].value == pytest.approx(measure.value * times, rel=1e-5, abs=1e-6), place


def shuffled(verdicts: Verdicts, rng: Random) -> Verdicts:
    """The same verdicts told in another order, presses numbered anew."""
    order = list(range(len(verdicts.presses)))
    rng.shuffle(order)
    new = {old: i for i, old in enumerate(order)}
    presses = tuple(replace(verdicts.presses[old], index=i) for i, old in enumerate(order))
    judgements = [replace(j, press=None if j.press is None else new[j.press]) for j in verdicts.judgements]
    rng.shuffle(judgements)
    return Verdicts(tuple(judgements), presses, {})


@FEW
@given(st.integers(0, 10_000))
def test_the_order_in_which_things_are_told_changes_nothing(seed: int) -> None:
    verdicts = judged(*varied(40, seed))
    before = measured(RunTable.of(verdicts, CALIBRATED))
    assert measured(RunTable.of(shuffled(verdicts, Random(seed)), CALIBRATED)) == before


@FEW
@given(st.integers(0, 30), st.integers(0, 1000))
def test_too_little_is_none_with_the_number_that_is_needed_and_never_0(n: int, seed: int) -> None:
    found = measured(RunTable.of(judged(*varied(n, seed)), CALIBRATED))
    for place, measure in everything(found):
        kind = BY_NAME.get(measure.name)
        minimum = kind.minimum if kind else 12
        if measure.n < minimum:
            assert measure.value is None, place
            assert minimum == 1 or f"{minimum} " in measure.reason, place
            assert minimum == 1 or f" {measure.n}" in measure.reason, place
        assert (measure.value is None) == bool(measure.reason), place
        assert measure.interval is None or measure.value is not None, place


@FEW
@given(st.integers(0, 1000))
def test_intervals_hold_their_values(seed: int) -> None:
    found = measured(RunTable.of(judged(*varied(90, seed)), CALIBRATED))
    for place, measure in everything(found):
        if measure.value is not None and measure.interval is not None:
            low, high = measure.interval
            assert low - 1e-9 <= measure.value <= high + 1e-9, (place, measure)


def test_the_reason_names_whose_samples_are_too_few() -> None:
    found = measured(table(five_finger([0.01] * 28)))
    thumb = {measure.name: measure for measure in found.by_finger["right-1"]}
    assert thumb["asynchrony_mean_ms"].reason == "12 hits of a finger are needed, there are 4"
    assert measured(table([Asked(0.0)]))["asynchrony_mean_ms"].reason == "12 hits are needed, there is 1"


def test_an_empty_run_measures_nothing_and_says_so() -> None:
    found = measured(RunTable.of(Verdicts((), (), {})))
    assert all(measure.value is None and measure.reason for _, measure in everything(found))
    assert not found.by_finger
    assert not found.by_block


IDEAL = {
    "hit_rate_pct": 100, "omission_rate_pct": 0, "wrong_finger_rate_pct": 0, "wrong_key_rate_pct": 0,
    "extra_presses_per_min": 0, "bounces_per_min": 0, "active_time_pct": 100, "ambiguous_notes": 0,
    "shifted_notes": 0, "lost_notes": 0,
    "asynchrony_mean_ms": 0, "asynchrony_median_ms": 0, "asynchrony_sd_ms": 0, "asynchrony_mad_sd_ms": 0,
    "asynchrony_mean_absolute_ms": 0, "drift_ms_per_s": 0, "circular_consistency": 1, "iti_cv_pct": 0,
    "tempo_ratio": 1, "hastening_pct": 0, "hesitations_pct": 0, "halts_pct": 0, "velocity_sd": 0,
    "velocity_cv_pct": 0, "velocity_evenness": 0, "velocity_slope_per_100": 0, "velocity_thirds_ratio": 1,
    "iti_thirds_ratio": 1, "iti_slope_ms_per_100": 0, "fatigue_velocity_pct": 0, "fatigue_hit_rate_pct": 0,
    "fatigue_sd_pct": 0, "release_latency_median_ms": 0, "release_latency_p90_ms": 0, "dwell_cv_pct": 0,
    "stuck_keys_per_100": 0, "independence_index": 1, "omission_side_difference_pct": 0,
}  # fmt: skip


def test_perfect_playing_gives_the_ideal_values() -> None:
    asked = [replace(note, dwell_s=0.25) for note in five_finger([0.0] * 80)]
    found = measured(table(asked))
    assert {name: found[name].value for name in IDEAL} == pytest.approx(IDEAL, abs=1e-9)
    thumb = {measure.name: measure.value for measure in found.by_finger["right-2"]}
    assert thumb["stillness_index"] == 1


def test_ambiguous_notes_are_counted_and_left_out_of_timing() -> None:
    asked = five_finger([0.01] * 30 + [0.4] * 2)
    found = measured(RunTable.of(judged(asked, sure={30: 0.2, 31: 0.4}), CALIBRATED))
    assert found["ambiguous_notes"].value == 2
    assert found["asynchrony_mean_ms"].value == pytest.approx(10)
    assert found["asynchrony_mean_ms"].n == 30
    assert found["hit_rate_pct"].n == 32


@pytest.mark.parametrize("onsets", [1, 2])
def test_one_or_two_big_chords_are_no_trouble(onsets: int) -> None:
    asked = [Asked(4.0 * k, 0.001 * i * k, 48 + i, None, None) for k in range(onsets) for i in range(13)]
    mean = measured(table(asked))["asynchrony_mean_ms"]
    assert mean.n == 13 * onsets
    assert mean.interval is not None


def test_a_hand_to_the_side_is_one_slip_and_no_finger_s() -> None:
    asked = five_finger([0.01] * 40)
    aside = [
        replace(a, on=FIVE[a.finger]) if a.finger and a.finger < 5 and 8 <= i < 20 else a
        for i, a in enumerate(asked)
    ]
    verdicts = judged(aside)
    told = replace(verdicts, shifts=(Shift(8, 19, 4.0, 9.5, 1, Keys.WHITE, 11),))
    blind, seen = (measured(RunTable.of(v, CALIBRATED)) for v in (verdicts, told))
    assert blind["wrong_finger_rate_pct"].value == pytest.approx(100 * 11 / 40)
    assert (seen["wrong_finger_rate_pct"].value, seen["wrong_key_rate_pct"].value) == (0, 0)
    assert seen["shifted_notes"].value == 11
    assert seen["hit_rate_pct"].value == blind["hit_rate_pct"].value
    assert (blind["independence_index"].value or 0) < 1
    assert seen["independence_index"].value == 1


def test_where_the_place_is_lost_there_is_no_asynchrony() -> None:
    asked = five_finger([0.01] * 30 + [1.0] * 4 + [0.01] * 6)
    told = replace(judged(asked), lost=(Lost(30, 33, 15.0, 16.5, 0.99),))
    found = measured(RunTable.of(told, CALIBRATED))
    assert found["lost_notes"].value == 4
    assert found["asynchrony_mean_ms"].n == 36
    assert found["asynchrony_mean_ms"].value == pytest.approx(10)


def test_the_limits_of_a_device_travel_with_the_numbers() -> None:
    asked = five_finger([0.01] * 40)
    pads = measured(table(asked, (), replace(CALIBRATED, instrument=Instrument.PADS)))
    assert NO_TRUE_RELEASE in pads["dwell_median_ms"].limits
    assert NO_TRUE_RELEASE not in pads["asynchrony_mean_ms"].limits
    computer = measured(table(asked, (), replace(CALIBRATED, device=DeviceKind.COMPUTER)))
    assert (computer["velocity_mean"].value, computer["velocity_mean"].reason) == (None, NO_VELOCITY)
    assert COARSE_STAMPS in computer["asynchrony_sd_ms"].limits
    piano = measured(table(asked))
    assert NOT_FORCE in piano["velocity_sd"].limits
    assert piano["asynchrony_sd_ms"].limits == ()


def test_without_calibration_the_mean_says_that_it_holds_the_station_s_delay() -> None:
    told = measured(table(five_finger([0.01] * 40), (), RunContext()))
    assert any("not calibrated" in limit for limit in told["asynchrony_mean_ms"].limits)
    assert not told["asynchrony_sd_ms"].limits


def test_parts_are_measured_like_runs_of_their_own() -> None:
    notes, _ = varied(60)
    whole = measured(table(notes))
    of_right = measured(table([note for note in notes if note.hand is Hand.RIGHT]))
    right = {measure.name: measure for measure in whole.by_hand["right"]}
    for name in ("asynchrony_mean_ms", "asynchrony_sd_ms", "hit_rate_pct", "iti_cv_pct", "velocity_mean"):
        assert right[name] == of_right[name]


def test_blocks_are_of_24_notes() -> None:
    found = measured(table(five_finger([0.01] * 24 + [-0.02] * 24 + [0.0] * 3)))
    means = {
        name: dict((m.name, m) for m in block)["asynchrony_mean_ms"] for name, block in found.by_block.items()
    }
    assert list(means) == ["1", "2", "3"]
    assert means["1"].value == pytest.approx(10)
    assert means["2"].value == pytest.approx(-20)
    assert (means["3"].value, means["3"].n) == (None, 3)


def test_a_run_that_paces_nobody_has_taps_and_no_asynchrony() -> None:
    alone = replace(CALIBRATED, cue_until_s=0.0)
    found = measured(
        table([Asked(0.5 * i, None) for i in range(40)], taps([0.2 * i for i in range(100)]), alone)
    )
    names = {measure.name for measure in found.run}
    assert not names & {"asynchrony_mean_ms", "hit_rate_pct", "omission_rate_pct"}
    assert found["tap_count"].value == 100
    assert found["repetitions"].value == 100


def test_a_measure_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="finite"):
        Measure("x", "ms", float("nan"), 3)
    with pytest.raises(ValueError, match="say why"):
        Measure("x", "ms", None, 3)
    with pytest.raises(ValueError, match="low to high"):
        Measure("x", "ms", 1.0, 3, (2.0, 1.0))


def test_a_table_refuses_times_in_milliseconds() -> None:
    late = judged(five_finger([0.0] * 3))
    with pytest.raises(ValueError, match="milliseconds"):
        RunTable.of(moved(late, lambda s: s + 1e6, lambda s: s + 1e6))


def test_a_hit_without_a_press_is_refused() -> None:
    note = judged([Asked(0.0)]).judgements[0].note
    with pytest.raises(ValueError, match="every hit needs its press"):
        RunTable.of(Verdicts((Judgement(note, Verdict.HIT),), (), {}))


def test_a_pause_parts_the_intervals_around_it() -> None:
    asked = five_finger([0.0] * 40)
    whole = measured(table(asked))["tempo_ratio"]
    paused = measured(table(asked, (), replace(CALIBRATED, pauses_s=(5.2,))))["tempo_ratio"]
    assert (whole.n, paused.n) == (39, 38)
    assert isclose(paused.value or 0, 1)


def test_the_context_of_a_run_knows_its_tempo() -> None:
    ramp = TempoMap(((0, 60), (16, 80), (32, 100)))
    beats = [ramp.seconds(b) for b in range(48)]
    asked = [Asked(s, 0.0 if i < 32 or i % 2 else None) for i, s in enumerate(beats)]
    assert measured(table(asked, (), replace(CALIBRATED, tempo=ramp)))["held_tempo_bpm"].value == 80

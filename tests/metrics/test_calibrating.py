"""A calibration goes step by step: each cue at two tempi, twice; and from a recorded run come its taps."""

from random import Random

import pytest

from game.metrics.station.calibrating import BPMS, Calibrating, CueKind, taps_of
from game.metrics.station.delay import Delay, DelayReason, Unknown, run_delay
from game.music.device import Device, DeviceKind
from game.music.note import Press, Release, Touch
from game.music.recording import Recording
from game.music.steady_beat import FAST_BPM, MOST_BEATS, WARM_UP_BEATS, steady_beat
from game.music.timeline import Anchor, Timeline
from tests.tappers import Tapper

STEADY = Tapper(0.04, 0.012, 0.0)


def stepped(heard: bool) -> list[tuple[CueKind, float]]:
    """The steps of a calibration, in order."""
    so_far, steps = Calibrating(heard), []
    while so_far.following:
        cue, bpm = so_far.following
        steps.append((cue, bpm))
        so_far = so_far.with_run(cue, STEADY.run(60 / bpm, Random(len(steps))))
    return steps


def test_each_cue_is_tapped_to_at_two_tempi_twice_and_sound_comes_first() -> None:
    assert stepped(heard=True) == [(cue, bpm) for cue in CueKind for bpm in BPMS]
    assert stepped(heard=False) == [(CueKind.PICTURE, bpm) for bpm in BPMS]
    assert len(set(BPMS)) == 2
    assert all(BPMS.count(bpm) == 2 for bpm in BPMS)


def test_nothing_is_known_until_every_run_is_there() -> None:
    so_far = Calibrating(heard=False)
    for n, bpm in enumerate(BPMS):
        assert so_far.found(CueKind.PICTURE) is None
        assert so_far.delays() is None
        so_far = so_far.with_run(CueKind.PICTURE, STEADY.run(60 / bpm, Random(n)))
    assert isinstance(so_far.found(CueKind.PICTURE), Delay)
    assert so_far.delays() is not None
    assert so_far.again(CueKind.PICTURE).following == (CueKind.PICTURE, FAST_BPM)


def test_a_run_that_says_nothing_by_itself_is_not_taken() -> None:
    so_far = Calibrating()
    with pytest.raises(Unknown) as told:
        so_far.with_run(CueKind.SOUND, STEADY.run(0.75, Random(1), cues=10))
    assert told.value.why is DelayReason.FEW
    assert so_far.following == (CueKind.SOUND, FAST_BPM)


def recorded(*touches: Touch, starts_s: float = 70.0) -> Recording:
    timeline = Timeline((Anchor(starts_s, -3.0),))
    return Recording(
        tuple(sorted(touches, key=lambda t: t.time_s)), timeline, Device(DeviceKind.SCRIPTED, "x")
    )


def tapped(late_s: float, starts_s: float) -> list[Touch]:
    onsets_s = [note.onset_s + starts_s + 3.0 for note in steady_beat(FAST_BPM, 60).notes_at()]
    return [t for s in onsets_s for t in (Press(s + late_s, 60), Release(s + late_s + 0.1, 60))]


@pytest.mark.parametrize("starts_s", [0.0, 70.0, 1e6])
def test_the_taps_of_a_recorded_run_are_those_after_the_first_ones(starts_s: float) -> None:
    run = taps_of(recorded(*tapped(0.04, starts_s), starts_s=starts_s), FAST_BPM)
    assert len(run.times_s) == MOST_BEATS - WARM_UP_BEATS
    assert run_delay(run).delay_s == pytest.approx(0.04, abs=1e-6)


def test_a_pad_that_strikes_twice_moves_nothing() -> None:
    taps = tapped(0.04, 70.0)
    bounces = [Press(t.time_s + 0.03, 60) for t in taps if isinstance(t, Press)]
    assert taps_of(recorded(*taps, *bounces), FAST_BPM) == taps_of(recorded(*taps), FAST_BPM)


def test_the_delay_of_a_late_instrument_is_found_though_its_first_taps_come_in_late() -> None:
    run = taps_of(recorded(*tapped(0.33, 70.0)), FAST_BPM)
    assert run_delay(run).delay_s == pytest.approx(0.33, abs=1e-6)

"""Measures and their JSON: counts, plain formulas, null where there is too little."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.judge.conditions import Conditions
from game.judge.recorded import judge_recording
from game.judge.windows import HitWindows
from game.metrics import timing
from game.metrics.summary import by_finger, summary
from game.music.device import Device, DeviceKind
from game.music.note import Hand, Note, Press, Release
from game.music.recording import Recording
from game.music.timeline import Timeline
from game.report.result import numbers_data

np = pytest.importorskip("numpy")

CONDITIONS = Conditions(HitWindows(0.1, 0.2, 0.3))
LATE_S = st.lists(st.floats(-0.29, 0.29), min_size=3, max_size=30)


def verdicts(late_s: list[float | None], extra: int = 0):  # type: ignore[no-untyped-def]
    notes = tuple(Note(i, 2.0 * i, 0.5, 60 + i % 2, Hand.RIGHT, 1 + i % 2) for i in range(len(late_s)))
    touches: list[Press | Release] = []
    for note, late in zip(notes, late_s, strict=True):
        if late is not None:
            touches.append(Press(note.onset_s + late, note.pitch, 50 + note.index))
            touches.append(Release(note.onset_s + late + 0.4, note.pitch))
    touches += [Press(2.0 * i + 1.0, 72) for i in range(extra)]
    recording = Recording(
        tuple(sorted(touches, key=lambda t: t.time_s)), Timeline.identity(), Device(DeviceKind.FILE, "x")
    )
    return judge_recording(notes, recording, CONDITIONS)


@given(LATE_S)
def test_mean_and_spread_are_the_textbook_ones(late_s: list[float]) -> None:
    one = summary(verdicts(list(late_s)))
    assert one.hits == len(late_s)
    assert one.asynchrony_mean_ms == pytest.approx(1000 * statistics.mean(late_s), abs=0.06)
    assert one.asynchrony_sd_ms == pytest.approx(1000 * statistics.stdev(late_s), abs=0.1)
    assert one.asynchrony_median_ms == pytest.approx(1000 * statistics.median(late_s), abs=0.06)
    assert one.dwell_median_ms == pytest.approx(400, abs=0.2)


@given(LATE_S, st.floats(-0.2, 0.2))
def test_a_constant_latency_moves_the_mean_and_never_the_spread(
    late_s: list[float], latency_s: float
) -> None:
    late = np.array(late_s)
    assert timing.sd_ms(late + latency_s) == pytest.approx(timing.sd_ms(late), abs=1e-6)
    assert timing.mean_ms(late + latency_s) - timing.mean_ms(late) == pytest.approx(
        1000 * latency_s, abs=1e-6
    )


def test_too_little_is_null() -> None:
    data = numbers_data(verdicts([0.01, 0.02, None, None]))
    assert data["asynchrony_mean_ms"] is None
    assert data["asynchrony_sd_ms"] is None
    assert data["hit_rate_pct"] == 50.0


def test_four_counts_stay_four() -> None:
    one = summary(verdicts([0.0, 0.0, 0.0, None], extra=2))
    assert (one.notes, one.hits, one.omissions, one.wrong_keys, one.extra_presses) == (4, 3, 1, 0, 2)


def test_each_finger_has_its_own_measures() -> None:
    fingers = by_finger(verdicts([0.05, -0.05] * 4))
    assert set(fingers) == {"right-1", "right-2"}
    assert fingers["right-1"].asynchrony_mean_ms == pytest.approx(50)
    assert fingers["right-2"].asynchrony_mean_ms == pytest.approx(-50)

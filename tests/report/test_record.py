"""The record of a run: clinical or live, and its result as JSON."""

import json
from collections.abc import Sequence

import pytest

from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.library.files import parse_level
from game.music.device import Device, DeviceKind
from game.music.note import Press, Release, Touch
from game.music.recording import Recording
from game.music.timeline import Timeline
from game.report.kept import metrics_data, numbers_of
from game.report.record import Judged, Record, record_of
from game.report.result import result_data

NARROW = Conditions(HitWindows(0.05, 0.1, 0.15))
LEVEL = parse_level(
    """
format = 1
id = "walk"
title = "Walk"
aim = "Walk."
family = "five-finger-pattern"
step = 1
hand = "right"
tempo = 60
windows = { mode = "fixed", perfect_ms = 50, great_ms = 100, good_ms = 150 }
[pattern]
kind = "five-finger"
order = "as-written"
fingers = [1, 2, 3, 4, 5, 4, 3, 2]
repeats = 6
every_beats = 1
length_beats = 0.5
""",
    "walk.toml",
)


def played(late_s: Sequence[float | None], keys: Sequence[int] | None = None) -> Recording:
    notes = LEVEL.notes_at(1.0)
    touches: list[Touch] = []
    for note, late, key in zip(notes, late_s, keys or [n.pitch for n in notes], strict=True):
        if late is not None:
            touches += [Press(note.onset_s + late, key, 64), Release(note.onset_s + late + 0.3, key)]
    ordered = tuple(sorted(touches, key=lambda t: t.time_s))
    return Recording(ordered, Timeline.identity(), Device(DeviceKind.MIDI, "x"))


def record(recording: Recording, judged: Judged = Judged.CLINICAL) -> Record:
    return record_of(LEVEL, recording, NARROW, judged)


def test_the_clinical_record_asks_for_no_window() -> None:
    late = played([0.25 + 0.01 * (i % 3) for i in range(48)])
    clinical, live = result_data(record(late)), result_data(record(late, Judged.LIVE))
    assert (clinical["verdicts"], live["verdicts"]) == ("clinical", "live")
    assert clinical["metrics"]["hits"] == 48
    assert live["metrics"]["hits"] == 0
    assert clinical["metrics"]["asynchrony_mean_ms"] == pytest.approx(260, abs=0.1)
    assert clinical["metrics"]["measures"]["asynchrony_mean_ms"]["value"] == pytest.approx(260, abs=0.1)


def test_a_plain_run_is_the_same_for_both() -> None:
    on_time = played([0.01 * (i % 5 - 2) for i in range(48)])
    clinical, live = result_data(record(on_time)), result_data(record(on_time, Judged.LIVE))
    assert [n["verdict"] for n in clinical["notes"]] == [n["verdict"] for n in live["notes"]]
    assert clinical["presses"] == live["presses"]
    assert {n["confidence"] for n in live["notes"]} == {None}
    assert all(n["confidence"] > 0.9 for n in clinical["notes"])


def test_a_hand_to_the_side_is_told_as_one_shift() -> None:
    notes = LEVEL.notes_at(1.0)
    steps = {60: 62, 62: 64, 64: 65, 65: 67, 67: 69}
    keys = [steps[n.pitch] if 16 <= n.index < 36 else n.pitch for n in notes]
    data = result_data(record(played([0.01 * (i % 3) for i in range(48)], keys)))
    (shift,) = data["shifts"]
    assert shift["keys"] == 1
    assert abs(shift["first"] - 16) <= 2
    assert abs(shift["last"] - 35) <= 2
    assert data["metrics"]["measures"]["shifted_notes"]["value"] == shift["notes"]


def test_a_result_is_json_and_holds_measures_of_parts() -> None:
    data = result_data(record(played([0.02 * (i % 3) for i in range(48)])))
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    measures = data["metrics"]["measures"]
    assert set(measures["by_hand"]) == {"right"}
    assert set(measures["by_block"]) == {"1", "2"}


def test_what_is_kept_of_a_run_is_without_its_parts() -> None:
    recording = played([0.0] * 48)
    kept = metrics_data(numbers_of(record(recording), recording))
    assert "asynchrony_sd_ms" in kept["measures"]
    assert not {"by_finger", "by_block", "overflow"} & set(kept["measures"])


def test_an_empty_run_has_a_result() -> None:
    nothing = Recording((), Timeline.identity(), Device(DeviceKind.MIDI, "x"))
    data = result_data(record(nothing))
    assert data["metrics"]["hits"] == 0
    assert data["metrics"]["asynchrony_mean_ms"] is None
    assert data["presses"] == []

"""Golden recordings: what a person worked out by hand from the rules is what the judge says."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from game.judge.conditions import Conditions
from game.judge.recorded import in_song_time, judge_recording
from game.judge.verdicts import Judgement, Use, Verdict
from game.judge.windows import HitWindows
from game.music.device import Device, DeviceKind
from game.music.note import Note, Press, Release, Touch
from game.music.recording import Ended, Recording
from game.music.timeline import Anchor, Timeline
from tests.pictures import recorded

RUNS = sorted((Path(__file__).parents[1] / "data" / "runs").glob("*.json"))
HIT = HitWindows(0.1, 0.2, 0.3)


def test_there_are_golden_recordings() -> None:
    assert len(RUNS) >= 5


@pytest.mark.parametrize("path", RUNS, ids=lambda path: path.stem)
def test_a_golden_recording_gives_its_golden_verdicts(path: Path) -> None:
    golden = json.loads(path.read_text(encoding="utf-8"))
    verdicts = judge_recording(_notes(golden), recorded(_touches(golden)), _conditions(golden))
    assert [_told(j) for j in verdicts.judgements] == golden["expected_notes"]
    assert [p.use.value for p in verdicts.presses] == golden["expected_presses"]
    let_go = [
        {"note": index, "late_ms": _ms(end.asynchrony_s), "grade": end.grade and end.grade.value}
        for index, end in sorted(verdicts.let_go.items())
    ]
    assert let_go == golden.get("expected_let_go", [])


def _notes(golden: dict[str, Any]) -> tuple[Note, ...]:
    return tuple(
        Note(i, n["onset_ms"] / 1000, n["length_ms"] / 1000, n["pitch"])
        for i, n in enumerate(golden["notes"])
    )


def _touches(golden: dict[str, Any]) -> tuple[Touch, ...]:
    touches: list[Touch] = []
    for p in golden["presses"]:
        touches.append(Press(p["down_ms"] / 1000, p["pitch"], p["velocity"]))
        if p["up_ms"] is not None:
            touches.append(Release(p["up_ms"] / 1000, p["pitch"]))
    return tuple(sorted(touches, key=lambda touch: touch.time_s))


def _conditions(golden: dict[str, Any]) -> Conditions:
    given = golden["conditions"]
    return Conditions(
        HitWindows(*(size / 1000 for size in given["windows_ms"])),
        bounce_s=given.get("bounce_ms", 0) / 1000,
        input_offset_s=given.get("input_offset_ms", 0) / 1000,
        audio_offset_s=given.get("audio_offset_ms", 0) / 1000,
        release=given.get("release", False),
    )


def _told(judgement: Judgement) -> dict[str, Any]:
    told: dict[str, Any] = {"verdict": judgement.verdict.value}
    if judgement.asynchrony_s is not None:
        told["late_ms"] = _ms(judgement.asynchrony_s)
    if judgement.grade is not None:
        told["grade"] = judgement.grade.value
    return told


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


# Song time stands still from clock 5 (song 5) to clock 9, and goes on from song 3.
PAUSED = Timeline((Anchor(0.0, 0.0, 1.0), Anchor(5.0, 5.0, 0.0), Anchor(9.0, 3.0, 1.0)))


def paused(*touches: Touch, reached_s: float | None = None) -> Recording:
    return Recording(touches, PAUSED, Device(DeviceKind.FILE, "hand"), Ended.FINISHED, reached_s)


def note(onset_s: float, pitch: int = 60, index: int = 0) -> Note:
    return Note(index, onset_s, 0.5, pitch)


def verdict_of(recording: Recording, onset_s: float, conditions: Conditions) -> Judgement:
    return judge_recording((note(onset_s),), recording, conditions).judgements[0]


def test_a_press_in_a_pause_is_not_judged() -> None:
    verdicts = judge_recording((note(5.0),), paused(Press(6.0, 60)), Conditions(HIT))
    assert verdicts.judgements == (Judgement(note(5.0), Verdict.OMISSION),)
    assert verdicts.presses == ()


def test_a_press_after_a_pause_has_the_song_time_that_was_wound_back() -> None:
    assert verdict_of(paused(Press(11.0, 60)), 4.9, Conditions(HIT)).asynchrony_s == pytest.approx(0.1)


def test_a_press_at_the_very_instant_of_the_pause_was_played_before_it() -> None:
    assert verdict_of(paused(Press(5.0, 60)), 5.0, Conditions(HIT)).verdict is Verdict.HIT


def test_a_note_that_ended_before_the_pause_is_not_asked_again_after_it() -> None:
    recording = paused(Press(10.2, 60))  # song 4.2
    verdicts = judge_recording((note(4.0),), recording, Conditions(HIT))
    assert [j.verdict for j in verdicts.judgements] == [Verdict.OMISSION]
    assert [p.use for p in verdicts.presses] == [Use.EXTRA]


def test_a_note_whose_window_was_open_at_the_pause_is_asked_again_after_it() -> None:
    assert verdict_of(paused(Press(10.8, 60)), 4.8, Conditions(HIT)).verdict is Verdict.HIT


def test_no_press_after_a_pause_is_a_bounce_of_one_before_it() -> None:
    notes = (note(4.5), note(4.9, 62, 1))
    recording = paused(Press(4.6, 60), Press(10.65, 60), Press(10.9, 62))
    verdicts = judge_recording(notes, recording, Conditions(HIT, bounce_s=0.25))
    assert [p.use for p in verdicts.presses] == [Use.HIT, Use.EXTRA, Use.HIT]


def test_a_press_at_the_very_instant_of_the_pause_may_still_be_a_bounce() -> None:
    recording = paused(Press(4.95, 60), Press(5.0, 60))
    verdicts = judge_recording((note(4.95),), recording, Conditions(HIT, bounce_s=0.1))
    assert [p.use for p in verdicts.presses] == [Use.HIT, Use.BOUNCE]


def test_without_a_bounce_time_every_press_counts_though_song_time_was_set_back() -> None:
    corrected = Timeline((Anchor(0.0, 0.0), Anchor(5.0, 4.9)))
    recording = replace(paused(Press(4.99, 60), Press(5.01, 60)), timeline=corrected)
    verdicts = judge_recording((note(4.9),), recording, Conditions(HIT))
    assert [p.use for p in verdicts.presses] == [Use.HIT, Use.EXTRA]


def test_a_key_let_go_in_a_pause_has_no_dwell() -> None:
    recording = paused(Press(4.9, 60), Release(7.0, 60), Release(10.0, 60))
    verdicts = judge_recording((note(4.9),), recording, Conditions(HIT, release=True))
    assert verdicts.presses[0].dwell_s is None
    assert verdicts.let_go == {}


def test_touches_are_judged_in_the_order_of_their_stamps_however_they_were_kept() -> None:
    tidy = (Press(1.0, 60), Release(1.2, 60), Press(2.0, 60))
    notes = (note(1.0), note(2.0, index=1))
    forwards = judge_recording(notes, recorded(tidy), Conditions(HIT))
    assert judge_recording(notes, recorded(tidy[::-1]), Conditions(HIT)) == forwards


def test_song_time_of_a_touch_has_the_offsets_taken_off() -> None:
    conditions = Conditions(HIT, input_offset_s=0.01, audio_offset_s=0.04, video_offset_s=0.5)
    played = in_song_time(Press(11.0, 60, 70, 0.2), PAUSED, conditions)
    assert played.time_s == pytest.approx(4.95)
    assert replace(played, time_s=11.0) == Press(11.0, 60, 70, 0.2)


def test_a_recording_without_notes_has_extra_presses_only() -> None:
    verdicts = judge_recording((), recorded((Press(1.0, 60),)), Conditions(HIT))
    assert verdicts.judgements == ()
    assert [p.use for p in verdicts.presses] == [Use.EXTRA]

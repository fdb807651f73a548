"""A run that does not reach its end, a resume, and what a run says of how evenly it was updated."""

from dataclasses import replace

import pytest

from game.judge.clinical.record import clinical_verdicts
from game.judge.conditions import Conditions
from game.judge.recorded import judge_recording
from game.judge.verdicts import Verdict
from game.music.device import Device, DeviceKind
from game.music.note import Press
from game.music.recording import Ended, MarkKind, Recording
from game.music.timeline import Timeline
from game.run.ports import UnscoredTouch
from tests.test_run import FOUR, PLAIN, judged, started

NOTES = FOUR.notes_at()  # due at 0, 1, 2 and 3 s; asked once their windows of 0.3 s have closed


@pytest.mark.parametrize(
    ("offset_s", "asked"),
    [
        (0.0, [0, 1]),
        (0.5, [0]),  # what reached the program at 1.6 s was played at 1.1 s
        (-0.8, [0, 1, 2]),
    ],
)
def test_what_an_unfinished_run_asked_ends_where_it_stopped_less_the_stations_delay(
    offset_s: float, asked: list[int]
) -> None:
    device = Device(DeviceKind.MIDI, "keys")
    recording = Recording((), Timeline.identity(), device, Ended.STOPPED, reached_s=1.6)
    conditions = replace(PLAIN, input_offset_s=offset_s)
    for verdicts in (judge_recording, clinical_verdicts):
        found = verdicts(NOTES, recording, conditions).judgements
        assert [(j.note.index, j.verdict) for j in found] == [(i, Verdict.OMISSION) for i in asked]


@pytest.mark.parametrize("offset_s", [-0.4, 0.0, 0.4])
def test_a_run_that_is_stopped_says_the_omissions_that_its_record_has(offset_s: float) -> None:
    conditions: Conditions = replace(PLAIN, audio_offset_s=offset_s)
    staged = started(FOUR, conditions)
    said = judged(staged.go(1.6))
    staged.run.stop()
    said += judged(staged.run.update())
    assert said == [(j.note.index, j.verdict) for j in staged.run.verdicts().judgements]
    assert len(said) == (1 if offset_s > 0 else 2)


def test_what_was_pressed_in_a_pause_and_heard_at_the_resume_is_kept_and_told_to_nobody() -> None:
    """It came after the player chose to go on: told now, it would choose in a menu that is closed."""
    staged = started()
    staged.go(0.9)
    staged.run.pause()
    staged.run.update()
    staged.clock.advance(0.5)
    late = Press(staged.clock.now_s(), 62)
    staged.port.play(late)
    staged.run.resume()
    told = staged.run.update()
    assert not [h for h in told if isinstance(h, UnscoredTouch | Press)]
    assert late in staged.run.recording().touches
    assert staged.run.held == frozenset()


def test_what_was_pressed_before_a_pause_and_heard_at_the_resume_is_judged() -> None:
    staged = started()
    staged.go(1.0)
    before = Press(staged.clock.now_s() - 0.02, 62)
    staged.run.pause()
    staged.run.update()
    staged.clock.advance(0.5)
    staged.port.play(before)
    staged.run.resume()
    assert (1, Verdict.HIT) in judged(staged.run.update())


def test_a_run_records_how_evenly_it_was_updated() -> None:
    staged = started()
    staged.go(2.0)
    staged.frame(0.05)
    staged.run.stop()
    (mark,) = (m for m in staged.notebook.marks if m.kind is MarkKind.JITTER)
    assert mark.text.startswith("updates n=")
    assert "median=16.70" in mark.text
    assert "max=50.00 ms" in mark.text

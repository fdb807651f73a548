"""False alarms: only a press that no note had asked for, on the note's own key, near its time."""

import pytest

from game.judge.conditions import Conditions
from game.judge.recorded import judge_recording
from game.judge.verdicts import Verdicts
from game.judge.windows import HitWindows
from game.metrics.inhibition import HeldBack, held_back
from game.music.device import Device, DeviceKind
from game.music.note import Note, Press
from game.music.recording import Recording
from game.music.timeline import Timeline

GO = (Note(0, 0.0, 0.5, 62), Note(1, 4.0, 0.5, 62))
NO_GO = (Note(0, 2.0, 0.5, 62), Note(1, 6.0, 0.5, 64))


def verdicts_on(*presses: tuple[float, int]) -> Verdicts:
    touches = tuple(Press(time_s, pitch) for time_s, pitch in presses)
    recording = Recording(touches, Timeline.identity(), Device(DeviceKind.SCRIPTED, "a hand"))
    return judge_recording(GO, recording, Conditions(HitWindows(0.1, 0.2, 0.3)))


@pytest.mark.parametrize(
    ("presses", "played"),
    [
        ([(0.0, 62), (4.0, 62)], 0),
        ([(0.0, 62), (2.1, 62), (4.0, 62)], 1),
        ([(0.0, 62), (2.0, 64), (4.0, 62)], 0),
        ([(0.0, 62), (2.5, 62), (4.0, 62)], 0),
        ([(2.0, 62), (2.1, 62), (6.0, 64)], 2),
    ],
)
def test_a_false_alarm_is_a_press_of_that_key_near_that_time(
    presses: list[tuple[float, int]], played: int
) -> None:
    found = held_back(NO_GO, verdicts_on(*presses), 0.3)
    assert (found.of, found.played) == (2, played)


def test_holding_back_never_counts_against_the_notes_that_were_asked() -> None:
    quiet, alarmed = verdicts_on((0.0, 62), (4.0, 62)), verdicts_on((0.0, 62), (2.0, 62), (4.0, 62))
    assert [j.verdict for j in quiet.judgements] == [j.verdict for j in alarmed.judgements]


def test_without_such_notes_there_is_no_rate() -> None:
    assert held_back((), verdicts_on(), 0.3) == HeldBack(0, 0)

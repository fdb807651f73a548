"""One movement of a finger is one press, whatever the instrument makes of it, to both judges alike."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.judge.clinical.record import clinical_verdicts
from game.judge.conditions import Conditions
from game.judge.presses import SAME_PRESS_S, PressTracker, told_once
from game.judge.recorded import judge_recording
from game.judge.verdicts import Use, Verdicts
from game.judge.windows import HitWindows
from game.music.device import Device, DeviceKind
from game.music.note import Note, Press, Release, Touch
from game.music.recording import Recording
from tests.pictures import recorded
from tests.strategies import LAW

Judging = Callable[[tuple[Note, ...], Recording, Conditions], Verdicts]
JUDGES = pytest.mark.parametrize("judge", [judge_recording, clinical_verdicts], ids=["live", "clinical"])

PLAIN = Conditions(HitWindows(0.1, 0.2, 0.3))
FILTERED = replace(PLAIN, bounce_s=0.06, release=True)
NOTES = tuple(Note(i, 0.6 * i, 0.3, 60 + i) for i in range(8))
KEYS, ECHO = Device(DeviceKind.MIDI, "Keys", "alsa"), Device(DeviceKind.MIDI, "Interface", "alsa")


def press(time_s: float, pitch: int = 60, channel: int = 0, device: Device = KEYS) -> Press:
    return Press(time_s, pitch, channel=channel, device=device)


def release(time_s: float, pitch: int = 60, channel: int = 0, device: Device = KEYS) -> Release:
    return Release(time_s, pitch, channel=channel, device=device)


def layered(second: Callable[[Touch], Touch]) -> tuple[Touch, ...]:
    """Every note of `NOTES` held for 250 ms, by a keyboard that says everything in two voices."""
    touches: list[Touch] = []
    for note in NOTES:
        for touch in (press(note.onset_s, note.pitch), release(note.onset_s + 0.25, note.pitch)):
            touches += [touch, replace(second(touch), time_s=touch.time_s + 0.002)]
    return tuple(touches)


@JUDGES
@pytest.mark.parametrize(
    "second",
    [lambda touch: replace(touch, channel=1), lambda touch: replace(touch, device=ECHO)],
    ids=["another channel", "another port"],
)
def test_a_press_that_is_told_in_two_voices_counts_once_with_its_whole_dwell(
    judge: Judging, second: Callable[[Touch], Touch]
) -> None:
    verdicts = judge(NOTES, recorded(layered(second)), PLAIN)
    assert [p.use for p in verdicts.presses] == [Use.HIT] * len(NOTES)
    assert [p.dwell_s for p in verdicts.presses] == pytest.approx([0.252] * len(NOTES))
    assert [j.press for j in verdicts.judgements] == list(range(len(NOTES)))


@JUDGES
def test_the_key_is_up_when_its_last_voice_is(judge: Judging) -> None:
    touches = (press(0), press(0.003, channel=1), release(0.2, channel=1), release(0.25))
    assert judge(NOTES[:1], recorded(touches), PLAIN).presses[0].dwell_s == 0.25


@JUDGES
@pytest.mark.parametrize(
    "second",
    [press(0.004), press(SAME_PRESS_S + 0.001, channel=1), press(0.004, pitch=61, channel=1)],
    ids=["same channel", "too late", "another key"],
)
def test_any_other_press_is_one_of_its_own(judge: Judging, second: Press) -> None:
    verdicts = judge(NOTES[:1], recorded((press(0), second)), PLAIN)
    assert [p.use for p in verdicts.presses] == [Use.HIT, Use.EXTRA]


@JUDGES
def test_a_bounce_continues_its_press_to_the_last_release(judge: Judging) -> None:
    touches = (press(0), release(0.008), press(0.018), release(0.2), press(0.23), release(0.29))
    verdicts = judge(NOTES[:1], recorded(touches), FILTERED)
    assert [p.use for p in verdicts.presses] == [Use.HIT, Use.BOUNCE, Use.BOUNCE]
    assert verdicts.presses[0].dwell_s == 0.29
    assert verdicts.let_go[0].asynchrony_s == -0.01


@JUDGES
def test_a_bounce_whose_end_was_never_seen_leaves_the_dwell_unknown(judge: Judging) -> None:
    verdicts = judge(NOTES[:1], recorded((press(0), release(0.008), press(0.018))), FILTERED)
    assert verdicts.presses[0].dwell_s is None
    assert verdicts.let_go == {}


def test_a_bounce_that_a_note_needs_is_a_press_with_an_end_of_its_own() -> None:
    quick = tuple(Note(i, 0.05 * i, 0.02, 60) for i in range(4))
    touches = tuple(t for n in quick for t in (press(n.onset_s), release(n.onset_s + 0.02)))
    verdicts = clinical_verdicts(quick, recorded(touches), FILTERED)
    assert [p.use for p in verdicts.presses] == [Use.HIT] * 4
    assert [p.dwell_s for p in verdicts.presses] == [0.02] * 4


@LAW
@given(
    gaps_ms=st.lists(st.integers(1, 400), min_size=1, max_size=12),
    bounce_s=st.sampled_from([0.0, 0.03, 0.1, 0.25]),
)
def test_both_judges_hear_the_same_presses(gaps_ms: list[int], bounce_s: float) -> None:
    touches, at_ms = list[Touch](), 0
    for i, gap_ms in enumerate(gaps_ms):
        at_ms += gap_ms
        touches.append(press(at_ms / 1000) if i % 2 == 0 else release(at_ms / 1000))
    conditions, far = replace(PLAIN, bounce_s=bounce_s), (Note(0, 60.0, 0.3, 72),)
    recording = recorded(tuple(touches))
    live = judge_recording(far, recording, conditions)
    assert live.presses == clinical_verdicts(far, recording, conditions).presses


def test_a_pause_parts_two_movements() -> None:
    tracker = PressTracker(0.25)
    tracker.press(press(0))
    tracker.forget()
    again = tracker.press(press(0.001, channel=1))
    assert again is not None
    assert again.after is None
    assert tracker.release(release(0.2)) is None


def test_voices_are_told_once_to_whoever_counts_raw_presses() -> None:
    touches = layered(lambda touch: replace(touch, channel=9))
    once = told_once(touches)
    assert [t.time_s for t in once if isinstance(t, Press)] == [n.onset_s for n in NOTES]

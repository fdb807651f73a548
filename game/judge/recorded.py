"""Judges a recording from beginning to end: the same verdicts on any day, at any frame rate."""

from dataclasses import replace
from math import inf

from game.judge.conditions import Conditions
from game.judge.judge import Judge
from game.judge.verdicts import Verdicts
from game.music.note import Note, Press, Touch
from game.music.recording import Recording
from game.music.timeline import Timeline


def in_song_time(touch: Touch, timeline: Timeline, conditions: Conditions) -> Touch:
    """The same touch with its stamp turned into song time and the station's offsets taken off."""
    return replace(touch, time_s=timeline.song_s(touch.time_s) - conditions.offset_s)


def judge_recording(notes: tuple[Note, ...], recording: Recording, conditions: Conditions) -> Verdicts:
    """The live judge's verdicts on a recording, derived from its raw presses and releases.

    Presses made while song time stood still belong to the pause and are not judged. Of a run that did not
    reach its end, the notes whose windows had not closed by then count as not asked.
    """
    judge = Judge(notes, conditions)
    for touch in sorted(recording.touches, key=lambda t: t.time_s):
        played = in_song_time(touch, recording.timeline, conditions)
        if not isinstance(played, Press):
            judge.release(played)
        elif recording.timeline.playing(touch.time_s):
            judge.press(played)
    reached_s = recording.reached_s
    judge.advance(inf if reached_s is None else reached_s - conditions.offset_s)
    return judge.verdicts()

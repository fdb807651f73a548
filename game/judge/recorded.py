"""Judges a recording from beginning to end, independently of frame rates."""

from collections import deque
from dataclasses import replace
from math import inf

from game.judge.conditions import Conditions
from game.judge.judge import Judge
from game.judge.verdicts import Verdicts
from game.music.keyboard import nearest
from game.music.note import Note, Press, Touch
from game.music.recording import Recording
from game.music.timeline import Timeline


def in_song_time(touch: Touch, timeline: Timeline, conditions: Conditions) -> Touch:
    """The same touch in song time, the station's offsets taken off, on the key that it counts for."""
    song_s = timeline.touch_s(touch.time_s) - conditions.offset_s
    return replace(touch, time_s=song_s, pitch=nearest(touch.pitch, conditions.nearest_of))


def judge_recording(notes: tuple[Note, ...], recording: Recording, conditions: Conditions) -> Verdicts:
    """The live judge's verdicts on a recording, derived from its raw presses and releases.

    What was pressed or let go while song time stood still belongs to the pause and is not judged. Of a run
    that did not reach its end, the notes whose windows had not closed by then count as not asked.
    """
    judge = Judge(notes, conditions)
    pauses = deque(a for a in recording.timeline.anchors if a.rate == 0)
    for touch in sorted(recording.touches, key=lambda t: t.time_s):
        while pauses and pauses[0].clock_s < touch.time_s:
            judge.pause(pauses.popleft().song_s - conditions.offset_s)
        if recording.timeline.playing(touch.time_s):
            _judge_touch(judge, in_song_time(touch, recording.timeline, conditions))
    for pause in pauses:
        judge.pause(pause.song_s - conditions.offset_s)
    reached_s = recording.reached_s
    judge.advance(inf if reached_s is None else reached_s - conditions.offset_s)
    return judge.verdicts()


def _judge_touch(judge: Judge, played: Touch) -> None:
    if isinstance(played, Press):
        judge.press(played)
    else:
        judge.release(played)

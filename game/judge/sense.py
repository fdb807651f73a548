"""Checks that a recording can be judged, since files may contain any numbers."""

from game.judge.conditions import Conditions
from game.music.level import Level
from game.music.recording import Recording

DAY_S = 86_400.0
SPEEDS = (0.05, 20.0)
"""Times the written tempo; the game itself plays at 0.25 to 1.5."""
FASTEST_RATE = 20.0
LONGEST_OFFSET_S = 10.0
MOST_TOUCHES = 200_000


def nonsense(level: Level, recording: Recording, conditions: Conditions) -> str:
    """Why a recording of a level cannot be judged, as part of a sentence; "" if it can."""
    return _of_conditions(conditions) or _of_level(level, conditions.speed) or _of_recording(recording)


def _of_conditions(conditions: Conditions) -> str:
    least, most = SPEEDS
    if not least <= conditions.speed <= most:
        return f"its speed is {conditions.speed:g} times the written tempo"
    offsets = (conditions.input_offset_s, conditions.audio_offset_s, conditions.video_offset_s)
    if not all(abs(offset_s) <= LONGEST_OFFSET_S for offset_s in offsets):
        return f"an offset of its station is more than {LONGEST_OFFSET_S:g} s"
    if not 0 <= conditions.bounce_s <= LONGEST_OFFSET_S:
        return f"its bounce time is not 0 to {LONGEST_OFFSET_S:g} s"
    return ""


def _of_level(level: Level, speed: float) -> str:
    return "" if abs(level.length_s(speed)) <= DAY_S else "its level lasts longer than a day"


def _of_recording(recording: Recording) -> str:
    timeline = recording.timeline
    if len(recording.touches) > MOST_TOUCHES:
        return f"it has more than {MOST_TOUCHES} presses and releases"
    if not all(0 <= anchor.rate <= FASTEST_RATE for anchor in timeline.anchors):
        return f"its time goes backwards, or more than {FASTEST_RATE:g} times as fast as the clock"
    if not all(abs(anchor.song_s) <= DAY_S for anchor in timeline.anchors):
        return "its time is more than a day from the first beat"
    if not all(abs(timeline.song_s(touch.time_s)) <= DAY_S for touch in recording.touches):
        return "a press or release is more than a day from the first beat"
    if recording.reached_s is not None and not abs(recording.reached_s) <= DAY_S:
        return "it reached a time more than a day from the first beat"
    return ""

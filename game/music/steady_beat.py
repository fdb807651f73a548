"""A steady beat to tap to: the level used for calibrating a station."""

from game.music.level import BeatNote, HandChoice, Instrument, Level
from game.music.tempo import TempoMap

FAST_BPM, SLOW_BPM = 80.0, 60.0
"""Two tempi whose beats rarely coincide, so that a delay of a whole beat cannot go unnoticed."""

WARM_UP_BEATS = 6
"""Number of first beats whose taps do not count."""

WANTED_TAPS = 28
MOST_BEATS = WARM_UP_BEATS + 44
"""Number of beats; a person may leave some out."""

ID = "steady-beat"
LENGTH_BEATS = 0.25


def steady_beat(bpm: float, pitch: int) -> Level:
    """One key at every beat, with a click."""
    return Level(
        id=ID,
        title=ID,
        family="calibration",
        step=1,
        instrument=Instrument.KEYBOARD,
        hand=HandChoice.BOTH,
        tempo=TempoMap.steady(bpm),
        metre=(4, 4),
        notes=tuple(BeatNote(float(beat), pitch, LENGTH_BEATS) for beat in range(MOST_BEATS)),
    )

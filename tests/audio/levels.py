"""Levels for the speaker's tests."""

from game.music.level import BeatNote, HandChoice, Instrument, Level, in_order
from game.music.tempo import TempoMap

CHANGES = ((0.0, 90.0), (16.0, 123.0), (40.5, 71.7))


def level(
    accompaniment: tuple[BeatNote, ...] = (),
    end_beat: float = 16.0,
    tempo: TempoMap | None = None,
    metre: tuple[int, int] = (4, 4),
    click: bool = True,
) -> Level:
    """A level that asks for its last beat only."""
    return Level(
        id="trial",
        title="Trial",
        family="song",
        step=1,
        instrument=Instrument.KEYBOARD,
        hand=HandChoice.RIGHT,
        tempo=tempo or TempoMap.steady(120.0),
        metre=metre,
        notes=(BeatNote(end_beat - 1, 60, 1.0),),
        accompaniment=in_order(accompaniment),
        click=click,
    )


def waltz(beats: int) -> tuple[BeatNote, ...]:
    """Bass and chords with a melody that overlaps the bar lines."""
    bass = [BeatNote(float(b), 40 + b % 5, 2.5) for b in range(0, beats, 3)]
    chords = [BeatNote(float(b), 60 + p, 0.5, velocity=50) for b in range(beats) if b % 3 for p in (0, 4)]
    return in_order([*bass, *chords])

"""Chords by name, and a soft backing made of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import count

from game.music.level import BeatNote, in_order
from game.music.pitch_names import pitch_class

QUALITIES = {
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "7": (0, 4, 7, 10),
    "m7": (0, 3, 7, 10),
    "maj7": (0, 4, 7, 11),
    "dim": (0, 3, 6),
    "dim7": (0, 3, 6, 9),
    "sus4": (0, 5, 7),
}
"""Semitones above the root, by what is written behind it."""

HOLD, REST, BAR = "-", ".", "|"
BASS_LOWEST = 36
"""The bass plays from C2 to B2."""
OCTAVES = (48, 60, 72)
"""Where the upper voices may lie: the twelve keys from one of these up."""

_CHORD = re.compile(r"([A-G])([#♯b♭]?)(.*)")


class ChordFigure(StrEnum):
    """How a chord is played: all notes held, or the bass held and the others one by one."""

    HELD = "held"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class ChordLoop:
    """A row of chords, each lasting `every_beats`, begun again until the music ends.

    chords: names ("C", "F#m7"), `-` to hold the one before, `.` to be silent.
    """

    chords: tuple[str, ...]
    every_beats: float = 4.0
    figure: ChordFigure = ChordFigure.HELD
    velocity: int = 44


def chord_row(text: str) -> tuple[str, ...]:
    """The chords of a line such as `C - | F G7`; `|` is ignored. ValueError: unknown."""
    row = tuple(word for word in text.split() if word != BAR)
    if not row or row[0] == HOLD:
        raise ValueError(
            'the row of chords is empty or starts with "-"; start it with a chord, as in "C F G7 C"'
        )
    for word in row:
        if word not in (HOLD, REST):
            chord_classes(word)
    return row


@lru_cache(maxsize=512)
def chord_classes(name: str) -> tuple[int, ...]:
    """Semitones above C of a chord's tones, root first, 0–11; ValueError where it is unknown."""
    found = _CHORD.fullmatch(name)
    if not found or found.group(3) not in QUALITIES:
        raise ValueError(
            f'"{name[:20]}" is not a chord known here; write one such as "C", "Am", "G7" or "Bbmaj7"'
        )
    letter, accidental, quality = found.groups()
    root = pitch_class(letter, accidental)
    return tuple((root + step) % 12 for step in QUALITIES[quality])


def backing_notes(backing: ChordLoop, asked: Sequence[BeatNote]) -> tuple[BeatNote, ...]:
    """The backing of notes that are asked, until the last of them ends, in an octave that they leave free."""
    end_beat = max((n.beat + n.length_beats for n in asked), default=0.0)
    low = min(OCTAVES, key=lambda low: sum(low <= n.pitch < low + 12 for n in asked))
    notes: list[BeatNote] = []
    for beat, name, length in _spans(backing, end_beat):
        notes += _chord_notes(beat, length, name, low, backing)
    return in_order(notes)


def _spans(backing: ChordLoop, end_beat: float) -> Iterator[tuple[float, str, float]]:
    """Beat, name and length of each chord, held ones joined."""
    beat, name, since = 0.0, REST, 0.0
    for index in count():
        beat = min(index * backing.every_beats, end_beat)
        word = backing.chords[index % len(backing.chords)]
        if word != HOLD or beat == end_beat:
            if name != REST and beat > since:
                yield since, name, beat - since
            name, since = word, beat
        if beat == end_beat:
            return


def _chord_notes(beat: float, length: float, name: str, low: int, backing: ChordLoop) -> list[BeatNote]:
    """One chord: its root in the bass, its tones in the octave above `low`."""
    classes = chord_classes(name)
    upper = sorted(low + (tone - low) % 12 for tone in classes)
    bass = BeatNote(beat, BASS_LOWEST + (classes[0] - BASS_LOWEST) % 12, length, velocity=backing.velocity)
    if backing.figure is ChordFigure.HELD:
        return [bass, *(BeatNote(beat, pitch, length, velocity=backing.velocity) for pitch in upper)]
    steps = range(max(1, round(length)))
    each = length / len(steps)
    return [
        bass,
        *(BeatNote(beat + i * each, upper[i % len(upper)], each, velocity=backing.velocity) for i in steps),
    ]

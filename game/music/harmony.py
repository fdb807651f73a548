"""Chooses chords that fit the asked notes, so that an exercise sounds like music."""

from collections import Counter
from collections.abc import Sequence

from game.music.chords import HOLD, chord_classes
from game.music.level import BeatNote

MAJOR = (0, 2, 4, 5, 7, 9, 11)
_NAMES = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_DEGREES = ((0, ""), (7, ""), (5, ""), (9, "m"), (2, "m"))
"""The chords to choose from, the likeliest first: semitones above the key's tonic, and the kind of chord."""

_FIRST_COUNTS = 1.5
"""Extra weight of a span's first note, which the chord should contain."""


def fitting(notes: Sequence[BeatNote], every_beats: float) -> tuple[str, ...]:
    """A chord for each stretch of `every_beats`, from beat 0 until the last note ends.

    Each is the chord of the notes' key that most of the stretch's tones belong to; where two are as good, it
    changes. A stretch without notes holds the chord before it.
    """
    if not notes:
        return ("C",)
    chords = {name: frozenset(chord_classes(name)) for name in _chords_of(_key(notes))}
    end_beat = max(n.beat + n.length_beats for n in notes)
    row: list[str] = []
    last = ""
    for i in range(max(1, round(end_beat / every_beats + 0.499))):
        inside = [n for n in notes if i * every_beats <= n.beat < (i + 1) * every_beats]
        if not inside and row:
            row.append(HOLD)
            continue
        last = max(chords, key=lambda name: (_worth(chords[name], inside), name != last))
        row.append(last)
    return tuple(row)


def _key(notes: Sequence[BeatNote]) -> int:
    """The major key, 0–11 above C, that holds most of the notes; C where others are as good."""
    classes = Counter(n.pitch % 12 for n in notes)
    held = {tonic: sum(classes[(tonic + step) % 12] for step in MAJOR) for tonic in range(12)}
    return max(sorted(held, key=lambda tonic: tonic * 7 % 12), key=lambda tonic: held[tonic])


def _chords_of(tonic: int) -> list[str]:
    return [_NAMES[(tonic + step) % 12] + kind for step, kind in _DEGREES]


def _worth(classes: frozenset[int], notes: Sequence[BeatNote]) -> float:
    first = min((n.beat for n in notes), default=0.0)
    return sum(
        n.length_beats * (_FIRST_COUNTS if n.beat == first else 1.0) for n in notes if n.pitch % 12 in classes
    )

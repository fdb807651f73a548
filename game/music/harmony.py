"""Chooses chords that fit the asked notes, so that an exercise sounds like music."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from game.music.chords import HOLD, chord_classes
from game.music.level import BeatNote
from game.music.scales import OCTAVE, STEPS, Mode

_NAMES = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_DEGREES = {
    Mode.MAJOR: ((0, ""), (7, ""), (5, ""), (9, "m"), (2, "m")),
    Mode.HARMONIC: ((0, "m"), (7, ""), (5, "m"), (8, ""), (3, "")),
    Mode.MELODIC: ((0, "m"), (7, ""), (5, "m"), (8, ""), (3, "")),
    Mode.NATURAL: ((0, "m"), (7, "m"), (5, "m"), (8, ""), (3, "")),
}
"""The chords of a key, the tonic's first, then the likeliest: semitones above the tonic, and kind."""

_CHORDS = {
    "major": "",
    "minor": "m",
    "dominant seventh": "7",
    "major seventh": "maj7",
    "minor seventh": "m7",
    "diminished seventh": "dim7",
}
"""What is written behind the root of each broken chord of `scales.CHORDS`."""

_FIRST_COUNTS = 1.5
"""Extra weight of a span's first note, which the chord should contain."""


@dataclass(frozen=True, slots=True)
class KeyArea:
    """From a beat on, the chords to choose from, the tonic's first."""

    beat: float
    chords: tuple[str, ...]


@cache
def chords_of_key(tonic: int, mode: Mode) -> tuple[str, ...]:
    """The chords of a key, its tonic's first. tonic: any pitch of that name."""
    return tuple(_NAMES[(tonic + step) % OCTAVE] + kind for step, kind in _DEGREES[mode])


def chord_name(root: int, kind: str) -> str:
    """The name of a chord of `scales.CHORDS`. root: any pitch of that name."""
    return _NAMES[root % OCTAVE] + _CHORDS[kind]


def fitting(notes: Sequence[BeatNote], every_beats: float, areas: Sequence[KeyArea] = ()) -> tuple[str, ...]:
    """A chord for each stretch of `every_beats`, from beat 0 until the last note ends.

    Each is the chord of the key that most of the stretch's tones belong to; of two as good, the other one.
    A key begins and ends on its tonic's chord where its first and last note belong to that. A stretch without
    notes holds the chord before it. areas: the keys, in order of beats, where they are known; otherwise all
    notes are in the one key that holds most of them.
    """
    if not notes:
        return ("C",)
    areas = areas or (KeyArea(0.0, _key(notes)),)
    tonics = {n.beat: area.chords[0] for area in areas for n in _ends(notes, areas, area)}
    end_beat = max(n.beat + n.length_beats for n in notes)
    row: list[str] = []
    last = ""
    for i in range(max(1, round(end_beat / every_beats + 0.499))):
        inside = [n for n in notes if i * every_beats <= n.beat < (i + 1) * every_beats]
        if not inside and row:
            row.append(HOLD)
            continue
        home = next((tonics[n.beat] for n in inside if n.beat in tonics), None)
        last = home or _best(_area(areas, inside[0].beat if inside else 0.0).chords, inside, last)
        row.append(last)
    return tuple(row)


def _best(names: Sequence[str], notes: Sequence[BeatNote], last: str) -> str:
    return max(names, key=lambda name: (_worth(frozenset(chord_classes(name)), notes), name != last))


def _area(areas: Sequence[KeyArea], beat: float) -> KeyArea:
    """The key at a beat."""
    return max((a for a in areas if a.beat <= beat), key=lambda a: a.beat, default=areas[0])


def _ends(notes: Sequence[BeatNote], areas: Sequence[KeyArea], area: KeyArea) -> list[BeatNote]:
    """The first and the last note of a key, as far as they belong to its tonic's chord."""
    own = [n for n in notes if _area(areas, n.beat) is area]
    home = chord_classes(area.chords[0])
    ends = [min(own, key=lambda n: n.beat), max(own, key=lambda n: n.beat)] if own else []
    return [n for n in ends if n.pitch % OCTAVE in home]


def _key(notes: Sequence[BeatNote]) -> tuple[str, ...]:
    """The chords of the key that holds most of the notes; C major where others are as good.

    It is minor where a minor scale holds more of them than any major one, or as many and they have all of
    its tonic's chord, begin in it and end on the tonic.
    """
    classes = Counter(n.pitch % OCTAVE for n in notes)
    keys = [(tonic * 7 % OCTAVE, mode) for mode in _DEGREES for tonic in range(OCTAVE)]
    held = {
        (tonic, mode): sum(classes[(tonic + step) % OCTAVE] for step in STEPS[mode]) for tonic, mode in keys
    }
    first = min(notes, key=lambda n: (n.beat, n.pitch)).pitch % OCTAVE
    last = max(notes, key=lambda n: (n.beat, -n.pitch)).pitch % OCTAVE

    def rounded(key: tuple[int, Mode]) -> bool:
        tonic, mode = key
        home = chord_classes(chords_of_key(tonic, mode)[0])
        minor = mode is not Mode.MAJOR and all(classes[tone] for tone in home)
        return minor and first in home and last == tonic

    most = max(held.values())
    return chords_of_key(*max((key for key in keys if held[key] == most), key=rounded))


def _worth(classes: frozenset[int], notes: Sequence[BeatNote]) -> float:
    first = min((n.beat for n in notes), default=0.0)
    return sum(
        n.length_beats * (_FIRST_COUNTS if n.beat == first else 1.0)
        for n in notes
        if n.pitch % OCTAVE in classes
    )

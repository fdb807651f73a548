"""A song as entered: tune, chords and words, from which all its exercises are made."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from game.music.level import BeatNote, Lyric
from game.music.metre import bar_beats, strength
from game.music.pitch_names import pitch_class

_FIFTHS = "FCGDAEB"
_NEAR = 1e-6
_MODES = {"": 0, "m": -3, "dor": -2, "mix": -1}
"""How many sharps fewer than major on the same tonic: minor, Dorian, Mixolydian."""


class AccompanimentStyle(StrEnum):
    """How the chords of a song sound.

    PULSE: bass on the strong beats, the chord on the others. BROKEN: the chord's tones one by one over a bass
    that is held. HELD: all of it held, as in a hymn.
    """

    PULSE = "pulse"
    BROKEN = "broken"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class KeySignature:
    """A key by name ("G", "Dm", "Ddor"), as sharps: flats are negative."""

    name: str
    sharps: int

    @classmethod
    def named(cls, name: str) -> "KeySignature":
        """The signature of a key; ValueError where the name is none."""
        tonic, mode = (name[:2], name[2:]) if name[1:2] in ("#", "b") else (name[:1], name[1:])
        if tonic[:1] not in _FIFTHS or not tonic or mode not in _MODES:
            raise ValueError(f'"{name[:20]}" is not a key known here; write one such as "C", "F" or "Dm"')
        shift = {"#": 7, "b": -7}.get(tonic[1:], 0)
        sharps = _FIFTHS.index(tonic[0]) - 1 + shift + _MODES[mode]
        if abs(sharps) > 6:
            raise ValueError(f'"{name}" has more than six sharps or flats; choose a key beside it')
        return cls(name, sharps)

    def shift(self, letter: str) -> int:
        """Semitones by which the signature moves a letter: 1 sharp, -1 flat, 0 neither."""
        place = _FIFTHS.index(letter)
        return 1 if place < self.sharps else -1 if place >= 7 + self.sharps else 0

    @property
    def scale(self) -> tuple[int, ...]:
        """Its seven tones as semitones above C, from the lowest."""
        return tuple(sorted((pitch_class(letter) + self.shift(letter)) % 12 for letter in _FIFTHS))


@dataclass(frozen=True, slots=True)
class ChordSpan:
    """A chord from a beat on, within one bar."""

    beat: float
    length_beats: float
    name: str


@dataclass(frozen=True)
class Song:
    """A song. Beats are quarter notes; beat 0 is the first of a whole bar, which a pickup may leave empty.

    origin: composer or origin, and year, as text. tune: what is sung, one note at a time.
    phrases: the beat of the first note of each line, where that is known.
    """

    id: str
    title: str
    origin: str
    key: KeySignature
    metre: tuple[int, int]
    bpm: float
    tune: tuple[BeatNote, ...]
    chords: tuple[ChordSpan, ...]
    lyrics: tuple[Lyric, ...] = ()
    figure: AccompanimentStyle = AccompanimentStyle.PULSE
    phrases: tuple[float, ...] = ()

    @property
    def bar_beats(self) -> float:
        """Beats (quarter notes) in a bar."""
        return bar_beats(self.metre)

    @property
    def end_beat(self) -> float:
        """Where the last bar ends."""
        return self.chords[-1].beat + self.chords[-1].length_beats

    @cached_property
    def scale_pitches(self) -> tuple[int, ...]:
        """Every pitch of its key, from the lowest on the keyboard."""
        scale = self.key.scale
        return tuple(pitch for pitch in range(128) if pitch % 12 in scale)

    def line(self, beat: float) -> int:
        """The line of the tune that a beat is in, from 0 on."""
        return max(0, bisect_right(self.phrases, beat + _NEAR) - 1)

    def strength(self, beat: float) -> int:
        """Metrical strength of a position in the bar:

        3 first beat, 2 middle, 1 another count, 0 between counts.
        """
        return strength(beat, self.metre)

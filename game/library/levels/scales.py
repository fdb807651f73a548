"""The tables of scales and arpeggios: textbook fingers, in any key, up, down or both."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from game.library.levels.patterns import PacedTable
from game.music import scales
from game.music.harmony import KeyArea, chord_name, chords_of_key
from game.music.level import BeatNote
from game.music.note import Hand
from game.music.patterns import in_turn
from game.music.pitch_names import pitch_class

LOWEST_TONIC = 55
"""G3: the right hand's scales begin on the first key of their name from here on, the left's end there."""


def _key(value: str) -> str:
    if not re.fullmatch("[A-G][#♯b♭]?", value):
        raise ValueError(f'"{value[:20]}" is not the name of a key; write one such as "C", "F#" or "Bb"')
    return value


Key = Annotated[str, AfterValidator(_key)]


class _Walk(PacedTable):
    """Base of scales and arpeggios: textbook fingers from the lowest note upwards."""

    keys: list[Key] = Field(
        min_length=1, max_length=24, description='the first notes, one row after the other, as in ["C", "G"]'
    )
    octaves: int = Field(1, ge=1, le=4, description="how far it goes")
    way: Literal["up", "down", "up and down"] = Field("up and down", description="which way it goes")
    octave: int | None = Field(
        None, ge=0, le=8, description="octave of the first note; near the middle of the keyboard"
    )

    def tonic(self, key: str, hand: Hand) -> int:
        """The lowest note of a row: the right hand goes up from the middle, the left one up to it."""
        tone = pitch_class(key[0], key[1:])
        if self.octave is not None:
            return tone + 12 * (self.octave + 1)
        lowest = LOWEST_TONIC if hand is Hand.RIGHT else LOWEST_TONIC - 12 * self.octaves
        return lowest + (tone - lowest) % 12

    def steps(self, tonic: int, hand: Hand) -> scales.Row:
        """Pitches with fingers, once."""
        raise NotImplementedError

    def chords(self, tonic: int) -> tuple[str, ...]:
        """The chords that go with it, the tonic's first."""
        raise NotImplementedError

    def row(self, hand: Hand) -> scales.Row:
        """Pitches with fingers, key by key; a turn follows the one before without its first note again."""
        row: list[tuple[int, int]] = []
        for key in self.keys:
            once = self.steps(self.tonic(key, hand), hand)
            turns = once[:-1] if self.way == "up and down" else once
            row += turns * (self.repeats - 1) + once
        return tuple(row)

    def keys_of(self, hand: Hand | None) -> tuple[KeyArea, ...]:
        if hand is None:
            return ()
        each = len(self.row(hand)) // len(self.keys)  # every key has as many notes
        return tuple(
            KeyArea(self.pace.beat(i * each), self.chords(self.tonic(key, hand)))
            for i, key in enumerate(self.keys)
        )

    def notes(self, hand: Hand | None) -> tuple[BeatNote, ...]:
        if hand is None:
            return ()
        return tuple(
            BeatNote(
                self.pace.beat(i),
                pitch,
                self.pace.length_beats,
                hand,
                finger,
                in_turn(self.loudness, i),
            )
            for i, (pitch, finger) in enumerate(self.row(hand))
        )


class Scale(_Walk):
    """A scale with the textbook's fingers, the thumb passing under."""

    kind: Literal["scale"]
    mode: Literal["major", "natural minor", "harmonic minor", "melodic minor"] = Field(
        "major", description="the kind of scale"
    )

    def steps(self, tonic: int, hand: Hand) -> scales.Row:
        mode, way = scales.Mode(self.mode), scales.Way(self.way)
        return scales.scale(tonic, mode, hand, self.octaves, way)

    def chords(self, tonic: int) -> tuple[str, ...]:
        return chords_of_key(tonic, scales.Mode(self.mode))


class Arpeggio(_Walk):
    """A broken chord with the textbook's fingers."""

    kind: Literal["arpeggio"]
    chord: Literal[
        "major", "minor", "dominant seventh", "major seventh", "minor seventh", "diminished seventh"
    ] = Field("major", description="the kind of chord")

    def steps(self, tonic: int, hand: Hand) -> scales.Row:
        return scales.arpeggio(tonic, self.chord, hand, self.octaves, scales.Way(self.way))

    def chords(self, tonic: int) -> tuple[str, ...]:
        return (chord_name(tonic, self.chord),)

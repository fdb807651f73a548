"""How a part looks: like a tune or like an accompaniment, and whether its notes carry the words."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from game.music.midi_song import MidiSong, SongNote

VOICE = (55, 84)
"""The range of tunes, G3 to C6."""
WORD_BEATS = 0.1
"""A syllable falls on a note that begins so near to it."""


@dataclass(frozen=True, slots=True)
class PartLooks:
    """A part as it looks. notes: how many. single: share of notes that sound alone. inside: share within the
    range of a voice. filled: share of the song's bars in which it plays. steps: share of small steps.
    loud: mean velocity, 0–1. pitch: mean."""

    notes: int
    single: float
    inside: float
    filled: float
    steps: float
    loud: float
    pitch: float

    @property
    def tunefulness(self) -> float:
        """How much it is like a tune, 0 to 1."""
        return (
            0.3 * self.single + 0.2 * self.inside + 0.25 * self.filled + 0.15 * self.steps + 0.1 * self.loud
        )


def looks_of(notes: Sequence[SongNote], song: MidiSong) -> PartLooks:
    """How a part of a song looks. notes: those of the part, in order."""
    bars = {int(n.beat // 4) for n in song.notes}
    alone = [b.beat >= a.end_beat - 0.1 * a.length_beats or b.beat == a.beat for a, b in pairwise(notes)]
    together = sum(b.beat == a.beat for a, b in pairwise(notes))
    steps = [abs(a.pitch - b.pitch) <= 4 for a, b in pairwise(notes)]
    return PartLooks(
        notes=len(notes),
        single=(sum(alone) - together) / max(1, len(alone)),
        inside=sum(VOICE[0] <= n.pitch <= VOICE[1] for n in notes) / len(notes),
        filled=len({int(n.beat // 4) for n in notes}) / max(1, len(bars)),
        steps=sum(steps) / max(1, len(steps)),
        loud=sum(n.velocity for n in notes) / len(notes) / 127,
        pitch=sum(n.pitch for n in notes) / len(notes),
    )


def carries(own: Mapping[int, Sequence[SongNote]], words: Sequence[float]) -> dict[int, float]:
    """How well the onsets of each part fall on the words, 0 to 1: the harmonic mean of the share of the words
    that fall on an onset, and of the onsets, from the first word to the last, that fall on a word."""
    return {part: _carries(sorted({n.beat for n in notes}), words) for part, notes in own.items()}


def _carries(onsets: Sequence[float], words: Sequence[float]) -> float:
    if not words:
        return 0.0
    sung = [beat for beat in onsets if words[0] - WORD_BEATS <= beat <= words[-1] + WORD_BEATS]
    if not sung:
        return 0.0
    carried = sum(_near(sung, word) for word in words) / len(words)
    carrying = sum(_near(words, beat) for beat in sung) / len(sung)
    return 2 * carried * carrying / (carried + carrying) if carried else 0.0


def _near(beats: Sequence[float], beat: float) -> bool:
    i = bisect_left(beats, beat - WORD_BEATS)
    return i < len(beats) and beats[i] <= beat + WORD_BEATS

"""The strokes of each hand: the keys pressed at one instant and those still held."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from game.arrange.hands.split import split_hands
from game.music.level import BeatNote
from game.music.note import Hand, Note

TOGETHER_BEATS = 0.05
"""Notes that begin within this are one stroke: a chord a little spread, and less than a 64th."""

HELD_BEATS = 0.24
"""A key counts as held under a stroke where it stays down this long after it; legato is not holding."""

_BEAT_S = 0.5


class HandStroke(NamedTuple):
    """One hand at one instant. notes: those that begin, by pitch. held: pitches kept down from before."""

    beat: float
    notes: tuple[BeatNote, ...]
    held: tuple[int, ...] = ()

    @property
    def lowest(self) -> int:
        return self.notes[0].pitch

    @property
    def highest(self) -> int:
        return self.notes[-1].pitch

    @property
    def centre(self) -> float:
        return (self.lowest + self.highest) / 2

    @property
    def end_beat(self) -> float:
        """Where the last of its keys is let go."""
        return max(n.beat + n.length_beats for n in self.notes)

    @property
    def down(self) -> frozenset[int]:
        """Every key that is down, held or struck."""
        return frozenset({*self.held, *(n.pitch for n in self.notes)})


class MomentKind(StrEnum):
    """Who begins: BOTH; LEFT or RIGHT while the other hand holds a key; one hand ALONE while it rests."""

    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"
    ALONE = "alone"


class Moment(NamedTuple):
    """An instant at which a hand or both begin something.

    steps: semitones that the left and the right hand moved to get there, where both begin and moved.
    """

    kind: MomentKind
    steps: tuple[float, float] | None = None


Playing = dict[Hand, tuple[HandStroke, ...]]
"""The strokes of each hand that plays, in order."""


def playing(notes: Iterable[BeatNote]) -> Playing:
    """The strokes of each hand. Where a note names no hand, its hand is found first."""
    known = with_hands(notes)
    hands = [hand for hand in Hand if any(n.hand is hand for n in known)]
    return {hand: _strokes([n for n in known if n.hand is hand]) for hand in hands}


def with_hands(notes: Iterable[BeatNote]) -> tuple[BeatNote, ...]:
    """The same notes in order, each with a hand; those that name one keep it."""
    listed = sorted(notes, key=lambda n: (n.beat, n.pitch))
    if all(n.hand is not None for n in listed):
        return tuple(listed)
    found = split_hands(
        [Note(i, n.beat * _BEAT_S, n.length_beats * _BEAT_S, n.pitch) for i, n in enumerate(listed)]
    )
    return tuple(replace(n, hand=n.hand or hand) for n, hand in zip(listed, found, strict=True))


def _strokes(notes: Sequence[BeatNote]) -> tuple[HandStroke, ...]:
    made: list[HandStroke] = []
    sounding: list[BeatNote] = []
    for group in _groups(notes):
        beat = group[0].beat
        sounding = [n for n in sounding if n.beat + n.length_beats >= beat + HELD_BEATS]
        struck = tuple(sorted(group, key=lambda n: n.pitch))
        made.append(HandStroke(beat, struck, tuple(n.pitch for n in sounding)))
        sounding += group
    return tuple(made)


def _groups(notes: Sequence[BeatNote]) -> list[list[BeatNote]]:
    groups: list[list[BeatNote]] = []
    for note in notes:
        if groups and note.beat - groups[-1][0].beat <= TOGETHER_BEATS:
            groups[-1].append(note)
        else:
            groups.append([note])
    return groups


def together(left: Sequence[HandStroke], right: Sequence[HandStroke]) -> tuple[Moment, ...]:
    """Both hands' strokes as moments, in order."""
    moments: list[Moment] = []
    left_ends, right_ends = [stroke.end_beat for stroke in left], [stroke.end_beat for stroke in right]
    i = j = 0
    while i < len(left) or j < len(right):
        left_beat = left[i].beat if i < len(left) else float("inf")
        right_beat = right[j].beat if j < len(right) else float("inf")
        if abs(left_beat - right_beat) <= TOGETHER_BEATS:
            steps = (_step(left, i), _step(right, j)) if i and j else None
            moments.append(Moment(MomentKind.BOTH, steps))
            i, j = i + 1, j + 1
        elif left_beat < right_beat:
            moments.append(Moment(MomentKind.LEFT if _holds(right_ends, j, left_beat) else MomentKind.ALONE))
            i += 1
        else:
            moments.append(Moment(MomentKind.RIGHT if _holds(left_ends, i, right_beat) else MomentKind.ALONE))
            j += 1
    return tuple(moments)


def _step(own: Sequence[HandStroke], at: int) -> float:
    return own[at].centre - own[at - 1].centre


def _holds(ends: Sequence[float], following: int, beat: float) -> bool:
    """Whether the stroke before `following` is still down at a beat and a little after."""
    return following > 0 and ends[following - 1] >= beat + HELD_BEATS / 2

"""Selects what is asked of a hand: the outer voice first, then as much as its fingers, reach and time allow.

Nothing moves: what is not asked stays where it was, for the program to play, and it is said why.
"""

from collections.abc import Sequence
from typing import NamedTuple

from game.arrange.reduction.places import MOVE_S, Stroke, laid
from game.arrange.reduction.reduction import BeatGrid, Reduced, UnaskedReason, held, slim, strokes
from game.arrange.reduction.texture import Texture
from game.arrange.reduction.thinning import spaced
from game.music.level import BeatNote
from game.music.note import Hand

PADS = 2
_NEAR = 1e-6


class PlacedStroke(NamedTuple):
    """A stroke, in which place the hand plays it, when, and how strong its place in the bar is."""

    place: int
    stroke: Stroke
    at_s: float
    strength: int


class HandMusic:
    """One hand's music, to be asked under one texture after another.

    Notes keep pitch and beat (a chord that is spread a little begins with its first note); a length ends
    where the hand must let go. Fingers are given where the hand lies still.
    """

    def __init__(self, notes: Sequence[BeatNote], hand: Hand, bars: BeatGrid) -> None:
        self.hand = hand
        self.every = [
            PlacedStroke(0, stroke, bars.tempo.seconds(stroke[0].beat), bars.strength(stroke[0].beat))
            for stroke in strokes(notes, hand)
        ]
        self.count = sum(len(one.stroke) for one in self.every)
        self._laid: dict[tuple[tuple[int, int], ...], list[PlacedStroke]] = {}
        self._reduced: dict[tuple[object, ...], Reduced] = {}

    @property
    def notes(self) -> list[BeatNote]:
        """All its notes, stroke by stroke."""
        return [note for one in self.every for note in one.stroke]

    def reduced(self, texture: Texture) -> Reduced:
        """What a texture asks, and why the rest is not asked; remembered."""
        fingers = texture.fingers if texture.still else None
        key = (fingers, texture.keys, texture.widest, texture.gap_s, texture.strength)
        if key not in self._reduced:
            self._reduced[key] = self._asked(texture)
        return self._reduced[key]

    def _asked(self, texture: Texture) -> Reduced:
        result = Reduced()
        placed = self._in_place(texture) if texture.still else self.every
        result.leave(UnaskedReason.PLACE, self.count - sum(len(one.stroke) for one in placed))
        timely = without_moves(in_time(placed, texture, result), result)
        thin = [slim(stroke, texture, result) for stroke in timely]
        result.asked = held([n for stroke in thin for n in stroke], texture.keys, texture.widest)
        return result

    def _in_place(self, texture: Texture) -> list[PlacedStroke]:
        """What lies under a hand that is still but between phrases, with fingers."""
        key = tuple(texture.offsets(self.hand).items())
        if key not in self._laid:
            self._laid[key] = [
                PlacedStroke(place, stroke, self.every[i].at_s, self.every[i].strength)
                for i, place, stroke in laid(
                    [one.stroke for one in self.every], [one.at_s for one in self.every], self.hand, texture
                )
            ]
        return self._laid[key]


def reduced(notes: Sequence[BeatNote], hand: Hand, texture: Texture, bars: BeatGrid) -> Reduced:
    """What a texture asks of a hand's notes."""
    return HandMusic(notes, hand, bars).reduced(texture)


def in_time(every: Sequence[PlacedStroke], texture: Texture, result: Reduced) -> list[PlacedStroke]:
    """The strokes that a hand has time for, the strong ones first."""
    enough = [one for one in every if one.strength >= texture.strength]
    result.leave(UnaskedReason.WEAK, _count(every) - _count(enough))
    enough.sort(key=lambda one: (-one.strength, one.at_s))
    chosen = [enough[i] for i in spaced([one.at_s for one in enough], texture.gap_s - _NEAR)]
    result.leave(UnaskedReason.QUICK, _count(enough) - _count(chosen))
    return sorted(chosen, key=lambda one: one.stroke[0].beat)


def _count(every: Sequence[PlacedStroke]) -> int:
    return sum(len(one.stroke) for one in every)


def without_moves(every: Sequence[PlacedStroke], result: Reduced) -> list[Stroke]:
    """The strokes without those that a hand has no time for as it moves; of two the stronger one stays."""
    kept: list[PlacedStroke] = []
    for one in every:
        while kept and kept[-1].place != one.place and one.at_s - kept[-1].at_s < MOVE_S - _NEAR:
            if kept[-1].strength >= one.strength:
                result.leave(UnaskedReason.MOVE, len(one.stroke))
                break
            result.leave(UnaskedReason.MOVE, len(kept.pop().stroke))
        else:
            kept.append(one)
    return [one.stroke for one in kept]


def on_pads(notes: Sequence[BeatNote], gap_s: float, bars: BeatGrid, most: int = PADS) -> Reduced:
    """What is asked on pads: `most` at once."""
    result = Reduced()
    every = HandMusic(notes, Hand.LEFT, bars).every
    timely = [one.stroke for one in in_time(every, Texture(gap_s=gap_s), result)]
    result.leave(UnaskedReason.KEYS, sum(max(0, len(stroke) - most) for stroke in timely))
    result.asked = [n for stroke in timely for n in stroke[:most]]
    return result

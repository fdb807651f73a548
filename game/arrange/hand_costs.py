"""What a model of two hands at a keyboard charges for a note here or there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEFT, RIGHT = 0, 1


@dataclass(frozen=True, slots=True)
class Costs:
    """Prices, settled on two-hand piano music. Pitches are in semitones, times in seconds.

    together_s: notes that begin within this belong to one group. beam: beginnings kept.
    span, stretch: what a hand takes at once, and the price of each semitone more. wide: for an octave at
    once, less for less. held, held_most: as stretch, for keys still down, up to so many semitones, as
    recorded lengths are uncertain. many: for each key beyond five.
    move, near, per_s: for the way from where the hand was, how far costs little, and how much further with
    each second that passed. outer, inner, step: for the steps of the two edges of the hand, and how far costs
    little. leap, leap_s: for each semitone of a jump beyond a fifth, and how soon time takes the price away.
    settle: how much of the way a hand's place follows each chord.
    cross, cross_most: for each semitone by which one hand reaches over keys that the other holds, up to so
    many; over: the same over where the other hand was last.
    switch, switch_near: for a line handed over to the other hand, the more the nearer its notes.
    register: for each octave that a note lies on the other hand's side of the middle. middle: that of the
    piano; local, around_s: how far it gives way to the middle of what is played, within so long.
    """

    together_s: float = 0.035
    beam: int = 10
    span: float = 9.2
    stretch: float = 0.31
    wide: float = 1.0
    held: float = 0.57
    held_most: float = 55.0
    many: float = 2.0
    move: float = 0.95
    near: float = 5.7
    per_s: float = 5.8
    outer: float = 0.5
    inner: float = 0.27
    step: float = 16.0
    leap: float = 0.05
    leap_s: float = 0.059
    settle: float = 0.38
    cross: float = 0.53
    cross_most: float = 4.4
    over: float = 1.4
    switch: float = 1.5
    switch_near: float = 21.0
    register: float = 0.59
    middle: float = 61.0
    local: float = 0.6
    around_s: float = 9.0


COSTS = Costs()
FINGERS = 5
_FREE_LEAP = 5.0
_LONG_AGO_S = 4.0


class Chords:
    """A group split in every way. Arrays are (hand, how many notes go to the left).

    outer, inner: the edges of what a hand plays, inner towards the other hand. plays: 1, or 0 where a hand
    has nothing; its edges are those of the nearest note then.
    """

    def __init__(self, pitch: Floats) -> None:
        size = len(pitch)
        self.pitch, self.size = pitch, size
        self.mean = float(pitch.sum()) / size
        self.outer, self.inner, self.plays = np.empty((3, 2, size + 1))
        self.outer[LEFT], self.outer[RIGHT] = pitch[0], pitch[-1]
        self.inner[LEFT, 1:], self.inner[LEFT, 0] = pitch, pitch[0]
        self.inner[RIGHT, :-1], self.inner[RIGHT, -1] = pitch, pitch[-1]
        self.plays.fill(1.0)
        self.plays[LEFT, 0] = self.plays[RIGHT, size] = 0.0
        self.centre = (self.outer + self.inner) / 2


@dataclass(frozen=True, slots=True)
class Held:
    """Keys still down. pitch: (keys,). right: (beginnings, keys), whether the right hand holds it."""

    pitch: Floats
    right: NDArray[np.bool_]

    def edges(self) -> tuple[Floats, Floats]:
        """Lowest and highest key of each hand, (beginnings, hands); out of the way where it holds none."""
        right, pitch = self.right, self.pitch
        low, high = np.empty((2, right.shape[0], 2))
        np.where(right, _NOWHERE, pitch).min(axis=1, out=low[:, LEFT])
        np.where(right, pitch, _NOWHERE).min(axis=1, out=low[:, RIGHT])
        np.where(right, -_NOWHERE, pitch).max(axis=1, out=high[:, LEFT])
        np.where(right, pitch, -_NOWHERE).max(axis=1, out=high[:, RIGHT])
        return low, high


_NOWHERE = 1e6


def splitting(of: Costs, chords: Chords, middle: float) -> Floats:
    """What each split costs whatever came before: span, number of keys, register. (splits,)"""
    span = np.abs(chords.outer - chords.inner)
    own = of.stretch * np.maximum(0.0, span - of.span) + of.wide / 144 * span * span
    if chords.size > FINGERS:
        count = np.arange(chords.size + 1)
        own += of.many * np.maximum(0, np.stack([count, count[::-1]]) - FINGERS)
    above = chords.pitch - middle
    sides = np.zeros(chords.size + 1)
    sides[1:] = np.maximum(0.0, above).cumsum()
    sides[:-1] += np.maximum(0.0, -above)[::-1].cumsum()[::-1]
    return np.asarray((own * chords.plays).sum(axis=0) + of.register / 12 * sides)


def moving(of: Costs, chords: Chords, hands: Floats, onset_s: float) -> Floats:
    """What the way costs each hand: (beginnings, hands, splits).

    hands: place, outer edge, inner edge and time of each hand's last stroke, (4, beginnings, hands).
    """
    place, outer, inner, last_s = hands[..., None]
    passed_s = np.minimum(onset_s - last_s, _LONG_AGO_S)
    later = of.per_s * passed_s
    way = (chords.centre - place) / (of.near + later)
    edges = of.step + later
    out, inn = (chords.outer - outer) / edges, (chords.inner - inner) / edges
    far = np.maximum(0.0, np.abs(chords.centre - (outer + inner) / 2) - _FREE_LEAP)
    return np.asarray(
        of.move * np.log1p(way * way)
        + of.outer * np.log1p(out * out)
        + of.inner * np.log1p(inn * inn)
        + far * (of.leap / (1 + passed_s / of.leap_s))
    )


def reaching(of: Costs, chords: Chords, low: Floats, high: Floats) -> Floats:
    """What it costs to keep keys down while others are struck: (beginnings, hands, splits)."""
    top = np.maximum(np.maximum(chords.outer, chords.inner), high[..., None])
    bottom = np.minimum(np.minimum(chords.outer, chords.inner), low[..., None])
    reach = np.maximum(0.0, top - bottom - of.span)
    return np.asarray(of.held * np.minimum(reach, of.held_most))


def crossing(of: Costs, chords: Chords, place: Floats) -> Floats:
    """One hand over where the other was last: (beginnings, splits)."""
    over = np.maximum(0.0, chords.inner[LEFT] - place[:, RIGHT, None])
    under = np.maximum(0.0, place[:, LEFT, None] - chords.inner[RIGHT])
    over, under = np.minimum(over, of.cross_most), np.minimum(under, of.cross_most)
    return np.asarray(of.over * (over * chords.plays[LEFT] + under * chords.plays[RIGHT]))


def crossing_held(of: Costs, chords: Chords, low: Floats, high: Floats) -> Floats:
    """One hand over keys that the other holds: (beginnings, splits)."""
    over = (chords.inner[LEFT] - low[:, RIGHT, None]) * chords.plays[LEFT]
    under = (high[:, LEFT, None] - chords.inner[RIGHT]) * chords.plays[RIGHT]
    across = np.maximum(np.maximum(over, under), 0.0)
    return np.asarray(of.cross * np.minimum(across, of.cross_most))

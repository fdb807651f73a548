"""The costs of the two-hand model."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class HandCosts:
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


COSTS = HandCosts()
FINGERS = 5
_FREE_LEAP = 5.0
_LONG_AGO_S = 4.0


class LastStroke(NamedTuple):
    """What a hand played last: its edges, inner towards the other hand, in semitones, and when."""

    outer: float
    inner: float
    onset_s: float


def splitting(of: HandCosts, pitches: Sequence[int], middle: float) -> list[float]:
    """What each split costs whatever came before: span, number of keys, register.

    pitches: of a group, from below. The first of the splits gives no note to the left hand, the last all.
    """
    size, low, high = len(pitches), pitches[0], pitches[-1]
    left = [0.0, *(_taking(of, pitch - low, i + 1) for i, pitch in enumerate(pitches))]
    right = [*(_taking(of, high - pitch, size - i) for i, pitch in enumerate(pitches)), 0.0]
    sides = [0.0]
    for pitch in pitches:
        sides.append(sides[-1] + max(0.0, pitch - middle))
    below = 0.0
    for at in range(size - 1, -1, -1):
        below += max(0.0, middle - pitches[at])
        sides[at] += below
    price = of.register / 12
    return [a + b + price * side for a, b, side in zip(left, right, sides, strict=True)]


def _taking(of: HandCosts, span: int, keys: int) -> float:
    """A hand taking keys at once."""
    cost = of.stretch * max(0.0, span - of.span) + of.wide / 144 * span * span
    return cost + of.many * max(0, keys - FINGERS)


def striking(of: HandCosts, last: LastStroke, strokes: Sequence[LastStroke]) -> list[float]:
    """For each of some strokes, the steps of both edges of a hand from its last one, and its jump."""
    passed_s = min(strokes[0].onset_s - last.onset_s, _LONG_AGO_S)
    edges, leap = of.step + of.per_s * passed_s, of.leap / (1 + passed_s / of.leap_s)
    middle = (last.outer + last.inner) / 2
    costs = []
    for outer, inner, _ in strokes:
        out, inn = (outer - last.outer) / edges, (inner - last.inner) / edges
        far = abs((outer + inner) / 2 - middle) - _FREE_LEAP
        cost = of.outer * log1p(out * out) + of.inner * log1p(inn * inn)
        costs.append(cost + far * leap if far > 0 else cost)
    return costs


def near(of: HandCosts, last: LastStroke, onset_s: float) -> float:
    """How far from its place a hand goes at little cost, in semitones."""
    return of.near + of.per_s * min(onset_s - last.onset_s, _LONG_AGO_S)


def reaching(of: HandCosts, low: float, high: float) -> float:
    """Keeping keys down while others are struck; low and high are the outermost of all of them."""
    reach = high - low - of.span
    return of.held * min(reach, of.held_most) if reach > 0 else 0.0


def crossing(of: HandCosts, over: float) -> float:
    """One hand reaching over where the other was last, by so many semitones."""
    return of.over * min(over, of.cross_most) if over > 0 else 0.0


def crossing_held(of: HandCosts, over: float) -> float:
    """One hand reaching over keys that the other holds, by so many semitones."""
    return of.cross * min(over, of.cross_most) if over > 0 else 0.0

"""The hand model: costs of spans, weak fingers, black keys, crossings and moves.

The terms are those of the ergonomic models in the literature (Parncutt, Sloboda, Clarke, Raekallio & Desain
1997; Jacobs 2001; Al Kasimi, Nichols & Raphael 2007; Balliauw, Herremans, Palhazi Cuervo & Sörensen 2017);
the numbers are this project's own, fitted so that the model's fingers agree with those that pianists wrote
into pieces of Bach, Mozart, Burgmüller and Czerny. Lengths are in widths of a white key, costs in a unit of
their own: passing the thumb under the third finger costs about one.
"""

from dataclasses import dataclass

from game.music.note import LITTLE_FINGER, THUMB

ALL_FINGERS = frozenset(range(THUMB, LITTLE_FINGER + 1))
NEVER = 10_000.0
"""The cost of what is done only if there is no other way."""

FAR = 30.0
"""The cost of what a hand can hardly do; it is done where nothing else is left."""


@dataclass(frozen=True, slots=True)
class HandReach:
    """A hand.

    spans: how far it spreads, 1.0 an adult's that takes an octave with ease, 0.7 one that takes a sixth.
    comfort: how much spreading and weak fingers weigh against moving the hand, 1.0 as players do it; more
    asks for smaller stretches and more moves, as suits a hand that is stiff or painful.
    """

    spans: float = 1.0
    comfort: float = 1.0

    def __post_init__(self) -> None:
        if not (self.spans > 0 and self.comfort > 0):
            raise ValueError(f"a hand's spans and comfort are more than nothing: {self}")


@dataclass(frozen=True, slots=True)
class Span:
    """How two fingers spread: `ease` white keys without thought, `limit` at most.

    per_key: the cost of each key more than they lie apart.
    """

    ease: float
    limit: float
    per_key: float


SPANS = {
    (1, 2): Span(2.0, 5.0, 0.3),
    (1, 3): Span(3.0, 6.0, 0.33),
    (1, 4): Span(4.0, 7.0, 0.31),
    (1, 5): Span(5.0, 8.5, 0.28),
    (2, 3): Span(1.0, 3.0, 0.8),
    (2, 4): Span(2.0, 4.0, 0.58),
    (2, 5): Span(3.5, 6.0, 0.37),
    (3, 4): Span(1.0, 2.0, 1.2),
    (3, 5): Span(2.0, 4.0, 0.73),
    (4, 5): Span(1.0, 3.0, 0.8),
}


@dataclass(frozen=True, slots=True)
class FingeringCosts:
    """All costs of the fingering model.

    spread, closed: each key by which a posture is wider or narrower than fingers lie. outer: the share that
    the outermost two fingers add. stride: the share that a step between two notes adds to the posture.
    weak_*, *_on_black: a note played so. weak_step: a step between the fingers 3, 4 and 5.
    pass_*: the thumb under a finger or the finger over it. move, move_key: a move of the hand otherwise.
    same: a hand's only finger on two keys in turn. tangle: fingers crossing with no thumb. leap: the same
    where the hand leaps. change: another finger on the same key. stay: a cut at which the hand stays.
    free: what a move costs after a rest, as a share.
    triad: how much dearer a triad in root position is with other fingers than 1 3 5.
    """

    spread: float = 0.97
    closed_thumb: float = 0.21
    closed: float = 0.51
    outer: float = 0.53
    stride: float = 0.4
    weak_4: float = 0.03
    weak_5: float = 0.01
    thumb_on_black: float = 0.65
    fifth_on_black: float = 0.25
    weak_step: float = 0.02
    pass_2: float = 0.65
    pass_3: float = 0.84
    pass_4: float = 0.89
    pass_5: float = 3.0
    pass_key: float = 0.31
    pass_black_thumb: float = 1.5
    pass_off_black: float = -0.36
    move: float = 0.19
    move_key: float = 0.08
    same: float = 1.01
    tangle: float = 6.0
    leap: float = 0.6
    change: float = 0.13
    stay: float = 0.04
    free: float = 0.2
    triad: float = 1.0


COSTS = FingeringCosts()

SLACK = 0.5
"""Half a key more or less, a black key for a white one, is no stretch and no move."""
FARTHEST = 10.0
"""Keys beyond which a move does not become dearer."""

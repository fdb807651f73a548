"""A level's difficulty, 1 to 10: the weighted sum of its demand at the written tempo.

It orders exercises; it was not measured on patients, and says nothing of how hard a level is for one person.
"""

from dataclasses import dataclass

from game.arrange.difficulty.demand import DIMENSIONS, MOST, Demand, demand
from game.music.level_entry import AnyLevel, LevelEntry

EASIEST, HARDEST = 1.0, 10.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each dimension counts; they add up to 1. Proposals for a clinician to sign off, in one table.

    rate and independence count most: note rate and the number of fingers are what the ramp moves.
    """

    rate: float = 0.31
    finger_speed: float = 0.02
    independence: float = 0.37
    reach: float = 0.09
    chords: float = 0.07
    hands: float = 0.05
    rhythm: float = 0.04
    thumb_under: float = 0.02
    dynamics: float = 0.01
    reading: float = 0.02


WEIGHTS = Weights()


def difficulty(level: AnyLevel, weights: Weights = WEIGHTS) -> float:
    """A level's difficulty at its written tempo, 1 to 10."""
    if isinstance(level, LevelEntry):
        return difficulty_of(Demand(**level.demand), weights)
    return difficulty_of(demand(level), weights)


def difficulty_of(asked: Demand, weights: Weights = WEIGHTS) -> float:
    """The same from a demand that is known."""
    total: float = sum(getattr(weights, name) * getattr(asked, name) for name in DIMENSIONS)
    return EASIEST + (HARDEST - EASIEST) * total / MOST

"""Ranks notes among piano pieces by the average rank of seven readings.

Tempo and length are left out. That the index orders piano pieces as teachers do does not show that it orders
effort for an impaired hand.
"""

from collections.abc import Iterable
from dataclasses import asdict

import numpy as np

from game.arrange.difficulty.readings import Readings, readings
from game.music.level import BeatNote

HIGHEST_INDEX = 10.0

SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9, 0.97, 1.0)
"""Shares of the reference: piano pieces from the first lesson to the concert stage."""

SCALE: dict[str, tuple[float, ...]] = {
    "entropy_bits": (0, 1.9, 2.8, 4.2, 4.9, 6, 7, 7.9, 8.8, 9.6, 11),
    "range_keys": (0, 7, 12, 18, 24, 38, 52, 66, 88, 115, 174),
    "notes_a_quarter": (0, 0.6, 1, 1.7, 2.3, 3.4, 4.6, 6.4, 9, 13, 18),
    "black": (0, 0.04, 0.08, 0.17, 0.3, 0.55, 0.83, 1.15, 1.5, 1.8, 2),
    "displacement_keys": (0, 0.6, 1, 1.6, 2.3, 3.5, 5, 7.2, 10.5, 15, 25),
    "polyphony": (0, 1.1, 1.5, 2, 2.2, 2.5, 3, 3.6, 4.5, 6, 10),
    "independence": (0, 0.07, 0.13, 0.26, 0.37, 0.5, 0.6, 0.67, 0.78, 0.91, 1),
}
"""The value of each reading below which each of those shares lies. Fixed, so that one piece can be placed."""


def index(notes: Iterable[BeatNote]) -> float:
    """Where notes stand among piano pieces, 0 (none) to 10 (the hardest): single keys tapped lie below 1."""
    return index_of(readings(notes))


def index_of(read: Readings) -> float:
    """The index of readings: the mean of their places on the reference, each with the same weight."""
    places = [place(name, value) for name, value in asdict(read).items()]
    return HIGHEST_INDEX * sum(places) / len(places)


def place(reading: str, value: float) -> float:
    """The share of the reference that lies below a value, 0 to 1, in straight lines between the shares."""
    return float(np.interp(value, SCALE[reading], SHARES))

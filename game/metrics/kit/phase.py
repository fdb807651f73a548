"""Standard errors of means and slopes of intervals when the taps follow a beat.

Conventions: intervals as in stretches.py. The mean of intervals that follow each other is the distance from
the first tap to the last, over their number: all that lies between cancels. So its error is that of the taps
at the ends of each unbroken row, not of the intervals; and any weighted sum of intervals is one of the taps,
each with the weight of the interval before it less that of the one behind. With lateness that wanders about
the beat as a first-order autoregressive process of SD s and lag-1 correlation r, the variance of Σ w·late is
s²·Σ wᵢ·wⱼ·r^|i − j|.

Somebody who does not keep to the beat has lateness that adds up from tap to tap instead, and then the
intervals of the two-level model, in confidence.py, are the ones that hold.

Sources: Vorberg & Schulze (2002) for lateness as an autoregressive process where phases are corrected; Wing &
Kristofferson (1973) for intervals where they are not.
"""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from game.metrics.kit.confidence import inflation, lag_1, opposed_error, t_quantile
from game.metrics.kit.measure import Interval
from game.metrics.kit.stretches import APART, Steps

Values = NDArray[np.float64]

KEPT = 0.7
"""Lateness that is correlated by more from tap to tap adds up: the beat is not kept."""


def ratio_interval(made: Steps) -> Interval:
    """Of the mean of made to asked intervals."""
    middle, n = float(np.mean(made.relative)), len(made)
    error, freedom = error_of(made, np.full(n, 1 / n))
    return middle - t_quantile(freedom) * error, middle + t_quantile(freedom) * error


def error_of(made: Steps, weight: Values) -> tuple[float, float]:
    """Standard error of Σ weight·(made/asked interval), and its degrees of freedom."""
    beat, late = _beats(made)
    r = max(0.0, lag_1(late))
    if r > KEPT:
        return opposed_error(made.relative, weight)
    n, grown = late.size, inflation(r, late.size)
    variance = float(np.var(late, ddof=1)) / max(0.1, 1 - (grown - 1) / (n - 1))
    return sqrt(max(0.0, variance * _form(made.beat, beat, weight, r))), max(3.0, n / grown) - 1


def _beats(made: Steps) -> tuple[NDArray[np.int64], Values]:
    """Every beat once, and how late it was against the tempo that was kept, one for all stretches."""
    every = np.concatenate([made.beat, made.beat + 1])
    late = np.concatenate([made.late, made.late + made.relative - 1])
    beat, first = np.unique(every, return_index=True)
    late, stretch = late[first], np.unique(beat // APART, return_inverse=True)[1]
    count = np.bincount(stretch)
    place, level = ((v - (np.bincount(stretch, v) / count)[stretch]) for v in (beat % APART, late))
    return beat, late - float(place @ level) / float(place @ place) * (beat % APART)


def _form(begun: NDArray[np.int64], beat: NDArray[np.int64], weight: Values, r: float) -> float:
    """Variance of the weighted sum of intervals begun at some of the beats, in variances of lateness."""
    of_beat = np.zeros(beat.size)
    of_beat[np.searchsorted(beat, begun + 1)] += weight
    of_beat[np.searchsorted(beat, begun)] -= weight
    at = np.flatnonzero(of_beat)
    own = of_beat[at]
    # What a tap shares with those before it is what the last one shared, and the last one itself, as faded.
    faded = np.power(r, np.diff(beat[at], prepend=beat[at[:1]]).astype(float)).tolist()
    shared, before, total = 0.0, 0.0, 0.0
    for mine, fading in zip(own.tolist(), faded, strict=True):
        shared = (shared + before) * fading
        total += mine * (mine + 2 * shared)
        before = mine
    return total

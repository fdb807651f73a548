"""How well a mean interval is known where the taps keep to a beat.

Conventions: intervals as in stretches.py. The mean of intervals that follow each other is the distance from the
first tap to the last, over their number: all that lies between cancels. So its error is that of the taps at the
ends of each unbroken row, not of the intervals. With lateness that wanders about the beat as a first-order
autoregressive process of SD s and lag-1 correlation r, the variance of Σ w·late is s²·Σ wᵢ·wⱼ·r^|i − j|, where w
is −1 at the beginning of a row and 1 at its end.

Somebody who does not keep to the beat has lateness that adds up from tap to tap instead, and then the intervals
of the two-level model, in confidence.py, are the ones that hold.

Sources: Vorberg & Schulze (2002) for lateness as an autoregressive process where phases are corrected; Wing &
Kristofferson (1973) for intervals where they are not.
"""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from game.metrics.confidence import inflation, interval_mean_interval, lag_1, t_quantile
from game.metrics.measure import Interval
from game.metrics.stretches import APART, Steps

Values = NDArray[np.float64]

KEPT = 0.7
"""Lateness that is correlated by more from tap to tap adds up: the beat is not kept."""


def ratio_interval(made: Steps) -> Interval:
    """Of the mean of made to asked intervals."""
    middle = float(np.mean(made.relative))
    beat, late = _beats(made)
    r = max(0.0, lag_1(late))
    if r > KEPT:
        return interval_mean_interval(made.relative)
    n, grown = late.size, inflation(r, late.size)
    variance = float(np.var(late, ddof=1)) / max(0.1, 1 - (grown - 1) / (n - 1))
    error = sqrt(max(0.0, variance * _form(made.beat, beat, r))) / len(made)
    half = t_quantile(max(3.0, n / grown) - 1) * error
    return middle - half, middle + half


def _beats(made: Steps) -> tuple[NDArray[np.int64], Values]:
    """Every beat once, and how late it was against the tempo that was kept, which is one for all stretches."""
    every = np.concatenate([made.beat, made.beat + 1])
    late = np.concatenate([made.late, made.late + made.relative - 1])
    beat, first = np.unique(every, return_index=True)
    late, stretch = late[first], np.unique(beat // APART, return_inverse=True)[1]
    count = np.bincount(stretch)
    place, level = ((v - (np.bincount(stretch, v) / count)[stretch]) for v in (beat % APART, late))
    return beat, late - float(place @ level) / float(place @ place) * (beat % APART)


def _form(begun: NDArray[np.int64], beat: NDArray[np.int64], r: float) -> float:
    """Variance of the sum of the intervals, in variances of lateness."""
    weight = np.isin(beat, begun + 1).astype(float) - np.isin(beat, begun)
    ends, weight = beat[weight != 0], weight[weight != 0]
    # Where r is 0, 0 to the power of 0 is 1: an end is wholly correlated with itself.
    return float(weight @ np.power(r, np.abs(ends[:, None] - ends[None, :]).astype(float)) @ weight)

"""Confidence intervals of grouped values, such as the notes of a chord: a late chord is late in all its keys.

Conventions: values of shape (n,) in the order in which they were played, `group` of the same shape with a
number that is the same within a group. An estimate is a sum over the values; its error follows from the
sums over each group, whatever holds within it, and groups that follow each other widen it as in
confidence.py. Where every value is a group of its own, the intervals are those of confidence.py.

Sources: Liang & Zeger (1986) for errors from sums over groups; the same on the influence of a value on a
variance and on a median.
"""

from math import asin, exp, log, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from game.metrics.kit import confidence
from game.metrics.kit.confidence import (
    MOST_DRAWS,
    RESAMPLES,
    SEED,
    ZERO_SPREAD,
    Z,
    inflation,
    lag_1,
    t_quantile,
)
from game.metrics.kit.measure import Interval

Values = NDArray[np.float64]
Groups = NDArray[np.int64]


def single(group: Groups) -> bool:
    """Whether every value is a group of its own; a group is together."""
    return not np.any(group[1:] == group[:-1])


def _sums(values: Values, group: Groups) -> Values:
    first = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    return np.asarray(np.add.reduceat(values, first))


def _means(values: Values, group: Groups) -> Values:
    return _sums(values, group) / _sums(np.ones(values.size), group)


def _variance_of_sum(influence: Values, group: Groups) -> float:
    sums = _sums(influence, group)
    return float(sums @ sums) * sums.size / max(1, sums.size - 1)


def mean_interval(values: Values, group: Groups) -> Interval:
    """Of a mean."""
    if single(group):
        return confidence.mean_interval(values)
    n, middle, means = values.size, float(np.mean(values)), _means(values, group)
    grown = inflation(max(0.0, lag_1(means)), means.size)
    variance = _variance_of_sum(values - middle, group) / n**2
    variance *= grown / max(0.1, 1 - (grown - 1) / max(1, means.size - 1))
    half = t_quantile(max(3.0, means.size / grown) - 1) * sqrt(variance)
    return middle - half, middle + half


def sd_interval(values: Values, group: Groups) -> Interval:
    """Of an SD, on its logarithm."""
    if single(group) or np.std(values) <= ZERO_SPREAD:
        return confidence.sd_interval(values)
    n, means = values.size, _means(values, group)
    r = max(0.0, lag_1(means))
    squares = (values - np.mean(values)) ** 2
    variance = float(np.sum(squares)) / (n - 1)
    error = sqrt(_variance_of_sum(squares - variance, group) * (1 + r * r) / (1 - r * r)) / n / variance / 2
    # The groups' mean is not the truth either; what that hides of the spread is given back.
    hidden = _variance_of_sum(values - np.mean(values), group) / n**2 * inflation(r, means.size)
    few = means.size / max(1.0, means.size - Z)  # Bonett's correction for few of them
    half, middle = t_quantile(means.size - 1) * few * error, log(variance + hidden) / 2
    return exp(middle - half), exp(middle + half)


def median_interval(values: Values, group: Groups) -> Interval:
    """Of a median, between two ranks."""
    if single(group):
        return confidence.quantile_interval(values)
    means = _means(values, group)
    # Rounded, so that on which side of the median its equals lie does not hang on the last digit of a sum.
    side = np.sign(np.round(np.median(values) - values, 6)) / 2
    grown = inflation(2 / pi * asin(max(0.0, lag_1(means))), means.size)
    half = Z * sqrt(_variance_of_sum(side, group) * grown) + 0.25
    return confidence.between_ranks(values, (values.size - 1) / 2, half)


def redrawn(values: Values, group: Groups) -> Values:
    """Resamples of whole groups with one fixed seed, one a row; rows are filled up with nan."""
    starts = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    sizes = np.diff(np.append(starts, values.size))
    padded = np.full((starts.size, int(sizes.max())), np.nan)
    place = np.arange(values.size) - np.repeat(starts, sizes)
    padded[np.repeat(np.arange(starts.size), sizes), place] = values
    times = max(199, min(RESAMPLES, MOST_DRAWS // padded.size))
    drawn = np.random.default_rng(SEED).integers(0, starts.size, (times, starts.size))
    return padded[drawn].reshape(times, -1)

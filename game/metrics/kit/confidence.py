"""Confidence intervals at 95 %.

Conventions: values have shape (n,), in the order in which they were played; an interval is (low, high) in the
unit of the values. Taps are serially correlated: a late one is often followed by a late one, so that n taps
say less than n independent ones. Intervals of means, medians and SDs allow for that by the lag-1
autocorrelation, as in a first-order autoregressive process; r is freed of its small-sample bias and held
between -0.6 and 0.9.

Sources: Wilson (1927) and Newcombe (1998) for proportions, Zou & Donner (2008) for their ratio; Brown, Cai
& DasGupta (2003) for counts; Bonett (2006) for an SD of values that need not be normal; Bartlett (1946) for
means and variances of serial data; Efron & Tibshirani (1993) for the bootstrap; Abramowitz & Stegun 26.7.5
for the quantile of t.
"""

from collections.abc import Callable
from math import asin, exp, log, pi, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.metrics.kit.measure import Estimate, Interval

Values = NDArray[np.float64]

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""

SEED, RESAMPLES, MOST_DRAWS = 20, 799, 160_000
"""Of the bootstrap; longer runs take fewer resamples, so that all intervals of a run take a moment."""

ZERO_SPREAD = 1e-9
"""A spread below this is rounding."""


NO_SHARE = "their mean is 0, of which nothing is a share"


def t_quantile(freedom: float) -> float:
    """The 97.5 % point of Student's t, to 0.5 % from 3 degrees of freedom on; they need not be whole."""
    v, z = max(freedom, 3.0), Z
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4)
    )


def wilson(successes: float, n: float) -> Interval:
    """Wilson's score interval of a proportion, 0–1."""
    p = successes / n
    middle, half = p + Z**2 / (2 * n), Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    grown = 1 + Z**2 / n
    # At the ends the formula gives 0 or 1 except for rounding.
    low = 0.0 if successes <= 0 else (middle - half) / grown
    return low, 1.0 if successes >= n else (middle + half) / grown


def newcombe(k: int, n: int, other_k: int, other_n: int) -> Interval:
    """Newcombe's interval of the difference k/n − other_k/other_n of two proportions."""
    p, other = k / n, other_k / other_n
    (low, high), (other_low, other_high) = wilson(k, n), wilson(other_k, other_n)
    below = sqrt((p - low) ** 2 + (other_high - other) ** 2)
    above = sqrt((high - p) ** 2 + (other - other_low) ** 2)
    return p - other - below, p - other + above


def poisson(count: int) -> Interval:
    """Rao's score interval of the mean of a Poisson count, as Wilson's is of a proportion.

    Garwood's exact one holds few counts (1 to 4) in 98 to 99 of 100 cases; this one in 92 to 97, about 95.
    """
    middle, half = count + Z**2 / 2, Z * sqrt(count + Z**2 / 4)
    return (middle - half if count else 0.0), middle + half


def ratio_of_proportions(k: int, n: int, other_k: int, other_n: int) -> Interval:
    """Of (k/n)/(other_k/other_n), on the logarithm, from Wilson's intervals of the two; other_k over 0."""
    p, other = k / n, other_k / other_n
    (low, high), (other_low, other_high) = wilson(k, n), wilson(other_k, other_n)
    if not k:
        return 0.0, high / other_low
    below = sqrt(log(p / low) ** 2 + log(other_high / other) ** 2)
    above = sqrt(log(high / p) ** 2 + log(other / other_low) ** 2)
    return p / other * exp(-below), p / other * exp(above)


def lag_1(values: Values) -> float:
    """Lag-1 autocorrelation, freed of its bias of −(1 + 4r)/n."""
    off = values - values.mean()
    power, n = float(off @ off), values.size
    if n < 6 or power <= ZERO_SPREAD**2:
        return 0.0
    r = float(off[:-1] @ off[1:]) / power
    return min(0.9, max(-0.6, (n * r + 1) / (n - 4)))


def inflation(r: float, n: int) -> float:
    """Variance of a mean, as a multiple of that of independent values."""
    # 1 + 2 Σ (1 − k/n) rᵏ over the lags k, summed.
    return 1 + 2 * (r / (1 - r) - r * (1 - r**n) / (n * (1 - r) ** 2))


def mean_error(values: Values) -> tuple[float, float]:
    """Standard error of a mean and its degrees of freedom; a negative lag-1 correlation is not counted on."""
    n = values.size
    grown = inflation(max(0.0, lag_1(values)), n)
    variance = float(np.var(values, ddof=1)) / max(0.1, 1 - (grown - 1) / (n - 1))
    return sqrt(variance * grown / n), max(3.0, n / grown) - 1


def mean_interval(values: Values) -> Interval:
    """Of a mean of serial values: t with as many degrees of freedom as the values are worth."""
    error, freedom = mean_error(values)
    middle = float(np.mean(values))
    return middle - t_quantile(freedom) * error, middle + t_quantile(freedom) * error


def opposed_error(intervals: Values, weight: Values) -> tuple[float, float]:
    """Standard error of Σ weight·interval, and its degrees of freedom, of intervals that follow each other.

    Their ends are shared, so errors of neighbours partly cancel.
    """
    n, alone = intervals.size, float(weight @ weight)
    # Half a standard error of r is added, so that chance in few intervals does not narrow the result.
    opposed = min(0.0, lag_1(intervals) + 0.5 / sqrt(n))
    kept = max(0.1 * alone, alone + 2 * opposed * float(weight[:-1] @ weight[1:]))
    return float(np.std(intervals, ddof=1)) * sqrt(kept), n - 1


def interval_mean_interval(intervals: Values) -> Interval:
    """Of a mean of such intervals."""
    n, middle = intervals.size, float(np.mean(intervals))
    error, freedom = opposed_error(intervals, np.full(n, 1 / n))
    return middle - t_quantile(freedom) * error, middle + t_quantile(freedom) * error


def log_sd_error(values: Values) -> tuple[float, float]:
    """Where the logarithm of an SD lies once freed of serial bias, and its standard error."""
    n, r = values.size, lag_1(values)
    variance = float(np.var(values, ddof=1)) / max(0.3, 1 - (inflation(max(0.0, r), n) - 1) / (n - 1))
    off, tail = np.sort(values), int(n / (2 * sqrt(n - 4))) if n > 4 else 0
    off = off - off[tail : n - tail].mean()
    kurtosis = n * float(np.sum(off**4)) / float(np.sum((values - values.mean()) ** 2)) ** 2
    grown = n / (n - Z)
    serial = (1 + r * r) / (1 - r * r)
    error = grown * sqrt(max(0.3, kurtosis - (n - 3) / n) / (n - 1) * serial)
    return log(grown * variance) / 2, error / 2


def sd_interval(values: Values) -> Interval:
    """Of an SD: Bonett's on the logarithm, widened for serial values; (0, 0) where nothing varies."""
    if np.std(values) <= ZERO_SPREAD:
        return 0.0, 0.0
    middle, error = log_sd_error(values)
    half = t_quantile(values.size - 1) * error
    return exp(middle - half), exp(middle + half)


def cv_interval(values: Values) -> Interval:
    """Of SD/mean: as the SD's, with the error of the mean added."""
    mean = float(np.mean(values))
    if np.std(values) <= ZERO_SPREAD:
        return 0.0, 0.0
    middle, error = log_sd_error(values)
    half = t_quantile(values.size - 1) * sqrt(error**2 + (mean_error(values)[0] / mean) ** 2)
    return exp(middle - half) / mean, exp(middle + half) / mean


def cv_pct(values: Values) -> Estimate:
    """SD/mean in percent; not told where the mean is 0, as of keys that were all let go at once."""
    mean = float(np.mean(values))
    if abs(mean) <= ZERO_SPREAD:
        return Estimate(None, None, NO_SHARE)
    low, high = cv_interval(values)
    return Estimate(100 * float(np.std(values, ddof=1) / mean), (100 * low, 100 * high))


def quantile_interval(values: Values, q: float = 0.5) -> Interval:
    """Of a quantile: between two ranks of the sorted values, further apart where values are serial."""
    n = values.size
    # The correlation of being on the same side of the middle, for normal values correlated by r.
    same_side = 2 / pi * asin(max(0.0, lag_1(values)))
    half = Z * sqrt(n * q * (1 - q) * inflation(same_side, n)) + 0.25
    return between_ranks(values, q * (n - 1), half)


def between_ranks(values: Values, rank: float, half: float) -> Interval:
    """The values so many ranks below and above a rank, 0 being the smallest value's."""
    last = values.size - 1
    low, high = np.interp(np.clip([rank - half, rank + half], 0, last), np.arange(last + 1), np.sort(values))
    return float(low), float(high)


def bootstrap(values: NDArray[Any], statistic: Callable[[NDArray[Any]], Values]) -> Values:
    """A statistic, which works on the last axis, of resamples of the values drawn with one fixed seed."""
    n = values.shape[0]
    times = max(199, min(RESAMPLES, MOST_DRAWS // n))
    drawn = np.random.default_rng(SEED).integers(0, n, (times, n))
    return statistic(values[drawn])


def log_ratio(over: float, under: float, error: float) -> tuple[float, Interval]:
    """over/under and its interval, from the standard error of the logarithm of the ratio."""
    ratio, half = over / under, Z * error
    return ratio, (ratio * exp(-half), ratio * exp(half))

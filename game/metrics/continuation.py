"""Continuation after the cue has ended: tempo, and variance split into an inner clock and the hand.

Conventions: intervals between taps after the last cue, seconds, shape (n,), as in tapping.py. In the
two-level model an interval is one of an inner clock plus the difference of two delays of the hand, so that
neighbours are opposed: with autocovariances g0 and g1 of the intervals (about their own straight line, over
n − 1), the hand's variance is −g1 and the clock's g0 + 2·g1. Where g1 is not negative, or the clock's
variance would be, the model does not describe the taps and nothing is given.

Measures
    continuation_iti_cv_pct: SD/mean of the intervals made alone; beside iti_cv_pct, made with the cue
    continuation_tempo_change_pct: mean interval made alone against the one cued; positive is slower
    continuation_drift_pct: change of the interval from the first to the last tap alone, of its mean
    clock_sd_ms: SD of the inner clock
    motor_sd_ms: SD of the hand's delay

Sources: Wing & Kristofferson (1973), in Wing (2002); intervals of autocovariances by Bartlett's formula for
a process with no correlation beyond lag 1 (Brockwell & Davis 1991, 7.2).
"""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from game.metrics.accuracy import cued
from game.metrics.kit.confidence import cv_pct, interval_mean_interval, t_quantile
from game.metrics.kit.kind import N_, Kind
from game.metrics.kit.measure import Estimate
from game.metrics.kit.table import RunTable
from game.metrics.tapping import tap_intervals
from game.metrics.timing import slope

Values = NDArray[np.float64]

MIN_INTERVALS = 12
MIN_SPLIT = 30
"""Minimum number of intervals for the split."""

NOT_OF_THIS_KIND = "the intervals are not opposed as the two-level model needs: no split can be made"


def continued(table: RunTable) -> bool:
    """Whether the run has a cued part and an uncued part."""
    return cued(table.run) and table.run.cued.size < table.run.notes.size


def covariances(iti_s: Values) -> tuple[float, float]:
    """Autocovariance of lag 0 and lag 1 about the intervals' own straight line."""
    n = iti_s.size
    x = np.arange(n) - (n - 1) / 2
    off = iti_s - iti_s.mean()
    off = off - x * float(x @ off) / float(x @ x)
    return float(off @ off) / (n - 2), float(off[:-1] @ off[1:]) / (n - 2)


def clock_sd(iti_s: Values) -> Estimate:
    """SD of the clock, ms."""
    g0, g1 = covariances(iti_s)
    v00, v01, v11 = _bartlett(g0, g1, iti_s.size)
    return _root(g0, g1, g0 + 2 * g1, sqrt(max(0.0, v00 + 4 * v01 + 4 * v11)), iti_s.size)


def motor_sd(iti_s: Values) -> Estimate:
    """SD of the hand's delay, ms."""
    g0, g1 = covariances(iti_s)
    return _root(g0, g1, -g1, sqrt(_bartlett(g0, g1, iti_s.size)[2]), iti_s.size)


def _bartlett(g0: float, g1: float, n: int) -> tuple[float, float, float]:
    """Variances of the two autocovariances and, between them, their covariance."""
    return (2 * g0**2 + 4 * g1**2) / n, 4 * g0 * g1 / n, (g0**2 + 3 * g1**2) / n


def _root(g0: float, g1: float, variance: float, error: float, n: int) -> Estimate:
    if g1 >= 0 or g0 + 2 * g1 <= 0:
        return Estimate(None, None, NOT_OF_THIS_KIND)
    half = t_quantile(n - 1) * error
    low, high = sqrt(max(0.0, variance - half)), sqrt(variance + half)
    return Estimate(1000 * sqrt(variance), (1000 * low, 1000 * high))


def tempo_change(relative: Values) -> Estimate:
    """Mean of made over cued intervals, less one, percent."""
    low, high = interval_mean_interval(relative)
    return Estimate(100 * (float(np.mean(relative)) - 1), (100 * (low - 1), 100 * (high - 1)))


def drift(iti_s: Values) -> Estimate:
    """Change of the interval along its own straight line, percent of its mean."""
    per_tap = slope(np.column_stack([np.arange(iti_s.size), iti_s]))
    times = 100 * (iti_s.size - 1) / float(np.mean(iti_s))
    if per_tap.value is None or per_tap.interval is None:
        return per_tap
    return Estimate(times * per_tap.value, (times * per_tap.interval[0], times * per_tap.interval[1]))


def _to_cue(table: RunTable) -> Values:
    """Intervals made alone over the interval of the last steady stretch that was cued."""
    cued_s = [stretch.ioi_s for stretch in table.run.steady]
    return tap_intervals(table) / cued_s[-1] if cued_s else np.zeros(0)


_WK = "Wing & Kristofferson 1973"

KINDS = (
    Kind(
        name="continuation_iti_cv_pct", unit="%",
        meaning=N_("How uneven the taps follow each other without the cue: smaller is more even."),
        source="Repp 2005", of="intervals", minimum=MIN_INTERVALS, rough_below=30,
        samples=tap_intervals, formula=cv_pct,
        asked=continued,
    ),
    Kind(
        name="continuation_tempo_change_pct", unit="%",
        meaning=N_("Slower (positive) or quicker (negative) alone than with the cue."),
        source="Repp 2005", of="intervals", minimum=MIN_INTERVALS,
        samples=_to_cue, formula=tempo_change,
        asked=continued,
    ),
    Kind(
        name="continuation_drift_pct", unit="%",
        meaning=N_("How much the taps slowed down (positive) or sped up (negative) while alone."),
        source="ordinary least squares", of="intervals", minimum=MIN_INTERVALS,
        samples=tap_intervals, formula=drift,
        asked=continued,
    ),
    Kind(
        name="clock_sd_ms", unit="ms",
        meaning=N_("How much of the unevenness seems to come from keeping time."),
        source=_WK, of="intervals", minimum=MIN_SPLIT,
        samples=tap_intervals, formula=clock_sd,
        asked=continued, limits=("a model's split, not seen directly",),
    ),
    Kind(
        name="motor_sd_ms", unit="ms",
        meaning=N_("How much of the unevenness seems to come from moving the finger."),
        source=_WK, of="intervals", minimum=MIN_SPLIT,
        samples=tap_intervals, formula=motor_sd,
        asked=continued, limits=("a model's split, not seen directly",),
    ),
)  # fmt: skip
"""The measures of continuation."""

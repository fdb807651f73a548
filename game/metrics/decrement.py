"""Whether performance declines during a run: softer and slower taps, more spread, fewer hits.

Conventions: values in the order in which they were played; intervals as in stretches.py, made alone where
nothing paced the player. First and last parts are whole shares of the samples, rounded down. An index of
fatigue is 100·(1 − last/first): positive is a decrease, also of the SD, whose increase is the bad sign.

Measures
    velocity_slope_per_100: change of velocity over 100 presses, by least squares
    iti_slope_ms_per_100: change of the interval over 100 taps
    velocity_thirds_ratio: mean velocity of the last third over that of the first
    iti_thirds_ratio: mean interval of the last third over that of the first
    fatigue_velocity_pct: index of fatigue of velocity, last fifth against first
    fatigue_hit_rate_pct: of the hit rate
    fatigue_sd_pct: of the SD of asynchrony

Sources: the sequence effect in Bologna et al. (2020); fifths: project. A ratio of means by the delta method
on its logarithm; of proportions from Wilson's intervals of the two (Zou & Donner 2008): Katz's (1978) holds
92 against 76 % of 16 notes in 91 of 100 cases, this one in 96.
"""

from math import exp, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.metrics.accuracy import cued
from game.metrics.kit.confidence import (
    ZERO_SPREAD,
    log_ratio,
    log_sd_error,
    mean_error,
    opposed_error,
    ratio_of_proportions,
    t_quantile,
)
from game.metrics.kit.kind import N_, Kind, Scope, Sense
from game.metrics.kit.measure import Estimate
from game.metrics.kit.phase import error_of
from game.metrics.kit.rows import HIT
from game.metrics.kit.stretches import Steps, intervals
from game.metrics.kit.table import RunTable
from game.metrics.tapping import tap_intervals
from game.metrics.timing import slope

Values = NDArray[np.float64]

MIN_SLOPE = 30
MIN_THIRDS = 36
"""Minimum number of samples, so that a third has 12."""

MIN_FIFTHS = 60
"""Minimum number of samples, so that a fifth has 12."""

NO_START = "the first part gives nothing to compare with"


def ends(values: NDArray[Any], share: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The first and the last of `parts` equal parts."""
    size = values.shape[0] // share
    return values[:size], values[-size:]


def slope_per_100(values: Values) -> Estimate:
    """Least-squares slope on the index, times 100."""
    value, interval, reason = slope(np.column_stack([np.arange(values.size), values]))
    if value is None or interval is None:
        return Estimate(None, None, reason)
    return Estimate(100 * value, (100 * interval[0], 100 * interval[1]))


def ratio_of_means(first: Values, last: Values) -> Estimate:
    """mean(last)/mean(first) of positive values."""
    before, after = float(np.mean(first)), float(np.mean(last))
    if before <= 0 or after <= 0:
        return Estimate(None, None, NO_START)
    errors = [(mean_error(part)[0] / float(np.mean(part))) for part in (first, last)]
    freedom = max(2.0, min(mean_error(part)[1] for part in (first, last)))
    # log_ratio takes a normal error; a few values call for the wider t.
    wider = t_quantile(2 * freedom) / t_quantile(1e9)
    return Estimate(*log_ratio(after, before, wider * sqrt(errors[0] ** 2 + errors[1] ** 2)))


class Taps(NamedTuple):
    """Intervals in the order in which they were made, ms, those of a cued run at its middle tempo.

    steps: the same where something paced them; None where the player was alone.
    """

    iti_ms: Values
    steps: Steps | None = None

    def error_ms(self, weight: Values) -> tuple[float, float]:
        """Standard error of Σ weight·interval, and its degrees of freedom."""
        if self.steps is None:
            return opposed_error(self.iti_ms, weight)
        error, freedom = error_of(self.steps, weight)
        return error * 1000 * float(np.median(self.steps.ioi_s)), freedom


def how_many(taps: Taps) -> int:
    """How many intervals there are."""
    return int(taps.iti_ms.size)


def iti_slope(taps: Taps) -> Estimate:
    """Least-squares slope of the interval on its place, times 100."""
    x = np.arange(taps.iti_ms.size) - (taps.iti_ms.size - 1) / 2
    weight = np.asarray(100 * x / float(x @ x), dtype=np.float64)
    value, (error, freedom) = float(weight @ taps.iti_ms), taps.error_ms(weight)
    half = t_quantile(max(3.0, freedom - 1)) * error
    return Estimate(value, (value - half, value + half))


def iti_thirds(taps: Taps) -> Estimate:
    """Mean of the last third over that of the first; the error is that of the logarithm."""
    first, last = ends(taps.iti_ms, 3)
    before, after = float(np.mean(first)), float(np.mean(last))
    weight = np.zeros(taps.iti_ms.size)
    weight[: first.size], weight[-last.size :] = -1 / (first.size * before), 1 / (last.size * after)
    error, freedom = taps.error_ms(weight)
    half = t_quantile(max(3.0, freedom - 1)) * error
    return Estimate(after / before, (after / before * exp(-half), after / before * exp(half)))


def ratio_of_rates(first: NDArray[np.bool_], last: NDArray[np.bool_]) -> Estimate:
    """Share of flags set in the last part over that in the first."""
    (k, n), (other_k, other_n) = ((int(np.count_nonzero(part)), part.size) for part in (last, first))
    if not other_k:
        return Estimate(None, None, NO_START)
    return Estimate((k / n) / (other_k / other_n), ratio_of_proportions(k, n, other_k, other_n))


def ratio_of_sds(first: Values, last: Values) -> Estimate:
    """SD of the last part over that of the first."""
    before, after = float(np.std(first, ddof=1)), float(np.std(last, ddof=1))
    if before <= ZERO_SPREAD and after <= ZERO_SPREAD:
        return Estimate(1.0, (1.0, 1.0))
    if min(before, after) <= ZERO_SPREAD:
        return Estimate(None, None, NO_START)
    error = sqrt(log_sd_error(first)[1] ** 2 + log_sd_error(last)[1] ** 2)
    return Estimate(*log_ratio(after, before, error))


def fatigue_pct(ratio: Estimate) -> Estimate:
    """100·(1 − last/first)."""
    if ratio.value is None or ratio.interval is None:
        return ratio
    low, high = ratio.interval
    return Estimate(100 * (1 - ratio.value), (100 * (1 - high), 100 * (1 - low)))


def _taps(table: RunTable) -> Taps:
    if table.taps.size:
        return Taps(1000 * tap_intervals(table))
    made = intervals(table)
    return Taps(1000 * made.relative * np.median(made.ioi_s), made) if len(made) else Taps(np.zeros(0))


def _velocity(table: RunTable) -> Values:
    return np.asarray(table.played["velocity"], dtype=np.float64)


_BOLOGNA = "Bologna et al. 2020"
_FIFTHS = "project"
_RATES = "project; Zou & Donner 2008"

KINDS = (
    Kind(
        name="velocity_slope_per_100", unit="MIDI units per 100",
        meaning=N_("Whether presses become softer (negative) or stronger as the run goes on."),
        source=_BOLOGNA, of="presses", minimum=MIN_SLOPE,
        samples=_velocity, formula=slope_per_100,
        senses=Sense.VELOCITY, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="iti_slope_ms_per_100", unit="ms per 100",
        meaning=N_("Whether taps become slower (positive) or quicker as the run goes on."),
        source=_BOLOGNA, of="intervals", minimum=MIN_SLOPE,
        samples=_taps, formula=iti_slope, count=how_many, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="velocity_thirds_ratio", unit="",
        meaning=N_("Strength of the presses, last third to first: under 1 is softer."),
        source=_BOLOGNA, of="presses", minimum=MIN_THIRDS,
        samples=_velocity, formula=lambda v: ratio_of_means(*ends(v, 3)),
        senses=Sense.VELOCITY, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="iti_thirds_ratio", unit="",
        meaning=N_("Time from tap to tap, last third to first: over 1 is slower."),
        source=_BOLOGNA, of="intervals", minimum=MIN_THIRDS,
        samples=_taps, formula=iti_thirds, count=how_many, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="fatigue_velocity_pct", unit="%",
        meaning=N_("How much softer the last fifth is than the first: positive is softer."),
        source=_FIFTHS, of="presses", minimum=MIN_FIFTHS,
        samples=_velocity, formula=lambda v: fatigue_pct(ratio_of_means(*ends(v, 5))),
        senses=Sense.VELOCITY, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="fatigue_hit_rate_pct", unit="%",
        meaning=N_("How much the hit rate fell from the first fifth to the last."),
        source=_RATES, of="notes", minimum=MIN_FIFTHS,
        samples=lambda t: t.cued["verdict"] == HIT,
        formula=lambda v: fatigue_pct(ratio_of_rates(*ends(v, 5))),
        asked=cued,
        senses=Sense.NOTHING, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="fatigue_sd_pct", unit="%",
        meaning=N_("How timing changed from the first fifth to the last: negative is less steady."),
        source=_FIFTHS, of="hits", minimum=MIN_FIFTHS,
        samples=lambda t: t.asynchrony_s, formula=lambda v: fatigue_pct(ratio_of_sds(*ends(v, 5))),
        asked=cued, scopes=Scope.RUN | Scope.HAND,
    ),
)  # fmt: skip
"""The measures of decrement and fatigue."""

"""How hard the keys were pressed, as far as MIDI reports it.

Conventions: velocity in MIDI units, 1–127, of the presses that played what was asked, in order. It is key
speed on the device's own curve: compare only within one device and curve. The computer's keys have none.

Measures
    velocity_mean: mean velocity
    velocity_sd: sample SD
    velocity_cv_pct: SD/mean
    velocity_evenness: SD where an even beat is asked; smaller is more even
    dynamic_range: 95th less 5th percentile, where soft and loud notes are asked
    velocity_target_error: mean distance from the velocity asked, where soft and loud notes are asked

Sources: Moon (2008) for the evenness of velocity after stroke; the rest are plain statistics.
"""

import numpy as np
from numpy.typing import NDArray

from game.metrics.accuracy import cued
from game.metrics.kit.confidence import (
    ZERO_SPREAD,
    bootstrap,
    cv_pct,
    mean_interval,
    sd_interval,
    t_quantile,
)
from game.metrics.kit.kind import N_, Kind, Scope, Sense
from game.metrics.kit.measure import Estimate
from game.metrics.kit.table import RunTable

Values = NDArray[np.float64]

MIN_PRESSES = 12
MIN_RANGE = 40
"""Minimum number of presses, so that the 5th and 95th percentiles are not the extremes."""


def mean(values: Values) -> Estimate:
    """Mean, in the unit of the values."""
    return Estimate(float(np.mean(values)), mean_interval(values))


def sd(values: Values) -> Estimate:
    """Sample SD, in the unit of the values."""
    return Estimate(float(np.std(values, ddof=1)), sd_interval(values))


def spread(values: Values) -> Estimate:
    """95th less 5th percentile; the interval is the bootstrap's, on the logarithm."""
    value = float(_spread(values))
    if value <= ZERO_SPREAD:
        return Estimate(0.0, (0.0, 0.0))
    drawn = np.log(np.maximum(bootstrap(values, _spread), ZERO_SPREAD))
    half = t_quantile(values.size - 1) * float(np.std(drawn))
    return Estimate(value, (value * float(np.exp(-half)), value * float(np.exp(half))))


def _spread(values: Values) -> Values:
    low, high = np.quantile(values, (0.05, 0.95), axis=-1)
    return np.asarray(high - low)


def graded(table: RunTable) -> bool:
    """Whether soft and loud notes are asked."""
    asked = table.cued["asked_velocity"]
    return bool(np.unique(asked[~np.isnan(asked)]).size > 1)


def velocity(table: RunTable) -> Values:
    """Velocities of the presses that played what was asked."""
    return np.asarray(table.played["velocity"], dtype=np.float64)


def _target_error(table: RunTable) -> Values:
    off = np.abs(table.hit_presses["velocity"] - table.hits["asked_velocity"])
    return np.asarray(off[~np.isnan(off)])


def _even(table: RunTable) -> Values:
    """Velocities of the hits in steady stretches."""
    onset_s, kept = table.hits["onset_s"], np.zeros(table.hits.size, dtype=bool)
    for stretch in table.steady:
        kept |= (onset_s >= stretch.onset_s[0] - 1e-6) & (onset_s <= stretch.onset_s[-1] + 1e-3)
    return np.asarray(table.hit_presses["velocity"][kept], dtype=np.float64)


_UNIT = "MIDI units"
_PLAIN = "plain statistics"

KINDS = (
    Kind(
        name="velocity_mean", unit=_UNIT,
        meaning=N_("How strongly the keys were struck on average."),
        source=_PLAIN, of="presses", minimum=MIN_PRESSES,
        samples=velocity, formula=mean,
        senses=Sense.VELOCITY, scopes=Scope.ALL,
    ),
    Kind(
        name="velocity_sd", unit=_UNIT,
        meaning=N_("How much the strength of the presses varies."),
        source=_PLAIN, of="presses", minimum=MIN_PRESSES, rough_below=30,
        samples=velocity, formula=sd,
        senses=Sense.VELOCITY, scopes=Scope.ALL,
    ),
    Kind(
        name="velocity_cv_pct", unit="%",
        meaning=N_("How much the strength varies, in percent of its average."),
        source=_PLAIN, of="presses", minimum=MIN_PRESSES, rough_below=30,
        samples=velocity, formula=cv_pct,
        senses=Sense.VELOCITY, scopes=Scope.RUN | Scope.FINGER | Scope.HAND,
    ),
    Kind(
        name="velocity_evenness", unit=_UNIT,
        meaning=N_("How much the strength varies where the beat is even: smaller is more even."),
        source="Moon 2008", of="hits", minimum=MIN_PRESSES, rough_below=30,
        samples=_even, formula=sd,
        asked=cued,
        senses=Sense.VELOCITY, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="dynamic_range", unit=_UNIT,
        meaning=N_("How far soft and loud presses lie apart."),
        source="project", of="presses", minimum=MIN_RANGE,
        samples=velocity, formula=spread,
        asked=graded,
        senses=Sense.VELOCITY, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="velocity_target_error", unit=_UNIT,
        meaning=N_("How far the strength is from the one asked, on average."),
        source="project", of="hits", minimum=MIN_PRESSES,
        samples=_target_error, formula=mean,
        asked=graded,
        senses=Sense.VELOCITY, scopes=Scope.RUN | Scope.FINGER | Scope.HAND,
    ),
)  # fmt: skip
"""The measures of dynamics."""

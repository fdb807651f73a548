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
from game.metrics.kit.kind import N_, Group, Kind, Sense
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
        "velocity_mean", _UNIT, MIN_PRESSES, "presses",
        N_("How strongly the keys were struck on average."),
        _PLAIN, velocity, mean, Sense.VELOCITY, Group.ALL,
    ),
    Kind(
        "velocity_sd", _UNIT, MIN_PRESSES, "presses",
        N_("How much the strength of the presses varies."),
        _PLAIN, velocity, sd, Sense.VELOCITY, Group.ALL, rough_below=30,
    ),
    Kind(
        "velocity_cv_pct", "%", MIN_PRESSES, "presses",
        N_("How much the strength varies, in percent of its average."),
        _PLAIN, velocity, cv_pct, Sense.VELOCITY, Group.FINGER | Group.HAND, rough_below=30,
    ),
    Kind(
        "velocity_evenness", _UNIT, MIN_PRESSES, "hits",
        N_("How much the strength varies where the beat is even: smaller is more even."),
        "Moon 2008", _even, sd, Sense.VELOCITY, Group.HAND, cued, rough_below=30,
    ),
    Kind(
        "dynamic_range", _UNIT, MIN_RANGE, "presses",
        N_("How far soft and loud presses lie apart."),
        "project", velocity, spread, Sense.VELOCITY, Group.HAND, graded,
    ),
    Kind(
        "velocity_target_error", _UNIT, MIN_PRESSES, "hits",
        N_("How far the strength is from the one asked, on average."),
        "project", _target_error, mean, Sense.VELOCITY, Group.FINGER | Group.HAND, graded,
    ),
)  # fmt: skip
"""The measures of dynamics."""

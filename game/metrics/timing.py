"""When the hand pressed, against when it was asked.

Conventions: asynchrony in seconds, shape (n,), hits only, press − onset, early is negative; results in
milliseconds; nan where there are fewer samples than the measure needs. Definitions: B. H. Repp,
Sensorimotor synchronization: a review of the tapping literature, Psychonomic Bulletin & Review 12 (2005).
"""

import numpy as np
from numpy.typing import NDArray

MIN_MEAN = 3
"""Hits from which on a mean or median is given."""

MIN_SD = 3
"""Hits from which on a standard deviation is given; its relative error is still about 1/√(2(n−1))."""


def mean_ms(asynchrony_s: NDArray[np.float64]) -> float:
    """Mean asynchrony: ahead of the beat (negative) or behind it (positive)."""
    return float(np.mean(asynchrony_s) * 1000) if asynchrony_s.size >= MIN_MEAN else float("nan")


def median_ms(asynchrony_s: NDArray[np.float64]) -> float:
    """Median asynchrony, which single slips do not move."""
    return float(np.median(asynchrony_s) * 1000) if asynchrony_s.size >= MIN_MEAN else float("nan")


def sd_ms(asynchrony_s: NDArray[np.float64]) -> float:
    """Sample standard deviation of asynchrony (n − 1), the steadiness of the hand."""
    return float(np.std(asynchrony_s, ddof=1) * 1000) if asynchrony_s.size >= MIN_SD else float("nan")


def mean_absolute_ms(asynchrony_s: NDArray[np.float64]) -> float:
    """Mean distance from the beat, either side."""
    return float(np.mean(np.abs(asynchrony_s)) * 1000) if asynchrony_s.size >= MIN_MEAN else float("nan")

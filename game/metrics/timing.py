"""Timing of presses against onsets.

Conventions: asynchrony in seconds, shape (n,), sure hits only, press − onset, early is negative; results in
milliseconds. Plain functions give nan where there are fewer samples than they need, measures give None with
a reason. A constant latency moves the mean and the median by exactly itself, the mean distance somehow, and
no other measure here. The correction gain is left out: it is biased upwards and no single run can tell it.

Measures
    asynchrony_mean_ms: mean asynchrony
    asynchrony_median_ms: median asynchrony, which single slips do not move
    asynchrony_sd_ms: sample SD, n − 1: how steady the hand is
    asynchrony_mad_sd_ms: 1.4826 × the median distance from the median: the same, where slips do not count
    asynchrony_mean_absolute_ms: mean distance from the beat, either side
    own_beat_sd_ms: sample SD about the player's own beat, leg by leg of the journey, at whatever tempo
    drift_ms_per_s: slope of asynchrony over time, by least squares
    circular_consistency: length of the mean vector of the phases, 0 anywhere to 1 always the same
    rayleigh_p: chance of phases at least as alike if they lay anywhere

Sources: B. H. Repp, Sensorimotor synchronization: a review of the tapping literature, Psychonomic Bulletin
& Review 12 (2005); N. I. Fisher, Statistical Analysis of Circular Data (1993); J. H. Zar, Biostatistical
Analysis, for the Rayleigh probability; BAASTA (Dalla Bella et al. 2017) for its use on taps. Intervals: see
confidence.py.
"""

from math import exp, log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.metrics.accuracy import cued
from game.metrics.kit import groups
from game.metrics.kit.beats import SAME_ONSET_S
from game.metrics.kit.confidence import (
    ZERO_SPREAD,
    Values,
    bootstrap,
    lag_1,
    t_quantile,
)
from game.metrics.kit.kind import N_, Kind, Scope, Sense
from game.metrics.kit.measure import Estimate, Interval
from game.metrics.kit.table import RunTable

MIN_MEAN = 3
"""Minimum number of hits for a mean or median on the player's screens."""

MIN_SD = 3
"""Minimum number of hits for a standard deviation; its relative error is about 1/√(2(n−1))."""

MIN_HITS = 12
"""Minimum number of hits for a measure shown to a clinician."""

ROUGH_SD = 30
"""Number of hits above which an SD is known to about ±13 %."""

MAD_TO_SD = 1.4826


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


def in_ms(interval: Interval) -> Interval:
    """An interval of seconds in milliseconds."""
    return interval[0] * 1000, interval[1] * 1000


class Hits(NamedTuple):
    """Asynchronies of hits, and the beat that each belongs to: the keys of a chord have one beat."""

    late_s: Values
    beat: NDArray[np.int64]

    @classmethod
    def alone(cls, late_s: Values) -> "Hits":
        """Each on a beat of its own."""
        return cls(late_s, np.arange(late_s.size))


def mean(hits: Hits) -> Estimate:
    """Mean, ms."""
    return Estimate(mean_ms(hits.late_s), in_ms(groups.mean_interval(*hits)))


def median(hits: Hits) -> Estimate:
    """Median, ms."""
    return Estimate(median_ms(hits.late_s), in_ms(groups.median_interval(*hits)))


def sd(hits: Hits) -> Estimate:
    """Sample SD, ms."""
    low, high = groups.sd_interval(*hits)
    value = float(np.std(hits.late_s, ddof=1))
    return Estimate(value * 1000, in_ms((min(low, value), max(high, value))))


def mean_absolute(hits: Hits) -> Estimate:
    """Mean distance from zero, ms."""
    return mean(Hits(np.abs(hits.late_s), hits.beat))


def mad_sd(hits: Hits) -> Estimate:
    """1.4826 × MAD, ms; the interval is the bootstrap's, as an SD's formula does not hold for it."""
    value = float(_mad_sd(hits.late_s[None, :])[0])
    low, high = np.quantile(_mad_sd(groups.redrawn(*hits)), (0.025, 0.975)).tolist()
    return Estimate(value * 1000, in_ms((min(low, value), max(high, value))))


def _mad_sd(rows: Values) -> Values:
    """Of each row, nan left out."""
    return MAD_TO_SD * _middles(np.abs(rows - _middles(rows)[:, None]))


def _middles(rows: Values) -> Values:
    """The median of each row, nan left out: sorting puts them last."""
    ordered, count = np.sort(rows, axis=-1), np.count_nonzero(~np.isnan(rows), axis=-1)
    row = np.arange(count.size)
    return np.asarray((ordered[row, (count - 1) // 2] + ordered[row, count // 2]) / 2)


def slope(points: Values) -> Estimate:
    """Least-squares slope of the second column on the first, with an interval for serial residuals."""
    x, y = points[:, 0] - points[:, 0].mean(), points[:, 1] - points[:, 1].mean()
    power, n = float(x @ x), x.size
    if power <= ZERO_SPREAD:
        return Estimate(None, None, "notes at different times are needed")
    value = float(x @ y) / power
    residual = y - value * x
    r = max(0.0, lag_1(residual))
    # Serial residuals leave a slope about (1 + r)/(1 − r) times as uncertain.
    grown = (1 + r) / (1 - r)
    error = sqrt(float(residual @ residual) / (n - 2) / power * grown)
    half = t_quantile(max(3.0, n / grown) - 2) * error
    return Estimate(value, (value - half, value + half))


def resultant(phases: Values) -> Estimate:
    """R of phases in turns (1 is a whole beat); its interval is the bootstrap's, on log(1 − R)."""
    arrows = np.exp(2j * np.pi * phases)
    value = float(_length(arrows))
    if 1 - value <= ZERO_SPREAD:
        return Estimate(min(1.0, value), (min(1.0, value), 1.0))
    spread = np.log(np.maximum(1 - bootstrap(arrows, _length), ZERO_SPREAD))
    r = max(0.0, lag_1(_centred(arrows)))
    half = t_quantile(phases.size - 1) * float(np.std(spread)) * sqrt((1 + r * r) / (1 - r * r))
    apart = log(1 - value)
    return Estimate(value, (max(0.0, 1 - exp(apart + half)), 1 - exp(apart - half)))


def _length(arrows: NDArray[np.complex128]) -> Values:
    return np.asarray(np.abs(np.mean(arrows, axis=-1)))


def _centred(arrows: NDArray[np.complex128]) -> Values:
    """Phases about their mean direction, in turns, −0.5 to 0.5."""
    return np.asarray(np.angle(arrows * np.conj(np.mean(arrows))) / (2 * np.pi))


def rayleigh(phases: Values) -> Estimate:
    """Zar's approximation of the Rayleigh probability."""
    n = phases.size
    total = n * float(_length(np.exp(2j * np.pi * phases)))
    p = exp(sqrt(1 + 4 * n + 4 * max(0.0, n**2 - total**2)) - (1 + 2 * n))
    return Estimate(min(1.0, p))


def count(hits: Hits) -> int:
    """How many hits there are."""
    return int(hits.late_s.size)


def _hits(table: RunTable) -> Hits:
    onset_s = table.hits["onset_s"]
    new = np.concatenate([[0], np.diff(onset_s) > SAME_ONSET_S]) if onset_s.size else onset_s
    return Hits(table.asynchrony_s, np.cumsum(new).astype(np.int64))


def _over_time(table: RunTable) -> Values:
    """Onsets in seconds and asynchronies in milliseconds of the hits."""
    return np.column_stack([table.hits["onset_s"], table.asynchrony_s * 1000])


def _own_beat(table: RunTable) -> Hits:
    """Asynchronies against the beat of each note's own leg."""
    notes = table.own_beat
    beat = np.unique(np.round(notes["onset_s"] / SAME_ONSET_S), return_inverse=True)[1]
    return Hits(np.asarray(notes["own_s"], dtype=np.float64), beat.astype(np.int64))


def phases(table: RunTable) -> Values:
    """Phases of all presses, matched or not, in the steady stretches, in turns of the asked interval.

    From the first hit of a stretch to its last, so that a constant latency changes none but the direction.
    """
    found = []
    for stretch in table.steady:
        hit = stretch.hit
        if not hit.any():
            continue
        first_s, last_s = stretch.first_s[hit][0], stretch.last_s[hit][-1]
        times_s = table.pressed["time_s"]
        inside = times_s[(times_s >= first_s) & (times_s <= last_s)]
        found.append((inside - stretch.onset_s[0]) / stretch.ioi_s)
    return np.concatenate(found) if found else np.zeros(0)


_REPP = "Repp 2005"
_CIRCULAR = "Fisher 1993; Dalla Bella et al. 2017"
_OFFSET = Sense.STAMPS | Sense.OFFSET

KINDS = (
    Kind(
        name="asynchrony_mean_ms", unit="ms",
        meaning=N_("On average ahead of the beat (negative) or behind it (positive)."),
        source=_REPP, of="hits", minimum=MIN_HITS,
        samples=_hits, formula=mean, count=count,
        asked=cued,
        senses=_OFFSET, scopes=Scope.ALL,
    ),
    Kind(
        name="asynchrony_median_ms", unit="ms",
        meaning=N_("Ahead of the beat (negative) or behind it, single slips not counted."),
        source=_REPP, of="hits", minimum=MIN_HITS,
        samples=_hits, formula=median, count=count,
        asked=cued,
        senses=_OFFSET, scopes=Scope.ALL,
    ),
    Kind(
        name="asynchrony_sd_ms", unit="ms",
        meaning=N_("How much the timing spreads: smaller is steadier."),
        source=_REPP, of="hits", minimum=MIN_HITS, rough_below=ROUGH_SD,
        samples=_hits, formula=sd, count=count,
        asked=cued, scopes=Scope.ALL,
    ),
    Kind(
        name="asynchrony_mad_sd_ms", unit="ms",
        meaning=N_("How much the timing spreads, single slips not counted: smaller is steadier."),
        source="Rousseeuw & Croux 1993", of="hits", minimum=MIN_HITS, rough_below=ROUGH_SD,
        samples=_hits, formula=mad_sd, count=count,
        asked=cued, scopes=Scope.RUN | Scope.FINGER | Scope.HAND,
    ),
    Kind(
        name="asynchrony_mean_absolute_ms", unit="ms",
        meaning=N_("How far from the beat on average, ahead or behind."),
        source=_REPP, of="hits", minimum=MIN_HITS,
        samples=_hits, formula=mean_absolute, count=count,
        asked=cued,
        senses=_OFFSET, scopes=Scope.ALL,
    ),
    Kind(
        name="own_beat_sd_ms", unit="ms",
        meaning=N_("How much the timing spreads about the player's own beat: smaller is steadier."),
        source="project", of="notes", minimum=MIN_HITS, rough_below=ROUGH_SD,
        samples=_own_beat, formula=sd, count=count,
        asked=cued, scopes=Scope.RUN | Scope.FINGER | Scope.HAND,
    ),
    Kind(
        name="drift_ms_per_s", unit="ms/s",
        meaning=N_("Whether the hand falls behind (positive) or runs ahead (negative) over the run."),
        source="ordinary least squares", of="hits", minimum=MIN_HITS,
        samples=_over_time, formula=slope,
        asked=cued, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="circular_consistency", unit="",
        meaning=N_("How alike all presses lie to the beat: 0 anywhere, 1 always the same."),
        source=_CIRCULAR, of="presses", minimum=MIN_HITS,
        samples=phases, formula=resultant,
        asked=cued,
    ),
    Kind(
        name="rayleigh_p", unit="",
        meaning=N_("Chance of such presses without any beat: under 0.05 the beat was kept."),
        source="Zar, Biostatistical Analysis", of="presses", minimum=MIN_HITS,
        samples=phases, formula=rayleigh,
        asked=cued, limits=("taps that follow each other make it too small",),
    ),
)  # fmt: skip
"""The measures of timing."""

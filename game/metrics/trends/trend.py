"""Whether a measure has changed by more than its day-to-day variation; from probes only.

Conventions: a probe is one value of one measure from a fixed level; values from other levels are not used.
One day counts once, with the mean of its probes, because the question is how far a value moves between days.
The first three days of a probe are practice: values still rise because the task is new, so they are kept and
shown but are no part of the baseline, and nothing is said of a change from them.
Values measured on another device, or under other station offsets, are never put in one line where that could
move them.

Measures
    sem: standard error of measurement: SD (n − 1) of the baseline, the first three or more days of a line
        after practice
    mdc95: smallest detectable change: 1.96 · √2 · SEM = 2.77 · SEM, around the baseline's mean;
        in percent of that mean it is coarse above 30

Source: J. P. Weir, Quantifying test-retest reliability using the intraclass correlation coefficient and the
SEM, Journal of Strength and Conditioning Research 19 (2005). The bar of 30 %: H.-M. Chen et al., Test-retest
reproducibility and smallest real difference of 5 hand function tests in patients with stroke,
Neurorehabilitation and Neural Repair 23 (2009).

The 1.96 holds where SEM is known; here it is estimated from a few days, so the band is left by chance more
often than in 5 % of cases. `chance_outside` says how often, and goes with every result.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import atan2, isfinite, nan, pi, sqrt

import numpy as np

MIN_BASELINE_DAYS = 3
"""Minimum number of days with a probe for a baseline; the first ones of a series after practice."""

PRACTICE_DAYS = 3
"""So many days of a probe are practice, on whatever device they were played."""

COARSE_PCT = 30.0
"""A smallest detectable change above this share of the mean is too coarse to follow one person by."""

MDC95_PER_SEM = 1.96 * sqrt(2)
"""2.77: two single values differ by less in 95 of 100 cases where nothing has changed."""

NO_VARIATION = 1e-9
"""Relative to the baseline: a spread below this is the rounding of equal numbers."""


class Hinges(StrEnum):
    """What a measure's values depend on besides the hand; values are not joined across a change of it.

    TIMING: device and station offsets (asynchrony, its mean above all). DEVICE: the device alone, such as its
    velocity curve. NOTHING: counts, which any instrument gives alike.
    """

    TIMING = "timing"
    DEVICE = "device"
    NOTHING = "nothing"


class Better(StrEnum):
    """Which way is better; NEITHER where a change is only a change, as with the mean asynchrony."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Change(StrEnum):
    """Assessment of the last value; also the key of its sentence."""

    WITHIN = "within"
    BEYOND = "beyond"
    BEYOND_BETTER = "beyond_better"
    BEYOND_WORSE = "beyond_worse"
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True, slots=True)
class Probe:
    """One value of a measure from one probe.

    day: ISO date, `2026-01-31`. value: None or nan if the run had too few samples. device: its name.
    offsets_ms: the station's input and audio offsets at that time.
    """

    day: str
    value: float | None
    device: str = ""
    offsets_ms: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Day:
    """The mean of one day's probes, and how many there were."""

    day: str
    value: float
    probes: int


@dataclass(frozen=True, slots=True)
class Trend:
    """One measure over days on one device.

    days: in order, the first `practice_days` of them practice, the next `baseline_days` the baseline.
    practice_left: days of practice that the probe still needs. baseline, sem, mdc95: in the measure's own
    unit; nan where there are too few days. band: baseline − MDC95 and + MDC95. chance_outside: how often
    (0–1) somebody who has not changed lies outside the band on a later day, normal day-to-day variation
    assumed. change: of the last day against the baseline.
    days_needed: days still needed before a change can be assessed.
    """

    device: str
    offsets_ms: tuple[float, float]
    days: tuple[Day, ...]
    practice_days: int
    practice_left: int
    baseline_days: int
    baseline: float
    sem: float
    mdc95: float
    chance_outside: float
    change: Change

    @property
    def band(self) -> tuple[float, float]:
        """Range of values that show no change."""
        return self.baseline - self.mdc95, self.baseline + self.mdc95

    @property
    def days_needed(self) -> int:
        counted = len(self.days) - self.practice_days
        return self.practice_left + max(0, self.baseline_days + 1 - counted)

    @property
    def mdc95_pct(self) -> float:
        """MDC95 in percent of the baseline's mean; nan where there is none, or its mean is 0."""
        return 100 * self.mdc95 / abs(self.baseline) if self.baseline else nan


def series(probes: Iterable[Probe], hinges: Hinges) -> tuple[tuple[Probe, ...], ...]:
    """The probes that may stand in one line each, the line of the latest probe last.

    A new device or offset begins a new line; one that comes back goes on with its own. Probes without a value
    are left out.
    """
    lines: dict[tuple[object, ...], list[Probe]] = {}
    for probe in sorted(probes, key=lambda p: p.day):
        if probe.value is not None and isfinite(probe.value):
            key = _key(probe, hinges)
            lines[key] = [*lines.pop(key, []), probe]
    return tuple(tuple(line) for line in lines.values())


def trends(
    probes: Iterable[Probe],
    hinges: Hinges,
    better: Better,
    baseline_days: int = MIN_BASELINE_DAYS,
) -> tuple[Trend, ...]:
    """The trend of each line of `series`, the latest last. ValueError for a baseline of fewer than 3 days.

    probes: all of one probe, those without a value too, since they were practice as well.
    """
    if baseline_days < MIN_BASELINE_DAYS:
        raise ValueError(f"a baseline has {MIN_BASELINE_DAYS} days or more, not {baseline_days}")
    probes = tuple(probes)
    practice = sorted({probe.day for probe in probes})[:PRACTICE_DAYS]
    return tuple(_trend(line, practice, better, baseline_days) for line in series(probes, hinges))


def chance_outside(baseline_days: int) -> float:
    """How often an unchanged value lies outside the band of a baseline of so many days (3 or more), 0–1.

    A new value less the mean of k others, over their SD, is √(1 + 1/k) times Student's t with k − 1 degrees
    of freedom, where days are normal and independent. 0.14 for 3 days, 0.06 for 5, 0.03 for 8.
    """
    t = MDC95_PER_SEM / sqrt(1 + 1 / baseline_days)
    return 1 - _within_t(t, baseline_days - 1)


def _key(probe: Probe, hinges: Hinges) -> tuple[object, ...]:
    if hinges is Hinges.NOTHING:
        return ()
    return (probe.device, probe.offsets_ms) if hinges is Hinges.TIMING else (probe.device,)


def _trend(line: Sequence[Probe], practice: Sequence[str], better: Better, baseline_days: int) -> Trend:
    days = _by_day(line)
    practised = sum(day.day in practice for day in days)
    first = np.array([day.value for day in days[practised : practised + baseline_days]])
    enough = len(first) == baseline_days
    baseline = float(first.mean()) if enough else nan
    sem = float(first.std(ddof=1)) if enough else nan
    known = Trend(
        device=line[-1].device,
        offsets_ms=line[-1].offsets_ms,
        days=days,
        practice_days=practised,
        practice_left=PRACTICE_DAYS - len(practice),
        baseline_days=baseline_days,
        baseline=baseline,
        sem=sem,
        mdc95=MDC95_PER_SEM * sem,
        chance_outside=chance_outside(baseline_days),
        change=Change.NOT_ENOUGH,
    )
    return replace(known, change=_change(known, better))


def _by_day(line: Sequence[Probe]) -> tuple[Day, ...]:
    values: dict[str, list[float]] = {}
    for probe in line:
        if probe.value is not None:
            values.setdefault(probe.day, []).append(probe.value)
    return tuple(Day(day, float(np.mean(of_day)), len(of_day)) for day, of_day in values.items())


def _change(trend: Trend, better: Better) -> Change:
    """NOT_ENOUGH for a baseline without variation, as of somebody who always hits all notes."""
    if trend.days_needed or trend.sem <= NO_VARIATION * max(1.0, abs(trend.baseline)):
        return Change.NOT_ENOUGH
    by = trend.days[-1].value - trend.baseline
    if abs(by) <= trend.mdc95:
        return Change.WITHIN
    if better is Better.NEITHER:
        return Change.BEYOND
    return Change.BEYOND_BETTER if (by > 0) == (better is Better.HIGHER) else Change.BEYOND_WORSE


def _within_t(t: float, df: int) -> float:
    """The share of Student's t with `df` degrees of freedom (1 or more) that lies within ±t.

    The finite series in cos²θ: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 26.7.3–4.
    """
    theta = atan2(t, sqrt(df))
    sine, cosine_squared = t / sqrt(df + t * t), df / (df + t * t)
    odd = df % 2
    term = sqrt(cosine_squared) if odd else 1.0
    total = term if df > 1 else 0.0
    for i in range(2 + odd, df - 1, 2):
        term *= cosine_squared * (i - 1) / i
        total += term
    return 2 / pi * (theta + sine * total) if odd else sine * total

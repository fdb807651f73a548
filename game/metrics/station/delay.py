"""Estimates the constant delay between a cue and a steady person's taps, or says why it cannot.

A run is taps to a cue that comes every `period_s`. A tap says when it came within the beat, not which beat it
was for, so times are points on a circle. Of each run: circular mean, taps unwrapped around it, median, and
the mean of what lies within 2.5 MAD of it (MAD scaled to an SD). Two runs at each of two tempi: both of a
tempo must agree, and of all delays that would look the same at one tempo only one looks right at both, which
also finds delays of more than half a beat.

What is measured is the person too. People tap ahead of a beat, mostly 10 to 50 ms, and more so to a sound
than to a moving picture. That anticipation is part of every value here; it leaves a difference of two values
only as far as it is the same in both.

Sources: Mardia & Jupp (2000) for the circular mean and Rayleigh's test; Otsu (1979) for two groups; Repp
(2005) for anticipation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product
from math import ceil, exp, floor, hypot, sqrt

import numpy as np
from numpy.typing import NDArray

from game.metrics.kit.confidence import mean_error

Values = NDArray[np.float64]

LEAST_TAPS = 20
"""Minimum number of taps of a run after removing outliers."""

LEAST_SHARE = 0.7
"""Minimum share of a run's taps that must agree."""

MOST_ERROR_S = 0.005
"""Maximum standard error of a delay in seconds."""

SHARPEST_S, WIDEST_S = 0.012, 0.040
"""Two runs agree within 3 standard errors of their difference, but at least and at most within these."""

TEMPI_S = 0.050
"""Maximum difference between the two tempi in seconds: anticipation grows slightly with the beat."""

RANGE_S = (-0.3, 0.9)
"""Range of plausible delays in seconds."""

CHANCE = 0.001
"""Taps that could lie as they do by chance with more than this probability follow no cue (Rayleigh)."""

TWO_GROUPS = 0.85
"""Share of variance that lies between the two best groups: 0.64 for normal taps, 0.75 for even ones."""

LEAST_GROUP = 0.25
CUT_MADS, TO_SD = 2.5, 1.4826
LEAST_MAD_S = 0.002
"""A smaller spread comes from the device's resolution, not from a person."""


class DelayReason(StrEnum):
    """Why a delay cannot be estimated."""

    FEW = "few"
    SPREAD = "spread"
    TWO_GROUPS = "two_groups"
    ONE_RUN = "one_run"
    RUNS_DIFFER = "runs_differ"
    TEMPI_DIFFER = "tempi_differ"
    UNSTEADY = "unsteady"


class Unknown(Exception):  # noqa: N818 - it is an answer, not an error
    """A delay cannot be estimated. why: the reason; bpm: the tempo concerned, 0 if more than one."""

    def __init__(self, why: DelayReason, bpm: float = 0.0) -> None:
        super().__init__(why.value)
        self.why, self.bpm = why, bpm


@dataclass(frozen=True, slots=True)
class TapRun:
    """Taps to one run of a cue.

    times_s: when a key went down, in any order and on any clock. cue_s: one of the cues on the same clock.
    period_s: from cue to cue.
    """

    times_s: tuple[float, ...]
    cue_s: float
    period_s: float

    def __post_init__(self) -> None:
        if not self.period_s > 0:
            raise ValueError("cues come with a period of more than 0 seconds")

    @property
    def bpm(self) -> float:
        """Cues a minute."""
        return 60.0 / self.period_s


@dataclass(frozen=True, slots=True)
class RunDelay:
    """Result of one run: taps minus cues in seconds, early is negative, within half a beat either way.

    error_s: standard error, allowing for taps that follow each other. sd_s: the person's steadiness.
    taps: how many came; kept: how many were left once outliers had gone.
    """

    delay_s: float
    error_s: float
    sd_s: float
    taps: int
    kept: int
    period_s: float


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay that is known: the mean over runs, its standard error and how far it may be trusted.

    error_s: the larger of what the taps within runs and what the runs among each other say. sd_s: of taps.
    apart_s: the largest difference of two runs at one tempo. tempi_s: slow tempo less fast one.
    """

    delay_s: float
    error_s: float
    sd_s: float
    taps: int
    apart_s: float
    tempi_s: float
    runs: tuple[RunDelay, ...]


def run_delay(run: TapRun) -> RunDelay:
    """Delay of one run. Raises `Unknown` if the taps are few, follow no cue or lie in two groups."""
    late_s = np.sort(np.asarray(run.times_s, float)) - run.cue_s
    n, period_s = late_s.size, run.period_s
    if n < LEAST_TAPS:
        raise Unknown(DelayReason.FEW, run.bpm)
    mean_s = _circular_mean_s(late_s, run)
    off_s = _around(late_s, mean_s, period_s)
    off_s = _around(late_s, float(np.median(off_s)), period_s)
    kept = off_s[_near_the_middle(off_s)]
    if _two_groups(kept):
        raise Unknown(DelayReason.TWO_GROUPS, run.bpm)
    if kept.size < max(LEAST_TAPS, LEAST_SHARE * n):
        raise Unknown(DelayReason.FEW, run.bpm)
    error_s, _ = mean_error(kept)
    sd_s = float(np.std(kept, ddof=1))
    delay_s = float(_around(np.array([kept.mean()]), 0.0, period_s)[0])
    return RunDelay(delay_s, error_s, sd_s, n, int(kept.size), period_s)


def delay(runs: Sequence[TapRun]) -> Delay:
    """Delay from all runs of one cue. Raises `Unknown` with the reason if there is none.

    Runs of one tempo are those with the same period; there must be two tempi and two runs or more at each.
    """
    found = [run_delay(run) for run in runs]
    periods = sorted({one.period_s for one in found})
    by_tempo = [[one for one in found if one.period_s == period_s] for period_s in periods]
    if len(by_tempo) < 2 or any(len(same) < 2 for same in by_tempo):
        raise Unknown(DelayReason.ONE_RUN)
    together = [_agreeing(same) for same in by_tempo]
    turned = _common(together, periods)
    values = np.array(
        [
            delay_s + turn_s
            for same, delay_s, turn_s in zip(by_tempo, together, turned, strict=True)
            for delay_s in _unwrapped(same)
        ]
    )
    return _whole(values, found, by_tempo, together, turned)


def _whole(
    values: Values,
    found: Sequence[RunDelay],
    by_tempo: Sequence[Sequence[RunDelay]],
    together: Sequence[float],
    turned: Sequence[float],
) -> Delay:
    within_s = sqrt(sum(one.error_s**2 for one in found)) / len(found)
    among_s = float(np.std(values, ddof=1)) / sqrt(values.size)
    error_s = max(within_s, among_s)
    if error_s >= MOST_ERROR_S:
        raise Unknown(DelayReason.UNSTEADY)
    return Delay(
        delay_s=float(values.mean()),
        error_s=error_s,
        sd_s=float(np.median([one.sd_s for one in found])),
        taps=sum(one.taps for one in found),
        apart_s=max(float(np.ptp(_unwrapped(same))) for same in by_tempo),
        tempi_s=together[-1] + turned[-1] - together[0] - turned[0],
        runs=tuple(found),
    )


def _circular_mean_s(late_s: Values, run: TapRun) -> float:
    """The direction of the taps on the circle of the beat, in seconds."""
    turns = np.exp(2j * np.pi * late_s / run.period_s)
    mean = complex(turns.mean())
    if exp(-late_s.size * abs(mean) ** 2) > CHANCE:
        # Taps on and off the beat in turn point both ways, and so nowhere: their doubled angles agree.
        doubled = abs(complex((turns**2).mean()))
        opposed = exp(-late_s.size * doubled**2) <= CHANCE
        raise Unknown(DelayReason.TWO_GROUPS if opposed else DelayReason.SPREAD, run.bpm)
    return float(np.angle(mean)) / (2 * np.pi) * run.period_s


def _around(late_s: Values, middle_s: float, period_s: float) -> Values:
    """The same points of the circle as times within half a beat of a middle."""
    return np.asarray(middle_s + (late_s - middle_s + period_s / 2) % period_s - period_s / 2)


def _near_the_middle(off_s: Values) -> NDArray[np.bool_]:
    distance_s = np.abs(off_s - np.median(off_s))
    mad_s = max(LEAST_MAD_S, TO_SD * float(np.median(distance_s)))
    return np.asarray(distance_s <= CUT_MADS * mad_s)


def _two_groups(off_s: Values) -> bool:
    """Whether the taps fall into two groups, each of a quarter of them or more."""
    ordered, n = np.sort(off_s), off_s.size
    total = float(np.var(ordered))
    if total <= LEAST_MAD_S**2:
        return False
    cuts = np.arange(int(np.ceil(LEAST_GROUP * n)), n - int(np.ceil(LEAST_GROUP * n)) + 1)
    sums = np.cumsum(ordered)[cuts - 1]
    lower, upper = sums / cuts, (ordered.sum() - sums) / (n - cuts)
    between = cuts * (n - cuts) / n**2 * (upper - lower) ** 2
    return bool(between.max(initial=0.0) / total > TWO_GROUPS)


def _unwrapped(same: Sequence[RunDelay]) -> Values:
    """The delays of runs at one tempo, all within half a beat of the first."""
    return _around(np.array([one.delay_s for one in same]), same[0].delay_s, same[0].period_s)


def _agreeing(same: Sequence[RunDelay]) -> float:
    """The mean of runs at one tempo, or Unknown where two of them differ."""
    values = _unwrapped(same)
    for (one, one_s), (other, other_s) in combinations(zip(same, values, strict=True), 2):
        allowed_s = 3 * hypot(one.error_s, other.error_s)
        if abs(one_s - other_s) > min(WIDEST_S, max(SHARPEST_S, allowed_s)):
            raise Unknown(DelayReason.RUNS_DIFFER, 60 / one.period_s)
    return float(values.mean())


def _common(delays_s: Sequence[float], periods_s: Sequence[float]) -> tuple[float, ...]:
    """Whole beats to add at each tempo, so that all of them say the same; Unknown where nothing fits."""
    choices = [_turns(delay_s, period_s) for delay_s, period_s in zip(delays_s, periods_s, strict=True)]
    together = min(product(*choices), key=lambda turns: float(np.ptp(np.add(delays_s, turns))), default=None)
    if together is None or float(np.ptp(np.add(delays_s, together))) > TEMPI_S:
        raise Unknown(DelayReason.TEMPI_DIFFER)
    return together


def _turns(delay_s: float, period_s: float) -> list[float]:
    """Whole beats that bring a delay into the range that a station can have."""
    lowest, highest = RANGE_S
    first = ceil((lowest - delay_s) / period_s)
    return [turn * period_s for turn in range(first, floor((highest - delay_s) / period_s) + 1)]

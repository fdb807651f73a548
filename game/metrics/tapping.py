"""Free tapping: number, rate, key-down time and evenness of taps.

Conventions: taps are presses on asked keys after the last cue, bounces left out, in order; of a run that
paces nobody, all of them. Intervals under 100 ms (or a third of the median, where that is less) and those far
outside the rest are left out, as in stretches.py.

Measures
    tap_count: taps in all (KS, kinesia score, in a test of fixed length)
    tap_rate_best_10s_hz: taps a second in the best 10 s
    tap_dwell_mean_ms: mean time a key was down (AT, akinesia time)
    tap_iti_mean_ms: mean interval between taps
    tap_iti_variance_ms2: variance of the intervals (IS, incoordination score)
    tap_iti_cv_pct: SD/mean of the intervals

Sources: the BRAIN tap test, Noyce et al. (2014) and Shribman et al. (2018); best rate after Aoki et al.
(2003); alternating taps after quantitative digitography (Bronte-Stewart et al.; MIDI sees time, not key
height).
"""

import numpy as np
from numpy.typing import NDArray

from game.metrics.accuracy import cued
from game.metrics.kit.confidence import cv_pct, interval_mean_interval, mean_interval, sd_interval
from game.metrics.kit.kind import N_, Kind, Scope, Sense
from game.metrics.kit.measure import Estimate
from game.metrics.kit.stretches import plausible
from game.metrics.kit.table import RunTable

Values = NDArray[np.float64]

MIN_TAPS = 12
BEST_S = 10.0


def free(table: RunTable) -> bool:
    """Whether nothing paced the player."""
    return not cued(table.run) and table.run.notes.size > 0


def tap_times(table: RunTable) -> Values:
    """Times of the taps."""
    return np.asarray(table.taps["time_s"], dtype=np.float64)


def tap_intervals(table: RunTable) -> Values:
    """Plausible intervals between neighbouring taps, seconds."""
    iti_s = np.diff(tap_times(table))
    usual_s = float(np.median(iti_s)) if iti_s.size else 0.0
    return np.asarray(iti_s[plausible(iti_s, iti_s, usual_s)])


def count(times_s: Values) -> Estimate:
    """How many; a count of what was done has no interval."""
    return Estimate(float(times_s.size))


def best_rate(times_s: Values) -> Estimate:
    """Most taps that began within any 10 s, for each second."""
    span_s = float(times_s[-1] - times_s[0])
    # The last tap's own interval is not over; a run of 10 s may end with it.
    if span_s + span_s / (times_s.size - 1) < BEST_S - 1e-6:
        return Estimate(None, None, f"{BEST_S:.0f} s of tapping are needed, there are {span_s:.0f}")
    until = np.searchsorted(times_s, np.round(times_s + BEST_S, 6) - 1e-6, side="left")
    return Estimate(float(np.max(until - np.arange(times_s.size))) / BEST_S)


def mean_ms(values_s: Values) -> Estimate:
    """Mean in milliseconds."""
    low, high = mean_interval(values_s)
    return Estimate(1000 * float(np.mean(values_s)), (1000 * low, 1000 * high))


def interval_mean_ms(iti_s: Values) -> Estimate:
    """Mean interval in milliseconds."""
    low, high = interval_mean_interval(iti_s)
    return Estimate(1000 * float(np.mean(iti_s)), (1000 * low, 1000 * high))


def variance_ms2(iti_s: Values) -> Estimate:
    """Sample variance, square milliseconds."""
    low, high = sd_interval(iti_s)
    return Estimate(1e6 * float(np.var(iti_s, ddof=1)), (1e6 * low**2, 1e6 * high**2))


def _dwell_s(table: RunTable) -> Values:
    dwell_s = table.taps["release_s"] - table.taps["time_s"]
    return np.asarray(dwell_s[~np.isnan(dwell_s)])


_BRAIN = "Noyce et al. 2014; Shribman et al. 2018"

KINDS = (
    Kind(
        name="tap_count", unit="taps",
        meaning=N_("How many taps there were in the time given."),
        source=_BRAIN, of="taps", minimum=1,
        samples=tap_times, formula=count,
        asked=free,
        senses=Sense.NOTHING, scopes=Scope.RUN | Scope.FINGER,
    ),
    Kind(
        name="tap_rate_best_10s_hz", unit="Hz",
        meaning=N_("Taps a second in the best ten seconds."),
        source="Aoki et al. 2003", of="taps", minimum=MIN_TAPS,
        samples=tap_times, formula=best_rate,
        asked=free, scopes=Scope.RUN | Scope.FINGER,
    ),
    Kind(
        name="tap_dwell_mean_ms", unit="ms",
        meaning=N_("How long a key was down on average."),
        source=_BRAIN, of="taps", minimum=MIN_TAPS,
        samples=_dwell_s, formula=mean_ms,
        asked=free,
        senses=Sense.RELEASE, scopes=Scope.RUN | Scope.FINGER,
    ),
    Kind(
        name="tap_iti_mean_ms", unit="ms",
        meaning=N_("Average time from tap to tap."),
        source=_BRAIN, of="intervals", minimum=MIN_TAPS,
        samples=tap_intervals, formula=interval_mean_ms,
        asked=free, scopes=Scope.RUN | Scope.FINGER,
    ),
    Kind(
        name="tap_iti_variance_ms2", unit="ms²",
        meaning=N_("How much the time from tap to tap varies: smaller is more even."),
        source=_BRAIN, of="intervals", minimum=MIN_TAPS, rough_below=30,
        samples=tap_intervals, formula=variance_ms2,
        asked=free, scopes=Scope.RUN | Scope.FINGER,
    ),
    Kind(
        name="tap_iti_cv_pct", unit="%",
        meaning=N_("How uneven the free taps follow each other: smaller is more even."),
        source="Bronte-Stewart et al.; Repp 2005", of="intervals", minimum=MIN_TAPS, rough_below=30,
        samples=tap_intervals, formula=cv_pct,
        asked=free, scopes=Scope.RUN | Scope.FINGER,
    ),
)  # fmt: skip
"""The measures of free tapping."""

"""Release: how long keys are down, and how long past the end asked.

Conventions: seconds from press to release (dwell), and from the asked end of the note to the release
(release latency, early is negative). A key whose release was never seen is left out, and for the latency one
that was struck again before its asked end: a trembling finger has not let go. Pads send no true release.

Measures
    dwell_median_ms: median time a key was down
    dwell_cv_pct: SD/mean of it
    release_latency_median_ms: median release latency
    release_latency_p90_ms: 90th percentile of it
    stuck_keys_per_100: keys down for more than 1.5 s and for 1 s longer than asked, of 100 presses

Sources: delayed letting go after stroke, Seo, Rymer & Kamper (2009), of grip; the limits of a stuck key are
the project's own. Intervals of quantiles lie between ranks, see confidence.py.
"""

import numpy as np
from numpy.typing import NDArray

from game.metrics.accuracy import cued
from game.metrics.kit.confidence import cv_pct, quantile_interval, wilson
from game.metrics.kit.kind import N_, Kind, Scope, Sense
from game.metrics.kit.measure import Estimate
from game.metrics.kit.table import RunTable
from game.metrics.timing import in_ms

Values = NDArray[np.float64]

MIN_PRESSES = 12
MIN_P90 = 40
"""Minimum number of presses, so that four lie beyond the 90th percentile."""

STUCK_S, STUCK_BEYOND_S = 1.5, 1.0


def median_ms(values_s: Values) -> Estimate:
    """Median in milliseconds."""
    return Estimate(1000 * float(np.median(values_s)), in_ms(quantile_interval(values_s)))


def p90_ms(values_s: Values) -> Estimate:
    """90th percentile in milliseconds."""
    return Estimate(1000 * float(np.quantile(values_s, 0.9)), in_ms(quantile_interval(values_s, 0.9)))


def per_100(flags: NDArray[np.bool_]) -> Estimate:
    """Flags set, of 100."""
    k, n = int(np.count_nonzero(flags)), flags.size
    low, high = wilson(k, n)
    return Estimate(100 * k / n, (100 * low, 100 * high))


def dwell_s(table: RunTable) -> Values:
    """Time down of what was played."""
    down_s = table.played["release_s"] - table.played["time_s"]
    return np.asarray(down_s[~np.isnan(down_s)])


def release_latency_s(table: RunTable) -> Values:
    """Release less asked end, of the hits whose key was not struck again before it."""
    end_s = table.hits["onset_s"] + table.hits["duration_s"]
    late_s = table.hit_presses["release_s"] - end_s
    return np.asarray(late_s[~np.isnan(late_s) & ~(_struck_again_s(table) < end_s + table.bias_s)])


def _struck_again_s(table: RunTable) -> Values:
    """When the key of each hit was pressed the next time, by whatever note; inf for never."""
    presses = table.presses
    order = np.lexsort((presses["time_s"], presses["pitch"]))
    same, again_s = np.diff(presses["pitch"][order]) == 0, np.full(presses.size, np.inf)
    again_s[order[:-1][same]] = presses["time_s"][order[1:][same]]
    return np.asarray(again_s[table.hits["press"]])


def stuck(table: RunTable) -> NDArray[np.bool_]:
    """Of each press that was let go, whether the key was down far too long."""
    presses, notes = table.pressed, table.run.notes
    down_s = presses["release_s"] - presses["time_s"]
    asked_s = np.zeros(presses.size)
    used = presses["note"] >= 0
    asked_s[used] = notes["duration_s"][presses["note"][used]]
    seen = ~np.isnan(down_s)
    return np.asarray(down_s[seen] > np.maximum(STUCK_S, asked_s[seen] + STUCK_BEYOND_S))


_PLAIN = "plain statistics"
_SEO = "Seo, Rymer & Kamper 2009"

KINDS = (
    Kind(
        name="dwell_median_ms", unit="ms",
        meaning=N_("How long a key is usually down."),
        source=_PLAIN, of="presses", minimum=MIN_PRESSES,
        samples=dwell_s, formula=median_ms,
        senses=Sense.RELEASE, scopes=Scope.ALL,
    ),
    Kind(
        name="dwell_cv_pct", unit="%",
        meaning=N_("How much the time a key is down varies, in percent of its average."),
        source=_PLAIN, of="presses", minimum=MIN_PRESSES, rough_below=30,
        samples=dwell_s, formula=cv_pct,
        senses=Sense.RELEASE, scopes=Scope.RUN | Scope.FINGER | Scope.HAND,
    ),
    Kind(
        name="release_latency_median_ms", unit="ms",
        meaning=N_("How long after its end a note is usually let go; negative is before."),
        source=_SEO, of="hits", minimum=MIN_PRESSES,
        samples=release_latency_s, formula=median_ms,
        asked=cued,
        senses=Sense.RELEASE | Sense.OFFSET, scopes=Scope.RUN | Scope.FINGER | Scope.HAND,
    ),
    Kind(
        name="release_latency_p90_ms", unit="ms",
        meaning=N_("How long after their ends nine of ten notes are let go."),
        source=_SEO, of="hits", minimum=MIN_P90,
        samples=release_latency_s, formula=p90_ms,
        asked=cued,
        senses=Sense.RELEASE | Sense.OFFSET, scopes=Scope.RUN | Scope.FINGER | Scope.HAND,
    ),
    Kind(
        name="stuck_keys_per_100", unit="per 100",
        meaning=N_("Keys that stayed down far longer than asked, of 100 presses."),
        source="project; Wilson 1927", of="presses", minimum=MIN_PRESSES,
        samples=stuck, formula=per_100,
        senses=Sense.RELEASE, scopes=Scope.RUN | Scope.FINGER | Scope.HAND,
    ),
)  # fmt: skip
"""The measures of release."""

"""How even and how fast the taps are, independent of the beat.

Conventions: intervals are those of stretches.py, between neighbouring hits where an even beat is asked;
those under 100 ms or a third of the asked one, whichever is less, and those more than 3 interquartile ranges
outside the middle half, are left out. Ratios are to the interval asked, so stretches of different tempo add
up. No constant latency moves any of them.

Measures
    iti_cv_pct: SD/mean of the intervals
    tempo_ratio: mean interval made, to the interval asked; under 1 is quicker
    hastening_pct: intervals under 0.85 of the asked one
    hesitations_pct: intervals between presses of more than 3 times their median, left-out beats included
    halts_pct: of more than 5 times their median
    rhythm_error_pct: mean distance of the intervals from the pattern asked, in any tempo, of uneven rhythms

Sources: Repp (2005); the limits of hastening, hesitation and halt, and the rhythm error, are the project's
own.
"""

import numpy as np

from game.metrics.accuracy import cued, proportion_pct
from game.metrics.kit.confidence import cv_pct as cv_of
from game.metrics.kit.confidence import mean_interval
from game.metrics.kit.kind import N_, Kind, Scope
from game.metrics.kit.measure import Estimate
from game.metrics.kit.phase import ratio_interval
from game.metrics.kit.stretches import PressIntervals, Steps, breaks, intervals, rhythm
from game.metrics.kit.table import RunTable

MIN_INTERVALS = 12
HASTY = 0.85
HESITATION, HALT = 3.0, 5.0
REST = 2.5
"""Asked intervals longer than this many medians are rests, not rhythm."""

UNEVEN_SHARE = 0.2
"""A rhythm is uneven if this share of its intervals differs from the median."""


def cv_pct(made: PressIntervals) -> Estimate:
    """SD/mean in percent."""
    return cv_of(made.relative)


def ratio(made: Steps) -> Estimate:
    """Mean ITI/IOI."""
    return Estimate(float(np.mean(made.relative)), ratio_interval(made))


def hastening(made: PressIntervals) -> Estimate:
    """Share of intervals that are much too short."""
    return proportion_pct(np.round(made.relative, 6) < HASTY)


def longer_than(made: PressIntervals, times: float) -> Estimate:
    """Share of intervals that are longer than so many medians."""
    return proportion_pct(made.relative > times * np.median(made.relative))


def rhythm_error(made: PressIntervals) -> Estimate:
    """Mean of |log2| of made over asked, each over the median, in percent: 100 is twice or half as long."""
    off = np.log2(made.relative)
    off = 100 * np.abs(off - np.median(off))
    return Estimate(float(np.mean(off)), mean_interval(off))


def uneven(table: RunTable) -> bool:
    """Whether the run asks for a rhythm with intervals of different lengths, rests and tempo not counted."""
    tempo, onset_s = table.context.tempo, table.beats.onset_s.tolist()
    asked = np.diff([tempo.beat(s) for s in onset_s] if tempo else onset_s)
    if not asked.size:
        return False
    middle = np.median(asked)
    asked = asked[asked <= REST * middle]
    return bool(np.mean(np.abs(asked - middle) > 0.05 * middle) >= UNEVEN_SHARE)


def _rhythm(table: RunTable) -> PressIntervals:
    made = rhythm(table)
    if not len(made):
        return made
    kept = made.ioi_s <= REST * np.median(made.ioi_s)
    return PressIntervals(made.iti_s[kept], made.ioi_s[kept])


_REPP = "Repp 2005"

KINDS = (
    Kind(
        name="iti_cv_pct", unit="%",
        meaning=N_("How uneven the taps follow each other: smaller is more even."),
        source=_REPP, of="intervals", minimum=MIN_INTERVALS, rough_below=30,
        samples=intervals, formula=cv_pct,
        asked=cued, scopes=Scope.RUN | Scope.HAND | Scope.BLOCK,
    ),
    Kind(
        name="tempo_ratio", unit="",
        meaning=N_("Time from tap to tap against the one asked: under 1 is quicker."),
        source=_REPP, of="intervals", minimum=MIN_INTERVALS,
        samples=intervals, formula=ratio,
        asked=cued, scopes=Scope.RUN | Scope.HAND | Scope.BLOCK,
    ),
    Kind(
        name="hastening_pct", unit="%",
        meaning=N_("How many taps came much too soon after the one before."),
        source="project", of="intervals", minimum=MIN_INTERVALS,
        samples=intervals, formula=hastening,
        asked=cued, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="hesitations_pct", unit="%",
        meaning=N_("How many waits from press to press were over 3 times the usual."),
        source="project", of="intervals", minimum=MIN_INTERVALS,
        samples=breaks, formula=lambda s: longer_than(s, HESITATION),
        asked=cued, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="halts_pct", unit="%",
        meaning=N_("How many waits from press to press were over 5 times the usual."),
        source="project", of="intervals", minimum=MIN_INTERVALS,
        samples=breaks, formula=lambda s: longer_than(s, HALT),
        asked=cued, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="rhythm_error_pct", unit="%",
        meaning=N_("How far the rhythm is from the pattern, in any tempo: 0 is exact."),
        source="project", of="intervals", minimum=MIN_INTERVALS,
        samples=_rhythm, formula=rhythm_error,
        asked=uneven, scopes=Scope.RUN | Scope.HAND,
    ),
)  # fmt: skip
"""The measures of intervals."""

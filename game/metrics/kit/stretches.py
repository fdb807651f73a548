"""The intervals between taps where a run asks for an even beat.

Conventions: IOI is the interval between onsets asked, ITI that between presses made, both in seconds; beats
are those of beats.py.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.metrics.kit.beats import BeatSeries
from game.metrics.kit.table import RunTable, joined

Values = NDArray[np.float64]

SHORTEST_S, SHORTEST_SHARE = 0.1, 1 / 3
"""An interval under 100 ms is no second tap; where such quick ones are asked, one under a third of it."""

FAR_IQR, FAR_SHARE = 3.0, 0.1
"""An interval is a slip where it lies outside the middle half by more than this many times its width and more
than this share of the median."""


APART = 1_000_000
"""Stretches are numbered so far apart that no beat of one comes near to one of another."""


@dataclass(frozen=True, eq=False)
class PressIntervals:
    """Intervals between presses that follow each other, with the intervals asked."""

    iti_s: Values
    ioi_s: Values

    def __len__(self) -> int:
        return int(self.iti_s.size)

    @property
    def relative(self) -> Values:
        """ITI/IOI: 1 is the asked tempo, less is quicker."""
        return self.iti_s / self.ioi_s


@dataclass(frozen=True, eq=False)
class Steps(PressIntervals):
    """Intervals from beat to beat.

    late: how late each was begun beyond the run's own lateness, in intervals asked. beat: which one began
    it, counted within its stretch, and `APART` more for each stretch before.
    """

    late: Values
    beat: NDArray[np.int64]

    def kept(self, which: NDArray[np.bool_]) -> "Steps":
        """Some of them."""
        return Steps(self.iti_s[which], self.ioi_s[which], self.late[which], self.beat[which])


def intervals(table: RunTable) -> Steps:
    """Intervals in the steady stretches between neighbouring beats that were both hit, slips left out."""
    found = [_neighbours(stretch, place, table.bias_s) for place, stretch in enumerate(table.steady)]
    every = Steps(
        joined(f.iti_s for f in found),
        joined(f.ioi_s for f in found),
        joined(f.late for f in found),
        np.concatenate([np.zeros(0, np.int64), *(f.beat for f in found)]),
    )
    return every.kept(plausible(every.iti_s, every.relative, every.ioi_s))


def _neighbours(stretch: BeatSeries, place: int, bias_s: float) -> Steps:
    iti_s, count = np.diff(stretch.press_s), stretch.onset_s.size - 1
    late = (stretch.press_s - stretch.onset_s - bias_s)[:-1] / stretch.ioi_s
    every = Steps(iti_s, np.full(count, stretch.ioi_s), late, place * APART + np.arange(count))
    return every.kept(~np.isnan(iti_s))


def shortest_s(asked_s: Values | float) -> Values:
    """The least interval that can be a second tap, where these are asked."""
    return np.minimum(SHORTEST_S, SHORTEST_SHARE * np.asarray(asked_s))


def plausible(iti_s: Values, relative: Values, asked_s: Values | float) -> NDArray[np.bool_]:
    """Which intervals are neither far too short to be asked ones nor far outside the rest."""
    kept = np.asarray(iti_s >= shortest_s(asked_s))
    if np.count_nonzero(kept) < 4:
        return kept
    low, middle, high = np.quantile(relative[kept], (0.25, 0.5, 0.75))
    far = max(FAR_IQR * (high - low), FAR_SHARE * middle)
    return np.asarray(kept & (relative >= low - far) & (relative <= high + far))


def breaks(table: RunTable) -> PressIntervals:
    """Intervals between presses of the steady stretches, beats left out in between or not."""
    iti_s, ioi_s = [], []
    for stretch in table.steady:
        made_s = stretch.press_s[stretch.hit]
        iti_s.append(np.diff(made_s))
        ioi_s.append(np.full(max(0, made_s.size - 1), stretch.ioi_s))
    return PressIntervals(joined(iti_s), joined(ioi_s))


def rhythm(table: RunTable) -> PressIntervals:
    """Intervals between neighbouring beats that were both hit, of any length asked."""
    of = table.beats
    iti_s, ioi_s = np.diff(of.press_s), np.diff(of.onset_s)
    kept = ~np.isnan(iti_s) & ~of.apart & (np.nan_to_num(iti_s) > 0)
    return PressIntervals(iti_s[kept], ioi_s[kept])

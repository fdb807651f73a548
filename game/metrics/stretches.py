"""The intervals between taps where a run asks for an even beat.

Conventions: IOI is the interval between onsets asked, ITI that between presses made, both in seconds; beats
are those of beats.py.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.metrics.beats import Beats
from game.metrics.table import Table, joined

Values = NDArray[np.float64]

SHORTEST_S = 0.1
"""An interval under 100 ms is no second tap of the same finger."""

FAR_IQR, FAR_SHARE = 3.0, 0.1
"""An interval is a slip where it lies outside the middle half by more than this many times its width and more
than this share of the median."""


@dataclass(frozen=True, eq=False)
class Intervals:
    """Intervals between presses that follow each other, with the intervals asked."""

    iti_s: Values
    ioi_s: Values

    def __len__(self) -> int:
        return int(self.iti_s.size)

    @property
    def relative(self) -> Values:
        """ITI/IOI: 1 is the asked tempo, less is quicker."""
        return self.iti_s / self.ioi_s


def intervals(table: Table) -> Intervals:
    """Intervals in the steady stretches between neighbouring beats that were both hit, slips left out."""
    found = [_neighbours(stretch) for stretch in table.steady]
    every = Intervals(joined(f.iti_s for f in found), joined(f.ioi_s for f in found))
    kept = plausible(every.iti_s, every.relative)
    return Intervals(every.iti_s[kept], every.ioi_s[kept])


def _neighbours(stretch: Beats) -> Intervals:
    iti_s = np.diff(stretch.press_s)
    iti_s = iti_s[~np.isnan(iti_s)]
    return Intervals(iti_s, np.full(iti_s.size, stretch.ioi_s))


def plausible(iti_s: Values, relative: Values) -> NDArray[np.bool_]:
    """Which intervals are neither under 100 ms nor far outside the rest."""
    kept = iti_s >= SHORTEST_S
    if np.count_nonzero(kept) < 4:
        return kept
    low, middle, high = np.quantile(relative[kept], (0.25, 0.5, 0.75))
    far = max(FAR_IQR * (high - low), FAR_SHARE * middle)
    return np.asarray(kept & (relative >= low - far) & (relative <= high + far))


def breaks(table: Table) -> Intervals:
    """Intervals between presses of the steady stretches, beats left out in between or not."""
    iti_s, ioi_s = [], []
    for stretch in table.steady:
        made_s = stretch.press_s[stretch.hit]
        iti_s.append(np.diff(made_s))
        ioi_s.append(np.full(max(0, made_s.size - 1), stretch.ioi_s))
    return Intervals(joined(iti_s), joined(ioi_s))


def rhythm(table: Table) -> Intervals:
    """Intervals between neighbouring beats that were both hit, of any length asked."""
    of = table.beats
    iti_s, ioi_s = np.diff(of.press_s), np.diff(of.onset_s)
    kept = ~np.isnan(iti_s) & ~of.apart & (np.nan_to_num(iti_s) > 0)
    return Intervals(iti_s[kept], ioi_s[kept])

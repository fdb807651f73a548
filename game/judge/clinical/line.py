"""The player's expected lateness at each note, from the notes around it.

A line is used only as far as it predicts held-out notes better than one lateness for the whole run.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WIDTHS_S = (0.02, 0.1, 0.2, 0.4, 0.8, 1.6, 5.0)
"""Half-widths of the surroundings that are tried, from the notes of a chord to some bars."""

SHRINKS = (0.3, 2.0)
"""How many notes the lateness of the whole run weighs against those around."""

BETTER = 0.97
"""A line is taken only where it leaves that much less between each note and what the others foretell."""

MOST_S = 0.45
"""Latenesses further than that from the middle one count as that far."""


def middle(values: Floats) -> float:
    """The median, without what a general one takes care of; of one value or more."""
    ordered, half = np.sort(values), len(values) // 2
    return float(ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2)


class Surroundings:
    """The notes about each note of a run, from which lines are told; `onset_s` rises."""

    def __init__(self, onset_s: Floats) -> None:
        self._at_s = onset_s - onset_s[0]
        half_s = np.array(WIDTHS_S)[:, None]
        self._first = np.searchsorted(self._at_s, self._at_s - half_s, side="left")
        self._end = np.searchsorted(self._at_s, self._at_s + half_s, side="right")

    def line(self, late_s: Floats) -> Floats:
        """The expected lateness of each note, its own left out, so that no pair confirms itself.

        late_s: how late each note came, nan where that is not known.
        """
        known = ~np.isnan(late_s)
        if not known.any():
            return np.zeros(len(late_s))
        level_s = middle(late_s[known])
        off_s = np.clip(np.where(known, late_s - level_s, 0.0), -MOST_S, MOST_S)
        told = self._foretold(off_s, known.astype(np.float64))
        unfit = (np.abs(off_s - told) @ known) / np.count_nonzero(known)
        best = int(unfit.argmin())
        level_unfit = float(np.mean(np.abs(off_s[known])))
        return told[best] + level_s if unfit[best] < BETTER * level_unfit else np.full(len(late_s), level_s)

    def _foretold(self, off_s: Floats, known: Floats) -> Floats:
        """Straight fits about each note without the note itself, drawn to 0 where few are near: one a row."""
        at_s, time_s = self._at_s, self._at_s * known
        columns = np.stack((known, off_s, time_s, time_s * at_s, time_s * off_s))
        sums = np.concatenate((np.zeros((5, 1)), np.cumsum(columns, axis=1)), axis=1)
        count, off, time, square, product = sums[:, self._end] - sums[:, self._first] - columns[:, None]
        whole = np.maximum(count, 1.0)
        spread, tilt = square - time * time / whole, product - time * off / whole
        lever, wide = at_s * count - time, np.square(WIDTHS_S)[:, None]
        return np.concatenate(
            [(off + tilt / (spread + (1.0 + shrink) * wide) * lever) / (count + shrink) for shrink in SHRINKS]
        )

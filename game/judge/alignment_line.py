"""The player's line: how late they are expected about each note, told from the notes around it.

A line is taken only as far as it foretells left-out notes better than one lateness for the whole run does.
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


class Surroundings:
    """The notes about each note of a run, from which lines are told; `onset_s` rises."""

    def __init__(self, onset_s: Floats) -> None:
        self._at_s = onset_s - onset_s[0]
        self._windows = [
            (
                np.searchsorted(self._at_s, self._at_s - width_s, side="left"),
                np.searchsorted(self._at_s, self._at_s + width_s, side="right"),
            )
            for width_s in WIDTHS_S
        ]

    def line(self, late_s: Floats) -> Floats:
        """The expected lateness of each note, its own left out, so that no pair confirms itself.

        late_s: how late each note came, nan where that is not known.
        """
        known = ~np.isnan(late_s)
        if not known.any():
            return np.zeros(len(late_s))
        middle = float(np.median(late_s[known]))
        off_s = np.clip(np.where(known, late_s - middle, 0.0), -MOST_S, MOST_S)
        best, fit = np.zeros(len(late_s)), float(np.mean(np.abs(off_s[known]))) * BETTER
        for told in self._foretold(off_s, known.astype(np.float64)):
            unfit = float(np.mean(np.abs(off_s - told)[known]))
            if unfit < fit:
                best, fit = told, unfit
        return best + middle

    def _foretold(self, off_s: Floats, known: Floats) -> list[Floats]:
        """Straight fits about each note without the note itself, drawn to 0 where few are near."""
        at_s, time_s = self._at_s, self._at_s * known
        columns = np.stack((known, off_s, time_s, time_s * at_s, time_s * off_s))
        sums = np.concatenate((np.zeros((5, 1)), np.cumsum(columns, axis=1)), axis=1)
        told = []
        for width_s, (first, end) in zip(WIDTHS_S, self._windows, strict=True):
            count, off, time, square, product = sums[:, end] - sums[:, first] - columns
            whole = np.maximum(count, 1.0)
            spread, tilt = square - time * time / whole, product - time * off / whole
            lever = at_s * count - time
            for shrink in SHRINKS:
                slope = tilt / (spread + (1.0 + shrink) * width_s**2)
                told.append((off + slope * lever) / (count + shrink))
        return told

"""Beats: asked onsets with the notes due on them, and the stretches in which they are even.

Conventions: a beat is pressed at the mean time of its sure hits, or never (nan). Times in seconds. An
interval across a pause is no interval.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

SAME_ONSET_S = 0.001
EVEN = 0.01
"""Intervals that differ by at most this share count as equal."""

MIN_IOIS = 4
"""Minimum number of equal intervals in a steady stretch."""


@dataclass(frozen=True, eq=False)
class BeatSeries:
    """Beats in order: when asked, and when pressed: on average, by the first key and by the last.

    apart: of each interval to the next beat, whether a pause lies in it; shape (n − 1,).
    """

    onset_s: Values
    press_s: Values
    first_s: Values
    last_s: Values
    apart: NDArray[np.bool_]

    @property
    def ioi_s(self) -> float:
        """The asked interval; of a steady stretch."""
        return float(self.onset_s[-1] - self.onset_s[0]) / (self.onset_s.size - 1)

    @property
    def hit(self) -> NDArray[np.bool_]:
        """Which beats were pressed."""
        return ~np.isnan(self.press_s)

    def cut(self, first: int, last: int) -> "BeatSeries":
        """The beats from one to another, both included."""
        span, inside = slice(first, last + 1), slice(first, last)
        onset_s, press_s = self.onset_s[span], self.press_s[span]
        return BeatSeries(onset_s, press_s, self.first_s[span], self.last_s[span], self.apart[inside])

    def steady(self) -> Iterator["BeatSeries"]:
        """The stretches of equal intervals, none shorter than `MIN_IOIS`."""
        ioi_s = np.diff(self.onset_s)
        first = 0
        for k in range(1, ioi_s.size + 1):
            if k < ioi_s.size and abs(ioi_s[k] - ioi_s[first]) <= EVEN * ioi_s[first] and not self.apart[k]:
                continue
            begin = first + int(self.apart[first])  # after a pause, from the beat that comes next
            if k - begin >= MIN_IOIS:
                yield self.cut(begin, k)
            first = k


def beats_of(
    onset_s: Values, press_s: Values, pauses_s: tuple[float, ...], leg: NDArray[np.int32]
) -> BeatSeries:
    """The beats of notes in the order of their onsets.

    press_s: nan where it is not sure when a note was pressed. leg: of the journey, −1 for none; from one to
    another there is no interval.
    """
    if not onset_s.size:
        return BeatSeries(onset_s, press_s, press_s, press_s, np.zeros(0, dtype=bool))
    first = np.flatnonzero(np.concatenate([[True], np.diff(onset_s) > SAME_ONSET_S]))
    hit = ~np.isnan(press_s)
    count = np.add.reduceat(hit.astype(float), first)
    total = np.add.reduceat(np.where(hit, press_s, 0.0), first)
    earliest = np.minimum.reduceat(np.where(hit, press_s, np.inf), first)
    latest = np.maximum.reduceat(np.where(hit, press_s, -np.inf), first)
    pressed = count > 0
    return BeatSeries(
        onset_s[first],
        np.divide(total, count, out=np.full(first.size, np.nan), where=pressed),
        np.where(pressed, earliest, np.nan),
        np.where(pressed, latest, np.nan),
        _apart(onset_s[first], pauses_s) | _left(np.maximum.reduceat(leg, first)),
    )


def _left(leg: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Between which beats one leg ends and another begins; beats not played belong to the one before."""
    known = np.maximum.accumulate(np.where(leg >= 0, np.arange(leg.size), 0))
    return np.asarray(np.diff(leg[known]) != 0)


def _apart(onset_s: Values, pauses_s: tuple[float, ...]) -> NDArray[np.bool_]:
    apart = np.zeros(max(0, onset_s.size - 1), dtype=bool)
    for pause_s in pauses_s:
        apart |= (onset_s[:-1] <= pause_s) & (pause_s < onset_s[1:])
    return apart

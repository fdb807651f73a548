"""Habits of a player that decide which press was meant for which note, estimated from the run.

A note that is played comes at a time about its own, normally distributed about the player's line of lateness
with now and then a far one; a note is left out, or another key is played, so often; presses that nothing
asks for come at a rate, and often soon after a press of the same key. All these are estimated from pairs that
were found with the last estimates, each with a prior, so that estimates from few notes are sensible.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

REACH_S = 0.6
"""How far from where it is expected a press may be and still be paired with its note."""

AGAIN_S = 0.3
"""A press that soon after another of its key may be the hand striking twice: tremor goes at 4 to 12 Hz."""

_PRIOR_SD_S, _PRIOR_SD_WEIGHT = 0.04, 4.0
_LEAST_SD_S = 0.006
_PRIOR_FAR, _PRIOR_FAR_WEIGHT = 0.004, 20.0
_LONELY_FAR = 1.0
"""Prior for far notes: a single one is not a habit."""

_MOST_FAR = 0.25
_FAR_S = 0.15
_PRIOR_OMIT, _PRIOR_WRONG, _PRIOR_WEIGHT = 0.06, 0.02, 15.0
_MOST_WRONG = 0.1
"""Whoever plays more wrong keys is more likely to have the whole hand in the wrong place."""

_PRIOR_STRAYS, _PRIOR_STRAYS_S = 1.0, 100.0
_PRIOR_AGAIN, _PRIOR_AGAIN_WEIGHT = 0.02, 20.0
_BOUNCE = 0.6
"""The chance that a press counts as a bounce where the settings call it one."""


@dataclass(frozen=True, slots=True)
class Habits:
    """The habits of a player. Shares lie between 0 and 1.

    sd_s: of the time about the expected one. far: share of notes that come far from it.
    omit: share of notes left out. wrong: share played on another key.
    strays_per_s: presses on one key that nothing asks for. again: share of presses that strike twice.
    """

    sd_s: float = 0.08
    far: float = 0.1
    omit: float = 0.06
    wrong: float = 0.03
    strays_per_s: float = 0.02
    again: float = 0.05

    def near(self, off_s: Floats) -> Floats:
        """Log density (1/s) of a press that far from where it is expected."""
        core = np.exp(-0.5 * np.square(off_s / self.sd_s)) * ((1 - self.far) / (self.sd_s * 2.5066283))
        return np.log(core + self._far(off_s))

    def _far(self, off_s: Floats) -> Floats:
        scale_s = max(_FAR_S, 1.5 * self.sd_s)
        return np.exp(-np.abs(off_s) / scale_s) * (self.far / (2 * scale_s))

    def stray(self, since_s: Floats, bounced: Flags) -> Floats:
        """Log density of a press that nothing asks for, by the time since the last on its key."""
        again = np.where(bounced, max(self.again, _BOUNCE), self.again * (since_s <= AGAIN_S))
        return np.log(self.strays_per_s + again / AGAIN_S)

    @property
    def played_odds(self) -> float:
        """Log odds of a note being played on its own key."""
        missed = self.omit + self.wrong
        return float(np.log((1 - missed) / missed))

    @property
    def wrong_odds(self) -> float:
        """Log odds of a note being played on another key rather than left out."""
        return float(np.log(self.wrong / self.omit))

    def nothing(self, notes: int, key_s: float) -> float:
        """Log likelihood of a run in which no note is played. key_s: its length times its keys."""
        return notes * float(np.log(self.omit + self.wrong)) - self.strays_per_s * key_s

    def timed(self, off_s: Floats) -> "Habits":
        """The same with spread and far notes estimated from the offs of all pairs."""
        core = np.exp(-0.5 * np.square(off_s / self.sd_s)) * ((1 - self.far) / (self.sd_s * 2.5066283))
        share = core / (core + self._far(off_s) + 1e-12)
        squares = float(np.sum(share * np.square(off_s))) + _PRIOR_SD_WEIGHT * _PRIOR_SD_S**2
        sd_s = max(_LEAST_SD_S, (squares / (float(share.sum()) + _PRIOR_SD_WEIGHT)) ** 0.5)
        far = max(0.0, float((1 - share).sum()) - _LONELY_FAR) + _PRIOR_FAR * _PRIOR_FAR_WEIGHT
        return replace(self, sd_s=sd_s, far=min(_MOST_FAR, far / (len(off_s) + _PRIOR_FAR_WEIGHT)))

    def counted(self, notes: int, omitted: int, wrong: int) -> "Habits":
        """The same with the shares of omissions and wrong keys."""
        whole = notes + _PRIOR_WEIGHT
        return replace(
            self,
            omit=(omitted + _PRIOR_OMIT * _PRIOR_WEIGHT) / whole,
            wrong=min(_MOST_WRONG, (wrong + _PRIOR_WRONG * _PRIOR_WEIGHT) / whole),
        )

    def strayed(self, since_s: Floats, presses: int, key_s: float) -> "Habits":
        """The same with the rates of presses that nothing asks for.

        since_s: of those presses, the time since the last on its key. key_s: length of the run times keys.
        """
        again = int(np.sum(since_s <= AGAIN_S))
        return replace(
            self,
            strays_per_s=(len(since_s) - again + _PRIOR_STRAYS) / (key_s + _PRIOR_STRAYS_S),
            again=(again + _PRIOR_AGAIN * _PRIOR_AGAIN_WEIGHT) / (presses + _PRIOR_AGAIN_WEIGHT),
        )

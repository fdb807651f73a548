"""Overlap: whether the last key is still down when the next one is pressed.

Conventions: seconds from a press to the release of the press before, of neighbouring single hits of one
hand on different keys: positive is legato, negative a gap. Pads send no true release.

Measures
    overlap_median_ms: median overlap

Sources: key overlap time, as in studies of legato (Repp 1995).
"""

import numpy as np
from numpy.typing import NDArray

from game.metrics.kit.beats import SAME_ONSET_S
from game.metrics.kit.kind import N_, Kind, Scope, Sense
from game.metrics.kit.table import RunTable, joined
from game.metrics.release import median_ms

Values = NDArray[np.float64]

MIN_PAIRS = 12


def overlap_s(table: RunTable) -> Values:
    """Overlaps of neighbouring notes that were both hit, hand by hand."""
    return joined(_of_hand(table, hand) for hand in np.unique(table.cued["hand"]))


def _of_hand(table: RunTable, hand: int) -> Values:
    of_hand = table.cued["hand"] == hand
    notes, hit = table.cued[of_hand], table.surely_hit[of_hand]
    gaps_s = np.diff(notes["onset_s"])
    alone = np.concatenate([[True], gaps_s > SAME_ONSET_S, [True]])
    single = alone[:-1] & alone[1:]
    both = hit[:-1] & hit[1:] & single[:-1] & single[1:] & (notes["pitch"][:-1] != notes["pitch"][1:])
    first, second = (table.presses[side["press"][both]] for side in (notes[:-1], notes[1:]))
    over_s = first["release_s"] - second["time_s"]
    return np.asarray(over_s[~np.isnan(over_s)])


def changes_keys(table: RunTable) -> bool:
    """Whether one note follows another on a different key."""
    notes = table.cued
    return bool(np.any((np.diff(notes["pitch"]) != 0) & (np.diff(notes["onset_s"]) > SAME_ONSET_S)))


KINDS = (
    Kind(
        name="overlap_median_ms", unit="ms",
        meaning=N_("How long the last key stays down under the next; negative is a gap."),
        source="Repp 1995", of="pairs of notes", minimum=MIN_PAIRS,
        samples=overlap_s, formula=median_ms,
        asked=changes_keys,
        senses=Sense.RELEASE, scopes=Scope.RUN | Scope.HAND,
    ),
)  # fmt: skip
"""The measure of overlap."""

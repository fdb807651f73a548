"""The fastest tempo that the hand can keep.

Conventions: in a ramp of tempi each step is judged over its own notes and, where they are fewer than 16,
the notes before them up to 16 in all.

Measures
    held_tempo_bpm: the quickest step with a hit rate of 80 % or more over 16 notes or more

Sources: the speed test of MusicGlove (Friedman et al. 2014); the limit of 80 % is the project's own. It is
one step of the ramp exact and no better; no interval is given.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.metrics.kit.kind import N_, Kind, Scope, Sense
from game.metrics.kit.measure import Estimate
from game.metrics.kit.rows import HIT
from game.metrics.kit.table import RunTable

MIN_NOTES = 16
HELD = 0.8


class Ramp(NamedTuple):
    """Of each note in order, the tempo it was asked in, and whether it was hit."""

    bpm: NDArray[np.float64]
    hit: NDArray[np.bool_]


def notes_of(ramp: Ramp) -> int:
    """How many notes there are."""
    return int(ramp.bpm.size)


def ramp(table: RunTable) -> Ramp:
    """The cued notes with their tempi."""
    tempo, notes = table.context.tempo, table.cued
    if tempo is None:
        return Ramp(np.zeros(0), np.zeros(0, dtype=bool))
    bpm = [tempo.bpm(tempo.beat(onset_s + 1e-9)) for onset_s in notes["onset_s"].tolist()]
    return Ramp(np.array(bpm), np.asarray(notes["verdict"] == HIT))


def held(asked: Ramp) -> Estimate:
    """The quickest tempo that was held."""
    held_bpm = [bpm for bpm in np.unique(np.round(asked.bpm, 6)).tolist() if _held(asked, bpm)]
    if not held_bpm:
        slowest = float(np.min(asked.bpm))
        return Estimate(
            None, None, f"no tempo was held: under {HELD:.0%} of the notes from {slowest:.0f} bpm on"
        )
    return Estimate(float(held_bpm[-1]))


def _held(asked: Ramp, bpm: float) -> bool:
    own = np.flatnonzero(np.abs(asked.bpm - bpm) < 1e-5)
    first = min(int(own[0]), int(own[-1]) - MIN_NOTES + 1)
    return first >= 0 and float(np.mean(asked.hit[first : own[-1] + 1])) >= HELD - 1e-9


def rises(table: RunTable) -> bool:
    """Whether the run is a ramp: three tempi or more, each quicker than the last."""
    tempo = table.context.tempo
    if tempo is None or not table.cued.size:
        return False
    bpm = [step for _, step in tempo.changes]
    return len(bpm) > 2 and all(np.diff(bpm) > 0)


KINDS = (
    Kind(
        name="held_tempo_bpm", unit="bpm",
        meaning=N_("The quickest tempo at which four of five notes were still hit."),
        source="Friedman et al. 2014; project", of="notes", minimum=MIN_NOTES,
        samples=ramp, formula=held, count=notes_of,
        asked=rises,
        senses=Sense.NOTHING, scopes=Scope.RUN | Scope.HAND,
    ),
)  # fmt: skip
"""The measure of held tempo."""

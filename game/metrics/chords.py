"""Chords: keys that should be pressed together.

Conventions: a chord is two notes or more of one hand due at the same time; its span is the time from its
first press to its last, of chords whose notes were all surely hit.

Measures
    chord_span_median_ms: median span
    chords_complete_pct: chords of which every note was hit

Sources: span as in studies of chord keying (trained 78 ms, untrained 121 ms for four fingers); Wilson
(1927).
"""

import numpy as np
from numpy.typing import NDArray

from game.metrics.accuracy import MIN_NOTES, proportion_pct
from game.metrics.kit.beats import SAME_ONSET_S
from game.metrics.kit.kind import N_, Kind, Scope, Sense
from game.metrics.kit.rows import HIT, Rows
from game.metrics.kit.table import RunTable, joined
from game.metrics.release import median_ms

Values = NDArray[np.float64]

MIN_CHORDS = 8
"""Complete chords; a chord is several keys, and a probe asks for sixteen."""


def chords(table: RunTable) -> list[Rows]:
    """The cued chords of each hand."""
    found: list[Rows] = []
    for hand in np.unique(table.cued["hand"]):
        notes = table.cued[table.cued["hand"] == hand]
        starts = np.flatnonzero(np.diff(notes["onset_s"]) > SAME_ONSET_S) + 1
        found += [chord for chord in np.split(notes, starts) if chord.size > 1]
    return found


def has_chords(table: RunTable) -> bool:
    """Whether the run asks for chords."""
    return bool(chords(table))


def spans_s(table: RunTable) -> Values:
    """Span of every complete chord."""
    sure = table.hits["place"]
    whole = [chord for chord in chords(table) if np.isin(chord["place"], sure).all()]
    times_s = [table.presses["time_s"][chord["press"]] for chord in whole]
    return joined([np.array([float(np.ptp(one)) for one in times_s])])


def complete(table: RunTable) -> NDArray[np.bool_]:
    """Of every chord, whether all its notes were hit."""
    return np.array([bool(np.all(chord["verdict"] == HIT)) for chord in chords(table)], dtype=bool)


KINDS = (
    Kind(
        name="chord_span_median_ms", unit="ms",
        meaning=N_("How far apart the keys of a chord come down: smaller is more together."),
        source="plain statistics", of="complete chords", minimum=MIN_CHORDS,
        samples=spans_s, formula=median_ms,
        asked=has_chords, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="chords_complete_pct", unit="%",
        meaning=N_("How many chords were played with all their keys."),
        source="Wilson 1927", of="chords", minimum=MIN_NOTES,
        samples=complete, formula=proportion_pct,
        asked=has_chords,
        senses=Sense.NOTHING, scopes=Scope.RUN | Scope.HAND,
    ),
)  # fmt: skip
"""The measures of chords."""

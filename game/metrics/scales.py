"""Scales: evenness, and timing of the thumb passing under.

Conventions: a scale is a steady stretch of one hand, eight notes or more, that goes on in one direction by
steps of one to three semitones; intervals are between its neighbouring hits. At a crossing the thumb goes
under, after the middle or ring finger; its delay is how long after the straight line through the other
notes it comes, seconds, positive is late.

Measures
    scale_iti_sd_ms: median over the scales of the SD of their intervals
    thumb_under_delay_ms: mean delay at the crossings

Sources: Jabusch, Vauth & Altenmüller (2004), who take two octaves and ten scales; van Vugt, Jabusch &
Altenmüller for the delay from a straight line. Scales of one octave are counted here too.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from game.metrics.kit.beats import MIN_IOIS, SAME_ONSET_S
from game.metrics.kit.kind import N_, Kind, Scope
from game.metrics.kit.rows import HANDS, Rows
from game.metrics.kit.table import RunTable
from game.metrics.release import median_ms
from game.metrics.tapping import mean_ms
from game.music.note import THUMB, Hand

Values = NDArray[np.float64]

MIN_SCALES, MIN_CROSSINGS = 10, 10
MIN_NOTES = 8
MIN_LINE = 5
"""Minimum number of hits beside the crossings for fitting a straight line."""

WIDEST_STEP = 3
UNDER = (3, 4)
"""Fingers that the thumb goes under."""


def scales(table: RunTable) -> list[Rows]:
    """The scales of the run, each as the rows of its notes."""
    found: list[Rows] = []
    for hand in np.unique(table.cued["hand"]):
        part = table.part(table.notes["hand"] == hand, int(hand))
        for stretch in part.steady:
            inside = (part.cued["onset_s"] >= stretch.onset_s[0] - 1e-6) & (
                part.cued["onset_s"] <= stretch.onset_s[-1] + 1e-6
            )
            found += _directed(part.cued[inside])
    return found


def _directed(notes: Rows) -> Iterator[Rows]:
    """The stretches of single notes that go stepwise in one direction."""
    step = np.diff(notes["pitch"])
    stepwise = (
        (np.abs(step) >= 1) & (np.abs(step) <= WIDEST_STEP) & (np.diff(notes["onset_s"]) > SAME_ONSET_S)
    )
    direction, first = np.where(stepwise, np.sign(step), 0), 0
    for k in range(1, direction.size + 1):
        if k == direction.size or direction[k] != direction[first]:
            if direction[first] != 0 and k - first + 1 >= MIN_NOTES:
                yield notes[first : k + 1]
            first = k


def interval_sds_s(table: RunTable) -> Values:
    """SD of the intervals of every scale that has enough of them."""
    found = []
    for scale in scales(table):
        iti_s = np.diff(_press_s(table, scale))
        iti_s = iti_s[~np.isnan(iti_s)]
        if iti_s.size >= MIN_IOIS:
            found.append(float(np.std(iti_s, ddof=1)))
    return np.array(found)


def thumb_delays_s(table: RunTable) -> Values:
    """Delay of the thumb at every crossing that was hit."""
    found: list[float] = []
    for scale in scales(table):
        press_s, crossing = _press_s(table, scale), _crossings(scale)
        line = ~crossing & ~np.isnan(press_s)
        if np.count_nonzero(line) < MIN_LINE:
            continue
        onset_s = scale["onset_s"]
        straight = np.polynomial.Polynomial.fit(onset_s[line], press_s[line], 1)
        off_s = press_s - straight(onset_s)
        found += off_s[crossing & ~np.isnan(press_s)].tolist()
    return np.array(found)


def _crossings(scale: Rows) -> NDArray[np.bool_]:
    """At which notes the thumb goes under: outwards from the body's middle, after finger 3 or 4."""
    up = scale["pitch"][-1] > scale["pitch"][0]
    outwards = up if scale["hand"][0] == HANDS[Hand.RIGHT] else not up
    under = np.zeros(scale.size, dtype=bool)
    under[1:] = (scale["finger"][1:] == THUMB) & np.isin(scale["finger"][:-1], UNDER)
    return under if outwards else np.zeros(scale.size, dtype=bool)


def _press_s(table: RunTable, notes: Rows) -> Values:
    return np.asarray(table.press_s[np.searchsorted(table.cued["place"], notes["place"])])


def has_scales(table: RunTable) -> bool:
    """Whether the run asks for scales."""
    return bool(scales(table))


def has_crossings(table: RunTable) -> bool:
    """Whether the thumb goes under in them."""
    return any(_crossings(scale).any() for scale in scales(table))


KINDS = (
    Kind(
        name="scale_iti_sd_ms", unit="ms",
        meaning=N_("How uneven scales usually run: smaller is more even."),
        source="Jabusch et al. 2004", of="scales", minimum=MIN_SCALES,
        samples=interval_sds_s, formula=median_ms,
        asked=has_scales, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="thumb_under_delay_ms", unit="ms",
        meaning=N_("How late the thumb comes in a scale when it goes under."),
        source="van Vugt et al. 2012", of="crossings", minimum=MIN_CROSSINGS,
        samples=thumb_delays_s, formula=mean_ms,
        asked=has_crossings, scopes=Scope.RUN | Scope.HAND,
    ),
)  # fmt: skip
"""The measures of scales."""

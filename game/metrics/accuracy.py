"""How much of what was asked was played: four separate counts, and the dose.

Conventions: of cued notes; a verdict is one of `HIT`, `OMISSION`, `WRONG_KEY`. Percentages have Wilson's
interval. Rates per minute are over the time in which the hand was playing, with the score interval of a
Poisson count, which is too narrow where extra presses come in bursts. Bounces are never extra presses.

Measures
    hit_rate_pct: notes played on their key, of notes asked
    omission_rate_pct: notes that got no press
    wrong_finger_rate_pct: notes that got a press on a key that the run asks of another finger
    wrong_key_rate_pct: notes that got a press on any other key
    extra_presses_per_min: presses that belong to no note
    bounces_per_min: presses of a key again within the bounce time
    repetitions: presses that belong to a note, the dose
    active_time_pct: share of the time without silences of more than 5 s
    shifted_notes: notes on a wrong key because the whole hand lay to the side; in neither rate above
    lost_notes: notes where the player was somewhere else in the music
    ambiguous_notes: notes whose verdict has two readings that are nearly equal

Sources: Wilson (1927); Brown, Cai & DasGupta (2003); clinical definitions after the logs of MusicGlove
(Friedman et al. 2014), Térémetz et al. (2015) for unwanted taps, and Connell et al. (2014) for repetitions
and active time.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.metrics.kit.confidence import poisson, wilson
from game.metrics.kit.kind import N_, Kind, Scope, Sense
from game.metrics.kit.measure import Estimate
from game.metrics.kit.rows import BOUNCE, EXTRA, HIT, OMISSION, WRONG_KEY, Rows
from game.metrics.kit.table import RunTable

MIN_NOTES = 12
"""Under 12 notes the standard error of a rate is more than 13 points."""

SILENCE_S = 5.0
MIN_ACTIVE_S = 10.0

Flags = NDArray[np.bool_]


class Presses(NamedTuple):
    """Times of all presses, and which of them count."""

    time_s: NDArray[np.float64]
    counts: Flags
    asked_s: float

    @property
    def active_s(self) -> float:
        """Time from the first press to the last, without silences."""
        gaps_s = np.diff(self.time_s)
        return float(np.sum(gaps_s[(gaps_s > 0) & (gaps_s <= SILENCE_S)]))


def proportion_pct(flags: Flags) -> Estimate:
    """Share of flags that are set, in percent."""
    k, n = int(np.count_nonzero(flags)), flags.size
    low, high = wilson(k, n)
    return Estimate(100.0 * k / n, (100.0 * low, 100.0 * high))


def per_minute(presses: Presses) -> Estimate:
    """Presses that count, for each minute of playing."""
    minutes = presses.active_s / 60
    if presses.active_s < MIN_ACTIVE_S:
        return Estimate(
            None, None, f"{MIN_ACTIVE_S:.0f} s of playing are needed, there are {presses.active_s:.0f}"
        )
    count = int(np.count_nonzero(presses.counts))
    low, high = poisson(count)
    return Estimate(count / minutes, (low / minutes, high / minutes))


def active_share_pct(presses: Presses) -> Estimate:
    """Playing time as a share of the time from the first asked onset to the last."""
    if presses.asked_s <= 0:
        return Estimate(None, None, "notes at two times or more are needed")
    return Estimate(min(100.0, 100.0 * presses.active_s / presses.asked_s))


def total(flags: Flags) -> Estimate:
    """Number of set flags; a count has no interval."""
    return Estimate(float(np.count_nonzero(flags)))


def fingers_known(table: RunTable) -> bool:
    """Whether the run says which finger is asked."""
    return bool(np.any(table.cued["finger"] > 0))


def cued(table: RunTable) -> bool:
    """Whether at least a part of the run was paced."""
    return table.cued.size > 0


def _another_finger(table: RunTable) -> Flags:
    """Of each cued note, whether its press fell on a key that the run asks of another finger."""
    notes = table.cued
    if not notes.size or not table.presses.size:
        return np.zeros(notes.size, dtype=bool)
    press = table.presses[notes["press"]]
    other = (press["finger"] != notes["finger"]) | (press["hand"] != notes["hand"])
    own_key = (notes["verdict"] == WRONG_KEY) & ~notes["shifted"]
    return np.asarray(own_key & press["asked"] & other & (notes["finger"] > 0))


def _wrong_key(table: RunTable) -> Flags:
    own_key = (table.cued["verdict"] == WRONG_KEY) & ~table.cued["shifted"]
    return np.asarray(own_key & ~_another_finger(table))


def _presses(table: RunTable, use: int) -> Presses:
    rows = _cued_presses(table)
    return Presses(rows["time_s"], rows["use"] == use, 0.0)


def _cued_presses(table: RunTable) -> Rows:
    """Presses until the cue ended, bounces included."""
    if not table.taps.size:
        return table.presses
    return np.asarray(table.presses[table.presses["time_s"] < table.taps["time_s"][0]])


def _all_presses(table: RunTable) -> Presses:
    onsets_s = table.cued["onset_s"]
    asked_s = float(onsets_s[-1] - onsets_s[0]) if onsets_s.size else 0.0
    rows = _cued_presses(table)
    return Presses(rows["time_s"], rows["use"] != BOUNCE, asked_s)


def _of_notes(table: RunTable) -> Flags:
    used = table.cued["press"] >= 0
    return np.concatenate([used, np.ones(table.taps.size, dtype=bool)])


def _count(presses: Presses) -> int:
    return int(presses.time_s.size)


_SOURCE = "Wilson 1927; Friedman et al. 2014"

KINDS = (
    Kind(
        name="hit_rate_pct", unit="%",
        meaning=N_("How many of the notes were played on their key."),
        source=_SOURCE, of="notes", minimum=MIN_NOTES,
        samples=lambda t: t.cued["verdict"] == HIT, formula=proportion_pct,
        asked=cued,
        senses=Sense.NOTHING, scopes=Scope.ALL,
    ),
    Kind(
        name="omission_rate_pct", unit="%",
        meaning=N_("How many of the notes got no press."),
        source=_SOURCE, of="notes", minimum=MIN_NOTES,
        samples=lambda t: t.cued["verdict"] == OMISSION, formula=proportion_pct,
        asked=cued,
        senses=Sense.NOTHING, scopes=Scope.ALL,
    ),
    Kind(
        name="wrong_finger_rate_pct", unit="%",
        meaning=N_("How many of the notes got the key of another finger."),
        source=_SOURCE, of="notes", minimum=MIN_NOTES,
        samples=_another_finger, formula=proportion_pct,
        asked=fingers_known,
        senses=Sense.FINGERS, scopes=Scope.ALL,
    ),
    Kind(
        name="wrong_key_rate_pct", unit="%",
        meaning=N_("How many of the notes got a key that belongs to no other finger."),
        source=_SOURCE, of="notes", minimum=MIN_NOTES,
        samples=_wrong_key, formula=proportion_pct,
        asked=cued,
        senses=Sense.NOTHING, scopes=Scope.ALL,
    ),
    Kind(
        name="extra_presses_per_min", unit="per min",
        meaning=N_("Presses that belong to no note, for each minute of playing."),
        source="Térémetz et al. 2015; Brown, Cai & DasGupta 2003", of="presses", minimum=2,
        samples=lambda t: _presses(t, EXTRA), formula=per_minute, count=_count,
        asked=cued,
        senses=Sense.NOTHING,
    ),
    Kind(
        name="bounces_per_min", unit="per min",
        meaning=N_("Keys that came down again at once, for each minute of playing."),
        source="project; Brown, Cai & DasGupta 2003", of="presses", minimum=2,
        samples=lambda t: _presses(t, BOUNCE), formula=per_minute, count=_count,
        asked=cued,
        senses=Sense.NOTHING,
    ),
    Kind(
        name="repetitions", unit="presses",
        meaning=N_("Presses that played what was asked: the dose."),
        source="Connell et al. 2014; Waddell et al. 2014", of="notes or taps", minimum=1,
        samples=_of_notes, formula=total,
        senses=Sense.NOTHING, scopes=Scope.ALL,
    ),
    Kind(
        name="active_time_pct", unit="%",
        meaning=N_("Share of the time in which the hand was playing, long silences left out."),
        source="Connell et al. 2014", of="presses", minimum=2,
        samples=_all_presses, formula=active_share_pct, count=_count,
        asked=cued,
        senses=Sense.NOTHING,
    ),
    Kind(
        name="shifted_notes", unit="notes",
        meaning=N_("Notes played with the whole hand to the side: one slip, however many notes."),
        source="project", of="notes", minimum=1,
        samples=lambda t: t.cued["shifted"], formula=total,
        asked=cued,
        senses=Sense.NOTHING, scopes=Scope.ALL,
    ),
    Kind(
        name="lost_notes", unit="notes",
        meaning=N_("Notes where the place in the music was lost; timing leaves them out."),
        source="project", of="notes", minimum=1,
        samples=lambda t: t.cued["lost"], formula=total,
        asked=cued,
        senses=Sense.NOTHING, scopes=Scope.ALL,
    ),
    Kind(
        name="ambiguous_notes", unit="notes",
        meaning=N_("Notes whose press cannot be told for sure; timing leaves them out."),
        source="project", of="notes", minimum=1,
        samples=lambda t: t.cued["confidence"] < t.context.sure, formula=total,
        asked=cued,
        senses=Sense.NOTHING, scopes=Scope.ALL,
    ),
)  # fmt: skip
"""The measures of accuracy and dose."""

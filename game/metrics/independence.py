"""Finger independence: overflow, independence, stillness, and holding while other fingers play.

Conventions: a target is a cued note with a known finger i. Finger j answered it when it pressed a key that
no note used rightly within 150 ms of the target, as this player times it (onset + the run's median
asynchrony, so that a constant latency changes nothing). E[i, j] is the share of the targets of i that j
answered, j ≠ i; each hand has its own 5 × 5 matrix, thumb first. Only presses whose finger can be told from
the key count.

Measures
    independence_index: 1 − mean over j of E[i, j]: how alone a finger moves; for a run, over all targets
    stillness_index: 1 − mean over i of E[i, j]: how still a finger stays; only for a finger
    overflow: E[i, j] itself, by hand, asked finger i and answering finger j
    hold_quality_pct: time that held keys stayed down while other fingers played, of the time asked

Sources: the form of the indices follows Häger-Ross & Schieber (2000), the hold Furuya & Altenmüller (2013);
MIDI sees only keys that went down, so this is overflow and not enslaving. Interval: Wilson's, with as many
trials as the spread of the targets' own shares leaves.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from game.metrics.kit.confidence import mean_interval, wilson
from game.metrics.kit.kind import FULL_KEY_DOWNS, KEY_IS_FINGER, N_, Kind, Scope, Sense, too_few
from game.metrics.kit.measure import Estimate, Measure
from game.metrics.kit.rows import EXTRA, WRONG_KEY, Rows
from game.metrics.kit.table import RunTable, joined

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]

MIN_TARGETS = 12
MIN_HELD = 4
NEAR_S = 0.15
OTHERS = 4
"""Other fingers of a hand."""


def targets(table: RunTable) -> Rows:
    """Cued notes whose hand and finger are known, without those of a hand to the side or a lost place."""
    notes = table.cued
    known = (notes["finger"] > 0) & (notes["hand"] > 0)
    return np.asarray(notes[known & ~notes["shifted"] & ~notes["lost"]])


def answers(table: RunTable, asked: Rows) -> Flags:
    """Of each target and finger 1 to 5 of its hand, whether that finger answered; shape (n, 5)."""
    presses = table.presses
    shifted = (presses["note"] >= 0) & table.run.notes["shifted"][presses["note"]] if presses.size else False
    use = presses["use"]
    stray = presses[((use == EXTRA) | (use == WRONG_KEY)) & (presses["finger"] > 0) & ~shifted]
    found = np.zeros((asked.size, 5), dtype=bool)
    due_s = asked["onset_s"] + table.bias_s
    order = np.argsort(due_s, kind="stable")
    # To 0.1 ms, so that the edge belongs to the window at any time of the run.
    reach_s, at_s = NEAR_S + 5e-5, stray["time_s"]
    first, last = (np.searchsorted(due_s[order], at_s + by_s).tolist() for by_s in (-reach_s, reach_s))
    for i, (hand, finger) in enumerate(zip(stray["hand"].tolist(), stray["finger"].tolist(), strict=True)):
        near = order[first[i] : last[i]]
        near = near[(asked["hand"][near] == hand) & (asked["finger"][near] != finger)]
        found[near, finger - 1] = True
    return found


def overflow(table: RunTable) -> dict[int, dict[int, dict[int, Measure]]]:
    """E[i, j] as measures by hand, asked finger i and answering finger j, of the fingers with a target."""
    return {
        hand: {i: _row(answers(table, of_finger), i) for i, of_finger in _by_finger(table, hand)}
        for hand in np.unique(targets(table)["hand"]).tolist()
    }


def _by_finger(table: RunTable, hand: int) -> Iterator[tuple[int, Rows]]:
    asked = targets(table)
    for i in np.unique(asked["finger"][asked["hand"] == hand]).tolist():
        yield i, asked[(asked["hand"] == hand) & (asked["finger"] == i)]


def _row(answered: Flags, asked_finger: int) -> dict[int, Measure]:
    """The shares of one asked finger's targets that the other fingers answered."""
    n, limits = answered.shape[0], (FULL_KEY_DOWNS, KEY_IS_FINGER)
    if n < MIN_TARGETS:
        few = Measure("overflow", "", None, n, None, too_few(MIN_TARGETS, "notes of a finger", n), limits)
        return {j: few for j in range(1, 6) if j != asked_finger}
    counts = np.count_nonzero(answered, axis=0).tolist()
    return {
        j: Measure("overflow", "", counts[j - 1] / n, n, wilson(counts[j - 1], n), "", limits)
        for j in range(1, 6)
        if j != asked_finger
    }


def aloneness(parts: Values) -> Estimate:
    """1 − mean of shares between 0 and 1, one for each target."""
    p, n = float(np.mean(parts)), parts.size
    variance = float(np.var(parts)) / n
    # Of one share in k trials the variance is p(1 − p)/k: how many trials the targets are worth.
    trials = min(OTHERS * n, max(n, p * (1 - p) / variance)) if variance > 0 else n
    low, high = wilson(p * trials, trials)
    return Estimate(1 - p, (1 - high, 1 - low))


def _other_fingers(table: RunTable) -> Values:
    """Of each target, the share of the other fingers that answered."""
    return np.asarray(answers(table, targets(table)).sum(axis=1) / OTHERS)


def _own_answers(table: RunTable) -> Values:
    """Of each target on the other fingers of this finger's hand, whether this finger answered."""
    asked = targets(table.run)
    asked = asked[(asked["hand"] == table.hand) & (asked["finger"] != table.finger)]
    return np.asarray(answers(table, asked)[:, table.finger - 1], dtype=np.float64)


def is_finger(table: RunTable) -> bool:
    """Whether this is the part of one finger, of a run that asks others of its hand too."""
    return table.finger > 0 and bool(_own_answers(table).size)


def fingered(table: RunTable) -> bool:
    """Whether the run says which finger is asked."""
    return bool(targets(table).size)


def held_notes(table: RunTable) -> NDArray[np.bool_]:
    """Which hits are held while other keys of the hand begin two notes or more."""
    whole, hits = table.run.cued, table.hits
    inside = np.zeros(hits.size, dtype=int)
    for hand in np.unique(hits["hand"]):
        own, asked = hits["hand"] == hand, whole["hand"] == hand
        inside[own] = _begun_during(hits[own], whole["onset_s"][asked])
        for pitch in np.unique(hits["pitch"][own]):
            same = own & (hits["pitch"] == pitch)
            inside[same] -= _begun_during(hits[same], whole["onset_s"][asked & (whole["pitch"] == pitch)])
    return np.asarray(inside >= 2)


def _begun_during(notes: Rows, onsets_s: Values) -> NDArray[np.int64]:
    """Of each note, how many of the onsets, which are in order, lie between its onset and its end."""
    begun = np.searchsorted(onsets_s, notes["onset_s"] + notes["duration_s"] - 1e-6)
    return np.asarray(begun - np.searchsorted(onsets_s, notes["onset_s"] + 1e-6))


def _held_pct(table: RunTable) -> Values:
    """Of each held note, the share of its asked time, from its own press on, in which the key was down."""
    found = []
    held = held_notes(table)
    for note, press in zip(table.hits[held], table.hit_presses[held], strict=True):
        since_s, until_s = press["time_s"], press["time_s"] + note["duration_s"]
        same = table.presses[
            (table.presses["pitch"] == press["pitch"]) & (table.presses["time_s"] >= since_s)
        ]
        ends_s = np.where(np.isnan(same["release_s"]), until_s, same["release_s"])
        # A later press of the key ends the one before it, so that no time counts twice.
        ends_s[:-1] = np.minimum(ends_s[:-1], same["time_s"][1:])
        down_s = np.clip(np.minimum(ends_s, until_s) - same["time_s"], 0, None)
        found.append(100 * float(np.sum(down_s)) / note["duration_s"])
    return joined([np.minimum(100.0, np.array(found))])


def hold_quality(shares_pct: Values) -> Estimate:
    """Mean share of the held time."""
    low, high = mean_interval(shares_pct)
    return Estimate(float(np.mean(shares_pct)), (max(0.0, low), min(100.0, high)))


def holds(table: RunTable) -> bool:
    """Whether keys are to be held while others are played."""
    notes = table.cued
    if not notes.size:
        return False
    return bool(np.any(_begun_during(notes, notes["onset_s"]) >= 2))


KINDS = (
    Kind(
        name="independence_index", unit="",
        meaning=N_("How independently a finger moves: 1 if no other finger presses with it."),
        source="after Häger-Ross & Schieber 2000", of="notes", minimum=MIN_TARGETS,
        samples=_other_fingers, formula=aloneness,
        asked=fingered,
        senses=Sense.FINGERS, scopes=Scope.RUN | Scope.FINGER | Scope.HAND, limits=(FULL_KEY_DOWNS,),
    ),
    Kind(
        name="stillness_index", unit="",
        meaning=N_("How still a finger stays while others press: 1 is quite still."),
        source="after Häger-Ross & Schieber 2000", of="notes of other fingers", minimum=MIN_TARGETS,
        samples=_own_answers, formula=aloneness,
        asked=is_finger,
        senses=Sense.FINGERS, scopes=Scope.FINGER, limits=(FULL_KEY_DOWNS,),
    ),
    Kind(
        name="hold_quality_pct", unit="%",
        meaning=N_("How much of the time held keys stayed down while other fingers played."),
        source="after Furuya & Altenmüller 2013", of="held notes", minimum=MIN_HELD,
        samples=_held_pct, formula=hold_quality,
        asked=holds,
        senses=Sense.RELEASE, scopes=Scope.RUN | Scope.FINGER | Scope.HAND,
    ),
)  # fmt: skip
"""The measures of independence."""

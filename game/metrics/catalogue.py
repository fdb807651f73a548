"""Every measure in one table, and the measures of a run, its fingers, hands and blocks."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from game.metrics import (
    accuracy,
    chords,
    continuation,
    decrement,
    dynamics,
    hands,
    independence,
    intervals,
    overlap,
    release,
    scales,
    tapping,
    tempo,
    timing,
)
from game.metrics.kit.kind import Kind, Scope
from game.metrics.kit.measure import Measure
from game.metrics.kit.rows import HANDS
from game.metrics.kit.table import RunTable

TOPICS = (
    accuracy, timing, intervals, tapping, continuation, decrement, dynamics,
    release, overlap, independence, chords, hands, scales, tempo,
)  # fmt: skip
"""One module for each topic, in the order of a report."""

KINDS: tuple[Kind, ...] = tuple(kind for topic in TOPICS for kind in topic.KINDS)
"""The catalogue."""

BY_NAME = {kind.name: kind for kind in KINDS}

BLOCK_NOTES = 24
"""Notes in a block."""

HAND_WORDS = {number: hand.value for hand, number in HANDS.items() if hand is not None}

Named = dict[str, tuple[Measure, ...]]
"""Measures by the name of the part."""


@dataclass(frozen=True)
class Measures:
    """All measures of a run."""

    run: tuple[Measure, ...]
    by_finger: Named
    by_hand: Named
    by_block: Named
    overflow: dict[str, dict[str, dict[str, Measure]]]
    """By hand, asked finger and answering finger."""

    def __getitem__(self, name: str) -> Measure:
        """A measure of the whole run by its name. KeyError where this run asks for no such measure."""
        found = {measure.name: measure for measure in self.run}
        return found[name]


def measured(table: RunTable) -> Measures:
    """All measures of a run and of its parts."""
    return Measures(measures(table), by_finger(table), by_hand(table), by_block(table), overflow(table))


def measures(table: RunTable) -> tuple[Measure, ...]:
    """The measures of a run, those that it asks for, in the order of the catalogue."""
    return _of(table, Scope.RUN, "")


def by_finger(table: RunTable) -> Named:
    """The measures of each finger that was asked, by `left-1` … `right-5`."""
    notes = table.notes
    pairs = np.unique(notes[(notes["hand"] > 0) & (notes["finger"] > 0)][["hand", "finger"]])
    return {
        f"{HAND_WORDS[hand]}-{finger}": _of(
            table.part((notes["hand"] == hand) & (notes["finger"] == finger), hand, finger),
            Scope.FINGER,
            "a finger",
        )
        for hand, finger in pairs.tolist()
    }


def by_hand(table: RunTable) -> Named:
    """The measures of each hand that was asked, by `left` and `right`."""
    asked = np.unique(table.notes["hand"][table.notes["hand"] > 0]).tolist()
    return {
        HAND_WORDS[hand]: _of(table.part(table.notes["hand"] == hand, hand), Scope.HAND, "a hand")
        for hand in asked
    }


def by_block(table: RunTable) -> Named:
    """The measures of each block of 24 cued notes, by `1`, `2`, …; the last one may be shorter."""
    return {str(k): _of(part, Scope.BLOCK, "a block") for k, part in enumerate(_blocks(table), 1)}


def overflow(table: RunTable) -> dict[str, dict[str, dict[str, Measure]]]:
    """The share of each finger's notes at which another finger of that hand pressed too."""
    return {
        HAND_WORDS[hand]: {str(i): {str(j): measure for j, measure in row.items()} for i, row in rows.items()}
        for hand, rows in independence.overflow(table).items()
    }


def _blocks(table: RunTable) -> Iterator[RunTable]:
    places = table.cued["place"]
    for first in range(0, places.size, BLOCK_NOTES):
        yield table.part(np.isin(table.notes["place"], places[first : first + BLOCK_NOTES]))


def _of(table: RunTable, scope: Scope, owner: str) -> tuple[Measure, ...]:
    kinds = (kind for kind in KINDS if scope in kind.scopes and kind.asked(table))
    return tuple(kind.measure(table, owner) for kind in kinds)

"""A run bar by bar: notes asked and notes played."""

from collections.abc import Sequence
from dataclasses import dataclass

from game.judge.verdicts import Verdict, Verdicts
from game.music.level import Level


@dataclass(frozen=True, slots=True)
class BarWent:
    """Notes due in a bar, and how many of them were played."""

    notes: int = 0
    hits: int = 0

    @property
    def left(self) -> int:
        """Number of notes that were not played."""
        return self.notes - self.hits


def by_bar(level: Level, verdicts: Verdicts) -> tuple[BarWent, ...]:
    """Every bar of a level, the first one first; the notes of a run that stopped before them are not due."""
    notes, hits = [0] * level.bar_count, [0] * level.bar_count
    for one in verdicts.judgements:
        bar = level.bar_of(level.notes[one.note.index].beat) - 1
        notes[bar] += 1
        hits[bar] += one.verdict is Verdict.HIT
    return tuple(map(BarWent, notes, hits))


def most_left(went: Sequence[BarWent], least: int, most: int) -> tuple[int, int] | None:
    """First and last of the bars, `least` to `most` in a row, around the one that left most.

    None if no bar left any. The stretch grows towards the neighbour that left more, and past `least` only
    while a neighbour left any.
    """
    left = [bar.left for bar in went]
    if not any(left):
        return None
    first = last = left.index(max(left))
    while last - first + 1 < min(most, len(left)):
        before = left[first - 1] if first else -1
        after = left[last + 1] if last + 1 < len(left) else -1
        if max(before, after) < 1 and last - first + 1 >= least:
            break
        first, last = (first - 1, last) if before >= after else (first, last + 1)
    return first + 1, last + 1

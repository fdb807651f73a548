"""Notes and presses of one key paired in order: the heaviest chain of pairs, exactly, in near-linear time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


CLEAR = 3.0
"""A reading less likely by that (a log of likelihoods) leaves a confidence of 0.9 and more."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of a note and a press that could belong together, as columns, sorted by note and then press.

    note, press: places in their lanes' order, in which keys follow each other and times rise on each key.
    weight: how much better it is to pair the two than to leave both alone, above 0.
    """

    note: Ints
    press: Ints
    weight: Floats


def spread(first: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Every row with every column from its first to before its end, as two columns of the same length."""
    counts = np.maximum(end - first, 0)
    rows = np.repeat(np.arange(len(first)), counts)
    starts = np.cumsum(counts) - counts
    return rows, np.arange(int(counts.sum())) - starts[rows] + first[rows]


def heaviest(pairs: Pairs, notes: int, margins: Floats | None = None) -> Ints:
    """For each note the press it is paired with, or −1: each used once, in order, of the greatest weight.

    margins: one for each note, filled with what less the best choice weighs that treats the note otherwise.
    """
    chosen = np.full(notes, -1, dtype=np.int64)
    if not len(pairs.note):
        return chosen
    pairs = thinned(pairs)
    heads = _heads(pairs)
    ends = np.append(heads[1:], len(pairs.note))
    alone = heads[ends - heads == 1]
    chosen[pairs.note[alone]] = pairs.press[alone]
    if margins is not None:
        margins[pairs.note[alone]] = pairs.weight[alone]
    note, press, weight = pairs.note.tolist(), pairs.press.tolist(), pairs.weight.tolist()
    crowded = ends - heads > 1
    for head, end in zip(heads[crowded].tolist(), ends[crowded].tolist(), strict=True):
        chain = _Chain(note[head:end], press[head:end], weight[head:end])
        for at in chain.chosen():
            chosen[note[head + at]] = press[head + at]
        if margins is not None:
            for row, margin in chain.margins():
                margins[row] = margin
    return chosen


def thinned(pairs: Pairs) -> Pairs:
    """The pairs without those that no good reading has, so that most of what is left stands alone.

    A note's pair is left out where its best press, taken from whoever else wants it most, is better by
    `CLEAR`; and a press's pair likewise.
    """
    if not len(pairs.note):
        return pairs
    by_note, by_press = _rivals(pairs.note, pairs.weight), _rivals(pairs.press, pairs.weight)
    kept = (_lost(pairs, by_note, by_press) < CLEAR) & (_lost(pairs, by_press, by_note) < CLEAR)
    return Pairs(pairs.note[kept], pairs.press[kept], pairs.weight[kept])


def _rivals(of: Ints, weight: Floats) -> tuple[Ints, Floats]:
    """For each pair which pair of the same one (note or press) is best, and the best weight beside itself."""
    order = np.lexsort((-weight, of))
    first = np.flatnonzero(np.diff(of[order], prepend=-1))
    count = np.diff(first, append=len(order))
    best = order[first]
    second = np.where(count > 1, weight[order[np.minimum(first + 1, len(order) - 1)]], 0.0)
    at, rival = np.empty(len(order), dtype=np.int64), np.empty(len(order))
    at[order], rival[order] = np.repeat(best, count), np.repeat(weight[best], count)
    rival[best] = second
    return at, rival


def _lost(pairs: Pairs, mine: tuple[Ints, Floats], others: tuple[Ints, Floats]) -> Floats:
    """How much is lost at least by each pair beside the best one of its note or press."""
    best = mine[0]
    own = best == np.arange(len(best))
    return np.where(own, 0.0, pairs.weight[best] - others[1][best] - pairs.weight)


def mutual(pairs: Pairs, notes: int) -> Ints:
    """For each note the press that it weighs most with, where that press weighs most with it too, or −1."""
    chosen = np.full(notes, -1, dtype=np.int64)
    if not len(pairs.note):
        return chosen
    of_note = np.zeros(notes)
    np.maximum.at(of_note, pairs.note, pairs.weight)
    of_press = np.zeros(int(pairs.press.max()) + 1)
    np.maximum.at(of_press, pairs.press, pairs.weight)
    best = (pairs.weight == of_note[pairs.note]) & (pairs.weight == of_press[pairs.press])
    note, first = np.unique(pairs.note[best], return_index=True)
    press, only = np.unique(pairs.press[best][first], return_index=True)
    chosen[note[only]] = press
    return chosen


def _heads(pairs: Pairs) -> Ints:
    """Where groups of pairs begin that share no note and no press with those before, nor cross them."""
    furthest = np.maximum.accumulate(pairs.press)
    apart = (pairs.note[1:] != pairs.note[:-1]) & (pairs.press[1:] > furthest[:-1])
    return np.flatnonzero(np.append(True, apart))


class _Chain:
    """One group of pairs. A prefix is so many of its presses from the left, a suffix from there on."""

    def __init__(self, note: list[int], press: list[int], weight: list[float]) -> None:
        self._base = min(press)
        self._press = [p - self._base for p in press]
        self._weight = weight
        self._size = max(self._press) + 1
        cuts = [at for at in range(len(note)) if at == 0 or note[at] != note[at - 1]]
        self._rows = list(zip(cuts, [*cuts[1:], len(note)], strict=True))
        self._note = [note[at] for at in cuts]
        self._lowest_after = self._lowest()
        self._before: list[list[float]] = []
        self._through: list[float] = []
        self._parent: list[int] = []
        self._last = self._forward()

    def chosen(self) -> list[int]:
        """Places of the pairs of the heaviest chain, the last first."""
        path, at = [], self._last
        while at >= 0:
            path.append(at)
            at = self._parent[at]
        return path

    def margins(self) -> list[tuple[int, float]]:
        """For each note how much the best reading outweighs the best one that treats it otherwise."""
        through, without = self._backward()
        heaviest = through[self._last]
        chosen = set(self.chosen())
        found = []
        for row, (head, end) in enumerate(self._rows):
            taken = [at for at in range(head, end) if at in chosen]
            others = [through[at] for at in range(head, end) if at not in chosen]
            rival = max([*others, without[row]] if taken else others)
            found.append((self._note[row], heaviest - rival))
        return found

    def _lowest(self) -> list[int]:
        """For each note the lowest press among the pairs of the notes after it."""
        lowest, found = self._size, []
        for head, _ in reversed(self._rows):
            found.append(lowest)
            lowest = min(lowest, self._press[head])
        return found[::-1]

    def _forward(self) -> int:
        """Weigh all chains from the left; the last pair of the heaviest one."""
        press, weight = self._press, self._weight
        best, last, top = [0.0] * (self._size + 1), [-1] * (self._size + 1), 0
        for row, (head, end) in enumerate(self._rows):
            self._before.append(best[min(top, self._lowest_after[row]) : top + 1])
            reached = press[end - 1] + 1
            if reached > top:
                best[top + 1 : reached + 1] = [best[top]] * (reached - top)
                last[top + 1 : reached + 1] = [last[top]] * (reached - top)
                top = reached
            for at in range(head, end):
                self._through.append(weight[at] + best[press[at]])
                self._parent.append(last[press[at]])
            for at in range(head, end):
                value, place = self._through[at], press[at] + 1
                while place <= top and best[place] < value:
                    best[place], last[place] = value, at
                    place += 1
        return last[top]

    def _backward(self) -> tuple[list[float], list[float]]:
        """The weight of the heaviest chain through each pair, and of the heaviest without each note."""
        press, weight = self._press, self._weight
        best, bottom = [0.0] * (self._size + 1), self._size
        through, without = self._through.copy(), [0.0] * len(self._rows)
        for row in range(len(self._rows) - 1, -1, -1):
            head, end = self._rows[row]
            before = self._before[row]
            start = self._lowest_after[row]
            without[row] = max(left + best[start + i] for i, left in enumerate(before))
            low = press[head]
            if low < bottom:
                best[low:bottom] = [best[bottom]] * (bottom - low)
                bottom = low
            values = [weight[at] + best[press[at] + 1] for at in range(head, end)]
            for at in range(head, end):
                through[at] += best[press[at] + 1]
            for at, value in zip(range(head, end), values, strict=True):
                place = press[at]
                while place >= bottom and best[place] < value:
                    best[place] = value
                    place -= 1
        return through, without

"""The notes of a run as groups that begin together, with what a search by order looks up in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from game.judge.clinical import prices

GROUP_S = 0.008
"""Notes whose onsets lie no further from the first of them are one group."""

REACH = 4
"""A step leads to one of the next so many groups; further is a jump."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Groups of notes in the order of time, with what the search looks up in them.

    onset_s: of each group. bits: of each group its keys, each with a bit for every note of that key.
    size: notes of each group. before: notes before each group, and of all. reach: of each group by key, the
    groups within `REACH` after it that ask for the key. near: keys asked about the same time, as bits.
    coming: keys of a group and the `REACH` after it. groups: by key, rising.
    """

    onset_s: list[float]
    bits: list[dict[int, int]]
    size: list[int]
    before: list[int]
    reach: list[dict[int, list[int]]]
    near: list[int]
    coming: list[int]
    groups: dict[int, list[int]]

    @classmethod
    def of(
        cls, onset_s: Sequence[float], pitch: Sequence[int], asked: Sequence[int]
    ) -> "tuple[Piece, list[int]]":
        """The piece of notes in the order of onset, and the group of each note.

        asked: the key of each note where the hand lay to the side; its own key plays it as well.
        """
        starts: list[float] = []
        group_of: list[int] = []
        bits: list[dict[int, int]] = []
        size: list[int] = []
        for time_s, key, beside in zip(onset_s, pitch, asked, strict=True):
            if not starts or time_s - starts[-1] > GROUP_S:
                starts.append(time_s)
                bits.append({})
                size.append(0)
            for one in {key, beside}:
                bits[-1][one] = bits[-1].get(one, 0) | 1 << size[-1]
            size[-1] += 1
            group_of.append(len(starts) - 1)
        return cls._indexed(starts, bits, size), group_of

    @classmethod
    def _indexed(cls, onset_s: list[float], bits: list[dict[int, int]], size: list[int]) -> "Piece":
        count = len(onset_s)
        masks = [sum(1 << key for key in own) for own in bits]
        groups: dict[int, list[int]] = {}
        reach: list[dict[int, list[int]]] = []
        before = [0]
        for at, own in enumerate(bits):
            for key in own:
                groups.setdefault(key, []).append(at)
            found: dict[int, list[int]] = {}
            for after in range(at + 1, min(count, at + 1 + REACH)):
                for key in bits[after]:
                    found.setdefault(key, []).append(after)
            reach.append(found)
            before.append(before[-1] + size[at])
        coming = []
        for at in range(count):
            keys = 0
            for mask in masks[at : at + REACH + 1]:
                keys |= mask
            coming.append(keys)
        return cls(onset_s, bits, size, before, reach, _near(onset_s, masks), coming, groups)

    def mirrored(self) -> "Piece":
        """The piece played backwards, its time counted backwards from 0."""
        onset_s = [-time_s for time_s in reversed(self.onset_s)]
        return self._indexed(onset_s, self.bits[::-1], self.size[::-1])


def _near(onset_s: list[float], masks: list[int]) -> list[int]:
    found, count = [], len(onset_s)
    first = 0
    for time_s in onset_s:
        while onset_s[first] < time_s - prices.APART_ASKED_S:
            first += 1
        keys, after = 0, first
        while after < count and onset_s[after] <= time_s + prices.APART_ASKED_S:
            keys |= masks[after]
            after += 1
        found.append(keys)
    return found

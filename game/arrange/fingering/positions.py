"""The cheapest way through the music: where the hand lies still, and where it moves.

The music is cut into stretches in which the hand lies in one position: every key has its finger there, and
fingers lie in the order of the keys. A stretch costs its posture and the steps within it, a cut costs the
move. Dynamic programming finds the cheapest. What a cut leaves open is what the fingers hold then; within a
stretch it is the keys of the position, so that stretches that come to have the same keys go on as one.
"""

from collections.abc import Mapping, Sequence
from math import inf
from operator import add

from game.arrange.fingering.events import FingeringEvent
from game.arrange.fingering.hand import Fingers, Pitches
from game.arrange.fingering.tables import Growth, Growths, Step, Tables, lower, octaves_of

Forced = Mapping[int, int]
"""Fingers that are settled, by the place of the note in the music."""

_Stretch = tuple[int, Pitches, int]
"""Its first event, its keys, and the way in which it takes them."""
_Lying = tuple[list[float], list[int]]
"""For each way to lie on some keys, what it costs until now, and the first event of the stretch."""
_LESS = 1e-9


class FingeringSearch:
    """The cheapest fingering of one hand's events. No event may have more keys under it than fingers."""

    def __init__(self, music: Sequence[FingeringEvent], tables: Tables, forced: Forced | None = None) -> None:
        self._music, self._tables, self._forced = music, tables, forced or {}
        self._near: dict[Step, Growths] = {}
        self._settled = [any(map(self._forced.__contains__, event.places)) for event in music]
        ways = [len(tables.ways(len(event.under))) for event in music]
        self._costs = [[inf] * count for count in ways]
        self._cuts: list[list[_Stretch | None]] = [[None] * count for count in ways]
        lying: dict[Pitches, _Lying] = {}
        for at in range(len(music)):
            lying = self._at(at, lying)

    def cost(self) -> float:
        return min(self._costs[-1]) if self._music else 0.0

    def fingers(self) -> tuple[Fingers, ...]:
        """The fingers of each event's pitches, from below."""
        played: list[Fingers] = []
        end, down = len(self._music) - 1, self._cheapest_end()
        while end >= 0:
            cut = self._cuts[end][down]
            if cut is None:
                break
            start, keys, way = cut
            played += [self._played(at, keys, way) for at in range(end, start - 1, -1)]
            down = self._before(start, self._tables.restricted(keys, self._music[start].under)[way])
            end = start - 1
        return tuple(reversed(played))

    def _cheapest_end(self) -> int:
        return self._costs[-1].index(min(self._costs[-1])) if self._music else 0

    def _played(self, at: int, keys: Pitches, way: int) -> Fingers:
        """An event's fingers where the hand lies on keys in a way."""
        pitches = self._music[at].pitches
        return self._tables.ways(len(pitches))[self._tables.restricted(keys, pitches)[way]]

    def _at(self, at: int, before: Mapping[Pitches, _Lying]) -> dict[Pitches, _Lying]:
        """All ways to play an event: in positions from before, and where the hand is laid down anew."""
        now, lying = self._music[at], dict[Pitches, _Lying]()
        grown, settled = self._grown(at), self._settled[at]
        for lain, (known, own) in before.items():
            growth = grown[lain]
            if growth is None:
                continue
            keys, parents, more, downs = growth
            if parents is not None:
                known, own = [known[parent] for parent in parents], [own[parent] for parent in parents]
            costs = list(map(add, known, more))
            if settled:
                costs = self._agreeing(now, keys, costs)
            if min(costs) < inf:
                lies = costs, own
                if keys in lying:
                    lies = _cheaper(lying[keys], lies)
                lying[keys] = lies
                self._note(at, keys, lies, downs)
        costs = self._laid(at)
        lying[now.under] = _cheaper(lying.get(now.under), (costs, [at] * len(costs)))
        self._note(at, now.under, lying[now.under], range(len(costs)))
        return lying

    def _grown(self, at: int) -> Growths:
        """How positions take in an event, by their keys where these are."""
        now = self._music[at]
        step = self._music[at - 1].pitches, now.pitches, now.under
        if step not in self._near:
            octaves = octaves_of(now.pitches)
            lowered = self._tables.growths(*step, octaves)

            def find(lain: Pitches) -> Growth | None:
                found = lowered[lower(lain, octaves)]
                return found and found._replace(keys=lower(found.keys, -octaves))

            self._near[step] = Growths(find)
        return self._near[step]

    def _laid(self, start: int) -> list[float]:
        """What it costs at best to come to an event and play it in each way."""
        now = self._music[start]
        costs = list(self._tables.laid(now.under, now.pitches))
        if start:
            came = [min(map(add, self._costs[start - 1], row)) for row in self._moves(start)]
            costs = list(map(add, came, costs))
        return self._agreeing(now, now.under, costs) if self._settled[start] else costs

    def _moves(self, start: int) -> tuple[tuple[float, ...], ...]:
        last, now = self._music[start - 1], self._music[start]
        return self._tables.moves(last.under, now.under, now.freedom)

    def _before(self, start: int, way: int) -> int:
        """The way in which the event before is held at best, where this one is taken in a way."""
        if start == 0:
            return 0
        costs = list(map(add, self._costs[start - 1], self._moves(start)[way]))
        return costs.index(min(costs))

    def _agreeing(self, event: FingeringEvent, keys: Pitches, costs: list[float]) -> list[float]:
        """The costs of the ways that have the settled fingers on an event's keys, and no others."""
        each = zip(event.pitches, event.places, strict=True)
        slots = [(keys.index(p), self._forced[at]) for p, at in each if at in self._forced]
        ways = self._tables.ways(len(keys))
        return [
            cost if all([fingers[slot] == finger for slot, finger in slots]) else inf
            for cost, fingers in zip(costs, ways, strict=True)
        ]

    def _note(self, at: int, keys: Pitches, lying: _Lying, downs: Sequence[int]) -> None:
        """Remember the cheapest way for each set of fingers down at an event."""
        (costs, starts), known, cuts = lying, self._costs[at], self._cuts[at]
        most = max(known)
        for way, cost in enumerate(costs):
            if cost < most and cost < known[downs[way]] - _LESS:
                down = downs[way]
                known[down], cuts[down] = cost, (starts[way], keys, way)


def _cheaper(one: _Lying | None, other: _Lying) -> _Lying:
    """For each way the cheaper of two stretches, of equals the first."""
    if one is None:
        return other
    each = zip(*one, *other, strict=True)
    found = [(d, t) if d < c - _LESS else (c, s) for c, s, d, t in each]
    return [cost for cost, _ in found], [start for _, start in found]

"""Costs of all ways to take some keys at once: continuing a position, and moving to another.

So many keys are taken in ten ways at most. A table has the costs of them all, in the order of `choices`; what
cannot be done costs infinitely much. Music comes back to the same keys, so tables are kept.
"""

from collections.abc import Callable, Sequence
from functools import cache
from math import inf
from operator import eq
from typing import NamedTuple

from game.arrange.fingering.costs import FAR
from game.arrange.fingering.hand import Ergonomics, Fingers, Pitches, Places, choices, origin, place
from game.music.scales import OCTAVE

Ways = tuple[float, ...]
"""A cost for each way to take some keys."""
Step = tuple[Pitches, Pitches, Pitches]
"""The pitches of an event and of the next one; the keys under that."""


class Growth(NamedTuple):
    """How a position takes in one event more.

    keys: those of the position then. parents: for each way to lie on them, the way from which it comes; None
    where the keys are those before and each comes from itself. more: what each costs more. downs: for each,
    the way in which it takes the keys under the event.
    """

    keys: Pitches
    parents: tuple[int, ...] | None
    more: Ways
    downs: tuple[int, ...]


def octaves_of(pitches: Pitches) -> int:
    """The whole octaves under the lowest of some keys, in semitones."""
    return pitches[0] - pitches[0] % OCTAVE


def lower(pitches: Pitches, octaves: int) -> Pitches:
    """Keys some octaves lower."""
    return tuple([p - octaves for p in pitches])


@cache
def restricted(count: int, slots: tuple[int, ...], allowed: frozenset[int]) -> tuple[int, ...]:
    """For each way to take so many keys, the way in which it takes those at some slots."""
    places = {fingers: at for at, fingers in enumerate(choices(len(slots), allowed))}
    return tuple(places[tuple(fingers[s] for s in slots)] for fingers in choices(count, allowed))


@cache
def pairs(count: int, slot: int, then: int, allowed: frozenset[int]) -> tuple[Fingers, ...]:
    """For each way to take so many keys, the fingers at two slots."""
    return tuple((fingers[slot], fingers[then]) for fingers in choices(count, allowed))


@cache
def shared(count: int, then: int, allowed: frozenset[int]) -> tuple[tuple[int, ...], ...]:
    """For each way to take so many keys after a move, how many fingers it has in common with each before."""
    before = [frozenset(fingers) for fingers in choices(count, allowed)]
    return tuple(tuple(len(b.intersection(now)) for b in before) for now in choices(then, allowed))


class Growths(dict[Pitches, Growth | None]):
    """How positions, by their keys, take in one event more; found when it is first asked for."""

    def __init__(self, find: Callable[[Pitches], Growth | None]) -> None:
        self._find = find

    def __missing__(self, lain: Pitches) -> Growth | None:
        found = self[lain] = self._find(lain)
        return found


class Tables:
    """The costs of one hand's ways."""

    def __init__(self, hand: Ergonomics) -> None:
        self._hand, self.allowed = hand, hand.allowed
        self._growths: dict[Step, Growths] = {}
        self._moves: dict[tuple[Pitches, Pitches, float], tuple[Ways, ...]] = {}
        self._lain: dict[Pitches, Ways] = {}
        self._laid: dict[tuple[Pitches, Pitches], Ways] = {}
        self._postures: dict[Places, Ways] = {}
        self._steps: dict[tuple[int, int], dict[Fingers, float]] = {}
        self._played: dict[Pitches, Ways] = {}
        self._widest = hand.widest_semitones

    @property
    def size(self) -> int:
        """How many steps and moves are kept."""
        return sum(map(len, self._growths.values())) + len(self._moves)

    def ways(self, count: int) -> tuple[Fingers, ...]:
        """The ways to take so many keys."""
        return choices(count, self.allowed)

    def restricted(self, keys: Pitches, some: Pitches) -> tuple[int, ...]:
        """For each way to take keys, the way in which it takes some of them."""
        return restricted(len(keys), tuple([keys.index(p) for p in some]), self.allowed)

    def laid(self, under: Pitches, pitches: Pitches) -> Ways:
        """Laying the hand on keys and playing some of them."""
        known = self._laid.get((under, pitches))
        if known is None:
            on, played = self._on(pitches), self.restricted(under, pitches)
            ways = [posture + on[way] for posture, way in zip(self._lying(under), played, strict=True)]
            known = self._laid[under, pitches] = tuple(ways)
        return known

    def _lying(self, keys: Pitches) -> Ways:
        """Lying over keys."""
        known = self._lain.get(keys)
        if known is None:
            lowest = place(keys[0])
            known = self._lain[keys] = self._posture(tuple([place(p) - lowest for p in keys]))
        return known

    def _posture(self, places: Places) -> Ways:
        known = self._postures.get(places)
        if known is None:
            ways, posture = self.ways(len(places)), self._hand.posture
            known = self._postures[places] = tuple([posture(places, fingers) for fingers in ways])
        return known

    def _on(self, pitches: Pitches) -> Ways:
        """Playing keys at once."""
        known = self._played.get(pitches)
        if known is None:
            ways, on_keys = self.ways(len(pitches)), self._hand.on_keys
            known = self._played[pitches] = tuple([on_keys(fingers, pitches) for fingers in ways])
        return known

    def growths(self, last: Pitches, now: Pitches, under: Pitches, octaves: int) -> Growths:
        """How positions take in one event more; None for those with which no hand does.

        last, now: the pitches of the event before and of this one. under: the keys under it. octaves:
        semitones by which all of it is lowered, since all octaves are alike: the keys by which growths are
        asked for, and those that they have, are lowered by them.
        """
        step = lower(last, octaves), lower(now, octaves), lower(under, octaves)
        if step not in self._growths:
            self._growths[step] = Growths(lambda lain: self._growth(lain, *step))
        return self._growths[step]

    def _growth(self, lain: Pitches, last: Pitches, now: Pitches, under: Pitches) -> Growth | None:
        keys = tuple(sorted({*lain, *under}))
        if len(keys) > len(self.allowed) or keys[-1] - keys[0] > self._widest:
            return None
        costs = self._stepped(keys, last, now)
        parents = self.restricted(keys, lain)
        if keys != lain:
            before, wider = self._lying(lain), self._lying(keys)
            more = [w - before[p] if w < FAR else inf for w, p in zip(wider, parents, strict=True)]
            costs = list(map(sum, zip(costs, more, strict=True)))
        if min(costs) == inf:
            return None
        return Growth(keys, None if keys == lain else parents, tuple(costs), self.restricted(keys, under))

    def _stepped(self, keys: Pitches, last: Pitches, now: Pitches) -> list[float]:
        """Playing an event, and the steps to it between the outer keys, which carry the lines."""
        on, played = self._on(now), self.restricted(keys, now)
        upper = self._step(keys, last[-1], now[-1])
        if len(last) == len(now) == 1:
            return [on[way] + step for way, step in zip(played, upper, strict=True)]
        lower = self._step(keys, last[0], now[0])
        return [on[way] + (up + low) / 2 for way, up, low in zip(played, upper, lower, strict=True)]

    def _step(self, keys: Pitches, pitch: int, then: int) -> list[float]:
        """Playing two of the keys in turn."""
        fingers, step = sorted(self.allowed), self._hand.step
        known = self._steps.get((pitch, then))
        if known is None:
            known = {(f, g): step(f, pitch, g, then) for f in fingers for g in fingers}
            self._steps[pitch, then] = known
        return [known[pair] for pair in pairs(len(keys), keys.index(pitch), keys.index(then), self.allowed)]

    def moves(self, keys: Pitches, then: Pitches, freedom: float) -> tuple[Ways, ...]:
        """Moving from keys to others: for each way afterwards, the costs from each before it."""
        octaves = octaves_of(keys)
        keys, then = lower(keys, octaves), lower(then, octaves)
        known = self._moves.get((keys, then, freedom))
        if known is None:
            moved = self._moved if len(keys) == len(then) == 1 else self._moved_chord
            known = self._moves[keys, then, freedom] = moved(keys, then, freedom)
        return known

    def _moved(self, keys: Pitches, then: Pitches, freedom: float) -> tuple[Ways, ...]:
        fingers, (key,), (following,), move = sorted(self.allowed), keys, then, self._hand.move
        return tuple(tuple([move(f, key, g, following, freedom) for f in fingers]) for g in fingers)

    def _moved_chord(self, keys: Pitches, then: Pitches, freedom: float) -> tuple[Ways, ...]:
        hand, ease = self._hand, self._hand.ease(freedom)
        both = [p for p in keys if p in then]
        before = [(origin(keys, f), _fingers_on(both, keys, f)) for f in self.ways(len(keys))]
        rows = []
        for g, common in zip(self.ways(len(then)), shared(len(keys), len(then), self.allowed), strict=True):
            here, own, row = origin(then, g), _fingers_on(both, then, g), []
            for (there, others), fingers in zip(before, common, strict=True):
                same = sum(map(eq, own, others))
                row.append(hand.move_chord(abs(here - there), len(both) - same, fingers - same, ease))
            rows.append(row)
        if keys == then:
            for at, row in enumerate(rows):
                row[at] = hand.costs.stay
        return tuple(map(tuple, rows))


def _fingers_on(some: Sequence[int], keys: Pitches, fingers: Fingers) -> Fingers:
    """The fingers on some of the keys."""
    return tuple([fingers[keys.index(p)] for p in some])

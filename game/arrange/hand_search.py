"""The cheapest way to share a piece between two hands: a beam search over the groups of notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from game.arrange.hand_costs import (
    Costs,
    Lying,
    crossing,
    crossing_held,
    moving,
    reaching,
    splitting,
)
from game.music.note import Hand, Note

_PLACES = (48.0, 72.0)
_LONG_AGO_S = -4.0
_RECENT = 8
_HELD_FROM_S = 0.05
_HELD_KEYS = 12
_NOWHERE = -1e6


@dataclass(frozen=True, slots=True)
class _Beginning:
    """A way to share what was until now. recent: its last splits as a number. alone: who played last."""

    cost: float
    recent: int
    left: Lying
    right: Lying
    alone: Hand | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """Notes that begin together, from below."""

    pitches: tuple[int, ...]
    onset_s: float

    def edges(self, hand: Hand, left: int) -> tuple[int, int]:
        """Outer and inner edge of what a hand plays where so many go to the left."""
        p = self.pitches
        return (p[0], p[left - 1]) if hand is Hand.LEFT else (p[-1], p[left])

    @property
    def mean(self) -> float:
        return sum(self.pitches) / len(self.pitches)


@dataclass(frozen=True, slots=True)
class _Prices:
    """What each split costs for one hand; and how far the other would reach over what it holds."""

    own: list[float]
    over: list[float]


class Search:
    """The cheapest beginnings so far, each with where it leaves the two hands."""

    def __init__(self, costs: Costs) -> None:
        self._of = costs
        left, right = (Lying(place, place, place, _LONG_AGO_S) for place in _PLACES)
        self._ways = [_Beginning(0.0, 0, left, right)]
        self._before, self._before_s = 60.0, _LONG_AGO_S
        self._held: dict[int, tuple[int, float]] = {}
        self._number = 0
        self._steps: list[list[tuple[int, int]]] = []

    def take(self, notes: Sequence[Note], middle: float) -> None:
        """The next group, by pitch. middle: where the hands' registers meet."""
        group = _Group(tuple([n.pitch for n in notes]), notes[0].onset_s)
        until_s = group.onset_s + _HELD_FROM_S
        self._held = {number: key for number, key in self._held.items() if key[1] > until_s}
        kept = self._cheapest(self._totals(group, middle), len(notes) + 1)
        self._steps.append([(came, left) for _, came, left, _ in kept])
        self._ways = self._gone(group, kept)
        self._before, self._before_s = group.mean, group.onset_s
        for note in notes:
            self._held[self._number] = note.pitch, note.end_s
            self._number += 1
        for number in list(self._held)[:-_HELD_KEYS]:
            del self._held[number]

    def best(self) -> list[int]:
        """How many notes of each group go to the left hand, on the cheapest way."""
        costs = [way.cost for way in self._ways]
        at, lefts = costs.index(min(costs)), []
        for step in reversed(self._steps):
            at, left = step[at]
            lefts.append(left)
        return lefts[::-1]

    def _totals(self, group: _Group, middle: float) -> list[float]:
        """What each beginning costs with each split of the next group, one beginning after the other."""
        of, held = self._of, bool(self._held)
        splits = splitting(of, group.pitches, middle)
        known: dict[int, _Prices] = {}
        totals: list[float] = []
        for way in self._ways:
            for lying, hand in ((way.left, Hand.LEFT), (way.right, Hand.RIGHT)):
                if id(lying) not in known:
                    known[id(lying)] = self._prices(group, lying, hand)
            left, right = known[id(way.left)], known[id(way.right)]
            each = zip(splits, left.own, right.own, strict=True)
            costs = [way.cost + split + a + b for split, a, b in each]
            if held:
                overs = map(max, left.over, right.over)
                costs = [cost + crossing_held(of, over) for cost, over in zip(costs, overs, strict=True)]
            if way.alone:
                costs[0 if way.alone is Hand.LEFT else -1] += self._handing_over(group)
            totals += costs
        return totals

    def _prices(self, group: _Group, lying: Lying, hand: Hand) -> _Prices:
        """What it costs a hand to play its share of each split and not to be in the other's way."""
        of, size, keys = self._of, len(group.pitches), self._keys(lying)
        mine = range(1, size + 1) if hand is Hand.LEFT else range(size)
        other = Hand.LEFT if hand is Hand.RIGHT else Hand.RIGHT
        own, over = [0.0] * (size + 1), [_NOWHERE] * (size + 1)
        for left in mine:
            outer, inner = group.edges(hand, left)
            own[left] = moving(of, lying, outer, inner, group.onset_s)
            if self._held:
                own[left] += reaching(of, [outer, inner, *keys])
        for left in range(size) if hand is Hand.LEFT else range(1, size + 1):
            inner = group.edges(other, left)[1]
            if hand is Hand.LEFT:
                own[left] += crossing(of, lying.place - inner)
                over[left] = max(keys, default=_NOWHERE) - inner
            else:
                own[left] += crossing(of, inner - lying.place)
                over[left] = inner - min(keys, default=-_NOWHERE)
        return _Prices(own, over)

    def _keys(self, lying: Lying) -> list[int]:
        """The pitches of the keys that a hand still holds."""
        held = self._held
        return [held[number][0] for number in lying.down if number in held]

    def _handing_over(self, group: _Group) -> float:
        """Where one hand alone played last, near by: the other hand alone going on costs."""
        of, away = self._of, abs(group.mean - self._before)
        if away >= of.switch_near:
            return 0.0
        return of.switch * (1 - away / of.switch_near) * exp(self._before_s - group.onset_s)

    def _cheapest(self, totals: list[float], options: int) -> list[tuple[float, int, int, int]]:
        """The cheapest, best first, of those that differ in their last few splits; of equals the first.

        Each as its cost, its beginning, how many notes go to the left, and its last splits.
        """
        order = sorted(range(len(totals)), key=totals.__getitem__)[: 3 * self._of.beam]
        kept: dict[int, tuple[float, int, int, int]] = {}
        for i in order:
            came, left = divmod(i, options)
            recent = (self._ways[came].recent * 8 + min(left, 7)) % 8**_RECENT
            kept.setdefault(recent, (totals[i], came, left, recent))
        return list(kept.values())[: self._of.beam]

    def _gone(self, group: _Group, kept: list[tuple[float, int, int, int]]) -> list[_Beginning]:
        """Where the kept beginnings leave the hands, their costs beyond the cheapest's."""
        size, least = len(group.pitches), kept[0][0]
        known: dict[tuple[int, int], Lying] = {}
        ways = []
        for cost, came, left, recent in kept:
            way = self._ways[came]
            hands = []
            for lying, hand, plays in (
                (way.left, Hand.LEFT, left > 0),
                (way.right, Hand.RIGHT, left < size),
            ):
                if plays and (id(lying), left) not in known:
                    known[id(lying), left] = self._after(group, lying, hand, left)
                hands.append(known[id(lying), left] if plays else lying)
            alone = Hand.LEFT if left == size else Hand.RIGHT if left == 0 else None
            ways.append(_Beginning(cost - least, recent, hands[0], hands[1], alone))
        return ways

    def _after(self, group: _Group, lying: Lying, hand: Hand, left: int) -> Lying:
        first, last = (0, left) if hand is Hand.LEFT else (left, len(group.pitches))
        new = range(self._number + first, self._number + last)
        down = (*(number for number in lying.down if number in self._held), *new)
        return lying.after(self._of, group.edges(hand, left), group.onset_s, down)

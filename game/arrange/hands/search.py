"""The cheapest way to share a piece between two hands: a beam search over the groups of notes."""

from collections.abc import Sequence
from math import exp, log1p
from typing import NamedTuple

from game.arrange.hands.costs import (
    HandCosts,
    LastStroke,
    crossing,
    crossing_held,
    near,
    reaching,
    splitting,
    striking,
)
from game.music.note import Hand, Note

_PLACES = (48.0, 72.0)
_LONG_AGO_S = -4.0
_RECENT = 8
_HELD_FROM_S = 0.05
_HELD_KEYS = 12
_NOWHERE = -1e6


class _Lying(NamedTuple):
    """State of a hand: its recent centre in semitones, and its last stroke.

    down: the notes whose keys it holds, and some that it has let go, each as the bit of its number.
    """

    place: float
    last: LastStroke
    down: int = 0


class _HeldKey(NamedTuple):
    """A key that is held: its note as a bit, its pitch, and until when."""

    bit: int
    pitch: int
    end_s: float


class _Beginning(NamedTuple):
    """A way to share what was until now. recent: its last splits as a number.

    alone: the hand that played last, where it was one.
    """

    cost: float
    recent: int
    hands: tuple[_Lying, _Lying]
    alone: Hand | None = None


class _Kept(NamedTuple):
    """A beginning with a split of the next group: its cost, and how many notes go to the left."""

    cost: float
    came: int
    left: int
    recent: int


class _Group:
    """Notes that begin together, as each hand may play them.

    mine: of the left and of the right hand, the splits in which it plays, by how many notes go to the left.
    strokes, centres: what it plays in each of them.
    """

    def __init__(self, notes: Sequence[Note]) -> None:
        self.pitches = p = [n.pitch for n in notes]
        self.onset_s, self.size = notes[0].onset_s, len(notes)
        self.mean = sum(p) / self.size
        self.nowhere = [_NOWHERE] * (self.size + 1)
        self.mine = range(1, self.size + 1), range(self.size)
        self.strokes = tuple([LastStroke(edge, inner, self.onset_s) for inner in p] for edge in (p[0], p[-1]))
        self.centres = tuple([(edge + inner) / 2 for inner in p] for edge in (p[0], p[-1]))


class _Prices(NamedTuple):
    """What a hand pays for the splits in which it plays, by what it played last and holds.

    own: but for the way from its place. near: how far that costs little. over: how far the other hand would
    reach over the keys that it holds, in every split. crosses: whether it would at all.
    """

    own: list[float]
    near: float
    over: list[float]
    crosses: bool


_LEFT, _RIGHT = 0, 1


class HandSearch:
    """The cheapest beginnings so far, each with where it leaves the two hands."""

    def __init__(self, costs: HandCosts) -> None:
        self._of = costs
        left, right = (_Lying(place, LastStroke(place, place, _LONG_AGO_S)) for place in _PLACES)
        self._ways = [_Beginning(0.0, 0, (left, right))]
        self._before, self._before_s = 60.0, _LONG_AGO_S
        self._held: list[_HeldKey] = []
        self._number = 0
        self._steps: list[list[_Kept]] = []

    def take(self, notes: Sequence[Note], middle: float) -> None:
        """The next group, by pitch. middle: where the hands' registers meet."""
        group = _Group(notes)
        until_s = group.onset_s + _HELD_FROM_S
        self._held = [key for key in self._held if key.end_s > until_s]
        kept = self._cheapest(self._totals(group, middle), group.size + 1)
        self._steps.append(kept)
        self._go(group, kept)
        self._before, self._before_s = group.mean, group.onset_s
        self._hold(notes)

    def best(self) -> list[int]:
        """How many notes of each group go to the left hand, on the cheapest way."""
        costs = [way.cost for way in self._ways]
        at, lefts = costs.index(min(costs)), []
        for step in reversed(self._steps):
            lefts.append(step[at].left)
            at = step[at].came
        return lefts[::-1]

    def _totals(self, group: _Group, middle: float) -> list[float]:
        """What each beginning costs with each split of the next group, one beginning after the other."""
        of, known, held = self._of, dict[tuple[int, int], _Prices](), self._bits()
        splits = splitting(of, group.pitches, middle)
        handing_over = self._handing_over(group)
        totals: list[float] = []
        for way in self._ways:
            costs = [way.cost + split for split in splits]
            both = []
            for hand, lying in enumerate(way.hands):
                key = (id(lying.last), lying.down & held)  # a stroke in common is one object
                prices = known.get(key)
                if prices is None:
                    prices = known[key] = self._prices(group, lying, hand)
                both.append(prices)
                self._add_way(costs, group, lying.place, hand, prices)
            left, right = both
            if left.crosses or right.crosses:
                overs = map(max, left.over, right.over)
                costs = [c + crossing_held(of, over) for c, over in zip(costs, overs, strict=True)]
            if way.alone:
                costs[0 if way.alone is Hand.LEFT else -1] += handing_over
            totals += costs
        return totals

    def _add_way(self, costs: list[float], group: _Group, place: float, hand: int, prices: _Prices) -> None:
        """Add what a hand pays for each split."""
        of, mine, pitches = self._of, group.mine, group.pitches
        for left, centre, own in zip(mine[hand], group.centres[hand], prices.own, strict=True):
            way = (centre - place) / prices.near
            costs[left] += own + of.move * log1p(way * way)
        if hand == _LEFT and place > pitches[0]:
            for left in mine[_RIGHT]:
                costs[left] += crossing(of, place - pitches[left])
        elif hand == _RIGHT and place < pitches[-1]:
            for left in mine[_LEFT]:
                costs[left] += crossing(of, pitches[left - 1] - place)

    def _prices(self, group: _Group, lying: _Lying, hand: int) -> _Prices:
        of, strokes, held, pitches = self._of, group.strokes[hand], self._held, group.pitches
        own = striking(of, lying.last, strokes)
        near_keys = near(of, lying.last, group.onset_s)
        if not held:
            return _Prices(own, near_keys, group.nowhere, crosses=False)
        keys = [key.pitch for key in held if key.bit & lying.down]
        low, high = min(keys, default=-_NOWHERE), max(keys, default=_NOWHERE)
        if hand == _LEFT:
            lowest = min(low, pitches[0])
            reach = [reaching(of, lowest, max(high, pitch)) for pitch in pitches]
            over = [*[high - pitch for pitch in pitches], _NOWHERE]
        else:
            highest = max(high, pitches[-1])
            reach = [reaching(of, min(low, pitch), highest) for pitch in pitches]
            over = [_NOWHERE, *[pitch - low for pitch in pitches]]
        return _Prices([a + b for a, b in zip(own, reach, strict=True)], near_keys, over, max(over) > 0)

    def _handing_over(self, group: _Group) -> float:
        """Where one hand alone played last, near by: the other hand alone going on costs."""
        of, away = self._of, abs(group.mean - self._before)
        if away >= of.switch_near:
            return 0.0
        return of.switch * (1 - away / of.switch_near) * exp(self._before_s - group.onset_s)

    def _cheapest(self, totals: list[float], options: int) -> list[_Kept]:
        """The cheapest, best first, of those that differ in their last few splits; of equals the first."""
        order = sorted(range(len(totals)), key=totals.__getitem__)[: 3 * self._of.beam]
        kept: dict[int, _Kept] = {}
        for i in order:
            came, left = divmod(i, options)
            recent = (self._ways[came].recent * 8 + min(left, 7)) % 8**_RECENT
            if recent not in kept:
                kept[recent] = _Kept(totals[i], came, left, recent)
                if len(kept) == self._of.beam:
                    break
        return list(kept.values())

    def _go(self, group: _Group, kept: list[_Kept]) -> None:
        """Where the kept beginnings leave the hands, and their costs beyond the cheapest's."""
        held, settle, size = self._bits(), self._of.settle, group.size
        ways = []
        for cost, came, left, recent in kept:
            lower, upper = self._ways[came].hands
            if left:
                place = lower.place + settle * (group.centres[_LEFT][left - 1] - lower.place)
                new = (1 << left) - 1 << self._number
                lower = _Lying(place, group.strokes[_LEFT][left - 1], lower.down & held | new)
            if left < size:
                place = upper.place + settle * (group.centres[_RIGHT][left] - upper.place)
                new = (1 << size) - (1 << left) << self._number
                upper = _Lying(place, group.strokes[_RIGHT][left], upper.down & held | new)
            alone = Hand.LEFT if left == size else Hand.RIGHT if left == 0 else None
            ways.append(_Beginning(cost - kept[0].cost, recent, (lower, upper), alone))
        self._ways = ways

    def _bits(self) -> int:
        """All keys that are held."""
        return sum([key.bit for key in self._held])

    def _hold(self, notes: Sequence[Note]) -> None:
        new = [_HeldKey(1 << self._number + i, note.pitch, note.end_s) for i, note in enumerate(notes)]
        self._held = [*self._held, *new][-_HELD_KEYS:]
        self._number += len(notes)

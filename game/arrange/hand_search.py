"""The cheapest way to share a piece between two hands: a beam search over the groups of notes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.arrange.hand_costs import (
    LEFT,
    RIGHT,
    Chords,
    Costs,
    Floats,
    Held,
    crossing,
    crossing_held,
    moving,
    reaching,
    splitting,
)
from game.music.note import Note

Places = NDArray[np.intp]

_PLACES = (48.0, 72.0)
_LONG_AGO_S = -4.0
_RECENT = 8
_HELD_FROM_S = 0.05
_HELD_KEYS = 12


class Search:
    """The cheapest beginnings so far, each with where it leaves the two hands."""

    def __init__(self, costs: Costs) -> None:
        self._of = costs
        self._cost = np.zeros(1)
        self._recent = np.zeros(1, dtype=np.int64)
        self._hands = np.array([[_PLACES], [_PLACES], [_PLACES], [(_LONG_AGO_S, _LONG_AGO_S)]])
        self._alone = np.full(1, -1)
        self._before, self._before_s = 60.0, _LONG_AGO_S
        self._held = Held(np.zeros(0), np.zeros((1, 0), dtype=bool))
        self._held_end_s = np.zeros(0)
        self._steps: list[tuple[Places, Places]] = []

    def take(self, group: Sequence[Note], middle: float) -> None:
        """The next group, by pitch. middle: where the hands' registers meet."""
        chords = Chords(np.array([float(n.pitch) for n in group]))
        onset_s = group[0].onset_s
        self._let_go(onset_s)
        total = self._price(chords, onset_s, middle)
        came, left = self._cheapest(total)
        self._steps.append((came, left))
        cost = total[came, left]
        self._cost = cost - cost[0]
        self._go(came, left, chords, onset_s)
        self._hold(group, came, left)

    def best(self) -> list[int]:
        """How many notes of each group go to the left hand, on the cheapest way."""
        at, way = int(np.argmin(self._cost)), []
        for came, left in reversed(self._steps):
            way.append(int(left[at]))
            at = int(came[at])
        return way[::-1]

    def _price(self, chords: Chords, onset_s: float, middle: float) -> Floats:
        """What each beginning costs with each split of the next group: (beginnings, splits)."""
        of = self._of
        moves = moving(of, chords, self._hands, onset_s)
        total: Floats = self._cost[:, None] + splitting(of, chords, middle)
        total += crossing(of, chords, self._hands[0])
        if self._held.pitch.size:
            low, high = self._held.edges()
            moves += reaching(of, chords, low, high)
            total += crossing_held(of, chords, low, high)
        moves *= chords.plays
        total += moves[:, LEFT]
        total += moves[:, RIGHT]
        self._hand_over(total, chords, onset_s)
        return total

    def _hand_over(self, total: Floats, chords: Chords, onset_s: float) -> None:
        """Where one hand alone played last, near by: the other hand alone going on costs."""
        of = self._of
        away = abs(chords.mean - self._before)
        if away < of.switch_near:
            price = of.switch * (1 - away / of.switch_near) * np.exp(self._before_s - onset_s)
            total[:, -1] += price * (self._alone == RIGHT)
            total[:, 0] += price * (self._alone == LEFT)

    def _cheapest(self, total: Floats) -> tuple[Places, Places]:
        """The cheapest, best first, of those that differ in their last few splits; of equals the first."""
        options, flat = total.shape[1], total.ravel()
        order = np.argsort(flat, kind="stable")[: 3 * self._of.beam]
        came, left = np.divmod(order, options)
        recent = (self._recent[came] * 8 + np.minimum(left, 7)) % 8**_RECENT
        first: dict[int, int] = {}
        for i, key in enumerate(recent.tolist()):
            first.setdefault(key, i)
        kept = np.array(list(first.values())[: self._of.beam])
        self._recent = recent[kept]
        return came[kept], left[kept]

    def _go(self, came: Places, left: Places, chords: Chords, onset_s: float) -> None:
        """Where the kept beginnings leave the hands."""
        hands = self._hands[:, came]
        now = np.empty_like(hands)
        now[0] = hands[0] + self._of.settle * (chords.centre.T[left] - hands[0])
        now[1], now[2], now[3] = chords.outer.T[left], chords.inner.T[left], onset_s
        self._hands = np.where(chords.plays.T[left] > 0, now, hands)
        self._alone = np.where(left == chords.size, LEFT, np.where(left == 0, RIGHT, -1))
        self._before, self._before_s = chords.mean, onset_s

    def _let_go(self, onset_s: float) -> None:
        stays = self._held_end_s > onset_s + _HELD_FROM_S
        if not stays.all():
            self._held_end_s = self._held_end_s[stays]
            self._held = Held(self._held.pitch[stays], self._held.right[:, stays])

    def _hold(self, group: Sequence[Note], came: Places, left: Places) -> None:
        right = np.arange(len(group)) >= left[:, None]
        pitch = np.concatenate((self._held.pitch, [float(n.pitch) for n in group]))[-_HELD_KEYS:]
        end_s = np.concatenate((self._held_end_s, [n.end_s for n in group]))[-_HELD_KEYS:]
        self._held = Held(pitch, np.concatenate((self._held.right[came], right), axis=1)[:, -_HELD_KEYS:])
        self._held_end_s = end_s

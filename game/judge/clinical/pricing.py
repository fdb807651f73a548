"""Any reading on the scale of the search by order, so that the two can be compared."""

from collections.abc import Sequence
from math import inf

from game.judge.clinical import prices
from game.judge.clinical.order import BACK_S, OrderSearch
from game.judge.clinical.paths import Offers, State
from game.judge.clinical.piece import REACH, Piece
from game.judge.clinical.prices import PlayingStyle


def priced(
    piece: Piece, time_s: Sequence[float], key: Sequence[int], group: Sequence[int], timing: PlayingStyle
) -> float:
    """What a reading that was found otherwise is worth on the scale of `OrderPath.score`.

    group: of each press, −1 for one that belongs to none. A press of a group before the last one is a note
    left out and a stray press, as hands are that do not go together.
    """
    return _Pricing(piece, time_s, key, timing).of(group)


class _Pricing(OrderSearch):
    """Goes through the presses along one given path."""

    def of(self, group: Sequence[int]) -> float:
        """The worth of the path that gives each press to its group."""
        last, state = -1, None
        for at, own in enumerate(group):
            if state is not None:
                last, state = self._along(at, own, last, state)
            elif own >= 0:
                last, state = own, self.begun(at, own)
            else:
                self._strayed += self.stray(at)
        unplayed, before = self._timing.unplayed, self._piece.before
        if state is None:
            return self._strayed + unplayed(before[-1])
        return state.score + unplayed(before[-1] - before[last + 1])

    def _along(self, at: int, own: int, last: int, state: State) -> tuple[int, State]:
        piece, time_s = self._piece, self._time_s[at]
        if own == last:
            state.score += self._timing.note + prices.mate(time_s - state.last_s)
            state.last_s = time_s
            return last, state
        if own < 0 or (own < last and piece.onset_s[last] - piece.onset_s[own] < prices.APART_S):
            near = time_s - state.first_s < prices.APART_S and piece.near[last] >> self._key[at] & 1
            state.score += max(self.stray(at), -prices.APART if near else -prices.STRAY)
            return last, state
        found = Offers(-inf)
        if last < own <= last + REACH or abs(time_s - state.late_s - piece.onset_s[own]) <= BACK_S:
            self.advance(found, at, last, state, own)
        if not last < own <= last + REACH:
            jumped = self.jumped(at, last, state, own)
            if found.better(own, jumped.score):
                found.states[own] = jumped
        return own, found.states[own]

"""Which hand plays a note where the music does not say: the cheapest way through, by a model of two hands.

Notes that begin together are a group; in each group the lowest few go to the left hand and the others to the
right. What that costs the hands (reach, movement, crossing, register) is added up over the whole piece, and a
beam search keeps the cheapest beginnings, so that later notes settle what earlier ones leave open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.music.note import Hand, Note

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

LEFT, RIGHT = 0, 1


@dataclass(frozen=True, slots=True)
class Costs:
    """What the model charges. Settled on two-hand piano music; pitches in semitones, times in seconds.

    together_s: notes that begin within this belong to one group. beam: beginnings kept.
    span: what a hand takes at once without cost; stretch: charged for each semitone more.
    held: the same for keys that are still down, up to held_most semitones, as recorded lengths are uncertain.
    move: the way from where the hand was, near: how far costs little, per_s: how much further with each
    second that passed. outer, inner: steps of the two edges of the hand, step: how far costs little.
    settle: how much of the way a hand's place follows each chord.
    cross: for each semitone by which the left hand reaches over the right, up to cross_most; over: the same
    over where the other hand was last.
    switch: a line handed over to the other hand, the more the nearer the notes, up to switch_near.
    register: for each octave that a note lies on the other hand's side of `middle`.
    many: for each note beyond five in a hand.
    """

    together_s: float = 0.035
    beam: int = 16
    span: float = 12.0
    stretch: float = 1.0
    held: float = 0.25
    held_most: float = 12.0
    move: float = 1.0
    near: float = 4.0
    per_s: float = 4.0
    outer: float = 0.4
    inner: float = 0.2
    step: float = 2.5
    settle: float = 0.45
    cross: float = 0.3
    cross_most: float = 12.0
    over: float = 0.3
    switch: float = 0.5
    switch_near: float = 8.0
    register: float = 0.42
    middle: float = 61.0
    many: float = 2.0


COSTS = Costs()
_PLACES = (48.0, 72.0)
_LONG_AGO_S = 4.0
_RECENT = 8
_HELD_FROM_S = 0.05
_HELD_KEYS = 12
_NOWHERE = 1e6


def split_hands(notes: Sequence[Note], costs: Costs = COSTS) -> tuple[Hand, ...]:
    """The hand of each note, in the order of the notes. Needs onsets, lengths and pitches only."""
    order = sorted(range(len(notes)), key=lambda i: (notes[i].onset_s, notes[i].pitch))
    groups = _groups(notes, order, costs.together_s)
    search = _Search(costs)
    for group in groups:
        search.take([notes[i] for i in group])
    hands = [Hand.RIGHT] * len(notes)
    for group, left in zip(groups, search.best(), strict=True):
        for i in group[:left]:
            hands[i] = Hand.LEFT
    return tuple(hands)


def _groups(notes: Sequence[Note], order: Sequence[int], together_s: float) -> list[list[int]]:
    """Notes that begin together, each group by pitch; a spread chord may take twice `together_s` in all."""
    groups: list[list[int]] = []
    first_s = last_s = -np.inf
    for i in order:
        onset_s = notes[i].onset_s
        if onset_s - last_s > together_s or onset_s - first_s > 2 * together_s:
            groups.append([])
            first_s = onset_s
        groups[-1].append(i)
        last_s = onset_s
    return [sorted(group, key=lambda i: (notes[i].pitch, notes[i].onset_s)) for group in groups]


class _Chords:
    """A group split in every way. Arrays are (hand, number of notes to the left); an empty hand's edges are
    those of its nearest note, and `plays` is 0 there."""

    def __init__(self, pitch: Floats) -> None:
        size = len(pitch)
        self.size = size
        self.mean = float(pitch.sum()) / size
        left = np.arange(size + 1)
        self.outer = np.empty((2, size + 1))
        self.outer[LEFT], self.outer[RIGHT] = pitch[0], pitch[-1]
        self.inner = np.empty((2, size + 1))
        self.inner[LEFT], self.inner[RIGHT] = (
            pitch[np.maximum(left - 1, 0)],
            pitch[np.minimum(left, size - 1)],
        )
        self.plays = np.ones((2, size + 1))
        self.plays[LEFT, 0] = self.plays[RIGHT, size] = 0.0
        self.centre = (self.outer + self.inner) / 2
        self.pitch = pitch


class _Search:
    """The cheapest beginnings so far, each with where it leaves the two hands."""

    def __init__(self, costs: Costs) -> None:
        self._of = costs
        self._cost = np.zeros(1)
        self._recent = np.zeros(1, dtype=np.int64)
        # place, outer, inner, last_s: shape (4, beginnings, hands)
        self._hands = np.array([[_PLACES], [_PLACES], [_PLACES], [(-_LONG_AGO_S, -_LONG_AGO_S)]])
        self._alone = np.full(1, -1)
        self._before, self._before_s = 60.0, -_LONG_AGO_S
        self._held_pitch, self._held_end_s = np.zeros(0), np.zeros(0)
        self._held_right = np.zeros((1, 0), dtype=bool)
        self._steps: list[tuple[Places, Places]] = []

    def take(self, group: list[Note]) -> None:
        chords = _Chords(np.array([float(n.pitch) for n in group]))
        onset_s = group[0].onset_s
        self._let_go(onset_s)
        total = self._price(chords, onset_s)
        came, left = self._cheapest(total)
        self._steps.append((came, left))
        cost = total[came, left]
        self._cost = cost - cost.min()
        self._go(came, left, chords, onset_s)
        self._hold(group, came, left)

    def best(self) -> list[int]:
        """How many notes of each group go to the left hand, on the cheapest way."""
        at, way = int(np.argmin(self._cost)), []
        for came, left in reversed(self._steps):
            way.append(int(left[at]))
            at = int(came[at])
        return way[::-1]

    def _price(self, chords: _Chords, onset_s: float) -> Floats:
        """What each beginning costs with each split of the next group: (beginnings, splits)."""
        moves = self._moving(chords, onset_s) + self._reaching(chords)
        total: Floats = np.einsum("bhs,hs->bs", moves, chords.plays)
        total += self._cost[:, None] + self._own(chords)
        total += self._crossing(chords)
        self._hand_over(total, chords, onset_s)
        return total

    def _own(self, chords: _Chords) -> Floats:
        """What each split costs whatever came before: span, number of keys, register."""
        of = self._of
        span = np.abs(chords.outer - chords.inner)
        own = of.stretch * np.maximum(0.0, span - of.span)
        if chords.size > 5:
            count = np.minimum(np.arange(chords.size + 1), 99)
            own += of.many * np.maximum(0.0, np.stack([count, count[::-1]]) - 5)
        above = np.clip(chords.pitch - of.middle, 0.0, None)
        below = np.clip(of.middle - chords.pitch, 0.0, None)
        sides = np.zeros(chords.size + 1)
        sides[1:] = above.cumsum()
        sides[:-1] += below[::-1].cumsum()[::-1]
        return np.asarray((own * chords.plays).sum(axis=0) + of.register / 12 * sides)

    def _moving(self, chords: _Chords, onset_s: float) -> Floats:
        """The way of each hand: (beginnings, hands, splits)."""
        of = self._of
        place, outer, inner, last_s = self._hands[..., None]
        later = of.per_s * np.minimum(onset_s - last_s, _LONG_AGO_S)
        way = (chords.centre - place) / (of.near + later)
        edges = of.step + later
        out, inn = (chords.outer - outer) / edges, (chords.inner - inner) / edges
        return np.asarray(
            of.move * np.log1p(way * way) + of.outer * np.log1p(out * out) + of.inner * np.log1p(inn * inn)
        )

    def _reaching(self, chords: _Chords) -> Floats:
        """Keys still down in a hand that must be within its reach: (beginnings, hands, splits)."""
        of = self._of
        right = self._held_right
        if not right.shape[1]:
            self._held_edges = None
            return np.zeros((1, 1, 1))
        pitch = self._held_pitch
        lows = np.stack([np.where(right, _NOWHERE, pitch).min(1), np.where(right, pitch, _NOWHERE).min(1)], 1)
        highs = np.stack(
            [np.where(right, -_NOWHERE, pitch).max(1), np.where(right, pitch, -_NOWHERE).max(1)], 1
        )
        self._held_edges = (highs[:, LEFT, None], lows[:, RIGHT, None])
        high = np.maximum(np.maximum(chords.outer, chords.inner), highs[..., None])
        low = np.minimum(np.minimum(chords.outer, chords.inner), lows[..., None])
        return np.asarray(of.held * np.clip(high - low - of.span, 0.0, of.held_most))

    def _crossing(self, chords: _Chords) -> Floats:
        """One hand over the other: over keys it holds, and over where it was last."""
        of = self._of
        left, right = chords.plays[LEFT] > 0, chords.plays[RIGHT] > 0
        top, bottom = chords.inner[LEFT], chords.inner[RIGHT]
        place = self._hands[0]
        over = np.clip(top - place[:, RIGHT, None], 0.0, of.cross_most) * left
        under = np.clip(place[:, LEFT, None] - bottom, 0.0, of.cross_most) * right
        cost = of.over * (over + under)
        if self._held_edges is not None:
            held_top, held_bottom = self._held_edges
            across = np.maximum(
                np.where(left, top - held_bottom, 0.0), np.where(right, held_top - bottom, 0.0)
            )
            cost += of.cross * np.clip(across, 0.0, of.cross_most)
        return np.asarray(cost)

    def _hand_over(self, total: Floats, chords: _Chords, onset_s: float) -> None:
        """Where one hand alone played last, near by: the other hand alone going on costs."""
        of = self._of
        away = abs(chords.mean - self._before)
        if away >= of.switch_near:
            return
        price = of.switch * (1 - away / of.switch_near) * np.exp(self._before_s - onset_s)
        total[:, -1] += price * (self._alone == RIGHT)
        total[:, 0] += price * (self._alone == LEFT)

    def _cheapest(self, total: Floats) -> tuple[Places, Places]:
        """The cheapest of those that differ in their last few splits; of equals the first."""
        options = total.shape[1]
        flat = total.ravel()
        order = np.argsort(flat, kind="stable")[: 3 * self._of.beam]
        came, left = order // options, order % options
        recent = (self._recent[came] * 8 + np.minimum(left, 7)) % 8**_RECENT
        seen: dict[int, int] = {}
        for i, key in enumerate(recent.tolist()):
            seen.setdefault(key, i)
        kept = np.array(list(seen.values())[: self._of.beam])
        self._recent = recent[kept]
        return came[kept], left[kept]

    def _go(self, came: Places, left: Places, chords: _Chords, onset_s: float) -> None:
        """Where the kept beginnings leave the hands."""
        plays = chords.plays[:, left].T > 0
        hands = self._hands[:, came]
        place = hands[0] + self._of.settle * (chords.centre[:, left].T - hands[0])
        now = np.stack(
            [place, chords.outer[:, left].T, chords.inner[:, left].T, np.full(plays.shape, onset_s)]
        )
        self._hands = np.where(plays, now, hands)
        self._alone = np.where(left == chords.size, LEFT, np.where(left == 0, RIGHT, -1))
        self._before, self._before_s = chords.mean, onset_s

    def _let_go(self, onset_s: float) -> None:
        stays = self._held_end_s > onset_s + _HELD_FROM_S
        if not stays.all():
            self._held_pitch, self._held_end_s = self._held_pitch[stays], self._held_end_s[stays]
            self._held_right = self._held_right[:, stays]

    def _hold(self, group: list[Note], came: Places, left: Places) -> None:
        right = np.arange(len(group)) >= left[:, None]
        self._held_pitch = np.append(self._held_pitch, [float(n.pitch) for n in group])[-_HELD_KEYS:]
        self._held_end_s = np.append(self._held_end_s, [n.end_s for n in group])[-_HELD_KEYS:]
        self._held_right = np.hstack([self._held_right[came], right])[:, -_HELD_KEYS:]

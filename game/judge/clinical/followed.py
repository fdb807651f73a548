"""The player followed by order: pairs inside each stretch that was played in one go, and how sure each is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.judge.clinical.goes import Go, expected_s, goes_of, learned
from game.judge.clinical.journey import Played
from game.judge.clinical.line import Surroundings
from game.judge.clinical.order import OrderSearch
from game.judge.clinical.paths import OrderPath
from game.judge.clinical.piece import Piece
from game.judge.clinical.places import Place, placed
from game.judge.clinical.prices import PlayingStyle
from game.judge.clinical.pricing import priced
from game.judge.clinical.reading import SURE, Reading, first_reading
from game.judge.clinical.table import AlignmentTable, table
from game.music.note import Note, Press

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BESIDE = 4
"""The first stretch takes in so many groups before it, and the last so many after: wrong keys at the ends."""

_LOW_PCT = 10
"""A landing decides for its whole stretch: no press of it is surer than that share of its presses."""

_LATE_S, _LITTLE_LEFT, _BETTER = 0.25, 0.15, 0.5
"""A reading by time that begins so late, and leaves so small a share of the presses over, gives way to any
that is likelier by that (a log of likelihoods): among equals the smaller lateness wins."""

_MUCH_BETTER, _BY_CHANCE = 3.0, 0.55
"""Any other gives way to one that is likelier by that, and by that for each note and press left over."""


_ROUGH = 1.9
"""A search forwards and one backwards do not quite agree: so much of a margin proves nothing."""


@dataclass(frozen=True, slots=True)
class Follower:
    """A run seen by order. asked: the key that each note is taken to ask for. group: of each note."""

    run: AlignmentTable
    asked: Ints
    piece: Piece
    group: Ints
    time_s: list[float]
    key: list[int]
    timing: PlayingStyle
    path: OrderPath

    @classmethod
    def of(cls, run: AlignmentTable, timed: Reading) -> "Follower":
        """The best path through a run, by a player as steady as the first look at it shows.

        timed: the reading by time, which knows of a hand that lay to the side.
        """
        piece, group = Piece.of(run.onset_s.tolist(), run.pitch.tolist(), timed.asked.tolist())
        left_out = 1 - float(np.mean(timed.in_lane))
        time_s, key, bounced = run.press_s.tolist(), run.key.tolist(), run.bounced.tolist()
        first = OrderSearch(piece, time_s, key, PlayingStyle(), bounced).path()
        timing = learned(first, piece, time_s, left_out)
        path = OrderSearch(piece, time_s, key, timing, bounced).path()
        return cls(run, timed.asked, piece, np.array(group, dtype=np.int64), time_s, key, timing, path)

    def outdoes(self, timed: Reading) -> bool:
        """Whether the path is likelier than what the reading by time made of the run.

        Among many paths some fit what is left over by chance: the more is left, the likelier it has to be.
        """
        if not self.path.steps:
            return False
        worth = priced(self.piece, self.time_s, self.key, self.groups(timed.press).tolist(), self.timing)
        rows = np.flatnonzero(timed.in_lane)
        omitted = rows[-1] + 1 - rows[0] - len(rows) if len(rows) else 0
        left = float(omitted + len(self.time_s) - np.count_nonzero(timed.press >= 0))
        if abs(timed.begins_s) > _LATE_S and left <= _LITTLE_LEFT * len(self.time_s):
            return self.path.score > worth + _BETTER
        return self.path.score > worth + _MUCH_BETTER + _BY_CHANCE * left

    def groups(self, press: Ints) -> Ints:
        """The group of each press that has a note of its key, −1 of the others. press: of each note."""
        found = np.full(len(self.time_s), -1)
        key = self.run.key[press]
        own = (press >= 0) & ((key == self.asked) | (key == self.run.pitch))
        found[press[own]] = self.group[own]
        return found

    def margins(self, group: Ints) -> Floats:
        """How much better each press is where it is than in the best reading that has it elsewhere.

        From the best reading up to each press and the best one from its end back to it, for every group.
        """
        groups = len(self.piece.size)
        back = OrderSearch(
            self.piece.mirrored(),
            [-time_s for time_s in reversed(self.time_s)],
            self.key[::-1],
            self.timing,
            self.run.bounced.tolist()[::-1],
            backwards=True,
        ).path()
        through = [
            {
                one: score + scores[groups - 1 - one] + self.timing.note * (self.piece.size[one] - 1)
                for one, score in forth.items()
                if groups - 1 - one in scores
            }
            for forth, scores in zip(self.path.scores, reversed(back.scores), strict=True)
        ]
        return self._rivalled(group.tolist(), through)

    def _rivalled(self, group: list[int], through: list[dict[int, float]]) -> Floats:
        """The margin of each press over the best reading that gives it, or its notes, to another."""
        best: dict[tuple[int, int], float] = {}
        for own, key, scores in zip(group, self.key, through, strict=True):
            for one, score in scores.items():
                if one != own and score > best.get((one, key), -np.inf):
                    best[one, key] = score
        margin = np.full(len(group), SURE)
        for at, (own, scores) in enumerate(zip(group, through, strict=True)):
            if own >= 0:
                others = [score for one, score in scores.items() if one != own]
                rival = max([*others, best.get((own, self.key[at]), -np.inf)], default=-np.inf)
                margin[at] = max(-SURE, min(SURE, scores.get(own, -np.inf) - rival - _ROUGH))
        return margin

    def goes(self) -> list[Go]:
        """What was played in one go each."""
        return goes_of(self.path, self.time_s)


@dataclass(frozen=True, slots=True)
class Found:
    """The matching of presses to notes, by rows of a run's table.

    press: of each note, or −1. margin: of each note's reading over the next best. go: of each note, −1 for
    none. asked: the key that each note is taken to ask for. played: all that was played on its own key, in
    whatever go. places: where the hand lay to the side.
    """

    press: Ints
    margin: Floats
    go: Ints
    asked: Ints
    played: Played
    places: tuple[Place, ...] = ()


def by_time(reading: Reading, places: tuple[Place, ...]) -> Found:
    """What a reading by time has found: one go from the beginning to the end."""
    run, go = reading.run, np.zeros(len(reading.press), dtype=np.int64)
    own = np.flatnonzero((reading.press >= 0) & (run.key[reading.press] == run.pitch))
    pressed_s = run.press_s[reading.press[own]] + run.taken_s
    played = Played(own, run.onset_s[own], pressed_s, go[own])
    return Found(reading.press, reading.margin, go, reading.asked, played, places)


def doubted(found: Found, follower: Follower, reading: Reading) -> Found:
    """What was found by time, no surer than a whole reading by order leaves each note."""
    margin = follower.margins(follower.groups(reading.press))
    has = reading.in_lane
    less = found.margin.copy()
    less[has] = np.minimum(less[has], margin[reading.press[has]])
    return replace(found, margin=less)


def by_order(
    follower: Follower, notes: Sequence[Note], presses: Sequence[Press], bounces: Collection[int]
) -> Found:
    """Pairs about the times at which each stretch was to bring its notes.

    A note that was played in several keeps the pair of the longest one, of equals of the later.
    """
    run, goes = follower.run, follower.goes()
    row, go, awaited_s = _instances(follower, goes)
    given = [
        replace(notes[run.note_row[at]], index=i, onset_s=time_s)
        for i, (at, time_s) in enumerate(zip(row.tolist(), awaited_s.tolist(), strict=True))
    ]
    laid = table(given, presses, bounces)
    level = first_reading(laid, np.zeros(len(given)), Surroundings(laid.onset_s))
    reading, places = placed(level.rough().learned().rough().learned().exact())
    reading = reading.learned().weighed()
    order = reading.run.note_row
    return _told(follower, goes, row[order], go[order], reading, places)


def _instances(follower: Follower, goes: list[Go]) -> tuple[Ints, Ints, Floats]:
    """Every note of every stretch: its row, the stretch, and when it was to come."""
    asked_s, last = np.array(follower.piece.onset_s), len(follower.piece.size) - 1
    rows, which, times = [], [], []
    for at, go in enumerate(goes):
        low = max(0, int(go.group[0]) - _BESIDE * (at == 0))
        high = min(last, int(go.group[-1]) + _BESIDE * (at == len(goes) - 1))
        groups = np.arange(low, high + 1)
        awaited_s = expected_s(go, asked_s, groups)
        row = np.flatnonzero((follower.group >= low) & (follower.group <= high))
        rows.append(row)
        which.append(np.full(len(row), at))
        times.append(awaited_s[follower.group[row] - low])
    return np.concatenate(rows), np.concatenate(which), np.concatenate(times)


def _told(
    follower: Follower, goes: list[Go], row: Ints, go: Ints, reading: Reading, places: tuple[Place, ...]
) -> Found:
    """The pairs of a reading of instances as pairs of the notes themselves. row, go: of each instance."""
    run, count = follower.run, len(follower.run.pitch)
    paired = reading.press >= 0
    size = np.bincount(go[paired], minlength=len(goes))
    rank = np.lexsort((go, size[go], paired))  # of one note's instances the last one stands
    mine = row[rank]
    press, margin = np.full(count, -1), np.full(count, SURE)
    of_go, asked = np.full(count, -1), run.pitch.copy()
    press[mine], margin[mine] = reading.press[rank], reading.margin[rank]
    of_go[mine], asked[mine] = go[rank], reading.asked[rank]
    own = paired & (reading.run.key[reading.press] == reading.run.pitch)
    group = np.full(len(run.press_s), -1)
    group[reading.press[own]] = follower.group[row[own]]
    moved = tuple(replace(one, first=int(row[one.first]), last=int(row[one.last])) for one in places)
    margin = np.minimum(margin, _by_order(follower.margins(group), group, goes, press, of_go))
    return Found(press, margin, of_go, asked, _played(run, row, go, reading), moved)


def _by_order(margin: Floats, group: Ints, goes: list[Go], press: Ints, go: Ints) -> Floats:
    """How sure each note is by the margins of presses: its own, and that which most of its stretch reach."""
    low = np.array([_low(margin, group, one) for one in goes])
    own = np.where(press >= 0, margin[press], SURE)
    return np.minimum(own, np.where(go >= 0, low[go], low.min()))


def _played(run: AlignmentTable, row: Ints, go: Ints, reading: Reading) -> Played:
    """All instances that were played on their own keys."""
    own = np.flatnonzero((reading.press >= 0) & (reading.run.key[reading.press] == reading.run.pitch))
    pressed_s = run.press_s[reading.press[own]]
    return Played(row[own], run.onset_s[row[own]], pressed_s, go[own])


def _low(margin: Floats, group: Ints, go: Go) -> float:
    """The margin that most presses of a stretch reach."""
    own = slice(go.first, go.last + 1)
    mine = margin[own][group[own] >= 0]
    return float(np.percentile(mine, _LOW_PCT)) if len(mine) else SURE

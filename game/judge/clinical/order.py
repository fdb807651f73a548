"""A reading by order: which group of notes each press belongs to, with the player's own tempo on the path.

A Viterbi search over presses and groups of notes. Keys and their order lead; a group may be passed over, the
tempo bends with the player, and somebody may stop, go back, leave something out or begin again, each at its
price (`prices`). The asked time is only a second opinion on when the next group comes. The same search
through the mirrored run gives, for each press, the best whole reading that treats it otherwise.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log
from typing import NamedTuple

from game.judge.clinical import prices
from game.judge.clinical.prices import Timing

GROUP_S = 0.008
"""Notes whose onsets lie no further from the first of them are one group."""

REACH = 4
"""A step leads to one of the next so many groups; further is a jump."""

_BEAM, _MOST = 26.0, 64
"""Readings that far behind the best so far, or beyond so many, are given up."""

_AHEAD, _FIT = 3, 2
"""A jump lands where so many of the next keys are asked close by."""

_NEAREST, _LANDINGS, _FIRST = 48, 12, 4
_BACK_S = 0.25
_PAUSE_S = 0.8
"""A press that comes so much after its time may be the beginning of something else."""


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


class Step(NamedTuple):
    """A press that was given to a group, and the step before it. jumped: the player came from elsewhere."""

    before: "Step | None"
    press: int
    group: int
    jumped: bool


class _State(NamedTuple):
    """The best reading so far that ends in one group.

    first_s, last_s: presses of that group. tempo: seconds played a second asked. steps: since its stretch
    began. late_s: behind the asked time. used: notes of the group that have a press, as bits.
    """

    score: float
    first_s: float
    last_s: float
    tempo: float
    steps: int
    late_s: float
    used: int
    step: Step


@dataclass(slots=True)
class Path:
    """The best reading by order. steps: presses with their groups, in order of time.

    scores: for each press, by group, the best reading up to there that gives it to that group.
    """

    score: float
    steps: list[Step]
    scores: list[dict[int, float]] = field(default_factory=list)


class Search:
    """Goes through presses one by one, in order of time, and keeps what each group could be the last of."""

    def __init__(
        self,
        piece: Piece,
        time_s: Sequence[float],
        key: Sequence[int],
        timing: Timing,
        bounced: Sequence[bool] = (),
        backwards: bool = False,
    ) -> None:
        """bounced: of each press, whether the settings call it a bounce. backwards: the run is mirrored."""
        self._piece, self._time_s, self._key, self._timing = piece, time_s, key, timing
        self._bounced = frozenset(at for at, one in enumerate(bounced) if one)
        self._backwards = backwards
        self._live: dict[int, _State] = {}
        self._strayed = 0.0
        self._top: tuple[int, _State] | None = None
        self.scores: list[dict[int, float]] = []

    def path(self) -> Path:
        """The best path through all presses."""
        for at in range(len(self._time_s)):
            self._take(at)
        before, whole, unplayed = self._piece.before, self._piece.before[-1], self._timing.unplayed
        nothing = self._strayed + unplayed(whole)
        best, last = nothing, None
        for group, state in self._live.items():
            ended = state.score + unplayed(whole - before[group + 1])
            if ended > best:
                best, last = ended, state.step
        steps = []
        while last is not None:
            steps.append(last)
            last = last.before
        return Path(best, steps[::-1], self.scores)

    def _take(self, at: int) -> None:
        """One press: stray, of the same group, of a later one, of one elsewhere, or the first of all."""
        key = self._key[at]
        stray = self.stray(at)
        found: dict[int, _State] = {}
        given: dict[int, float] = {}
        for group, state in self._live.items():
            kept = self._same(at, group, state, stray, given)
            if group not in found or kept.score > found[group].score:
                found[group] = kept
            for after in self._piece.reach[group].get(key, ()):
                self._offer(found, given, after, self._advanced(at, group, state, after))
        if self._top is not None:
            back = self._rejoined(at, *self._top)
            if back is not None:
                self._offer(found, given, *back)
            for landing in self._landings(at, *self._top):
                self._offer(found, given, landing, self._jumped(at, *self._top, landing))
        floor = self._best - _BEAM
        if self._strayed > floor:
            for group in self._piece.groups.get(key, ()):
                begun = self._begun(at, group)
                if begun.score > floor:
                    self._offer(found, given, group, begun)
        self._strayed += stray
        self._live = self._pruned(found)
        self.scores.append(given)

    @property
    def _best(self) -> float:
        return self._strayed if self._top is None else max(self._strayed, self._top[1].score)

    @staticmethod
    def _offer(found: dict[int, _State], given: dict[int, float], group: int, state: _State) -> None:
        if group not in found or state.score > found[group].score:
            found[group] = state
        if state.score > given.get(group, -1e18):
            given[group] = state.score

    def _pruned(self, found: dict[int, _State]) -> dict[int, _State]:
        if not found:
            self._top = None
            return found
        self._top = max(found.items(), key=lambda item: item[1].score)
        floor = self._best - _BEAM
        kept = {group: state for group, state in found.items() if state.score > floor}
        if len(kept) > _MOST:
            first = sorted(kept.items(), key=lambda item: -item[1].score)[:_MOST]
            kept = dict(first)
        return kept

    def stray(self, at: int) -> float:
        """What a press costs that belongs to no note."""
        if at in self._bounced:
            return -prices.BOUNCE
        return -prices.TRILL if self._ornament(at) else -prices.STRAY

    def _ornament(self, at: int) -> bool:
        """Whether a press is close to one just made: in time, and by a step or two of another key."""
        key, time_s = self._key[at], self._time_s[at]
        for before in range(at - 1, max(-1, at - 4), -1):
            if abs(time_s - self._time_s[before]) > prices.TRILL_S:
                break
            if abs(self._key[before] - key) <= prices.TRILL_KEYS:
                return True
        return False

    def _same(self, at: int, group: int, state: _State, stray: float, given: dict[int, float]) -> _State:
        """The group stays: the press is stray, or another note of it."""
        key, time_s, piece = self._key[at], self._time_s[at], self._piece
        free = piece.bits[group].get(key, 0) & ~state.used
        cost = stray
        if time_s - state.first_s < prices.APART_S and piece.near[group] >> key & 1:
            cost = max(cost, -prices.APART)
        if free:
            score = state.score + self._timing.note + prices.mate(time_s - state.last_s)
            if score > given.get(group, -1e18):
                given[group] = score
            if score > state.score + cost:
                step = Step(state.step, at, group, False)
                return state._replace(score=score, last_s=time_s, used=state.used | (free & -free), step=step)
        return state._replace(score=state.score + cost)

    def _advanced(self, at: int, group: int, state: _State, after: int) -> _State:
        key, time_s, piece = self._key[at], self._time_s[at], self._piece
        _, first_s, last_s, tempo, steps, late_s, _, step = state
        asked_s = piece.onset_s[after] - piece.onset_s[group]
        awaited_s = tempo * asked_s
        off_s = max(0.0, time_s - last_s - awaited_s) + 1.4 * min(0.0, time_s - first_s - awaited_s)
        sd_s, share = self._timing.sd_s, self._timing.share
        variance = 2 * sd_s * sd_s + ((share + 0.2 / (1 + steps)) * awaited_s) ** 2
        square = off_s * off_s
        timed = -1.05 * log(1 + square / (1.6 * variance)) - 0.5 * log(variance)
        now_late_s = time_s - piece.onset_s[after]
        moved_s = now_late_s - late_s
        asked = (
            -1.05 * log(1 + moved_s * moved_s / (1.6 * _ASKED_VARIANCE)) + _ASKED_LEVEL - 2.0 / (1 + steps)
        )
        score = state.score + max(timed, asked) - 1.15
        score -= self._timing.note * (piece.size[after] - 1)
        score += self._timing.left_out(piece.before[after] - piece.before[group + 1])
        pull = max(0.25, 1 / (steps + 1.5)) / (1 + square / (8 * variance))
        bend = max(-tempo / 2, min(tempo / 2, off_s / asked_s))
        tempo = max(0.2, min(5.0, tempo + pull * bend * awaited_s / (awaited_s + 0.15)))
        late_s = now_late_s if abs(moved_s) > 0.25 else late_s + max(0.25, 1 / (steps + 1.5)) * moved_s
        bits = piece.bits[after][key]
        return _State(
            score, time_s, time_s, tempo, steps + 1, late_s, bits & -bits, Step(step, at, after, False)
        )

    def _may_jump(self, at: int, group: int, state: _State) -> bool:
        """Whether anything speaks for a jump here: a key that is not to come, or a long wait."""
        coming, keys = self._piece.coming[group], self._key
        if any(not coming >> keys[i] & 1 for i in range(at, min(len(keys), at + _AHEAD + 1))):
            return True
        nexts = self._piece.reach[group].get(keys[at])
        if not nexts:
            return True
        asked_s = self._piece.onset_s[nexts[0]] - self._piece.onset_s[group]
        return self._time_s[at] - state.last_s > state.tempo * asked_s + _PAUSE_S

    def _landings(self, at: int, group: int, state: _State) -> list[int]:
        """Where the player may have gone on from: to the beginning at any time, elsewhere with some cause."""
        if self._may_jump(at, group, state):
            return self._anywhere(at, group)
        first = len(self._piece.size) - 1 if self._backwards else 0
        ahead = self._key[at : at + 1 + _AHEAD]
        again = self._key[at] in self._piece.bits[first] and not group < first <= group + REACH
        return [first] if again and all(self._piece.coming[first] >> key & 1 for key in ahead) else []

    def _anywhere(self, at: int, group: int) -> list[int]:
        piece, keys = self._piece, self._key
        mine = piece.groups.get(keys[at], [])
        where = bisect_left(mine, group)
        first, end = max(0, where - _NEAREST // 2), where + _NEAREST // 2
        near = [*mine[first:end], *(mine[:_FIRST] if first else ())]
        after = keys[at + 1 : at + 1 + _AHEAD]
        least = min(_FIT, len(after))
        found = [
            one
            for one in near
            if not group < one <= group + REACH
            and sum(piece.coming[one] >> key & 1 for key in after) >= least
        ]
        return sorted(found, key=lambda one: (one != 0, abs(one - group)))[:_LANDINGS]

    def _rejoined(self, at: int, group: int, state: _State) -> tuple[int, _State] | None:
        """Something was left out, and the player is where the music is by now; None where they are not."""
        piece, time_s = self._piece, self._time_s[at]
        mine = piece.groups.get(self._key[at], [])
        about_s = time_s - state.late_s
        where = bisect_left(mine, about_s, key=piece.onset_s.__getitem__)
        near = [mine[i] for i in (where - 1, where) if 0 <= i < len(mine)]
        after = min(near, key=lambda one: abs(piece.onset_s[one] - about_s), default=-1)
        if after <= group + REACH or abs(piece.onset_s[after] - about_s) > _BACK_S:
            return None
        return after, self._advanced(at, group, state, after)

    def _jumped(self, at: int, group: int, state: _State, landing: int) -> _State:
        key, time_s, piece = self._key[at], self._time_s[at], self._piece
        score = state.score - prices.JUMP - log(1 + prices.JUMP_FAR * abs(landing - group))
        if (
            (group == len(piece.size) - 1) if self._backwards else landing == 0
        ):  # mirrored, they come from there
            score += prices.RESTART
        elif 0 <= group - landing <= prices.BACK_GROUPS:
            score += prices.BACK
        score -= self._timing.note * (piece.size[landing] - 1)
        bits = piece.bits[landing][key]
        late_s = time_s - piece.onset_s[landing]
        step = Step(state.step, at, landing, True)
        return _State(score, time_s, time_s, state.tempo, min(2, state.steps), late_s, bits & -bits, step)

    def _begun(self, at: int, group: int) -> _State:
        key, time_s, piece = self._key[at], self._time_s[at], self._piece
        late_s = time_s - piece.onset_s[group]
        score = self._strayed + self._timing.unplayed(piece.before[group])
        if not self._backwards:
            score += prices.lateness(late_s)
        score -= self._timing.note * (piece.size[group] - 1)
        bits = piece.bits[group][key]
        return _State(score, time_s, time_s, 1.0, 0, late_s, bits & -bits, Step(None, at, group, True))


_ASKED_VARIANCE = prices.ASKED_SD_S**2
_ASKED_LEVEL = -0.5 * log(_ASKED_VARIANCE) - prices.ASKED


def priced(
    piece: Piece, time_s: Sequence[float], key: Sequence[int], group: Sequence[int], timing: Timing
) -> float:
    """What a reading that was found otherwise is worth on the scale of `Path.score`.

    group: of each press, −1 for one that belongs to none. A press of a group before the last one is a note
    left out and a stray press, as hands are that do not go together.
    """
    search = Search(piece, time_s, key, timing)
    last, state = -1, None
    for at, own in enumerate(group):
        stray = search.stray(at)
        if state is None:
            if own >= 0:
                state = search._begun(at, own)
                last = own
            search._strayed += stray
        elif own == last:
            mated = state.score + timing.note + prices.mate(time_s[at] - state.last_s)
            state = state._replace(score=mated, last_s=time_s[at])
        elif last < own <= last + REACH:
            state, last = search._advanced(at, last, state, own), own
        elif own < 0 or (own < last and piece.onset_s[last] - piece.onset_s[own] < prices.APART_S):
            near = time_s[at] - state.first_s < prices.APART_S and piece.near[last] >> key[at] & 1
            state = state._replace(score=state.score + max(stray, -prices.APART if near else stray))
        else:
            moved = search._jumped(at, last, state, own)
            if own > last and abs(time_s[at] - state.late_s - piece.onset_s[own]) <= _BACK_S:
                moved = max(moved, search._advanced(at, last, state, own))
            state, last = moved, own
    if state is None:
        return search._strayed + timing.unplayed(piece.before[-1])
    return state.score + timing.unplayed(piece.before[-1] - piece.before[last + 1])

"""A reading by order: which group of notes each press belongs to, with the player's own tempo on the path.

A Viterbi search over presses and groups of notes. Keys and their order lead; a group may be passed over, the
tempo bends with the player, and somebody may stop, go back, leave something out or begin again, each at its
price (`prices`). The asked time is only a second opinion on when the next group comes. The same search
through the mirrored run gives, for each press, the best whole reading that treats it otherwise.
"""

from bisect import bisect_left
from collections.abc import Sequence
from math import log

from game.judge.clinical import prices
from game.judge.clinical.paths import Offers, OrderPath, State, Step
from game.judge.clinical.piece import REACH, Piece
from game.judge.clinical.prices import PlayingStyle

_BEAM, _MOST = 26.0, 32
"""Readings that far behind the best so far, or beyond so many, are given up."""

_AHEAD, _FIT = 3, 2
"""A jump lands where so many of the next keys are asked close by."""

_NEAREST, _LANDINGS, _FIRST = 48, 12, 4
BACK_S = 0.25
_PAUSE_S = 0.8
"""A press that comes so much after its time may be the beginning of something else."""

_ASKED_VARIANCE = prices.ASKED_SD_S**2
_ASKED_LEVEL = -0.5 * log(_ASKED_VARIANCE) - prices.ASKED


class OrderSearch:
    """Goes through presses one by one, in order of time, and keeps what each group could be the last of."""

    def __init__(
        self,
        piece: Piece,
        time_s: Sequence[float],
        key: Sequence[int],
        timing: PlayingStyle,
        bounced: Sequence[bool] = (),
        backwards: bool = False,
    ) -> None:
        """bounced: of each press, whether the settings call it a bounce. backwards: the run is mirrored."""
        self._piece, self._time_s, self._key, self._timing = piece, time_s, key, timing
        self._bounced = frozenset(at for at, one in enumerate(bounced) if one)
        self._backwards = backwards
        self._live: dict[int, State] = {}
        self._strayed = 0.0
        self._top: tuple[int, State] | None = None
        self.scores: list[dict[int, float]] = []

    def path(self) -> OrderPath:
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
        return OrderPath(best, steps[::-1], self.scores)

    def _take(self, at: int) -> None:
        """One press: stray, of the same group, of a later one, of one elsewhere, or the first of all."""
        key, reach = self._key[at], self._piece.reach
        stray, floor = self.stray(at), self._best - _BEAM
        begun = self._begun(at, floor)
        found = Offers(floor)
        for group, state in self._live.items():
            for after in reach[group].get(key, ()):
                self.advance(found, at, group, state, after)
        if self._top is not None:
            self._elsewhere(found, at, *self._top)
        for group, state in self._live.items():
            mated = self._same(at, group, state, stray)
            if mated is not None:
                found.tell(group, mated)
            if group not in found.states or state.score > found.states[group].score:
                found.states[group] = state
        for group, state in begun:
            if found.better(group, state.score):
                found.states[group] = state
        self._strayed += stray
        self._live = self._pruned(found.states)
        self.scores.append(found.given)

    @property
    def _best(self) -> float:
        return self._strayed if self._top is None else max(self._strayed, self._top[1].score)

    def _pruned(self, found: dict[int, State]) -> dict[int, State]:
        if not found:
            self._top = None
            return found
        self._top = max(found.items(), key=lambda item: item[1].score)
        floor = self._best - _BEAM
        kept = {group: state for group, state in found.items() if state.score > floor}
        if len(kept) > _MOST:
            kept = dict(sorted(kept.items(), key=lambda item: -item[1].score)[:_MOST])
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

    def _same(self, at: int, group: int, state: State, stray: float) -> float | None:
        """The group stays: the press is stray, or another note of it; then the score as that."""
        key, time_s, piece = self._key[at], self._time_s[at], self._piece
        if stray < -prices.APART and time_s - state.first_s < prices.APART_S and piece.near[group] >> key & 1:
            stray = -prices.APART
        free = piece.bits[group].get(key, 0) & ~state.used
        if not free:
            state.score += stray
            return None
        mated = state.score + self._timing.note + prices.mate(time_s - state.last_s)
        if mated > state.score + stray:
            state.score, state.last_s, state.used = mated, time_s, state.used | (free & -free)
            state.step = Step(state.step, at, group, False)
        else:
            state.score += stray
        return mated

    def advance(self, found: "Offers", at: int, group: int, state: State, after: int) -> None:
        """The press begins a later group: as the player's tempo has it, or as the asked time has it."""
        time_s, piece, steps, timing = self._time_s[at], self._piece, state.steps, self._timing
        asked_s = piece.onset_s[after] - piece.onset_s[group]
        awaited_s = state.tempo * asked_s
        off_s = time_s - state.last_s - awaited_s
        if off_s < 0.0:
            off_s = 1.4 * min(0.0, time_s - state.first_s - awaited_s)
        spread = (timing.share + prices.NEW_SHARE / (1 + steps)) * awaited_s
        variance = 2 * timing.sd_s * timing.sd_s + spread * spread
        square = off_s * off_s
        moved_s = time_s - piece.onset_s[after] - state.late_s
        asked = _ASKED_LEVEL - prices.ASKED_NEW / (1 + steps)
        asked -= 1.05 * log(1 + moved_s * moved_s / (1.6 * _ASKED_VARIANCE))
        timed = -1.05 * log(1 + square / (1.6 * variance)) - 0.5 * log(variance)
        if abs(moved_s) > BACK_S and abs(off_s) > max(BACK_S, prices.SURPRISE * awaited_s):
            timed -= prices.LEAVING
        score = max(asked, timed)
        score += state.score - 1.15 - timing.note * (piece.size[after] - 1)
        if after > group + 1:
            score += timing.left_out(piece.before[after] - piece.before[group + 1])
        if not found.better(after, score):
            return
        gain = max(0.25, 1 / (steps + 1.5))
        pull = gain / (1 + square / (8 * variance)) * awaited_s / (awaited_s + 0.15)
        bend = max(-state.tempo / 2, min(state.tempo / 2, off_s / asked_s))
        late_s = state.late_s + (moved_s if abs(moved_s) > BACK_S else gain * moved_s)
        bits = piece.bits[after][self._key[at]]
        found.states[after] = State(
            score,
            time_s,
            time_s,
            max(0.2, min(5.0, state.tempo + pull * bend)),
            steps + 1,
            late_s,
            bits & -bits,
            Step(state.step, at, after, False),
        )

    def _elsewhere(self, found: "Offers", at: int, group: int, state: State) -> None:
        """The player is back where the music is by now, or has gone on somewhere else."""
        back = self._back_at(at, group, state)
        if back is not None:
            self.advance(found, at, group, state, back)
        for landing in self._landings(at, group, state):
            jumped = self.jumped(at, group, state, landing)
            if found.better(landing, jumped.score):
                found.states[landing] = jumped

    def _may_jump(self, at: int, group: int, state: State) -> bool:
        """Whether anything speaks for a jump here: a key that is not to come, or a long wait."""
        coming, keys = self._piece.coming[group], self._key
        if any(not coming >> keys[i] & 1 for i in range(at, min(len(keys), at + _AHEAD + 1))):
            return True
        nexts = self._piece.reach[group].get(keys[at])
        if not nexts:
            return True
        asked_s = self._piece.onset_s[nexts[0]] - self._piece.onset_s[group]
        return self._time_s[at] - state.last_s > state.tempo * asked_s + _PAUSE_S

    def _landings(self, at: int, group: int, state: State) -> list[int]:
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

    def _back_at(self, at: int, group: int, state: State) -> int | None:
        """Where the music is by now, if something was left out and this press fits there."""
        piece, about_s = self._piece, self._time_s[at] - state.late_s
        mine = piece.groups.get(self._key[at], [])
        where = bisect_left(mine, about_s, key=piece.onset_s.__getitem__)
        near = [mine[i] for i in (where - 1, where) if 0 <= i < len(mine)]
        after = min(near, key=lambda one: abs(piece.onset_s[one] - about_s), default=-1)
        if after <= group + REACH or abs(piece.onset_s[after] - about_s) > BACK_S:
            return None
        return after

    def jumped(self, at: int, group: int, state: State, landing: int) -> State:
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
        return State(score, time_s, time_s, state.tempo, min(2, state.steps), late_s, bits & -bits, step)

    def _begun(self, at: int, floor: float) -> list[tuple[int, State]]:
        """Readings in which this press is the first that plays anything."""
        if self._strayed <= floor:
            return []
        begun = ((group, self.begun(at, group)) for group in self._piece.groups.get(self._key[at], ()))
        return [(group, state) for group, state in begun if state.score > floor]

    def begun(self, at: int, group: int) -> State:
        """The press is the first of all that plays anything."""
        key, time_s, piece = self._key[at], self._time_s[at], self._piece
        late_s = time_s - piece.onset_s[group]
        score = self._strayed + self._timing.unplayed(piece.before[group])
        if not self._backwards:
            score += prices.lateness(late_s)
        score -= self._timing.note * (piece.size[group] - 1)
        bits = piece.bits[group][key]
        return State(score, time_s, time_s, 1.0, 0, late_s, bits & -bits, Step(None, at, group, True))

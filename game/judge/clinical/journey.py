"""The player's way through the music in legs, each at one tempo and one lateness, and how each began."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.judge.verdicts import Began, Leg

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PAUSE_S, PAUSE_SHARE = 0.6, 0.5
"""A wait that is longer than it should be by that, and by that share of it, is a pause."""

STEP_S, STEP_SDS, STAYS = 0.15, 4.0, 0.6
"""A step is a change of lateness by that, by that many spreads, of which that share is still there later."""

OFF_BEAT_S = 0.3
"""A leg that is further from the run's own lateness than that was played somewhere else in the music."""

DRIFT_S = 0.6
"""A leg that gains or loses more than that over its length has a tempo of its own."""

MOST_OF = 0.2
"""The run's own lateness is that of a leg with so great a share of beats: of the least late one."""

_FEW, _WIDE = 3, 9
_T = 2.0


MOST_LATE_S = 0.75
"""A player who is later or earlier than that does not play to the asked beat."""


@dataclass(frozen=True, slots=True)
class Played:
    """Notes that were played on their own keys. A note may be here more than once, each in a go of its own.

    row: of the note, notes by onset. asked_s, played_s: when it was due and when its key went down. go: what
    was gone through in one go.
    """

    row: Ints
    asked_s: Floats
    played_s: Floats
    go: Ints

    def at(self, which: Ints) -> "Played":
        """Some of them, in another order."""
        return Played(self.row[which], self.asked_s[which], self.played_s[which], self.go[which])


@dataclass(frozen=True, slots=True)
class Journey:
    """The legs of a run, and of each of its played notes the leg and how far it was off that leg's beat.

    own_s: press − the beat of the leg, a straight line through it; nan in legs of fewer than four beats.
    """

    legs: tuple[Leg, ...]
    leg: Ints
    own_s: Floats


def journey(played: Played) -> Journey:
    """The journey of a run. Indexes of its legs are rows of the notes; times of legs are asked times."""
    count = len(played.row)
    if not count:
        return Journey((), np.zeros(0, dtype=np.int64), np.zeros(0))
    first, beat = _beats(played)
    beats = played.at(first)
    cuts, told = _cuts(beats)
    leg = (np.searchsorted(np.array(cuts), np.arange(len(first)), side="right") - 1)[beat]
    spans = zip(_spans(cuts, len(first)), told, strict=True)
    legs = _on_beat([_leg(beats, *span, *start) for span, start in spans])
    own_s = np.full(count, np.nan)
    for at, one in enumerate(legs):
        if one.tempo is not None:
            mine = leg == at
            off_s = played.played_s[mine] - played.asked_s[mine] / one.tempo
            own_s[mine] = off_s - np.median(off_s)
    return Journey(tuple(legs), leg, own_s)


def _beats(played: Played) -> tuple[Ints, Ints]:
    """The first key of each group of notes, in the order they were played in; and the group of each note."""
    onset = np.unique(np.round(played.asked_s, 3), return_inverse=True)[1]
    group = played.go * (int(onset.max()) + 1) + onset
    order = np.lexsort((played.row, played.played_s))
    first = np.unique(group[order], return_index=True)[1]
    rank = np.argsort(np.argsort(first))
    return order[np.sort(first)], rank[np.unique(group, return_inverse=True)[1]]


def _spans(cuts: list[int], count: int) -> Iterator[tuple[int, int]]:
    """First and last beat of each leg. cuts: beats that begin one."""
    for first, end in zip(cuts, [*cuts[1:], count], strict=True):
        yield first, end - 1


def _cuts(beats: Played) -> tuple[list[int], list[tuple[Began, float]]]:
    """Where legs begin, how, and after what wait beyond the asked one (s)."""
    cuts, told = [0], [(Began.START, 0.0)]
    asked_s, played_s = np.diff(beats.asked_s), np.diff(beats.played_s)
    forward = (asked_s > 0) & (np.diff(beats.go) == 0)
    awaited_s = _tempo(asked_s, played_s, forward) * asked_s
    over_s = np.where(forward, played_s - awaited_s, 0.0)
    steps = _steps(over_s, forward)
    for at in range(len(asked_s)):
        if not forward[at]:
            moved = beats.asked_s[at + 1] - beats.asked_s[at]
            began = Began.AHEAD if moved > 0 else Began.BACK
            if beats.asked_s[at + 1] <= beats.asked_s.min():
                began = Began.RESTART
            cuts.append(at + 1)
            told.append((began, max(0.0, float(played_s[at]))))
        elif over_s[at] > max(PAUSE_S, PAUSE_SHARE * float(awaited_s[at])):
            cuts.append(at + 1)
            told.append((Began.PAUSE, float(over_s[at])))
        elif steps[at]:
            cuts.append(at + 1)
            told.append((Began.STEP, float(over_s[at])))
    return cuts, told


def _tempo(asked_s: Floats, played_s: Floats, forward: NDArray[np.bool_]) -> Floats:
    """Seconds played a second asked about each interval: the median of those around it."""
    slope = np.where(forward, played_s / np.where(forward, asked_s, 1.0), np.nan)
    if not forward.any():
        return np.ones(len(slope))
    wide = np.pad(slope, _WIDE // 2, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(wide, _WIDE)
    known = ~np.isnan(windows).all(axis=1)
    found = np.full(len(slope), float(np.nanmedian(slope)))
    found[known] = np.nanmedian(windows[known], axis=1)
    return found


def _steps(over_s: Floats, forward: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Intervals that are off by a step that stays: what comes next does not make up for it."""
    if np.count_nonzero(forward) < 2 * _FEW:
        return np.zeros(len(over_s), dtype=np.bool_)
    spread_s = 1.4826 * float(np.median(np.abs(over_s[forward])))
    total = np.concatenate(([0.0], np.cumsum(over_s)))
    count = len(over_s)
    big = np.abs(over_s) > max(STEP_S, STEP_SDS * spread_s)
    for at in np.flatnonzero(big).tolist():
        before, after = total[max(0, at - 2)], total[min(count, at + 3)]
        stays = (after - before) / over_s[at]
        big[at] = stays > STAYS and _FEW <= at + 1 <= count + 1 - _FEW
    return big


def _leg(beats: Played, first: int, last: int, began: Began, wait_s: float) -> Leg:
    span = slice(first, last + 1)
    asked_s, played_s = beats.asked_s[span], beats.played_s[span]
    late_s = float(np.median(played_s - asked_s))
    tempo, interval = _tempo_of(asked_s, played_s)
    return Leg(
        first=int(beats.row[first]),
        last=int(beats.row[last]),
        begins_s=round(float(asked_s[0]), 4),
        ends_s=round(float(asked_s[-1]), 4),
        began=began,
        wait_s=round(wait_s, 4),
        beats=len(asked_s),
        late_s=round(late_s, 4),
        tempo=tempo,
        tempo_interval=interval,
    )


def _tempo_of(asked_s: Floats, played_s: Floats) -> tuple[float | None, tuple[float, float] | None]:
    """The tempo of a leg as a ratio of the asked one, by a robust straight line, with its 95 % interval.

    Theil and Sen's slope over the whole leg; the interval from the spread about the line, wider by what
    lateness depends on that of the beat before.
    """
    count = len(asked_s)
    if count < 4 or asked_s[-1] - asked_s[0] <= 0:
        return None, None
    half = count // 2
    slopes = (played_s[half:] - played_s[: count - half]) / (asked_s[half:] - asked_s[: count - half])
    slope = float(np.median(slopes))
    off_s = played_s - slope * asked_s
    off_s = off_s - np.median(off_s)
    spread = float(np.sqrt(np.sum((asked_s - asked_s.mean()) ** 2)))
    lag = float(np.clip(np.sum(off_s[1:] * off_s[:-1]) / max(1e-12, np.sum(off_s**2)), 0.0, 0.9))
    error = _T * float(np.sqrt(np.sum(off_s**2) / (count - 2))) / spread * ((1 + lag) / (1 - lag)) ** 0.5
    if slope - error <= 0.05:
        return None, None
    return round(1 / slope, 4), (round(1 / (slope + error), 4), round(1 / (slope - error), 4))


def _on_beat(legs: list[Leg]) -> list[Leg]:
    """The legs, each with whether it was played to the asked beat."""
    legs = [replace(leg, own_tempo=_drift_s(leg) > DRIFT_S) for leg in legs]
    beats = sum(leg.beats for leg in legs)
    own = [leg for leg in legs if not leg.own_tempo and leg.beats >= MOST_OF * beats]
    own = [leg for leg in own if abs(leg.late_s) <= MOST_LATE_S]
    if not own:
        return legs
    habit_s = min((leg.late_s for leg in own), key=abs)
    return [
        replace(leg, on_beat=not leg.own_tempo and abs(leg.late_s - habit_s) <= OFF_BEAT_S) for leg in legs
    ]


def _drift_s(leg: Leg) -> float:
    """By how much a leg surely runs away from the asked beat over its length."""
    if leg.tempo_interval is None:
        return 0.0
    low, high = leg.tempo_interval
    least = max(0.0, 1 - 1 / low if low > 1 else 0.0, 1 / high - 1 if high < 1 else 0.0)
    return least * (leg.ends_s - leg.begins_s)

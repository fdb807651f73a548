"""What a player went through in one go, and when each of their notes was to come at that tempo."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from game.judge.clinical.paths import OrderPath
from game.judge.clinical.piece import Piece
from game.judge.clinical.prices import NOTE, PlayingStyle

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_NEIGHBOURS = 4
_PAUSE_S, _PAUSE_SHARE = 0.6, 0.5
"""A gap that is longer than it should be by that, and by that share of it, is a pause: no line crosses it."""

_SLOPES = 9
_PRIOR = 12.0
_LEAST_NOTE = 0.8
_OWN = 0.5
"""How much of a group's own time goes into where its notes are looked for."""


@dataclass(frozen=True, slots=True)
class Go:
    """One go. group: those with a press, rising; first_s, time_s: their first press and the mean of all.

    first, last: presses, by their place in time.
    """

    group: Ints
    first_s: Floats
    time_s: Floats
    first: int
    last: int


def goes_of(path: OrderPath, time_s: Sequence[float]) -> list[Go]:
    """What was gone through in one go each, in the order in which they were played."""
    found: list[Go] = []
    groups: dict[int, list[float]] = {}
    first = last = 0
    for step in path.steps:
        if step.jumped and groups:
            found.append(_go(groups, first, last))
            groups = {}
        if not groups:
            first = step.press
        last = step.press
        groups.setdefault(step.group, []).append(time_s[step.press])
    return [*found, _go(groups, first, last)] if groups else found


def _go(groups: dict[int, list[float]], first: int, last: int) -> Go:
    return Go(
        np.array(list(groups), dtype=np.int64),
        np.array([own[0] for own in groups.values()]),
        np.array([sum(own) / len(own) for own in groups.values()]),
        first,
        last,
    )


def learned(path: OrderPath, piece: Piece, time_s: Sequence[float], left_out: float) -> PlayingStyle:
    """A player's style, from the deviations of intervals from the tempo around them.

    left_out: share of the notes that another reading finds left out; the smaller of the two is taken.
    """
    before, square = PlayingStyle(), []
    onset_s = np.array(piece.onset_s)
    goes = goes_of(path, time_s)
    note = _note_price(min(left_out, _left_out(goes, path, piece)), len(path.steps))
    for one in goes:
        asked_s, played_s = np.diff(onset_s[one.group]), np.diff(one.first_s)
        if len(asked_s) >= _SLOPES // 2:
            awaited_s = _medians(played_s / asked_s) * asked_s
            off_s = played_s - awaited_s
            square += (off_s**2 / (2 * before.sd_s**2 + (before.share * awaited_s) ** 2)).tolist()
    if not square:
        return replace(before, note=note)
    # The median of the squares of a normal error is 0.455 of their mean.
    shrunk = min(4.0, float(np.median(square)) / 0.455)
    scale = ((_PRIOR + len(square) * shrunk) / (_PRIOR + len(square))) ** 0.5
    return PlayingStyle(max(0.015, before.sd_s * scale), max(0.03, before.share * scale), note)


def _left_out(goes: list[Go], path: OrderPath, piece: Piece) -> float:
    """The share of the notes of all goes that have no press."""
    asked = sum(piece.before[int(one.group[-1]) + 1] - piece.before[int(one.group[0])] for one in goes)
    return 1 - len(path.steps) / max(1, asked)


def _note_price(left_out: float, notes: int) -> float:
    """Log odds of a note being played, by the share left out so far."""
    prior = 1 / (1 + exp(NOTE))
    share = (max(0.0, left_out) * notes + prior * _PRIOR) / (notes + _PRIOR)
    return min(NOTE, max(_LEAST_NOTE, log((1 - share) / share)))


def _medians(values: Floats) -> Floats:
    """The median of each value and those around it."""
    half = _SLOPES // 2
    wide = np.pad(values, half, constant_values=np.nan)
    found: Floats = np.nanmedian(np.lib.stride_tricks.sliding_window_view(wide, _SLOPES), axis=1)
    return found


def expected_s(one: Go, asked_s: Floats, groups: Ints) -> Floats:
    """When each of some groups was to come, by the groups of the stretch around it.

    asked_s: onset of every group of the piece. groups: rising, within the stretch or about it.
    """
    at = np.searchsorted(one.group, groups)
    part = _parts(one, asked_s)
    own = at.clip(0, len(one.group) - 1)
    has = one.group[own] == groups
    near = at[:, None] + np.arange(-_NEIGHBOURS, _NEIGHBOURS + 1)[None, :]
    inside = (near >= 0) & (near < len(one.group))
    near = near.clip(0, len(one.group) - 1)
    inside &= part[near] == part[own][:, None]
    inside &= ~(has[:, None] & (near == own[:, None]))
    off_s = asked_s[one.group][near] - asked_s[groups][:, None]
    played_s = one.time_s[near]
    fit = _fits(off_s, played_s, inside)
    alone = ~inside.any(axis=1)
    fit = np.where(alone, one.time_s[own] + asked_s[groups] - asked_s[one.group][own], fit)
    own_s = np.where(has, one.time_s[own], fit)
    return fit + _OWN * (own_s - fit)


def _parts(one: Go, asked_s: Floats) -> Ints:
    """Which part between pauses each group of the stretch is in."""
    if len(one.group) < 3:
        return np.zeros(len(one.group), dtype=np.int64)
    gap_s, ask_s = np.diff(one.first_s), np.diff(asked_s[one.group])
    awaited_s = _medians(gap_s / ask_s) * ask_s
    pauses = gap_s - awaited_s > np.maximum(_PAUSE_S, _PAUSE_SHARE * awaited_s)
    return np.concatenate(([0], np.cumsum(pauses)))


def _fits(off_s: Floats, played_s: Floats, inside: NDArray[np.bool_]) -> Floats:
    """The time at 0 of a straight line through each row, twice, the second time without what lies far off."""
    weight = inside.astype(np.float64)
    fit = np.zeros(len(off_s))
    for again in (True, False):
        total = weight.sum(axis=1) + 1e-9
        mean_x, mean_y = (weight * off_s).sum(axis=1) / total, (weight * played_s).sum(axis=1) / total
        x, y = off_s - mean_x[:, None], played_s - mean_y[:, None]
        spread = (weight * x * x).sum(axis=1)
        slope = ((weight * x * y).sum(axis=1) + 0.05) / (spread + 0.05)
        slope = np.clip(slope, 0.2, 5.0)
        fit = mean_y - slope * mean_x
        if again:
            left = np.abs(y - slope[:, None] * x)
            scale = 3.0 * (0.02 + np.median(np.where(inside, left, np.nan_to_num(left)), axis=1))[:, None]
            weight = inside * np.square(np.clip(1 - np.square(left / scale), 0.05, 1))
    return fit

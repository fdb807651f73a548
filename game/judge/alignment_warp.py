"""A first idea of how time bends in a run: the path of lateness on which most notes find a press of theirs.

Found by dynamic programming over onsets (Viterbi): each onset votes for latenesses, small steps of lateness
cost little, and one jump costs as much as it takes to outvote some notes: a hold, or a place that was lost.
"""

import numpy as np
from numpy.typing import NDArray

from game.judge.alignment_table import Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HALF_S = 0.8
"""Latenesses up to there are looked at."""

_BIN_S = 0.02
_BINS = 2 * round(HALF_S / _BIN_S) + 1
_BLUR = (0.3, 0.8, 1.0, 0.8, 0.3)
_GAIN = 3.0
_STEP_COST = 0.6
_STEPS = 5
_JUMP_COST = 9.0
_FAR_COST_S = 1.0
_MOMENT_S = 0.1
"""Onsets of so long a time take one step of the path together."""


def warp(run: Table) -> Floats:
    """The lateness about each note along the best path."""
    moment = np.floor((run.onset_s - run.onset_s[0]) / _MOMENT_S + 1e-6)
    moment = np.unique(moment, return_inverse=True)[1]
    gain = _GAIN * np.minimum(_votes(run, moment), np.bincount(moment)[:, None])
    gain -= _FAR_COST_S * _BIN_S * np.abs(np.arange(_BINS) - _BINS // 2)
    path: Floats = (_calm(_path(gain)) - _BINS // 2).astype(np.float64) * _BIN_S
    return path[moment]


def _calm(path: Ints) -> Ints:
    """The path without what one or two moments alone ask for: medians of five."""
    wide = np.pad(path, 2, mode="edge")
    middle: Ints = np.median(np.lib.stride_tricks.sliding_window_view(wide, 5), axis=1).astype(np.int64)
    return middle


def _votes(run: Table, moment: Ints) -> Floats:
    """For each moment and lateness how many notes find a press there, or nearly."""
    note, place = run.near(run.pitch, run.onset_s, HALF_S)
    late_s = run.press_s[run.lane[place]] - run.onset_s[note]
    at = np.rint(late_s / _BIN_S).astype(np.int64) + _BINS // 2
    rows = int(moment[-1]) + 1
    found = np.bincount(moment[note] * _BINS + at, minlength=rows * _BINS).reshape(rows, _BINS)
    wide = np.pad(found.astype(np.float64), ((0, 0), (len(_BLUR) // 2,) * 2))
    votes = np.zeros((rows, _BINS))
    for at_bin, share in enumerate(_BLUR):
        votes += share * wide[:, at_bin : at_bin + _BINS]
    return votes


def _path(gain: Floats) -> Ints:
    """The column of each row on the path of the greatest gain."""
    rows, columns = gain.shape
    cost = _STEP_COST * np.abs(np.arange(-_STEPS, _STEPS + 1))
    best = np.full((rows, columns + 2 * _STEPS), -np.inf)
    best[0, _STEPS:-_STEPS] = gain[0]
    ways = np.lib.stride_tricks.sliding_window_view(best, 2 * _STEPS + 1, axis=1)
    inner = best[:, _STEPS:-_STEPS]
    before, near = np.empty((columns, len(cost))), np.empty(columns)
    for row in range(1, rows):
        np.subtract(ways[row - 1], cost, out=before)
        np.maximum.reduce(before, axis=1, out=near)
        np.maximum(near, np.maximum.reduce(near) - _JUMP_COST, out=near)
        np.add(near, gain[row], out=inner[row])
    return _back(inner, ways, cost)


def _back(best: Floats, ways: Floats, cost: Floats) -> Ints:
    """The path read back from its end."""
    path = np.empty(len(best), dtype=np.int64)
    path[-1] = best[-1].argmax()
    for row in range(len(best) - 1, 0, -1):
        before = ways[row - 1, path[row]] - cost
        jump = int(best[row - 1].argmax())
        near = int(before.argmax())
        steps = before[near] >= best[row - 1, jump] - _JUMP_COST
        path[row - 1] = path[row] + near - _STEPS if steps else jump
    return path

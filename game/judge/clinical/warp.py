"""A first idea of how time bends in a run: the path of lateness on which most notes find a press of theirs.

Found by dynamic programming over onsets (Viterbi): each onset votes for latenesses, small steps of lateness
cost little, and one jump costs as much as it takes to outvote some notes: a hold, or a place that was lost.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from game.judge.clinical.table import AlignmentTable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HALF_S = 0.81
"""Latenesses up to there are looked at."""

_BIN_S = 0.03
_BINS = 2 * round(HALF_S / _BIN_S) + 1
_BLUR = (0.1, 0.7, 1.0, 0.7, 0.1)
_GAIN = 3.0
_STEP_COST = 0.6
_JUMP_COST = 9.0
_STEPS = 3
"""So many bins from one moment to the next are a bend; what goes further is a jump, so that fast repeats are
not left by one for the next."""

_AWAY = np.abs(np.subtract.outer(np.arange(_BINS), np.arange(_BINS)))
_WAYS = np.where(_AWAY <= _STEPS, _STEP_COST * _AWAY, _JUMP_COST)
"""What it costs to come to one column from another."""

_FAR_COST_S = 1.0
_MOMENT_S = 0.1
"""Onsets of so long a time take one step of the path together."""

_PART, _LAP = 32, 12
"""Moments of a part, and those before and after that it shares with its neighbours."""


def warp(run: AlignmentTable) -> Floats:
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
    middle: Ints = np.sort(np.lib.stride_tricks.sliding_window_view(wide, 5), axis=1)[:, 2]
    return middle


def _votes(run: AlignmentTable, moment: Ints) -> Floats:
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
    """The column of each row on the path of the greatest gain.

    Long runs are cut into parts that are gone through side by side, each with some rows before and after:
    no path is ever further behind than a jump costs, so what lies further away is soon forgotten.
    """
    parts = -(-len(gain) // _PART)
    row = np.arange(-_LAP, _PART + _LAP)[:, None] + _PART * np.arange(parts)
    inside = (row >= 0) & (row < len(gain))
    best = np.where(inside[..., None], gain[np.clip(row, 0, len(gain) - 1)], 0.0)
    _forward(best)
    return _back(best)[_LAP : _LAP + _PART].T.reshape(-1)[: len(gain)]


def _forward(best: Floats) -> None:
    """Turn gains (row, part, column) into those of the best paths up to each row."""
    wide = np.full((best.shape[1], _BINS + 2), -np.inf)
    near, left, right = wide[:, 1:-1], wide[:, :-2], wide[:, 2:]
    beside, top = np.empty_like(near), np.empty((best.shape[1], 1))
    for before, here in pairwise(best):
        near[:] = before
        for _ in range(_STEPS):
            np.maximum(left, right, out=beside)
            beside -= _STEP_COST
            np.maximum(near, beside, out=near)
        np.maximum.reduce(before, axis=1, keepdims=True, out=top)
        top -= _JUMP_COST
        np.maximum(near, top, out=near)
        here += near


def _back(best: Floats) -> Ints:
    """The paths (row, part) read back from their ends."""
    path = np.empty(best.shape[:2], dtype=np.int64)
    path[-1] = best[-1].argmax(axis=1)
    for row in range(len(best) - 1, 0, -1):
        path[row - 1] = (best[row - 1] - _WAYS[path[row]]).argmax(axis=1)
    return path

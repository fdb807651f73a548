"""Candidate latenesses of a whole run: those at which many notes have a press of their key."""

import numpy as np
from numpy.typing import NDArray

from game.judge.clinical.table import TICK_S, AlignmentTable

Floats = NDArray[np.float64]

HALF_S = 0.6
"""How far about the middle latenesses are looked for."""

_BIN_S = 0.01
_BLUR_BINS = 4.0
_WIDE_S, _NEAR_S = 0.15, 0.06
_PULLS = 20
_SAME_S = 0.03
_SHARE = 0.45
"""A lateness that fits that share of the notes that the best one fits is looked into as well."""

_MOST = 7

_ENOUGH = 800
"""So many notes tell the latenesses of a run as well as more would: of long runs some are passed over."""


def modes_s(run: AlignmentTable) -> list[float]:
    """Latenesses of the run that are worth a trial, the fullest first, on whole ticks.

    They are looked for about the fullest itself, so that a constant latency moves them all alike.
    """
    middle_s = 0.0
    for near_s in (_WIDE_S, _WIDE_S, _NEAR_S):
        off_s, weight = _offs(run, middle_s)
        if not len(off_s):
            return [middle_s]
        middle_s = _drawn(run, middle_s + _bin_s(int(np.argmax(_histogram(off_s, weight)))), near_s)
    found = _histogram(*_offs(run, middle_s))
    inner = found[1:-1]
    peaks = 1 + np.flatnonzero((inner >= found[:-2]) & (inner > found[2:]) & (inner >= _SHARE * found.max()))
    fullest = sorted(peaks.tolist(), key=lambda at: -found[at])
    drawn = [middle_s]
    for at in fullest[:_MOST]:
        late_s = _drawn(run, middle_s + _bin_s(at), _NEAR_S)
        if all(abs(late_s - other_s) > _SAME_S for other_s in drawn):
            drawn.append(late_s)
    return drawn


def _drawn(run: AlignmentTable, late_s: float, near_s: float) -> float:
    """The lateness that a first idea of it is drawn to: the median of those near it, until it stays."""
    for _ in range(_PULLS):
        off_s = np.sort(_offs(run, late_s, near_s)[0])
        if not len(off_s):
            break
        pull_s = _whole(float(off_s[(len(off_s) - 1) // 2]))
        late_s = _whole(late_s + pull_s)
        if pull_s == 0.0:
            break
    return late_s


def _offs(run: AlignmentTable, middle_s: float, reach_s: float = HALF_S) -> tuple[Floats, Floats]:
    """How far presses are from where notes of their key would lie, each note with one vote in all."""
    asking = slice(None, None, 1 + len(run.onset_s) // _ENOUGH)
    expected_s = run.onset_s[asking] + middle_s
    note, place = run.near(run.pitch[asking], expected_s, reach_s)
    votes = np.bincount(note, minlength=len(expected_s))
    return run.press_s[run.lane[place]] - expected_s[note], 1.0 / votes[note]


def _histogram(off_s: Floats, weight: Floats) -> Floats:
    half = round(HALF_S / _BIN_S)
    at = np.clip(np.rint(off_s / _BIN_S).astype(np.int64), -half, half) + half
    found = np.bincount(at, weight, minlength=2 * half + 1)
    blur = np.exp(-0.5 * np.square(np.arange(-12, 13) / _BLUR_BINS))
    blurred: Floats = np.convolve(found.astype(np.float64), blur, "same")
    return blurred


def _bin_s(at: int) -> float:
    return (at - round(HALF_S / _BIN_S)) * _BIN_S


def _whole(time_s: float) -> float:
    return round(time_s / TICK_S) * TICK_S

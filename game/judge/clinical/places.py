"""A hand that lies some keys to the side for a while, and a player who is some way off in the music.

Where most notes of a stretch are left without a press, each way the hand could lie is tried on it: the way
that explains most is kept if the whole run reads better with it by far.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from game.judge.clinical.habits import REACH_S
from game.judge.clinical.lanes import Pairs, mutual
from game.judge.clinical.line import middle
from game.judge.clinical.reading import Reading
from game.judge.verdicts import Keys
from game.music.keyboard import is_black, white_index, white_pitch

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

LEAST_NOTES = 4
"""A hand is said to lie to the side only where that explains so many notes or more."""

_WINDOW, _BAD_OF_WINDOW = 8, 4
_SHIFT_COST, _LOST_COST = 8.0, 12.0
"""Somebody could be lost in some thousand stretches of a run, and by a few latenesses in each."""

_FIRST_LOOK = 0.5
_SHARE = 0.7
_LITTLE = 0.5
"""A pair of so small a share of the usual weight may have come about by chance."""


_MOST_STRETCHES = 6
_TRIALS = 3
_MOST_PADS = 16
_FURTHEST_S = 5.0
_BIN_S = 0.05
_NEARLY = (0.5, 0.8, 1.0, 0.8, 0.5)
"""Presses of one lateness scatter over some bins, by the SD of an unsteady player."""

_MOST_LATE = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where the hand is taken to be from one note (a row of the table) to another, both included.

    keys, unit: how far to the side it lies, up is positive. late_s: how far behind in the music it is.
    """

    first: int
    last: int
    keys: int = 0
    unit: Keys = Keys.WHITE
    late_s: float = 0.0

    @property
    def cost(self) -> float:
        """How much better the run must read with it, as a log of likelihoods."""
        return _SHIFT_COST if self.keys else _LOST_COST


def placed(reading: Reading) -> tuple[Reading, tuple[Place, ...]]:
    """The reading with the hand where it seems to have been, and the places that were not its own."""
    found: list[Place] = []
    while len(found) < _MOST_STRETCHES and (likely := _likely(reading)):
        level = reading.rough().learned().rough().likelihood
        tried = [(_moved(reading, place).rough().learned().rough(), place) for place in likely]
        best, place = max(tried, key=lambda t: t[0].likelihood - t[1].cost)
        if best.likelihood < level + place.cost:
            break
        reading = best.exact()
        found.append(place)
    return reading, tuple(sorted(found, key=lambda p: p.first))


def sideways(pads: tuple[int, ...]) -> Iterator[tuple[Keys, int]]:
    """Every way a hand could lie to the side in a run that asks for these keys."""
    for unit, furthest in ((Keys.WHITE, 7), (Keys.SEMITONES, 12), (Keys.ASKED, min(4, len(pads) - 1))):
        for keys in range(1, furthest + 1):
            yield unit, keys
            yield unit, -keys


@cache
def beside(unit: Keys, keys: int, pads: tuple[int, ...]) -> Ints:
    """The key under the finger for each pitch with the hand so far to the side, or −1."""
    found = np.full(128, -1)
    if unit is Keys.ASKED:
        for at, pitch in enumerate(pads):
            found[pitch] = pads[at + keys] if 0 <= at + keys < len(pads) else -1
    for pitch in range(128):
        if unit is Keys.SEMITONES and 0 <= pitch + keys < 128:
            found[pitch] = pitch + keys
        elif unit is Keys.WHITE:
            found[pitch] = _white(pitch, keys)
    return found


def _white(pitch: int, keys: int) -> int:
    """The key so many white keys on; from a black key the black one there, where there is one."""
    black = is_black(pitch)
    at = white_index(pitch - 1 if black else pitch) + keys
    under = white_pitch(at) + black if at >= 0 else -1
    return under if under < 128 and is_black(under) == black else -1


def _pads(reading: Reading) -> tuple[int, ...]:
    """The keys that a run asks for, rising; none where they are too many to be pads."""
    pads = tuple(np.unique(reading.run.pitch).tolist())
    return pads if len(pads) <= _MOST_PADS else ()


def _likely(reading: Reading) -> list[Place]:
    """The few places that explain most by a first look, in the stretches where little is explained."""
    scored = [(worth, place) for region in _regions(reading) for worth, place in _scored(reading, region)]
    scored.sort(key=lambda found: (-found[0], found[1].unit != Keys.WHITE))
    return [place for _, place in scored[:_TRIALS]]


def _regions(reading: Reading) -> list[Ints]:
    """Rows of notes, in order, about which half of the notes are left without a press of their key."""
    bad = _bad(reading).astype(np.float64)
    if bad.sum() < LEAST_NOTES:
        return []
    full = _about(bad, _WINDOW // 2) >= _BAD_OF_WINDOW
    rows = np.flatnonzero(_about(full.astype(np.float64), _WINDOW) > 0)
    return [part for part in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(part)]


def _bad(reading: Reading) -> Flags:
    """Notes without a press of their key, or with one that explains little as notes of this player go."""
    own = reading.in_lane
    bad: Flags = ~own
    if own.any():
        bad |= reading.weight < _LITTLE * middle(reading.weight[own])
    return bad


def _about(values: Floats, reach: int) -> Floats:
    """The sum of so many values on each side of each, and its own."""
    sums: Floats = np.convolve(values, np.ones(2 * reach + 1))[reach : reach + len(values)]
    return sums


def _scored(reading: Reading, region: Ints) -> Iterator[tuple[float, Place]]:
    run = reading.run
    pads = _pads(reading)
    for unit, keys in sideways(pads):
        gain = _gain(reading, region, beside(unit, keys, pads)[run.pitch[region]], 0.0)
        yield from _stretch(reading, region, gain, Place(0, 0, keys, unit))
    for late_s in _latenesses(reading, region):
        gain = _gain(reading, region, run.pitch[region], late_s)
        yield from _stretch(reading, region, gain, Place(0, 0, late_s=late_s))


def _gain(reading: Reading, region: Ints, asked: Ints, late_s: float) -> Floats:
    """How much better each note of a region has a press there than none."""
    run, habits = reading.run, reading.habits
    expected_s = (run.onset_s + reading.line_s)[region] + late_s
    note, at = run.near(asked, expected_s, REACH_S)
    press = run.lane[at]
    stray = habits.stray(run.since_s[press], run.bounced[press])
    weight = habits.near(run.press_s[press] - expected_s[note]) + habits.played_odds - stray
    better = weight > 0
    pairs = Pairs(note[better], at[better], weight[better])
    has = mutual(pairs, len(region)) >= 0
    gain = np.zeros(len(region))
    np.maximum.at(gain, pairs.note, pairs.weight)
    return np.where(has, gain, 0.0)


def _stretch(reading: Reading, region: Ints, gain: Floats, place: Place) -> Iterator[tuple[float, Place]]:
    """The stretch of a region in which a place gains most over what is read there, if it is worth a trial."""
    over = gain - reading.weight[region]
    total = np.concatenate(([0.0], np.cumsum(over)))
    drop = total - np.minimum.accumulate(total)
    end = int(drop.argmax())
    if drop[end] < _FIRST_LOOK * place.cost:
        return
    first = int(total[: end + 1].argmin())
    if np.count_nonzero(gain[first:end]) >= max(LEAST_NOTES, _SHARE * (end - first)):
        yield float(drop[end]), replace(place, first=int(region[first]), last=int(region[end - 1]))


def _latenesses(reading: Reading, region: Ints) -> list[float]:
    """Ways to be off in the music at which many notes of a region, left without a press, find one."""
    run, bad = reading.run, region[_bad(reading)[region]]
    expected_s = (run.onset_s + reading.line_s)[bad]
    note, at = run.near(run.pitch[bad], expected_s, _FURTHEST_S)
    off_s = run.press_s[run.lane[at]] - expected_s[note]
    if not len(off_s):
        return []
    half = round(_FURTHEST_S / _BIN_S)
    found = np.bincount(np.rint(off_s / _BIN_S).astype(np.int64) + half, minlength=2 * half + 1)
    votes: Floats = np.convolve(found.astype(np.float64), _NEARLY, "same")
    votes[half - 4 : half + 5] = 0
    best = np.argsort(-votes, kind="stable")[:_MOST_LATE]
    return [float(at - half) * _BIN_S for at in best if votes[at] >= LEAST_NOTES]


def _moved(reading: Reading, place: Place) -> Reading:
    """The reading with the hand at a place for a stretch, not read again yet."""
    rows = slice(place.first, place.last + 1)
    asked, away_s = reading.asked.copy(), np.zeros(len(reading.asked))
    if place.keys:
        under = beside(place.unit, place.keys, _pads(reading))[reading.run.pitch[rows]]
        asked[rows] = np.where(under >= 0, under, asked[rows])
    away_s[rows] = place.late_s
    return replace(
        reading,
        asked=asked,
        away_s=reading.away_s + away_s,
        trend_s=reading.trend_s + away_s,
        line_s=reading.line_s + away_s,
    )

"""All presses of a run matched to all its notes, seeing the whole run: what the clinical record goes by.

On each key notes and presses are paired in order by dynamic programming, the heaviest chain of pairs winning
(`alignment_lanes`). What a pair weighs is a log of likelihoods: how near the press lies to where this player
is expected (`alignment_line`), against how often they leave notes out and press keys unasked; all of that
is estimated from the run itself, in rounds (`alignment_habits`, `alignment_reading`). What is left on both
sides is paired as wrong keys (`alignment_slips`). Several beginnings are tried, each a lateness of the whole
run (`alignment_modes`) with a steady or a bending time (`alignment_warp`), and where much stays unexplained
the hand is tried in other places (`alignment_places`); the likeliest whole is kept.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.judge.clinical.line import Surroundings
from game.judge.clinical.modes import modes_s
from game.judge.clinical.places import Place, placed
from game.judge.clinical.reading import Reading, first_reading
from game.judge.clinical.table import AlignmentTable, table
from game.judge.clinical.warp import warp
from game.judge.verdicts import Lost, Shift
from game.music.note import Note, Press, asynchrony_s

LOST_S = 0.3
"""A player who is that far from their own lateness for some notes is somewhere else in the music."""

LEAST_LOST = 3

_FEW = 200
"""Up to so many notes every beginning is followed to its end; in longer runs the one that begins best."""

_PLAIN = 0.95
"""In a short run of which a steady reading explains that share, no great bends of time are looked for."""

_ROUNDS, _MORE_ROUNDS = 1, 2
"""Quick rounds after the first, in long runs and in short ones."""

_CLOSE = 80.0
"""A reading so far behind the best one (a log of likelihoods) is given up before other places are tried."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Who belongs to whom in a run.

    pairs: (note's index, press's place in what was given) by note; equal keys, or a wrong key of that note.
    confidence: of each note's reading, by its index: 1 for plain, 0 where another one is as likely, or where
    the player was lost, whose time says where they were and not how steady. It is p − q for the likelihoods
    p, q of the best reading and of the best that treats the note otherwise, p + q = 1.
    bias_s: median asynchrony of the pairs of equal keys, 0 without any. shifts, lost: by first note.
    """

    pairs: tuple[tuple[int, int], ...]
    confidence: dict[int, float]
    bias_s: float
    shifts: tuple[Shift, ...] = ()
    lost: tuple[Lost, ...] = ()


def align(notes: Sequence[Note], presses: Sequence[Press], bounces: Collection[int] = ()) -> Alignment:
    """Match presses to notes, both in any order, times on one clock with any latency up to some 0.6 s.

    bounces: places of presses that the settings call a bounce; they are a note's only where all else is less
    likely. Of two readings that are equally likely, the one with the earlier press and the first note.
    """
    if not notes or not presses:
        return Alignment((), dict.fromkeys((n.index for n in notes), 1.0), 0.0)
    reading, places = _likeliest(table(notes, presses, bounces))
    run = reading.run
    in_order = [notes[row] for row in run.note_row.tolist()]
    press_of = np.where(reading.press >= 0, run.press_row[reading.press], -1).tolist()
    pairs = sorted((note.index, press) for note, press in zip(in_order, press_of, strict=True) if press >= 0)
    own = np.flatnonzero((reading.press >= 0) & (run.key[reading.press] == run.pitch)).tolist()
    late_s = np.full(len(notes), np.nan)
    late_s[own] = [asynchrony_s(in_order[row], presses[press_of[row]].time_s) for row in own]
    bias_s = round(float(np.median(late_s[own])), 6) if own else 0.0
    astray = _astray(reading, late_s)
    sure = np.tanh(np.maximum(reading.margin, 0.0) / 2)
    for rows in astray:
        sure[rows] = 0.0
    return Alignment(
        tuple(pairs),
        {note.index: share for note, share in zip(in_order, sure.tolist(), strict=True)},
        bias_s,
        tuple(_shift(place, reading, in_order) for place in places if place.keys),
        tuple(_lost(rows, in_order, late_s - bias_s) for rows in astray),
    )


def _likeliest(run: AlignmentTable) -> tuple[Reading, tuple[Place, ...]]:
    """The likeliest reading of a run, with the places other than its own in which the hand is taken to be."""
    readings = _beginnings(run)
    best = max(reading.score for reading in readings)
    ended = [placed(reading) for reading in readings if reading.score > best - _CLOSE]
    reading, places = max(ended, key=lambda end: end[0].score - sum(place.cost for place in end[1]))
    return reading.learned().weighed(), places


def _beginnings(run: AlignmentTable) -> list[Reading]:
    """Readings worth following: of a short run all, steady ones before bending ones; of a long one one."""
    level, around = np.zeros(len(run.pitch)), Surroundings(run.onset_s)
    few = len(run.pitch) <= _FEW
    rounds = _MORE_ROUNDS if few else _ROUNDS
    steady = [_rough(first_reading(run.earlier(late_s), level, None), rounds) for late_s in modes_s(run)]
    steady = _apart(steady) if few else [max(steady, key=lambda reading: reading.score)]
    bent = [(reading.run, level) for reading in steady if few]
    if not (few and len(steady) == 1 and float(np.mean(steady[0].in_lane)) > _PLAIN):
        bent += [(reading.run, warp(reading.run)) for reading in steady]
    bending = [_rough(first_reading(late, trend_s, around), rounds) for late, trend_s in bent]
    if few:
        return [reading.learned().exact() for reading in _apart([*steady, *bending])]
    return [max((*steady, *bending), key=lambda reading: reading.score)]


def _apart(readings: list[Reading]) -> list[Reading]:
    """Of readings that pair alike the best one, in their order."""
    found: dict[bytes, Reading] = {}
    for reading in readings:
        pairs = reading.press.tobytes()
        if pairs not in found or reading.score > found[pairs].score:
            found[pairs] = reading
    return list(found.values())


def _rough(reading: Reading, rounds: int) -> Reading:
    reading = reading.rough()
    for _ in range(rounds):
        reading = reading.learned().rough()
    return reading


def _astray(reading: Reading, late_s: NDArray[np.float64]) -> list[NDArray[np.int64]]:
    """Rows of the hits in each stretch in which the player's line is far from where it is in the run."""
    rows = np.flatnonzero(~np.isnan(late_s))
    if not len(rows):
        return []
    off_s = reading.line_s[rows] - np.median(reading.line_s[rows])
    side = np.where(np.abs(off_s) > LOST_S, np.sign(off_s), 0.0)
    parts = np.split(np.arange(len(rows)), np.flatnonzero(np.diff(side)) + 1)
    return [rows[part] for part in parts if side[part[0]] and len(part) >= LEAST_LOST]


def _shift(place: Place, reading: Reading, notes: Sequence[Note]) -> Shift:
    rows = slice(place.first, place.last + 1)
    played = reading.in_lane & (reading.asked != reading.run.pitch)
    first, last = notes[place.first], notes[place.last]
    count = int(np.count_nonzero(played[rows]))
    return Shift(first.index, last.index, first.onset_s, last.onset_s, place.keys, place.unit, count)


def _lost(rows: NDArray[np.int64], notes: Sequence[Note], late_s: NDArray[np.float64]) -> Lost:
    first, last = notes[int(rows[0])], notes[int(rows[-1])]
    return Lost(
        first.index, last.index, first.onset_s, last.onset_s, round(float(np.median(late_s[rows])), 4)
    )

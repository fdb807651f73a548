"""Matches all presses of a run to all its notes: the basis of the clinical record.

On each key notes and presses are paired in order by dynamic programming, the heaviest chain of pairs winning
(`alignment_lanes`). What a pair weighs is a log of likelihoods: how near the press lies to where this player
is expected (`alignment_line`), against how often they leave notes out and press keys unasked; all of that
is estimated from the run itself, in rounds (`alignment_habits`, `alignment_reading`). What is left on both
sides is paired as wrong keys (`alignment_slips`). Several beginnings are tried, each a lateness of the whole
run (`alignment_modes`) with a steady or a bending time (`alignment_warp`), and where much stays unexplained
the hand is tried in other places (`alignment_places`); the likeliest whole is kept.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from math import isnan

import numpy as np

from game.judge.clinical.followed import Follower, Found, by_order, by_time, doubted
from game.judge.clinical.journey import journey
from game.judge.clinical.line import Surroundings, middle
from game.judge.clinical.modes import modes_s
from game.judge.clinical.places import Place, placed
from game.judge.clinical.reading import Reading, first_reading
from game.judge.clinical.table import AlignmentTable, table
from game.judge.clinical.warp import warp
from game.judge.verdicts import Leg, Lost, Shift
from game.music.note import Note, Press, asynchrony_s

_BENT_S = 0.3
"""A reading whose line of lateness leaves the middle by more than that may be of another place."""

_FEW = 200
"""Up to so many notes every beginning is followed to its end; in longer runs the one that begins best."""

_PLAIN = 0.95
"""In a short run of which a steady reading explains that share, no great bends of time are looked for."""

_ROUNDS, _MORE_ROUNDS = 1, 2
"""Quick rounds after the first, in long runs and in short ones."""

_LEFT, _LATE_S = 1, 0.25
"""A reading by time stands that leaves no more notes and presses over, and begins no later, than that."""

_CLOSE = 80.0
"""A reading so far behind the best one (a log of likelihoods) is given up before other places are tried."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The matching of presses to notes in a run.

    pairs: (note's index, press's place in what was given) by note; equal keys, or a wrong key of that note.
    confidence: of each note's reading, by its index: 1 for plain, 0 where another one is as likely. It is
    p − q for the likelihoods p, q of the best reading and the best that treats the note otherwise, p + q = 1.
    bias_s: median asynchrony of the pairs of equal keys that are on the beat, 0 without any. shifts, lost: by
    first note. legs: in the order in which they were played. leg_of: by the note's index, its leg and how far
    (s) it was off that leg's own beat, None where that beat is not known.
    """

    pairs: tuple[tuple[int, int], ...]
    confidence: dict[int, float]
    bias_s: float
    shifts: tuple[Shift, ...] = ()
    lost: tuple[Lost, ...] = ()
    legs: tuple[Leg, ...] = ()
    leg_of: dict[int, tuple[int, float | None]] = field(default_factory=dict)


def align(notes: Sequence[Note], presses: Sequence[Press], bounces: Collection[int] = ()) -> Alignment:
    """Match presses to notes, both in any order, times on one clock with any latency up to some 0.6 s.

    bounces: places of presses that the settings call a bounce; they are a note's only where all else is less
    likely. Of two readings that are equally likely, the one with the earlier press and the first note.
    """
    if not notes or not presses:
        return Alignment((), dict.fromkeys((n.index for n in notes), 1.0), 0.0)
    run = table(notes, presses, bounces)
    reading, places = _likeliest(run)
    found = by_time(reading, places)
    if not _explained(reading):
        follower = Follower.of(run, reading)
        if follower.outdoes(reading):
            found = by_order(follower, notes, presses, bounces)
        else:
            found = doubted(found, follower, reading)
    return _alignment(found, run, notes, presses)


def _alignment(
    found: Found, run: AlignmentTable, notes: Sequence[Note], presses: Sequence[Press]
) -> Alignment:
    """What was found, in the indexes of what was given."""
    in_order = [notes[row] for row in run.note_row.tolist()]
    press_of = np.where(found.press >= 0, run.press_row[found.press], -1).tolist()
    pairs = sorted((note.index, press) for note, press in zip(in_order, press_of, strict=True) if press >= 0)
    way = journey(found.played)
    counts = found.go[found.played.row] == found.played.go
    row, leg = found.played.row[counts], way.leg[counts]
    sure = np.tanh(np.maximum(found.margin, 0.0) / 2).tolist()
    late_s = [asynchrony_s(in_order[at], presses[press_of[at]].time_s) for at in row.tolist()]
    on_beat = np.array([one.on_beat for one in way.legs], dtype=np.bool_)[leg]
    bias_s = round(float(np.median(np.array(late_s)[on_beat])), 6) if on_beat.any() else 0.0
    index = [note.index for note in in_order]
    return Alignment(
        tuple(pairs),
        dict(zip(index, sure, strict=True)),
        bias_s,
        tuple(_shift(place, found, run, in_order) for place in found.places if place.keys),
        tuple(_lost(leg, in_order, bias_s) for leg in way.legs if not leg.on_beat and not leg.own_tempo),
        tuple(_leg(leg, in_order) for leg in way.legs),
        {
            index[at]: (one, None if isnan(own_s) else round(own_s, 4))
            for at, one, own_s in zip(row.tolist(), leg.tolist(), way.own_s[counts].tolist(), strict=True)
        },
    )


def _leg(leg: Leg, notes: Sequence[Note]) -> Leg:
    first, last = notes[leg.first], notes[leg.last]
    return replace(leg, first=first.index, last=last.index, begins_s=first.onset_s, ends_s=last.onset_s)


def _explained(reading: Reading) -> bool:
    """Whether nothing is left that a reading by order could explain better."""
    run = reading.run
    stray = len(run.key) - np.count_nonzero(reading.press >= 0) - np.count_nonzero(run.bounced)
    left = np.count_nonzero(~reading.in_lane)
    bend_s = float(np.abs(reading.line_s - middle(reading.line_s)).max())
    return bool(left + stray <= _LEFT and abs(reading.begins_s) < _LATE_S and bend_s < _BENT_S)


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


def _shift(place: Place, found: Found, run: AlignmentTable, notes: Sequence[Note]) -> Shift:
    rows = slice(place.first, place.last + 1)
    played = (found.press >= 0) & (run.key[found.press] == found.asked) & (found.asked != run.pitch)
    first, last = notes[place.first], notes[place.last]
    count = int(np.count_nonzero(played[rows]))
    return Shift(first.index, last.index, first.onset_s, last.onset_s, place.keys, place.unit, count)


def _lost(leg: Leg, notes: Sequence[Note], bias_s: float) -> Lost:
    first, last = notes[leg.first], notes[leg.last]
    return Lost(first.index, last.index, first.onset_s, last.onset_s, round(leg.late_s - bias_s, 4))

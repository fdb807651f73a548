"""Notes without a press of their key, and presses without a note of theirs, paired as wrong keys."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.judge.clinical.habits import REACH_S, Habits
from game.judge.clinical.table import AlignmentTable, within

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SHARES = {0: 0.02, 1: 0.17, 2: 0.17, 3: 0.05, 4: 0.05, 5: 0.03, 6: 0.02, 7: 0.03, 12: 0.05}
"""How often a wrong key lies so many semitones to one side: neighbours mostly, then the octave."""

_WITHIN_OCTAVE, _BEYOND = 0.03, 0.02
"""A press at the very time of a note that got none was meant for it, wherever the finger landed."""

_STEP = np.log([_SHARES.get(step, _WITHIN_OCTAVE if step < 12 else _BEYOND) for step in range(128)])


@dataclass(frozen=True, slots=True)
class Slip:
    """A note and the press of another key that was meant for it, as rows of the table.

    weight: how much better this reads than an omission and an extra press. margin: than the next best.
    """

    note: int
    press: int
    weight: float
    margin: float


def slips(
    run: AlignmentTable, asked: Ints, habits: Habits, line_s: Floats, own: Ints, notes: Ints, presses: Ints
) -> list[Slip]:
    """Wrong keys among notes and presses that are left, the plainest first; `line_s` as for all notes."""
    if not len(notes) or not len(presses):
        return []
    expected_s, time_s = (run.onset_s + line_s)[notes], run.press_s[presses]
    row, column = within(time_s, expected_s, REACH_S)
    note, press = notes[row], presses[column]
    step = np.abs(run.key[press] - asked[note])
    stray = habits.stray(run.since_s[press], run.bounced[press])
    odds = np.where(step == 0, habits.played_odds, _STEP[step] + habits.wrong_odds)
    weight = habits.near(time_s[column] - expected_s[row]) + odds - stray
    order = np.lexsort((press, note, -weight))
    order = order[(weight[order] > 0) & ((step != 0) | (own[note] == press))[order]]
    return _taken(note[order].tolist(), press[order].tolist(), weight[order].tolist())


def _taken(notes: list[int], presses: list[int], weights: list[float]) -> list[Slip]:
    """Pairs taken in turn, each with its distance to the next pair that wanted the same note or press."""
    taken: list[int] = []
    used_note: set[int] = set()
    used_press: set[int] = set()
    for at, (note, press) in enumerate(zip(notes, presses, strict=True)):
        if note not in used_note and press not in used_press:
            used_note.add(note)
            used_press.add(press)
            taken.append(at)
    rival = dict.fromkeys(taken, 0.0)
    by_note, by_press = {notes[at]: at for at in taken}, {presses[at]: at for at in taken}
    for at, (note, press) in enumerate(zip(notes, presses, strict=True)):
        owners = {by_note.get(note), by_press.get(press)} - {None, at}
        if len(owners) == 1 and at not in rival:
            owner = owners.pop()
            assert owner is not None
            rival[owner] = max(rival[owner], weights[at])
    return [Slip(notes[at], presses[at], weights[at], weights[at] - rival[at]) for at in taken]

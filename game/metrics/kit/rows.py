"""Verdicts as rows of numbers, one per note and per press; the only module here that reads verdicts.

Conventions: times are seconds of song time with the station's offsets taken off; asynchrony is press −
onset, early is negative. Hands are 0 unknown, 1 left, 2 right; fingers 1 thumb to 5 little finger, 0
unknown. What is not there is nan, and -1 for an index. Rows of notes go by onset and pitch, rows of presses
by time and pitch, so that the order in which simultaneous things were told changes nothing.
"""

from collections.abc import Iterable
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.judge.verdicts import JudgedPress, Judgement, Lost, Shift, Use, Verdict, Verdicts
from game.metrics.kit.keys import FingerOfKey
from game.music.note import Hand, Note

Rows = NDArray[np.void]
"""Rows of a structured array; its fields are named in `NOTE` or `PRESS`."""

HANDS = {None: 0, Hand.LEFT: 1, Hand.RIGHT: 2}
VERDICTS = {Verdict.HIT: 1, Verdict.OMISSION: 2, Verdict.WRONG_KEY: 3}
USES = {Use.HIT: 1, Use.WRONG_KEY: 3, Use.EXTRA: 4, Use.BOUNCE: 5}
"""One number means one thing, of a note or of a press."""

HIT, OMISSION, WRONG_KEY = VERDICTS.values()
EXTRA, BOUNCE = USES[Use.EXTRA], USES[Use.BOUNCE]

NOTE = np.dtype(
    [
        ("onset_s", "f8"),
        ("duration_s", "f8"),
        ("pitch", "i4"),
        ("hand", "i4"),
        ("finger", "i4"),
        ("asked_velocity", "f8"),
        ("verdict", "i4"),
        ("press", "i4"),  # row of the press it used
        ("asynchrony_s", "f8"),
        ("confidence", "f8"),
        ("place", "i4"),  # its place in the run
        ("shifted", "?"),  # on a wrong key because the whole hand lay to the side
        (
            "lost",
            "?",
        ),  # not played to the asked beat
        ("leg", "i4"),  # of the journey, -1 for none
        ("own_s", "f8"),  # press − the beat of its leg
    ]
)
PRESS = np.dtype(
    [
        ("time_s", "f8"),
        ("release_s", "f8"),
        ("pitch", "i4"),
        ("velocity", "f8"),
        ("use", "i4"),
        ("note", "i4"),  # place of the note that used it
        ("hand", "i4"),
        ("finger", "i4"),  # whose key it is
        ("asked", "?"),  # whether that key is asked of that finger in this run
        ("index", "i4"),  # its index in the verdicts
    ]
)


def validate(notes: Rows, presses: Rows) -> None:
    """Raise ValueError for times that are not numbers or cannot be seconds."""
    for name, times in (("onsets", notes["onset_s"]), ("presses", presses["time_s"])):
        if not np.all(np.isfinite(times)):
            raise ValueError(f"{name} must be finite numbers of seconds")
        if times.size and float(np.max(np.abs(times))) > 1e5:
            raise ValueError(f"{name} go beyond a day of seconds; were they given in milliseconds?")
    hit = notes["verdict"] == HIT
    if not np.all(np.isfinite(notes["asynchrony_s"][hit])) or np.any(notes["press"][hit] < 0):
        raise ValueError("every hit needs its press and its asynchrony")


def rows_of(verdicts: Verdicts, neighbours: bool) -> tuple[Rows, Rows]:
    """Rows of the notes and of the presses. neighbours: as in `FingerOfKey`. ValueError: see `validate`."""
    order = sorted(verdicts.presses, key=_by_time)
    row_of = {press.index: row for row, press in enumerate(order)}
    judged = sorted(verdicts.judgements, key=lambda j: (j.note.onset_s, j.note.pitch, j.note.index))
    notes = np.array([_note(place, j, row_of, verdicts) for place, j in enumerate(judged)], NOTE)
    note_of = {row_of[j.press]: place for place, j in enumerate(judged) if j.press is not None}
    keys = FingerOfKey([j.note for j in judged], neighbours)
    presses = [_press(row, p, note_of, keys, notes) for row, p in enumerate(order)]
    found = notes, np.array(presses, PRESS)
    validate(*found)
    return found


def _by_time(press: JudgedPress) -> tuple[Any, ...]:
    released_s = inf if press.release_s is None else press.release_s
    return press.time_s, press.pitch, press.velocity, released_s, press.use.value


def _note(place: int, judged: Judgement, row_of: dict[int, int], of: Verdicts) -> tuple[Any, ...]:
    note: Note = judged.note
    leg, own_s = of.leg_of.get(note.index, (-1, None))
    return (
        note.onset_s,
        note.duration_s,
        note.pitch,
        HANDS[note.hand],
        note.finger or 0,
        np.nan if note.velocity is None else note.velocity,
        VERDICTS[judged.verdict],
        -1 if judged.press is None else row_of[judged.press],
        np.nan if judged.asynchrony_s is None else judged.asynchrony_s,
        of.confidence.get(note.index, 1.0),
        place,
        judged.verdict is Verdict.WRONG_KEY and _within(note.index, of.shifts),
        not of.on_beat(judged) or _within(note.index, of.lost),
        leg,
        np.nan if own_s is None else own_s,
    )


def _within(index: int, stretches: Iterable[Shift | Lost]) -> bool:
    return any(stretch.first <= index <= stretch.last for stretch in stretches)


def _press(
    row: int, press: JudgedPress, note_of: dict[int, int], keys: FingerOfKey, notes: Rows
) -> tuple[Any, ...]:
    place = note_of.get(row, -1)
    if press.use is Use.HIT and place >= 0:
        hand, finger, asked = int(notes["hand"][place]), int(notes["finger"][place]), True
    else:
        owner, finger, asked = keys.owner(press.pitch, press.time_s)
        hand = HANDS[owner]
    return (
        press.time_s,
        np.nan if press.release_s is None else press.release_s,
        press.pitch,
        press.velocity,
        USES[press.use],
        place,
        hand,
        finger,
        asked,
        press.index,
    )

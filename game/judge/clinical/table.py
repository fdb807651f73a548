"""Notes and presses of a run as columns, with every key a lane of its own in which times rise."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.judge.clinical.lanes import spread
from game.music.note import Note, Press

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

TICK_S = 1e-4
"""Times are taken to 0.1 ms, as asynchronies are."""

MOST_NEAR = 40

_REST_S = 60.0
"""What lies between the lanes of two keys where all lanes follow each other on one line."""


@dataclass(frozen=True, slots=True)
class AlignmentTable:
    """Columns: notes in the order of onset and pitch, presses in that of time and pitch.

    note_row, press_row: places in what was given. since_s: from the press before on the same key, inf for
    the first. bounced: what the settings call a bounce. lane: presses key by key, as rows of the columns.
    note_lane: notes likewise. place: where the presses of `lane` lie on a line on which the lanes follow each
    other. lane_s: length of one lane.
    keys: how many keys are asked or pressed. taken_s: by how much every press was made earlier.
    """

    note_row: Ints
    onset_s: Floats
    pitch: Ints
    press_row: Ints
    press_s: Floats
    key: Ints
    since_s: Floats
    bounced: Flags
    lane: Ints
    note_lane: Ints
    place: Floats
    lane_s: float
    keys: int
    taken_s: float = 0.0

    @property
    def length_s(self) -> float:
        """From the first note or press to the last, and a little."""
        return self.lane_s - _REST_S + 1.0

    def earlier(self, by_s: float) -> "AlignmentTable":
        """The same with every press so much earlier."""
        return replace(
            self, press_s=self.press_s - by_s, place=self.place - by_s, taken_s=self.taken_s + by_s
        )

    def places(self, pitch: Ints, time_s: Floats) -> Floats:
        """Times on keys as places on the line of all lanes."""
        return pitch * self.lane_s + time_s

    def near(self, pitch: Ints, time_s: Floats, reach_s: float) -> tuple[Ints, Ints]:
        """Each row of `time_s` with each press of its pitch within reach: rows, and places in `lane`."""
        return within(self.place, self.places(pitch, time_s), reach_s)


def within(place: Floats, at: Floats, reach_s: float) -> tuple[Ints, Ints]:
    """Each row of `at` with each of `place`, which rises, that lies within reach: rows and columns.

    Of more than `MOST_NEAR` to one side the nearest are taken, so that a heap of presses costs no more.
    """
    first = np.searchsorted(place, at - reach_s, side="left")
    end = np.searchsorted(place, at + reach_s, side="right")
    if np.any(end - first > MOST_NEAR):
        middle = np.searchsorted(place, at)
        first, end = np.maximum(first, middle - MOST_NEAR), np.minimum(end, middle + MOST_NEAR)
    return spread(first, end)


def table(notes: Sequence[Note], presses: Sequence[Press], bounces: Collection[int] = ()) -> AlignmentTable:
    """The columns of one note or more and one press or more; `bounces` are indexes of presses."""
    onset = np.rint(np.array([n.onset_s for n in notes]) / TICK_S)
    pitch = np.array([n.pitch for n in notes], dtype=np.int64)
    time = np.rint(np.array([p.time_s for p in presses]) / TICK_S)
    key = np.array([p.pitch for p in presses], dtype=np.int64)
    bounced = np.zeros(len(presses), dtype=np.bool_)
    bounced[list(bounces)] = True
    note_row = np.lexsort((np.array([n.index for n in notes]), pitch, onset))
    press_row = np.lexsort((np.array([-p.velocity for p in presses]), key, time))
    onset, pitch = onset[note_row] * TICK_S, pitch[note_row]
    time, key, bounced = time[press_row] * TICK_S, key[press_row], bounced[press_row]
    length_s = float(max(onset[-1], time[-1]) - min(onset[0], time[0]))
    lane_s = length_s + _REST_S
    lane = np.argsort(key * lane_s + time, kind="stable")
    return AlignmentTable(
        note_row=note_row,
        onset_s=onset,
        pitch=pitch,
        press_row=press_row,
        press_s=time,
        key=key,
        since_s=_since(time, key, lane),
        bounced=bounced,
        lane=lane,
        note_lane=np.argsort(pitch * lane_s + onset, kind="stable"),
        place=(key * lane_s + time)[lane],
        lane_s=lane_s,
        keys=len(np.union1d(pitch, key)),
    )


def _since(time_s: Floats, key: Ints, lane: Ints) -> Floats:
    """Time since the press before on the same key."""
    since = np.full(len(lane), np.inf)
    same = np.diff(key[lane]) == 0
    since[lane[1:][same]] = np.diff(time_s[lane])[same]
    return since

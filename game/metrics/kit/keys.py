"""Which finger a key belongs to at a time in a run."""

from bisect import bisect_left
from collections.abc import Iterable

from game.music.keyboard import is_black, white_index
from game.music.note import LITTLE_FINGER, THUMB, Hand, Note

Owner = tuple[Hand | None, int, bool]
"""Hand, finger (0 unknown), and whether the run asks that key of that finger."""

_NOBODY: Owner = (None, 0, False)


class FingerOfKey:
    """Which finger a key belongs to, from the fingers that the notes ask for.

    A key that the run asks for belongs to the finger of its nearest note. With `neighbours`, a white key that
    the run never asks for belongs to the finger that rests on it in a five-finger position, one finger to
    each white key, seen from the nearest asked white key.
    """

    def __init__(self, notes: Iterable[Note], neighbours: bool) -> None:
        self._by_pitch: dict[int, list[Note]] = {}
        for note in notes:
            if note.finger is not None and note.hand is not None:
                self._by_pitch.setdefault(note.pitch, []).append(note)
        for on_key in self._by_pitch.values():
            on_key.sort(key=_onset_s)
        self._asked_white = {white_index(p): p for p in self._by_pitch if not is_black(p)}
        self._neighbours = neighbours

    def owner(self, pitch: int, time_s: float) -> Owner:
        """Whose key a pitch is at a time."""
        if pitch in self._by_pitch:
            note = self._nearest(pitch, time_s)
            return note.hand, note.finger or 0, True
        if not self._neighbours or not self._asked_white or is_black(pitch):
            return _NOBODY
        return self._resting(white_index(pitch), time_s)

    def _resting(self, index: int, time_s: float) -> Owner:
        nearest = min(self._asked_white, key=lambda asked: (abs(asked - index), asked))
        note = self._nearest(self._asked_white[nearest], time_s)
        step = index - nearest if note.hand is Hand.RIGHT else nearest - index
        finger = (note.finger or 0) + step
        return (note.hand, finger, False) if THUMB <= finger <= LITTLE_FINGER else _NOBODY

    def _nearest(self, pitch: int, time_s: float) -> Note:
        on_key = self._by_pitch[pitch]
        i = bisect_left(on_key, time_s, key=_onset_s)
        return min(on_key[max(0, i - 1) : i + 1], key=lambda note: abs(note.onset_s - time_s))


def _onset_s(note: Note) -> float:
    return note.onset_s

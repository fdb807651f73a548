"""A simulated patient: plays notes with known lateness, spread, omissions and wrong keys."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from random import Random

from game.music.note import HIGHEST_PITCH, LOWEST_PITCH, Note, Press, Release, Touch

STEP_S = 0.001
"""The least time between presses of notes that are due one after the other: hands keep the order."""

GAP_S = 0.01
"""The least time a key is up before it goes down again."""

NEAR_S = 1.0
"""Notes due this close to another are asked at the same time, as far as choosing a wrong key goes."""


@dataclass(frozen=True, slots=True)
class Performance:
    """What a simulated patient played, and the truth about it.

    touches: in time order, in song time. errors_s: by note index, press − onset of each note that was
    played on its own key. omitted, wrong: indexes of notes not played, and played on a neighbouring key.
    """

    touches: tuple[Touch, ...]
    errors_s: dict[int, float]
    omitted: frozenset[int]
    wrong: frozenset[int]


@dataclass(frozen=True, slots=True)
class Simulated:
    """How a simulated patient plays.

    mean_s, sd_s: of the lateness of a note or chord, normally distributed; early is negative.
    chord_sd_s: spread of the keys of a chord about its own lateness.
    omit, wrong: shares of the notes left out and played on a neighbouring key.
    velocity, velocity_sd: of presses. dwell_share: how much of a note's length its key is held.
    """

    mean_s: float = 0.03
    sd_s: float = 0.04
    chord_sd_s: float = 0.01
    omit: float = 0.05
    wrong: float = 0.03
    velocity: float = 72.0
    velocity_sd: float = 12.0
    dwell_share: float = 0.8

    def play(self, notes: Sequence[Note], rng: Random) -> tuple[Touch, ...]:
        """Presses and releases for `notes`, in song time; the same for the same seed."""
        return self.perform(notes, rng).touches

    def perform(self, notes: Sequence[Note], rng: Random) -> Performance:
        """The same as `play`, with the truth about it."""
        strokes = list(self._strokes(notes, rng))
        return Performance(
            touches=_touches([stroke for stroke in strokes if stroke.pitch is not None]),
            errors_s={s.note.index: s.press_s - s.note.onset_s for s in strokes if s.pitch == s.note.pitch},
            omitted=frozenset(s.note.index for s in strokes if s.pitch is None),
            wrong=frozenset(s.note.index for s in strokes if s.pitch not in (None, s.note.pitch)),
        )

    def _strokes(self, notes: Sequence[Note], rng: Random) -> Iterator["_Stroke"]:
        ordered = sorted(notes, key=lambda n: (n.onset_s, n.pitch))
        earliest_s = float("-inf")
        for onset_s, group in groupby(ordered, key=lambda n: n.onset_s):
            chord = list(group)
            late_s = rng.gauss(self.mean_s, self.sd_s)
            taken: set[int] = set()
            latest_s = earliest_s
            for note in chord:
                spread_s = rng.gauss(0.0, self.chord_sd_s) if len(chord) > 1 else 0.0
                press_s = max(onset_s + late_s + spread_s, earliest_s)
                pitch = self._pitch(note, ordered, taken, rng)
                if pitch is not None:
                    taken.add(pitch)
                    latest_s = max(latest_s, press_s)
                dwell_s = max(GAP_S, note.duration_s * self.dwell_share)
                yield _Stroke(note, pitch, press_s, press_s + dwell_s, self._velocity(note, rng))
            earliest_s = latest_s + STEP_S

    def _pitch(self, note: Note, notes: Sequence[Note], taken: set[int], rng: Random) -> int | None:
        """The key that is played: the note's own, a neighbour, or none; a chord has each key once."""
        fate, side = rng.random(), rng.choice((-1, 1))
        if fate < self.omit or note.pitch in taken:
            return None
        if fate >= self.omit + self.wrong:
            return note.pitch
        asked = _asked_near(note, notes) | taken
        for distance in range(1, HIGHEST_PITCH + 1):
            for pitch in (note.pitch + side * distance, note.pitch - side * distance):
                if LOWEST_PITCH <= pitch <= HIGHEST_PITCH and pitch not in asked:
                    return pitch
        return note.pitch

    def _velocity(self, note: Note, rng: Random) -> int:
        mean = self.velocity if note.velocity is None else note.velocity
        return min(127, max(1, round(rng.gauss(mean, self.velocity_sd))))


def shifted(touches: Iterable[Touch], by_s: float) -> tuple[Touch, ...]:
    """The same touches `by_s` later: from song time to the clock's."""
    return tuple(replace(touch, time_s=touch.time_s + by_s) for touch in touches)


@dataclass(frozen=True, slots=True)
class _Stroke:
    note: Note
    pitch: int | None
    press_s: float
    release_s: float
    velocity: int


def _asked_near(note: Note, notes: Sequence[Note]) -> set[int]:
    start_s, end_s = note.onset_s - NEAR_S, note.end_s + NEAR_S
    return {n.pitch for n in notes if n.onset_s <= end_s and n.end_s >= start_s}


def _touches(strokes: list[_Stroke]) -> tuple[Touch, ...]:
    """Presses and releases in time order; each key is let go before it is pressed again."""
    touches: list[Touch] = []
    following_s: dict[int, float] = {}
    for stroke in sorted(strokes, key=lambda s: s.press_s, reverse=True):
        assert stroke.pitch is not None
        room_s = following_s.get(stroke.pitch, float("inf")) - stroke.press_s
        up_s = max(0.0, min(stroke.release_s - stroke.press_s, max(room_s - GAP_S, room_s / 2)))
        touches.append(Press(stroke.press_s, stroke.pitch, stroke.velocity))
        touches.append(Release(stroke.press_s + up_s, stroke.pitch))
        following_s[stroke.pitch] = stroke.press_s
    return tuple(sorted(touches, key=lambda t: (t.time_s, isinstance(t, Press))))

"""The live judge: receives presses, releases and the time, and gives a verdict on each note at once.

Each note has a window of its own, cut to 0.45 of the gap to its neighbours on the same key, so a press has at
most one note to belong to. Presses and the ends of windows are worked through in the order of their times,
so the rate at which the judge is asked never changes what it says.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from game.judge.conditions import Conditions
from game.judge.presses import PressTracker, all_let_go, judged_presses, let_go
from game.judge.verdicts import Judgement, LetGo, Use, Verdict, Verdicts
from game.judge.windows import SAME_KEY_SHARE, HitWindows
from game.music.note import Note, Press, Release, asynchrony_s


@dataclass(slots=True)
class _Pending:
    """A note that still waits, with the windows that are its own."""

    note: Note
    windows: HitWindows

    @property
    def closes_s(self) -> float:
        return self.note.onset_s + self.windows.good_s

    def open_at(self, time_s: float) -> bool:
        return self.windows.grade(asynchrony_s(self.note, time_s)) is not None

    def closed_at(self, now_s: float) -> bool:
        """By the same subtraction as a press is graded with, so that both see one edge."""
        late_s = asynchrony_s(self.note, now_s)
        return late_s > 0 and self.windows.grade(late_s) is None


class Judge:
    """Judges one run. Times given to it are song time with the station's offsets already taken off."""

    def __init__(self, notes: tuple[Note, ...], conditions: Conditions) -> None:
        self._conditions = conditions
        windows = own_windows(notes, conditions.windows)
        self._notes = [_Pending(note, windows[note.index]) for note in sorted(notes, key=_by_onset)]
        self._closing = deque(sorted(self._notes, key=lambda p: (p.closes_s, p.note.index)))
        self._judgements: dict[int, Judgement] = {}
        self._tracker = PressTracker(conditions.bounce_s)
        self._uses: list[Use] = []
        self._note_of: dict[int, Note] = {}
        self._strays: deque[int] = deque()

    def under(self, conditions: Conditions) -> None:
        """Use other conditions with the same windows."""
        self._conditions = conditions
        self._tracker.bounce_s = conditions.bounce_s

    @property
    def done(self) -> bool:
        """Whether every note has its verdict."""
        return len(self._judgements) == len(self._notes)

    @property
    def first_waiting(self) -> Note | None:
        """The earliest note without a verdict."""
        return next((p.note for p in self._notes if p.note.index not in self._judgements), None)

    def told_again(self, press: Press) -> bool:
        """Whether a press is only another voice of the one before on its key, and no movement of its own."""
        return self._tracker.told_again(press)

    def press(self, press: Press) -> list[Judgement]:
        """Judge one press, after windows that closed before it. A press without a note adds no judgement."""
        judged = self.advance(press.time_s)
        known = self._tracker.press(press)
        if known is None:
            return judged
        self._uses.append(Use.EXTRA if known.after is None else Use.BOUNCE)
        if known.after is not None:
            return judged
        pending = min(
            (p for p in self._open_at(press.time_s) if p.note.pitch == press.pitch),
            key=lambda p: self._distance(press, p),
            default=None,
        )
        if pending is None:
            self._strays.append(known.index)
            return judged
        self._uses[known.index], self._note_of[known.index] = Use.HIT, pending.note
        late_s = asynchrony_s(pending.note, press.time_s)
        grade = pending.windows.grade(late_s)
        return [*judged, self._settle(Judgement(pending.note, Verdict.HIT, known.index, late_s, grade))]

    def release(self, release: Release) -> LetGo | None:
        """Handle a release; returns how a held note ended, if that is asked.

        It is said again when a bounce continues the press, and the last word counts. A release that the
        program made says nothing about the hand.
        """
        known = self._tracker.release(release)
        if known is None or not self._conditions.release:
            return None
        while known.after is not None:
            known = self._tracker.presses[known.after]
        note = self._note_of.get(known.index)
        return None if note is None else let_go(note, release.time_s, self._conditions.windows)

    def advance(self, now_s: float) -> list[Judgement]:
        """Judge every note whose window has closed before `now_s`, in the order in which they closed."""
        judged = []
        while self._closing and self._closing[0].closed_at(now_s):
            pending = self._closing.popleft()
            if pending.note.index not in self._judgements:
                judged.append(self._close(pending))
        return judged

    def pause(self, now_s: float) -> list[Judgement]:
        """Song time stands still at `now_s` and may go on from an earlier one.

        What ended before is judged. Keys that come up in the pause are not heard, and the next press of a key
        is no bounce of the last: how long ago that was, song time can no longer tell.
        """
        self._tracker.forget()
        return self.advance(now_s)

    def verdicts(self) -> Verdicts:
        """All verdicts so far, in the order of the notes, and what each press was for."""
        judgements = tuple(self._judgements[i] for i in sorted(self._judgements))
        presses = judged_presses(self._tracker.presses, self._uses)
        windows = self._conditions.windows
        ends = all_let_go(judgements, presses, windows) if self._conditions.release else {}
        return Verdicts(judgements, presses, ends)

    def _open_at(self, time_s: float) -> list[_Pending]:
        """Notes without a verdict in whose window a time lies."""
        widest_s = self._conditions.windows.good_s + 0.001
        first = bisect_left(self._notes, time_s - widest_s, key=_onset_s)
        last = bisect_right(self._notes, time_s + widest_s, key=_onset_s)
        return [
            p for p in self._notes[first:last] if p.note.index not in self._judgements and p.open_at(time_s)
        ]

    def _close(self, pending: _Pending) -> Judgement:
        """The verdict on a note that its own key did not reach: wrong key where a stray was meant for it."""
        note = pending.note
        self._forget_strays(note.onset_s)
        index = self._stray_for(pending)
        if index is None:
            return self._settle(Judgement(note, Verdict.OMISSION))
        self._strays.remove(index)
        self._uses[index] = Use.WRONG_KEY
        late_s = asynchrony_s(note, self._pressed(index).time_s)
        return self._settle(Judgement(note, Verdict.WRONG_KEY, index, late_s))

    def _stray_for(self, pending: _Pending) -> int | None:
        """The stray press that was meant for a note: strays and waiting notes pair up, the nearest first.

        So a hand that plays a chord one key too high gets a wrong key for each note.
        """
        if not any(pending.open_at(self._pressed(i).time_s) for i in self._strays):
            return None
        pairs = sorted(
            (self._distance(self._pressed(i), p), i)
            for i in self._strays
            for p in self._open_at(self._pressed(i).time_s)
        )
        notes_taken: set[int] = set()
        strays_taken: set[int] = set()
        for (_, _, note_index), i in pairs:
            if note_index in notes_taken or i in strays_taken:
                continue
            if note_index == pending.note.index:
                return i
            notes_taken.add(note_index)
            strays_taken.add(i)
        return None

    def _pressed(self, index: int) -> Press:
        return self._tracker.presses[index].press

    @staticmethod
    def _distance(press: Press, pending: _Pending) -> tuple[float, int, int]:
        note = pending.note
        return abs(asynchrony_s(note, press.time_s)), abs(press.pitch - note.pitch), note.index

    def _settle(self, judgement: Judgement) -> Judgement:
        self._judgements[judgement.note.index] = judgement
        return judgement

    def _forget_strays(self, onset_s: float) -> None:
        """Strays before every window that is still open stay what they are: extra presses."""
        horizon_s = onset_s - 2 * self._conditions.windows.good_s - 0.001
        while self._strays and self._pressed(self._strays[0]).time_s < horizon_s:
            self._strays.popleft()


def _onset_s(pending: _Pending) -> float:
    return pending.note.onset_s


def _by_onset(note: Note) -> tuple[float, int]:
    return note.onset_s, note.index


def own_windows(notes: tuple[Note, ...], windows: HitWindows) -> dict[int, HitWindows]:
    """Each note's windows by index: no wider than 0.45 of the gap to the next or last note on its key."""
    onsets: dict[int, set[float]] = defaultdict(set)
    for note in notes:
        onsets[note.pitch].add(round(note.onset_s, 4))
    gap_s: dict[tuple[int, float], float] = {}
    for pitch, of_pitch in onsets.items():
        for earlier, later in pairwise(sorted(of_pitch)):
            gap_s[pitch, earlier] = min(gap_s.get((pitch, earlier), inf), later - earlier)
            gap_s[pitch, later] = later - earlier
    return {
        note.index: windows.no_wider_than(
            SAME_KEY_SHARE * gap_s.get((note.pitch, round(note.onset_s, 4)), inf)
        )
        for note in notes
    }

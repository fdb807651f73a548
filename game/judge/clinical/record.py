"""The clinical record of a run: verdicts from its raw presses by an alignment that sees the whole run.

The same nouns as the live judge gives, so that all that is measured can be measured from either; but what a
press was for depends on no window: a note is hit by the press that was meant for it, however late. Grades
are given where a hit lies within the windows, and are no part of the record.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TypeVar

from game.judge.clinical.alignment import Alignment, align
from game.judge.conditions import Conditions
from game.judge.presses import PressTracker, TrackedPress, all_let_go, judged_presses
from game.judge.recorded import in_song_time
from game.judge.verdicts import Judgement, Leg, Lost, Shift, Use, Verdict, Verdicts
from game.music.note import Note, Press, Release, asynchrony_s
from game.music.recording import Recording

Stretch = TypeVar("Stretch", Shift, Lost, Leg)

_REST_S = 10.0
"""What lies between two passes where they are laid one after the other."""


@dataclass(frozen=True, slots=True)
class _PassPress:
    """A press in song time, and the pass it belongs to."""

    at_pass: int
    tracked: TrackedPress

    @property
    def press(self) -> Press:
        return self.tracked.press

    @property
    def bounced(self) -> bool:
        return self.tracked.after is not None


@dataclass(frozen=True, slots=True)
class _Pass:
    """A stretch of song time that ran without a pause, and how far it is moved to lie behind the others."""

    begins_s: float
    ends_s: float
    moved_s: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """A note as it is asked in one pass."""

    at_pass: int
    note: Note


def clinical_verdicts(notes: tuple[Note, ...], recording: Recording, conditions: Conditions) -> Verdicts:
    """Verdicts on a recording by alignment; see `Verdicts` for what they say beyond the live judge's.

    What was pressed in a pause is left out. After a pause song time may step back: notes whose windows had
    closed before keep the verdict of the first pass, and a press that plays one of them again is extra; the
    others are asked anew. Of a run that did not reach its end, notes whose windows had not closed by then
    were asked only if they were played. What the settings call a bounce is one unless a note needs it.
    """
    played = _played(recording, conditions)
    passes = _passes(recording, conditions)
    asked = list(_asked(notes, passes, conditions.windows.good_s))
    alignment = align(
        [_laid(a.note, i, passes[a.at_pass]) for i, a in enumerate(asked)],
        [_moved(p.press, passes[p.at_pass]) for p in played],
        [i for i, p in enumerate(played) if p.bounced],
    )
    press_of = _first_pairs(asked, alignment)
    reached_s = inf if recording.reached_s is None else recording.reached_s - conditions.offset_s
    good_s = conditions.windows.good_s
    judged = tuple(
        _judgement(note, press_of.get(note.index), played, conditions)
        for note in notes
        if note.index in press_of or asynchrony_s(note, reached_s) > good_s
    )
    presses = judged_presses([p.tracked for p in played], _uses(played, judged))
    return Verdicts(
        judged,
        presses,
        all_let_go(judged, presses, conditions.windows) if conditions.release else {},
        _confidence(asked, alignment, press_of),
        tuple(_of_notes(shift, asked) for shift in alignment.shifts),
        tuple(_of_notes(lost, asked) for lost in alignment.lost),
        alignment.bias_s,
        tuple(_of_notes(leg, asked) for leg in alignment.legs),
        _legs_of(asked, alignment, press_of),
    )


def _played(recording: Recording, conditions: Conditions) -> list[_PassPress]:
    """Presses made while song time moved, in the order of their stamps."""
    starts = [a.clock_s for a in recording.timeline.anchors if a.rate == 0]
    tracker, played = PressTracker(conditions.bounce_s), list[_PassPress]()
    at_pass = 0
    for touch in sorted(recording.touches, key=lambda t: t.time_s):
        while at_pass < len(starts) and starts[at_pass] < touch.time_s:
            at_pass += 1
            tracker.forget()
        if not recording.timeline.playing(touch.time_s):
            continue
        heard = in_song_time(touch, recording.timeline, conditions)
        if isinstance(heard, Release):
            tracker.release(heard)
        elif (tracked := tracker.press(heard)) is not None:
            played.append(_PassPress(at_pass, tracked))
    return played


def _passes(recording: Recording, conditions: Conditions) -> list[_Pass]:
    """The stretches between pauses, in song time with the offsets taken off, laid one after the other."""
    passes: list[_Pass] = []
    begins_s = -inf
    moved_s = 0.0
    for anchor in recording.timeline.anchors:
        song_s = anchor.song_s - conditions.offset_s
        if anchor.rate == 0:
            passes.append(_Pass(begins_s, song_s, moved_s))
            begins_s = inf
        elif begins_s == inf:
            begins_s = song_s
            moved_s = passes[-1].ends_s + passes[-1].moved_s + _REST_S - song_s
    return [*passes, _Pass(begins_s, inf, moved_s)]


def _asked(notes: Sequence[Note], passes: Sequence[_Pass], good_s: float) -> Iterator[_Asked]:
    """The notes that each pass asks for: those that no pass before has done with, up to where it ends."""
    done_s = -inf
    for at_pass, one in enumerate(passes):
        for note in notes:
            if note.onset_s + good_s > max(done_s, one.begins_s) and note.onset_s - good_s < one.ends_s:
                yield _Asked(at_pass, note)
        done_s = max(done_s, one.ends_s)


def _laid(note: Note, index: int, one: _Pass) -> Note:
    return Note(index, note.onset_s + one.moved_s, note.duration_s, note.pitch)


def _moved(press: Press, one: _Pass) -> Press:
    return replace(press, time_s=press.time_s + one.moved_s) if one.moved_s else press


def _first_pairs(asked: Sequence[_Asked], alignment: Alignment) -> dict[int, int]:
    """The press of each note that has one, by the note's index, from the first pass that it was played in."""
    press_of: dict[int, int] = {}
    for at, press in alignment.pairs:
        press_of.setdefault(asked[at].note.index, press)
    return press_of


def _judgement(
    note: Note, press: int | None, played: Sequence[_PassPress], conditions: Conditions
) -> Judgement:
    if press is None:
        return Judgement(note, Verdict.OMISSION)
    late_s = asynchrony_s(note, played[press].press.time_s)
    if played[press].press.pitch != note.pitch:
        return Judgement(note, Verdict.WRONG_KEY, press, late_s)
    return Judgement(note, Verdict.HIT, press, late_s, conditions.windows.grade(late_s))


def _uses(played: Sequence[_PassPress], judged: Sequence[Judgement]) -> list[Use]:
    """What each press was for; a bounce that a note needs is no bounce."""
    noted = {j.press: Use.HIT if j.verdict is Verdict.HIT else Use.WRONG_KEY for j in judged}
    return [noted.get(i, Use.BOUNCE if p.bounced else Use.EXTRA) for i, p in enumerate(played)]


def _confidence(asked: Sequence[_Asked], alignment: Alignment, press_of: dict[int, int]) -> dict[int, float]:
    """Of each note: that of the pass its verdict comes from, the last one where it was never played."""
    paired = dict(alignment.pairs)
    found: dict[int, float] = defaultdict(float)
    for at, one in enumerate(asked):
        press = press_of.get(one.note.index)
        if press is None or paired.get(at) == press:
            found[one.note.index] = round(alignment.confidence[at], 4)
    return dict(found)


def _legs_of(
    asked: Sequence[_Asked], alignment: Alignment, press_of: dict[int, int]
) -> dict[int, tuple[int, float | None]]:
    """Of each note with a press its leg, and how far it was off that leg's beat."""
    paired = dict(alignment.pairs)
    return {
        asked[at].note.index: leg
        for at, leg in alignment.leg_of.items()
        if press_of.get(asked[at].note.index) == paired.get(at)
    }


def _of_notes(stretch: Stretch, asked: Sequence[_Asked]) -> Stretch:
    """The same stretch with its notes' own indexes and onsets."""
    first, last = asked[stretch.first].note, asked[stretch.last].note
    return replace(stretch, first=first.index, last=last.index, begins_s=first.onset_s, ends_s=last.onset_s)

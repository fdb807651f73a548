"""Turns an instrument's messages into presses: one movement is one press, and a bounce continues its press.

Both judges take their presses from here, so that bounces and releases mean the same to either.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from game.judge.verdicts import JudgedPress, Judgement, LetGo, Use, Verdict
from game.judge.windows import HitWindows
from game.music.device import Device
from game.music.note import Note, Press, Release, Touch

SAME_PRESS_S = 0.005
"""A keyboard with two voices, or one that is heard on two ports, tells each press twice within this time."""

Voice = tuple[Device | None, int | None]


@dataclass(slots=True)
class TrackedPress:
    """One movement of a finger, as far as it is known by now.

    index: its place among all presses of the run. after: that of the press it bounced from, None for no
    bounce. release_s: when its key came up; None while that was not seen. voices: who told of it, a device
    and a channel each; down: those of them that have not told of its end.
    """

    index: int
    press: Press
    after: int | None
    voices: set[Voice]
    down: set[Voice]
    release_s: float | None = None


class PressTracker:
    """Takes presses and releases in the order of their times, and keeps what was one movement together.

    bounce_s: a press on a key that soon after the same key was let go (or pressed, where it is still down)
    is a bounce; 0 lets all pass.
    """

    def __init__(self, bounce_s: float) -> None:
        self.presses: list[TrackedPress] = []
        self.bounce_s = bounce_s
        self._last: dict[int, TrackedPress] = {}

    def told_again(self, press: Press) -> bool:
        """Whether a press is only another voice of the one before on its key."""
        last = self._last.get(press.pitch)
        if last is None or _voice(press) in last.voices:
            return False
        return abs(round(press.time_s - last.press.time_s, 4)) <= SAME_PRESS_S

    def press(self, press: Press) -> TrackedPress | None:
        """The movement that a press begins; None where it is another voice of one that is known."""
        last, voice = self._last.get(press.pitch), _voice(press)
        if last is not None and self.told_again(press):
            last.voices.add(voice)
            last.down.add(voice)
            return None
        after = last.index if last is not None and self._bounces(press, last) else None
        new = TrackedPress(len(self.presses), press, after, {voice}, {voice})
        self.presses.append(new)
        self._last[press.pitch] = new
        return new

    def release(self, release: Release) -> TrackedPress | None:
        """The movement whose key came up with this; None while another voice still holds it.

        A release that the program made says nothing about the hand.
        """
        last, voice = self._last.get(release.pitch), _voice(release)
        if release.synthetic or last is None or voice not in last.down:
            return None
        last.down.discard(voice)
        last.release_s = release.time_s
        return None if last.down else last

    def forget(self) -> None:
        """Song time stands still: what comes after belongs to no movement from before."""
        self._last.clear()

    def _bounces(self, press: Press, last: TrackedPress) -> bool:
        if self.bounce_s == 0:
            return False
        moved_s = last.press.time_s if last.release_s is None else last.release_s
        return round(press.time_s - moved_s, 4) < self.bounce_s


def judged_presses(presses: Sequence[TrackedPress], uses: Sequence[Use]) -> tuple[JudgedPress, ...]:
    """Every press with what it was for and the end of its movement: that of its last bounce."""
    ends_s = [one.release_s for one in presses]
    for one in reversed(presses):
        if one.after is not None and uses[one.index] is Use.BOUNCE:
            ends_s[one.after] = ends_s[one.index]
    return tuple(
        JudgedPress(
            one.index,
            round(one.press.time_s, 4),
            one.press.pitch,
            one.press.velocity,
            None if end_s is None else round(end_s, 4),
            use,
        )
        for one, end_s, use in zip(presses, ends_s, uses, strict=True)
    )


def let_go(note: Note, release_s: float, windows: HitWindows) -> LetGo:
    """How a note that was hit ended."""
    late_s = round(release_s - note.end_s, 4)
    return LetGo(note, late_s, windows.grade(late_s))


def all_let_go(
    judgements: Iterable[Judgement], presses: Sequence[JudgedPress], windows: HitWindows
) -> dict[int, LetGo]:
    """How each note that was hit ended, by its index, where its key was seen to come up."""
    hits = (
        (j.note, presses[j.press]) for j in judgements if j.verdict is Verdict.HIT and j.press is not None
    )
    return {
        note.index: let_go(note, one.release_s, windows) for note, one in hits if one.release_s is not None
    }


def told_once(touches: Iterable[Touch]) -> list[Touch]:
    """Touches in the order of their times, without presses that are only another voice of one before."""
    tracker, kept = PressTracker(0.0), list[Touch]()
    for touch in sorted(touches, key=lambda t: t.time_s):
        if isinstance(touch, Release):
            tracker.release(touch)
        elif tracker.press(touch) is None:
            continue
        kept.append(touch)
    return kept


def _voice(touch: Touch) -> Voice:
    return touch.device, touch.channel

"""Time pictures: what is asked and what is played, drawn as text, a line for each key.

    --N===---/---v---^-

One character is 100 ms, or what the test says. Left of the stroke is what is asked: `N` a note is due, `=` it
is held on. Right of it is what is played: `v` the key goes down, `^` it comes up, `x` a neighbouring key goes
down that nothing asks for. The first line is C4, the next ones D, E, F and G.
"""

from dataclasses import dataclass

from game.judge.conditions import Conditions
from game.judge.recorded import judge_recording
from game.judge.verdicts import Verdicts
from game.judge.windows import HitWindows
from game.music.device import Device, DeviceKind
from game.music.note import Note, Press, Release, Touch
from game.music.recording import Recording
from game.music.timeline import Timeline

KEYS = (60, 62, 64, 65, 67)
FILE = Device(DeviceKind.FILE, "picture")

WIDE = HitWindows(0.1, 0.2, 0.3)
"""One, two and three characters of 100 ms."""


@dataclass(frozen=True)
class Picture:
    """A picture, read."""

    notes: tuple[Note, ...]
    touches: tuple[Touch, ...]

    def judged(self, conditions: Conditions) -> Verdicts:
        return judge_recording(self.notes, recorded(self.touches), conditions)


def recorded(touches: tuple[Touch, ...]) -> Recording:
    """A recording without pauses, played to its end, whose clock is song time."""
    return Recording(touches, Timeline.identity(), FILE)


def read(picture: str, unit_s: float = 0.1) -> Picture:
    """The notes and touches that a picture shows."""
    lines = [line.strip() for line in picture.strip().splitlines()]
    asked: list[tuple[float, int, float]] = []
    touches: list[Touch] = []
    for pitch, line in zip(KEYS, lines, strict=False):
        asks, _, plays = line.partition("/")
        asked += _asked(asks, pitch, unit_s)
        touches += _played(plays, pitch, unit_s)
    notes = (Note(i, onset_s, length_s, pitch) for i, (onset_s, pitch, length_s) in enumerate(sorted(asked)))
    return Picture(tuple(notes), tuple(sorted(touches, key=lambda t: (t.time_s, t.pitch))))


def _asked(asks: str, pitch: int, unit_s: float) -> list[tuple[float, int, float]]:
    found = []
    for at, sign in enumerate(asks):
        if sign == "N":
            held = len(asks[at + 1 :]) - len(asks[at + 1 :].lstrip("="))
            found.append((at * unit_s, pitch, (1 + held) * unit_s))
    return found


def _played(plays: str, pitch: int, unit_s: float) -> list[Touch]:
    found: list[Touch] = []
    for at, sign in enumerate(plays):
        if sign == "v":
            found.append(Press(at * unit_s, pitch))
        elif sign == "^":
            found.append(Release(at * unit_s, pitch))
        elif sign == "x":
            found.append(Press(at * unit_s, pitch + 1))
    return found


def notes_told(verdicts: Verdicts) -> list[str]:
    """What became of each note, in words: the grade of a hit, else the verdict."""
    return [str(j.grade or j.verdict) for j in verdicts.judgements]


def presses_told(verdicts: Verdicts) -> list[str]:
    """What each press was for, in words."""
    return [str(p.use) for p in verdicts.presses]

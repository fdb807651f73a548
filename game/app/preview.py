"""Watch and listen: a run that the program plays by itself and does not store."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from game.clock import Clock
from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.music.device import Device, DeviceKind
from game.music.level import Level
from game.music.note import Note, Press, Release, Touch
from game.run.ports import Backing, NoRecorder
from game.run.run import Run

SHOWN = Device(DeviceKind.SCRIPTED, "preview")
VELOCITY = 72
HELD_SHARE = 0.85
"""Share of a note's length for which its key is shown as pressed."""

WINDOWS = HitWindows(0.1, 0.2, 0.3)
"""Windows without effect, since no verdict is shown."""


class PerfectPlayer:
    """A port that plays the notes of its run exactly as they are written."""

    device = SHOWN
    alive = True

    def __init__(self, clock: Clock, notes: Iterable[Note]) -> None:
        self._clock = clock
        self._coming = sorted(perfect(notes), key=lambda touch: touch.time_s)
        self._run: Run | None = None

    def plays(self, run: Run) -> None:
        """The run whose time it follows."""
        self._run = run

    @property
    def seen_s(self) -> float:
        """It is always there."""
        return self._clock.now_s()

    def touches(self) -> list[Touch]:
        """What became due since the last call, stamped with the instant at which it was due."""
        if self._run is None:
            return []
        song_s = self._run.song_s()
        due = [touch for touch in self._coming if touch.time_s <= song_s]
        del self._coming[: len(due)]
        return [replace(touch, time_s=self._run.timeline.clock_s(touch.time_s)) for touch in due]


def perfect(notes: Iterable[Note]) -> Iterator[Touch]:
    """Presses and releases, in song time, of a player who is never late."""
    for note in notes:
        yield Press(note.onset_s, note.pitch, note.velocity or VELOCITY)
        yield Release(note.onset_s + HELD_SHARE * note.duration_s, note.pitch)


def sounded(level: Level) -> Level:
    """The level with what it asks among its accompaniment, so that it is heard exactly on time."""
    return level.with_notes(level.notes, (*level.accompaniment, *level.notes))


def preview_run(level: Level, speed: float, clock: Clock, backing: Backing, video_offset_s: float) -> Run:
    """A run that plays itself from start to end."""
    conditions = Conditions(WINDOWS, speed, video_offset_s=video_offset_s)
    port = PerfectPlayer(clock, level.notes_at(speed))
    run = Run(level, conditions, clock, port, NoRecorder(), backing)
    port.plays(run)
    return run

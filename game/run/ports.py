"""What a run needs: a port, a recorder and a backing; and stand-ins that keep and sound nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from game.judge.conditions import Conditions
from game.judge.verdicts import Judgement, LetGo
from game.music.device import Device
from game.music.note import Press, Release, Touch
from game.music.recording import Ended, Mark
from game.music.timeline import Anchor


class Terms(NamedTuple):
    """What holds for one device: what a run on it is judged under, and which keys are no part of it."""

    conditions: Conditions
    reserved: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class UnscoredTouch:
    """A touch that is not part of the exercise, in clock time: made in a pause, or of a reserved key."""

    touch: Touch


RunEvent = Press | Release | Judgement | LetGo | Mark | UnscoredTouch


class InputPort(Protocol):
    """What a run needs from an instrument."""

    @property
    def device(self) -> Device:
        """Its description for the record."""

    @property
    def alive(self) -> bool:
        """Whether it is connected now."""

    @property
    def seen_s(self) -> float:
        """Clock time in seconds at which it was last known to be connected."""

    def touches(self) -> list[Touch]:
        """Presses and releases since the last call, in the order of their stamps (clock seconds)."""


class Recorder(Protocol):
    """What a run needs from its recorder. No method may block on the disk."""

    @property
    def run_id(self) -> str:
        """Under which the run is kept; "" where it is not, or has not begun."""

    def touch(self, touch: Touch) -> None: ...

    def anchor(self, anchor: Anchor) -> None: ...

    def mark(self, mark: Mark) -> None: ...

    def played_on(self, device: Device, conditions: Conditions) -> None:
        """What it was played on is known only now, and with it what it is judged under."""

    def again(self) -> None:
        """Nothing was played: the run begins anew, and what was handed over so far is none of it."""

    def end(self, ended: Ended, reached_s: float | None) -> None: ...


class Backing(Protocol):
    """What a run needs from the player of its clicks and accompaniment."""

    def ready(self, from_beat: float, count_in_beats: float) -> None:
        """Prepare for a likely start with these values, without blocking."""

    def start(self, from_beat: float, count_in_beats: float) -> None:
        """Start the count-in at once, then the level from a beat on."""

    def take_up(self, elapsed_s: Callable[[], float]) -> None:
        """Sound the rest of what was started so long ago, soon: there is a device again."""

    def stop(self) -> None:
        """Stop the sound."""

    def position_s(self) -> float | None:
        """Playback position in seconds from an arbitrary origin; None if unknown."""


class NoRecorder:
    """A recorder that stores nothing; for demos and tests."""

    run_id = ""

    def touch(self, touch: Touch) -> None:
        pass

    def anchor(self, anchor: Anchor) -> None:
        pass

    def mark(self, mark: Mark) -> None:
        pass

    def played_on(self, device: Device, conditions: Conditions) -> None:
        pass

    def again(self) -> None:
        pass

    def end(self, ended: Ended, reached_s: float | None) -> None:
        pass


class NoBacking:
    """A backing without sound."""

    def ready(self, from_beat: float, count_in_beats: float) -> None:
        pass

    def start(self, from_beat: float, count_in_beats: float) -> None:
        pass

    def take_up(self, elapsed_s: Callable[[], float]) -> None:
        pass

    def stop(self) -> None:
        pass

    def position_s(self) -> float | None:
        return None

"""Stand-ins for an instrument: one that plays from a list, and one that is never played."""

from collections.abc import Iterable
from math import inf

from game.clock import Clock
from game.music.device import Device, DeviceKind
from game.music.note import Touch

SCRIPTED = Device(DeviceKind.SCRIPTED, "script")
SILENT = Device(DeviceKind.SCRIPTED, "none")


class ScriptedPort:
    """Hands over touches, whose times are in clock seconds, once the clock has reached them.

    What it plays while it is unplugged is lost, as with a real one.
    """

    def __init__(self, clock: Clock, touches: Iterable[Touch], device: Device = SCRIPTED) -> None:
        self.device = device
        self.alive = True
        self._clock = clock
        self._waiting = sorted(touches, key=lambda touch: touch.time_s)
        self._played: list[Touch] = []
        self._unplugged_s = 0.0

    @property
    def seen_s(self) -> float:
        """Now, or when it was unplugged."""
        return self._clock.now_s() if self.alive else self._unplugged_s

    def touches(self) -> list[Touch]:
        """Touches that came due since the last call."""
        self._play()
        played, self._played = self._played, []
        return played

    def will_play(self, touches: Iterable[Touch]) -> None:
        """Play these too, each when the clock reaches it."""
        self._waiting = sorted((*self._waiting, *touches), key=lambda touch: touch.time_s)

    def unplug(self) -> None:
        """Simulate unplugging; earlier touches can still be read."""
        self._play()
        self.alive = False
        self._unplugged_s = self._clock.now_s()

    def plug(self) -> None:
        """Simulate plugging in again."""
        self._play()
        self.alive = True

    def _play(self) -> None:
        now_s = self._clock.now_s()
        due = [touch for touch in self._waiting if touch.time_s <= now_s]
        del self._waiting[: len(due)]
        if self.alive:
            self._played += due


class SilentPort:
    """No instrument: always there, never played."""

    device = SILENT
    alive = True
    seen_s = inf

    def touches(self) -> list[Touch]:
        """Nothing."""
        return []

"""MIDI inputs as they come and go."""

from typing import NamedTuple

from game.midi.driver import Driver

POLL_S = 0.5
"""Names are asked this often: no driver says when a device is unplugged."""


class PortChange(NamedTuple):
    """A port that came (or else went)."""

    name: str
    came: bool


class Ports:
    """Watches the inputs of a driver; to be used from the main thread."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._known = driver.names()
        self._next_poll_s = float("-inf")

    def names(self) -> list[str]:
        """The inputs there are now. Raises `UserError` when the driver does not answer."""
        return self._driver.names()

    def changes(self, now_s: float) -> list[PortChange]:
        """What went and came since the last call (first since this watcher was made).

        Asks the driver at most every `POLL_S` of the clock that `now_s` is from; raises as `names` does.
        """
        if now_s < self._next_poll_s:
            return []
        self._next_poll_s = now_s + POLL_S
        known, self._known = self._known, self._driver.names()
        went = [PortChange(name, False) for name in known if name not in self._known]
        return went + [PortChange(name, True) for name in self._known if name not in known]

"""All connected instruments as one port; each is stamped on its own port."""

from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from typing import Protocol

from game.clock import Clock
from game.errors import UserError
from game.midi.driver import Driver
from game.midi.message import Raw
from game.midi.names import chosen, instruments
from game.midi.ports import POLL_S
from game.midi.usb import UsbPort
from game.music.device import Device
from game.music.note import Press, Touch


class Port(Protocol):
    """One instrument among those that are heard."""

    @property
    def device(self) -> Device: ...

    @property
    def alive(self) -> bool: ...

    @property
    def seen_s(self) -> float: ...

    def touches(self) -> list[Touch]: ...


class EveryPort:
    """A port for a run that hears every MIDI input there is, and any that come later.

    connect: how to reach the driver, tried again while it cannot be; None for no MIDI at all. wanted: `auto`
    for every instrument, or the name of the only one. echo: as `UsbPort` takes it. beside: ports of other
    kinds that are heard too. `error` is why there is no MIDI instrument; None where there is one.

    The device is the one that was pressed last; before that, the first that is there.
    """

    def __init__(
        self,
        connect: Callable[[], Driver] | None,
        clock: Clock,
        wanted: str = "auto",
        echo: SimpleQueue[Raw] | None = None,
        beside: Sequence[Port] = (),
    ) -> None:
        self.error: UserError | None = None
        self._connect, self._clock, self._wanted, self._echo = connect, clock, wanted, echo
        self._driver: Driver | None = None
        self._midi: list[UsbPort] = []
        self._beside = tuple(beside)
        self._played: Port | None = None
        self._later: list[tuple[Touch, Port]] = []
        self._next_look_s = float("-inf")

    @property
    def device(self) -> Device:
        """What is played. Raises `UserError` where nothing is there to be played."""
        port = self._current()
        if port is None:
            raise self.error or UserError("There is no instrument to play on.", failed=True)
        return port.device

    @property
    def alive(self) -> bool:
        self.look()
        port = self._current()
        return port is not None and port.alive

    @property
    def seen_s(self) -> float:
        port = self._current()
        return self._clock.now_s() if port is None else port.seen_s

    @property
    def played(self) -> bool:
        """Whether anything was ever pressed."""
        return self._played is not None

    def devices(self) -> tuple[Device, ...]:
        """All that are heard now, MIDI instruments first."""
        return tuple(port.device for port in self._there())

    def touches(self) -> list[Touch]:
        """Presses and releases of all since the last call, in the order of their stamps.

        What was stamped while the ports were read is left for the next call, as a port that was read before
        may hold something earlier.
        """
        self.look()
        until_s = self._clock.now_s()
        read = [(touch, port) for port in (*self._midi, *self._beside) for touch in port.touches()]
        found = sorted((*self._later, *read), key=lambda pair: pair[0].time_s)
        self._later = [pair for pair in found if pair[0].time_s > until_s]
        now = found[: len(found) - len(self._later)]
        for touch, port in now:
            if isinstance(touch, Press) and (self._played is None or port.alive):
                self._played = port
        return [touch for touch, _ in now]

    def look(self) -> None:
        """Open new inputs and close lost ones; asks the driver at most every `POLL_S`."""
        now_s = self._clock.now_s()
        if self._connect is None or now_s < self._next_look_s:
            return
        self._next_look_s = now_s + POLL_S
        names = self._names()
        for port in self._midi:
            port.heed([name for name in names if name not in self._open_beside(port)])
        self.error = next((port.error for port in self._midi if port.error), self.error)
        self._midi = [port for port in self._midi if port.error is None]
        for name in self._new(names):
            self._open(name)

    def close(self) -> None:
        """Close all ports and the driver."""
        for port in self._midi:
            port.close()
        if self._driver is not None:
            self._driver.close()
        self._connect = self._driver = None

    def _current(self) -> Port | None:
        """The port that was pressed last; before that the first that is there, else the first there was."""
        if self._played is not None:
            return self._played
        return next(self._there(), None) or next(iter(self._midi), None)

    def _there(self) -> Iterator[Port]:
        return (port for port in (*self._midi, *self._beside) if port.alive)

    def _open_beside(self, port: UsbPort) -> set[str]:
        """Names of inputs that are open on other ports: two equal instruments must not take one input."""
        return {other.name for other in self._midi if other is not port and other.alive}

    def _names(self) -> list[str]:
        """Inputs there are now; none while the driver cannot be reached, which is tried again."""
        self.error = None
        try:
            self._driver = self._driver or (self._connect() if self._connect else None)
            return self._driver.names() if self._driver else []
        except UserError as error:
            self.error = error
            return []

    def _new(self, names: list[str]) -> list[str]:
        """What shall be heard and is not yet."""
        if self._driver is None:
            return []
        open_now = {port.name for port in self._midi if port.alive}
        if self._wanted == "auto":
            return [name for name in dict.fromkeys(instruments(names)) if name not in open_now]
        if self._midi:
            return []
        try:
            return [chosen(self._wanted, names, self._driver.api)]
        except UserError as error:
            self.error = error
            return []

    def _open(self, name: str) -> None:
        assert self._driver is not None
        try:
            self._midi.append(UsbPort(self._driver, self._clock, name, self._echo, watched=True))
        except UserError as error:  # taken by another program: tried again at the next look
            self.error = error

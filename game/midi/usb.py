"""A MIDI input: stamped on the driver's thread, reopened by itself after being unplugged."""

from collections import deque
from collections.abc import Sequence
from queue import SimpleQueue

from game.clock import Clock
from game.errors import UserError
from game.midi.bindings import MessageCallback
from game.midi.driver import Driver, Wire
from game.midi.message import SYSTEM, Raw, touch_of, well_formed
from game.midi.names import chosen, stable_name
from game.midi.ports import POLL_S
from game.music.device import Device, DeviceKind
from game.music.note import Touch

QUEUE_LIMIT = 4096
"""Messages kept between two calls of `touches`; more than a stalled program could make use of."""

LONGEST = 4
"""Bytes kept of a message: one more than a note has, so that a longer one is known for broken."""


class UsbPort:
    """An open MIDI input that a run reads.

    name: as `names.chosen` takes it. echo: a second queue that gets each message on the driver's thread,
    so that a key sounds at once. watched: somebody else asks which names there are and tells them by `heed`.
    Raises `UserError` when no port of that name can be opened; after that it only is `alive` or not, and
    opens itself again when its port is back. Names are asked on the thread
    that reads it, at most every `POLL_S`; `seen_s` is when it was last known to be there. `dropped` counts
    messages lost to a full queue, `malformed` those that were no MIDI; `error` is why it could not be opened
    after all, by a driver that says so later, and it is of no more use then.
    """

    def __init__(
        self,
        driver: Driver,
        clock: Clock,
        name: str = "auto",
        echo: SimpleQueue[Raw] | None = None,
        *,
        watched: bool = False,
    ) -> None:
        self.dropped = 0
        self.malformed = 0
        self.error: UserError | None = None
        self._driver, self._clock, self._echo = driver, clock, echo
        self._raws: deque[Raw] = deque()
        self._generation = 0
        self._silent_s = 0.0
        names = driver.names()
        self.name = chosen(name, names, driver.api)
        self._others = set(names) - {self.name}
        self.device = Device(DeviceKind.MIDI, stable_name(self.name, driver.api), driver.api)
        self._wire: Wire | None = driver.open(self.name, self._listener())
        self.seen_s = clock.now_s()
        self._next_poll_s = self.seen_s + POLL_S
        self._watched, self._closed = watched, False

    @property
    def alive(self) -> bool:
        """Whether the port was there when its name was last looked for, at most `POLL_S` ago."""
        self._poll()
        return self._wire is not None

    def touches(self) -> list[Touch]:
        """Presses and releases since the last call, in the order of their stamps; other messages go."""
        self._poll()
        raws = [self._raws.popleft() for _ in range(len(self._raws))]
        if raws:
            self.seen_s = max(self.seen_s, raws[-1].stamp_s)
        self.malformed += sum(1 for raw in raws if not well_formed(raw.data))
        return [touch for raw in raws if (touch := self._touch(raw)) is not None]

    def _touch(self, raw: Raw) -> Touch | None:
        """What a message says to a game, with the driver's interval since the touch before."""
        touch = touch_of(raw._replace(delta_s=raw.delta_s + self._silent_s), self.device)
        self._silent_s = 0.0 if touch else self._silent_s + raw.delta_s
        return touch

    def close(self) -> None:
        """Close the port for good."""
        self._closed = True
        self._let_go()

    def _listener(self) -> MessageCallback:
        """What the driver calls; deaf to what an earlier opening still delivers."""
        self._generation += 1
        mine, now_s, raws, echo = self._generation, self._clock.now_s, self._raws, self._echo
        unheard_s = 0.0  # what the driver says passed before messages that are left out

        def heard(message: Sequence[int], delta_s: float) -> None:
            stamp_s = now_s()
            nonlocal unheard_s
            if mine != self._generation or (message and message[0] >= SYSTEM):
                unheard_s += delta_s
                return
            raw = Raw(stamp_s, tuple(message[:LONGEST]), delta_s + unheard_s)
            unheard_s = 0.0
            if echo is not None:
                echo.put(raw)
            if len(raws) < QUEUE_LIMIT:
                raws.append(raw)
            else:
                self.dropped += 1

        return heard

    def _poll(self) -> None:
        now_s = self._clock.now_s()
        if self._watched or now_s < self._next_poll_s:
            return
        self._next_poll_s = now_s + POLL_S
        self.heed(self._names())

    def heed(self, names: list[str]) -> None:
        """Take note of the names there are now: let the port go when it went, open it when it is back."""
        if self._closed:
            return
        if self._wire is not None and self._wire.error:
            self.error = self._wire.error
            self._let_go()
        elif self._wire is not None and self.name not in names:
            self._let_go()
            self._others = set(names)
        elif self._wire is None:
            self._return(names)
        if self._wire is not None:
            self.seen_s = self._clock.now_s()

    def _names(self) -> list[str]:
        try:
            return self._driver.names()
        except UserError:  # a driver that has died has no ports
            return []

    def _return(self, names: list[str]) -> None:
        """Open the port again if it is back, perhaps under another number; if it is busy, the next time."""
        self._others.intersection_update(names)
        api = self._driver.api
        back = [n for n in names if n not in self._others and stable_name(n, api) == self.device.name]
        if not back:
            return
        name = self.name if self.name in back else back[0]
        try:
            self._wire = self._driver.open(name, self._listener())
        except UserError:
            return
        self.name = name

    def _let_go(self) -> None:
        self._generation += 1
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

"""A MIDI library that is played by hand."""

from collections.abc import Sequence

from game.errors import UserError
from game.midi.bindings import MessageCallback
from game.run.ports import InputPort


class FakeWire:
    """An open input of `FakeDriver`."""

    error: UserError | None = None

    def __init__(self, heard: MessageCallback) -> None:
        self.heard = heard
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


class FakeDriver:
    """Has the ports it is told to have; `send` delivers to every input ever opened, closed or not."""

    def __init__(self, names: Sequence[str], api: str = "alsa") -> None:
        self.api = api
        self.there = list(names)
        self.busy = self.dead = False
        self.asked = 0
        self.opened: list[str] = []
        self.wires: list[FakeWire] = []

    def close(self) -> None:
        """There is nothing to leave."""

    def names(self) -> list[str]:
        self.asked += 1
        if self.dead:
            raise UserError("the driver died", failed=True)
        return list(self.there)

    def open(self, name: str, heard: MessageCallback) -> FakeWire:
        if self.busy or name not in self.there:
            raise UserError("{port}: busy", port=name, failed=True)
        self.opened.append(name)
        self.wires.append(FakeWire(heard))
        return self.wires[-1]

    def send(self, *message: int, wire: int = -1, delta_s: float = 0.0) -> None:
        self.wires[wire].heard(list(message), delta_s)


def there(port: InputPort) -> bool:
    """Whether a port is there, asked anew each time."""
    return port.alive

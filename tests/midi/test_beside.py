"""Inputs are opened and closed beside the game: nobody waits for a device, and all is closed at the end."""

from threading import Event

import pytest

from game.clock import ManualClock
from game.errors import UserError
from game.midi.beside import DriverBeside
from game.midi.bindings import MessageCallback
from game.midi.every import EveryPort
from game.midi.ports import POLL_S
from tests.midi.fakes import FakeDriver, FakeWire, there

KEYS, IDLE = "Q49:Q49 MIDI 1 20:0", "Interface:Interface MIDI 1 16:0"


class SlowDriver(FakeDriver):
    """Opens nothing before it is let, and closes nothing either."""

    def __init__(self, *names: str) -> None:
        super().__init__(names)
        self.let, self.closed = Event(), False

    def open(self, name: str, heard: MessageCallback) -> FakeWire:
        self.let.wait(20)
        return super().open(name, heard)

    def close(self) -> None:
        self.closed = True


def opened(driver: SlowDriver, clock: ManualClock) -> EveryPort:
    port = EveryPort(lambda: DriverBeside(driver), clock)
    port.look()
    return port


def look(port: EveryPort, clock: ManualClock) -> None:
    clock.advance(POLL_S)
    port.look()


def test_looking_for_instruments_waits_for_none_of_them() -> None:
    driver, clock = SlowDriver(IDLE, KEYS), ManualClock()
    port = opened(driver, clock)
    assert driver.opened == []
    assert len(port.devices()) == 2
    driver.let.set()
    port.close()
    assert driver.opened == [IDLE, KEYS]
    assert [wire.closed for wire in driver.wires] == [1, 1]
    assert driver.closed


def test_one_that_went_while_it_was_being_opened_is_closed_all_the_same() -> None:
    driver, clock = SlowDriver(IDLE, KEYS), ManualClock()
    port = opened(driver, clock)
    driver.let.set()
    driver.there = [KEYS]
    look(port, clock)
    assert [device.name for device in port.devices()] == ["Q49:Q49 MIDI 1"]
    port.close()
    assert [wire.closed for wire in driver.wires] == [1] * len(driver.wires)


@pytest.mark.parametrize("fault", [UserError("busy", failed=True), RuntimeError("odd")])
def test_one_that_cannot_be_opened_is_said_and_tried_again(fault: Exception) -> None:
    clock, refused = ManualClock(), Event()

    class Refusing(SlowDriver):
        def open(self, name: str, heard: MessageCallback) -> FakeWire:
            if refused.is_set():
                return super().open(name, heard)
            refused.set()
            raise fault

    driver = Refusing(KEYS)
    driver.let.set()
    port = opened(driver, clock)
    while port.error is None:
        look(port, clock)
    assert str(fault) in str(port.error)
    look(port, clock)
    assert there(port)
    port.close()
    assert driver.opened == [KEYS]

"""A real keyboard process whose cable is cut, and that comes back."""

import time
from collections.abc import Iterator

import pytest

from game.clock import SystemClock
from game.midi.driver import RtMidi
from game.midi.ports import PortChange, Ports
from game.midi.usb import UsbPort
from tests import jack
from tests.jack import JackServer, KeyboardProcess, joined
from tests.midi.fakes import there
from tests.midi.live import heard, until

pytest.importorskip("rtmidi", reason="these tests play through python-rtmidi")
pytestmark = [
    pytest.mark.skipif(not jack.installed(), reason="jackd is not installed (Debian: jackd2)"),
]

NOTICES_S = 0.3
"""After how long the server notices a dead client: ten times its 30 ms."""


@pytest.fixture(scope="module")
def server() -> Iterator[JackServer]:
    with JackServer(client_timeout_ms=30) as server, joined(server):
        yield server


@pytest.fixture
def driver(server: JackServer) -> Iterator[RtMidi]:
    driver = RtMidi(SystemClock(), "jack")
    yield driver
    driver.close()


def test_a_keyboard_that_dies_is_missed_within_a_second_and_plays_again_when_back(
    server: JackServer, driver: RtMidi
) -> None:
    with KeyboardProcess(server) as keyboard:
        port = UsbPort(driver, SystemClock(), "kbd")
        start_s = time.perf_counter() + 0.1
        keyboard.play([(start_s + i * 0.02, [0x90, 60 + i % 40, 64]) for i in range(500)])
        assert [t.pitch for t in heard(port, 3)[:3]] == [60, 61, 62]
        keyboard.kill()  # with more to play
        assert until(lambda: not there(port), 1.0 + NOTICES_S)
        port.touches()
    with KeyboardProcess(server) as keyboard:
        assert until(lambda: there(port), 1.0)
        keyboard.play([(time.perf_counter() + 0.05, [0x90, 30, 64])])
        assert [t.pitch for t in heard(port, 1)] == [30]
        port.close()


def test_a_watcher_sees_keyboards_come_and_go(server: JackServer, driver: RtMidi) -> None:
    ports, seen = Ports(driver), list[PortChange]()
    with KeyboardProcess(server, "pads") as keyboard:
        assert until(lambda: bool(seen.__iadd__(ports.changes(time.perf_counter()))), 1.0)
    assert until(lambda: len(seen.__iadd__(ports.changes(time.perf_counter()))) == 2, 1.0)
    assert seen == [PortChange(keyboard.port, True), PortChange(keyboard.port, False)]

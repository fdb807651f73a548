"""The real path: another process plays, JACK carries, python-rtmidi delivers, the port stamps."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from random import Random
from statistics import median

import pytest

from game.clock import SystemClock
from game.errors import UserError
from game.midi.driver import RtMidi
from game.midi.usb import UsbPort
from game.music.note import Press, Release
from tests import jack
from tests.jack import ROOT, JackServer, KeyboardProcess, joined
from tests.midi.live import heard

pytest.importorskip("rtmidi", reason="these tests play through python-rtmidi")
pytestmark = [
    pytest.mark.skipif(not jack.installed(), reason="jackd is not installed (Debian: jackd2)"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[JackServer]:
    with JackServer() as server, joined(server):
        yield server


@pytest.fixture
def driver(server: JackServer) -> Iterator[RtMidi]:
    driver = RtMidi(SystemClock(), "jack")
    yield driver
    driver.close()


@pytest.fixture
def keyboard(server: JackServer) -> Iterator[KeyboardProcess]:
    with KeyboardProcess(server) as keyboard:
        yield keyboard


@pytest.mark.parametrize("name", ["auto", "kbd:out", "KBD", "d:ou"])
def test_a_port_is_found_by_its_name_or_a_part_of_it(
    driver: RtMidi, keyboard: KeyboardProcess, name: str
) -> None:
    port = UsbPort(driver, SystemClock(), name)
    assert driver.names() == [keyboard.port]
    assert (port.device.name, port.device.api) == (keyboard.port, "jack")
    port.close()


def test_stamps_are_true_to_3_ms_and_no_press_is_lost(driver: RtMidi, keyboard: KeyboardProcess) -> None:
    rng, port = Random(1), UsbPort(driver, SystemClock(), "kbd")
    start_s = time.perf_counter() + 0.2
    due_s = [start_s + i * 0.02 for i in range(60)]
    late_s = [rng.uniform(0.0, 0.009) for _ in due_s]
    plan: list[tuple[float, list[int]]] = []
    for i, (at_s, by_s) in enumerate(zip(due_s, late_s, strict=True)):
        plan += [(at_s + by_s, [0x90, 30 + i, 1 + i]), (at_s + by_s + 0.008, [0x90, 30 + i, 0])]
        plan += [(at_s + by_s + 0.0085, [0xFE])]  # active sensing between notes
    keyboard.play(plan)
    touches = heard(port, 120)
    sent_s = [s for s, (_, message) in zip(keyboard.sent_s(), plan, strict=True) if len(message) == 3]
    port.close()
    assert [(type(t), t.pitch) for t in touches] == [(k, 30 + i) for i in range(60) for k in (Press, Release)]
    assert [t.velocity for t in touches if isinstance(t, Press)] == list(range(1, 61))
    wrong_s = [abs(t.time_s - at_s) for t, at_s in zip(touches, sent_s, strict=True)]
    assert median(wrong_s) < 0.003
    asynchrony_s = [t.time_s - at_s for t, at_s in zip(touches[::2], due_s, strict=True)]
    assert median(abs(a - b) for a, b in zip(asynchrony_s, late_s, strict=True)) < 0.003
    assert (port.dropped, port.malformed) == (0, 0)


def test_the_drivers_own_intervals_add_up(driver: RtMidi, keyboard: KeyboardProcess) -> None:
    port = UsbPort(driver, SystemClock(), "kbd")
    start_s = time.perf_counter() + 0.1
    keyboard.play([(start_s + i * 0.05, [0x90, 60 + i, 64]) for i in range(8)])
    presses = [t for t in heard(port, 8) if isinstance(t, Press)]
    keyboard.sent_s()
    port.close()
    deltas_s = [p.delta_s for p in presses[1:] if p.delta_s is not None]
    assert sum(deltas_s) == pytest.approx(presses[-1].time_s - presses[0].time_s, abs=0.01)
    assert len(deltas_s) == 7


CLOSE_UNDER_FIRE = """
from game.clock import SystemClock
from game.midi.driver import RtMidi
from game.midi.usb import UsbPort

clock, heard = SystemClock(), 0
driver = RtMidi(clock, "jack")
for _ in range(12):
    port = UsbPort(driver, clock, "kbd")
    until_s = clock.now_s() + 0.02
    while clock.now_s() < until_s:  # a busy frame: callbacks wait for the interpreter
        pass
    heard += len(port.touches())
    port.close()
driver.close()
print(heard)
"""


def test_closing_while_messages_pour_in_neither_crashes_nor_hangs(keyboard: KeyboardProcess) -> None:
    start_s = time.perf_counter()
    keyboard.play([(start_s + i * 0.001, [0x90, i % 128, 64]) for i in range(2500)])
    done = subprocess.run(
        [sys.executable, "-c", CLOSE_UNDER_FIRE],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0


def test_no_server_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JACK_DEFAULT_SERVER", f"nobody{os.getpid()}")
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")
    with pytest.raises(UserError, match="start JACK"):
        RtMidi(SystemClock(), "jack")


def test_a_main_thread_that_stands_still_for_a_second_moves_no_stamp(
    driver: RtMidi, keyboard: KeyboardProcess
) -> None:
    port = UsbPort(driver, SystemClock(), "kbd")
    start_s = time.perf_counter() + 0.2
    keyboard.play([(start_s + i * 0.02, [0x90, 30 + i, 64]) for i in range(60)])
    time.sleep(1.6)
    touches = port.touches()
    sent_s = keyboard.sent_s()
    port.close()
    assert [t.pitch for t in touches] == [30 + i for i in range(60)]
    assert median(t.time_s - at_s for t, at_s in zip(touches, sent_s, strict=True)) < 0.003

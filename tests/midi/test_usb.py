"""The port on a wire, with a MIDI library played by hand."""

from queue import SimpleQueue
from random import Random

import pytest

from game.clock import ManualClock
from game.errors import UserError
from game.midi.message import Raw
from game.midi.ports import POLL_S
from game.midi.usb import QUEUE_LIMIT, UsbPort
from game.music.device import Device, DeviceKind
from game.music.note import Press, Release
from game.run.ports import InputPort
from tests.midi.fakes import FakeDriver, there

KEYS, KEYS_LATER, OTHER = "Q49:Q49 MIDI 1 20:0", "Q49:Q49 MIDI 1 24:0", "LPD8:LPD8 MIDI 1 28:0"


def opened(names: list[str], wanted: str = "auto") -> tuple[FakeDriver, ManualClock, UsbPort]:
    driver, clock = FakeDriver(names), ManualClock(100.0)
    return driver, clock, UsbPort(driver, clock, wanted)


def test_it_is_an_instrument_for_a_run() -> None:
    port: InputPort = opened([KEYS])[2]
    assert port.device == Device(DeviceKind.MIDI, "Q49:Q49 MIDI 1", "alsa")
    assert there(port)


def test_a_touch_bears_the_instant_of_the_message_not_of_the_reading() -> None:
    driver, clock, port = opened([KEYS])
    driver.send(0x90, 60, 80, delta_s=0.5)
    clock.advance(0.1)
    driver.send(0x90, 60, 0, delta_s=0.1)
    clock.advance(0.3)
    assert port.touches() == [
        Press(100.0, 60, 80, 0.5, 0, port.device),
        Release(100.1, 60, 0.1, channel=0, device=port.device),
    ]
    assert port.touches() == []


def test_system_messages_leave_no_trace() -> None:
    driver, _, port = opened([KEYS])
    for status in range(0xF0, 0x100):
        driver.send(status, *range(100))
    assert port.touches() == []
    assert (port.dropped, port.malformed) == (0, 0)


def test_broken_messages_are_counted_and_other_messages_not() -> None:
    driver, _, port = opened([KEYS])
    for message in [(), (0x90,), (60, 60, 60), (0x90, 60, 200), (0x90, 60, 1, 2, 3), (0xB0, 64, 127)]:
        driver.send(*message)
    driver.send(0x90, 61, 5)
    assert [touch.pitch for touch in port.touches()] == [61]
    assert port.malformed == 5


def test_random_bytes_never_raise_and_every_press_among_them_comes_out() -> None:
    driver, _, port = opened([KEYS])
    rng = Random(1)
    sent = []
    for _ in range(2000):
        driver.send(*(rng.randrange(256) for _ in range(rng.randrange(1, 6))))
        sent.append(rng.randrange(128))
        driver.send(0x90, sent[-1], 127)
    presses = [t.pitch for t in port.touches() if isinstance(t, Press) and t.velocity == 127]
    assert [p for p in presses if p in sent] == presses
    assert len(presses) >= len(sent)


def test_a_full_queue_keeps_what_it_has_and_counts_the_rest() -> None:
    driver, _, port = opened([KEYS])
    for index in range(QUEUE_LIMIT + 10):
        driver.send(0x90, index % 128, 1)
    touches = port.touches()
    assert [t.pitch for t in touches] == [index % 128 for index in range(QUEUE_LIMIT)]
    assert port.dropped == 10


def test_the_speaker_hears_each_message_at_once() -> None:
    driver, echo = FakeDriver([KEYS]), SimpleQueue[Raw]()
    UsbPort(driver, ManualClock(7.0), "auto", echo)
    driver.send(0xF8)
    driver.send(0x90, 60, 80, delta_s=0.5)
    assert echo.get_nowait() == Raw(7.0, (0x90, 60, 80), 0.5)
    assert echo.empty()


def test_a_name_that_is_not_there_is_said_before_anything_is_opened() -> None:
    driver = FakeDriver([KEYS])
    with pytest.raises(UserError, match="LPD8"):
        UsbPort(driver, ManualClock(), "LPD8")
    assert driver.opened == []


def test_a_busy_port_is_said() -> None:
    driver = FakeDriver([KEYS])
    driver.busy = True
    with pytest.raises(UserError, match="busy"):
        UsbPort(driver, ManualClock())


def test_an_unplugged_port_is_known_within_one_look_and_its_input_closed() -> None:
    driver, clock, port = opened([KEYS])
    driver.there = []
    clock.advance(POLL_S)
    assert not there(port)
    assert driver.wires[0].closed == 1


def test_what_was_played_before_the_cable_was_pulled_is_kept() -> None:
    driver, clock, port = opened([KEYS])
    driver.send(0x90, 60, 80)
    driver.there = []
    clock.advance(POLL_S)
    assert [t.pitch for t in port.touches()] == [60]
    assert not there(port)


@pytest.mark.parametrize("back", [KEYS, KEYS_LATER])
def test_a_port_that_returns_under_its_name_plays_again(back: str) -> None:
    driver, clock, port = opened([KEYS, OTHER])
    driver.there = [OTHER]
    clock.advance(POLL_S)
    assert not there(port)
    driver.there = [OTHER, back]
    clock.advance(POLL_S)
    assert there(port)
    driver.send(0x90, 62, 1)
    assert [t.pitch for t in port.touches()] == [62]
    assert driver.opened == [KEYS, back]


def test_another_device_or_a_longer_name_is_not_mistaken_for_it() -> None:
    driver, clock, port = opened([KEYS])
    driver.there = []
    clock.advance(POLL_S)
    assert not there(port)
    driver.there = [OTHER, "Q49:Q49 MIDI 10 20:0"]
    clock.advance(POLL_S)
    assert not there(port)


def test_an_equal_device_that_was_there_all_along_is_not_mistaken_for_it() -> None:
    driver, clock, port = opened([KEYS, KEYS_LATER], KEYS)
    driver.there = [KEYS_LATER]
    for _ in range(3):
        clock.advance(POLL_S)
        assert not there(port)
    driver.there = [KEYS_LATER, "Q49:Q49 MIDI 1 32:0"]
    clock.advance(POLL_S)
    assert there(port)
    assert driver.opened[-1] == "Q49:Q49 MIDI 1 32:0"


def test_messages_that_a_closed_input_still_delivers_are_ignored() -> None:
    driver, clock, port = opened([KEYS])
    driver.there = []
    clock.advance(POLL_S)
    assert not there(port)
    driver.send(0x90, 60, 1)
    driver.there = [KEYS]
    clock.advance(POLL_S)
    assert there(port)
    driver.send(0x90, 61, 1, wire=0)
    driver.send(0x90, 62, 1, wire=1)
    assert [t.pitch for t in port.touches()] == [62]


def test_a_port_that_is_back_but_busy_is_tried_again() -> None:
    driver, clock, port = opened([KEYS])
    driver.there = []
    clock.advance(POLL_S)
    assert not there(port)
    driver.there, driver.busy = [KEYS], True
    clock.advance(POLL_S)
    assert not there(port)
    driver.busy = False
    clock.advance(POLL_S)
    assert there(port)


def test_a_driver_that_dies_is_an_unplugged_port_and_nothing_is_raised() -> None:
    driver, clock, port = opened([KEYS])
    driver.dead = True
    clock.advance(POLL_S)
    assert port.touches() == []
    assert not there(port)
    driver.dead = False
    clock.advance(POLL_S)
    assert there(port)


def test_names_are_asked_at_most_every_half_second() -> None:
    driver, clock, port = opened([KEYS])
    before = driver.asked
    for _ in range(1200):  # ten seconds of frames
        clock.advance(1 / 120)
        port.touches()
        assert there(port)
    assert driver.asked - before <= 10 / POLL_S


def test_a_closed_port_is_gone_for_good() -> None:
    driver, clock, port = opened([KEYS])
    port.close()
    port.close()
    driver.send(0x90, 60, 1)
    clock.advance(10 * POLL_S)
    assert not there(port)
    assert port.touches() == []
    assert driver.wires[0].closed == 1
    assert len(driver.opened) == 1


def test_a_touch_bears_the_drivers_interval_since_the_touch_before() -> None:
    driver, _, port = opened([KEYS])
    driver.send(0x90, 60, 80, delta_s=0.0)
    for status in (0xFE, 0xF8, 0xB0):
        driver.send(status, 1, 1, delta_s=0.125)
    driver.send(0x90, 61, 80, delta_s=0.5)
    assert [touch.delta_s for touch in port.touches()] == [0.0, 0.875]

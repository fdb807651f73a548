"""Every instrument that is plugged in is heard, and the one that plays is the instrument."""

from collections.abc import Callable, Sequence
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.clock import ManualClock
from game.errors import UserError
from game.midi.every import EveryPort
from game.midi.ports import POLL_S
from game.music.device import Device, DeviceKind
from game.music.note import Press, Touch
from game.run.ports import InputPort
from tests.midi.fakes import FakeDriver, there
from tests.strategies import LAW

IDLE, KEYS, PADS = "Interface:Interface MIDI 1 16:0", "Q49:Q49 MIDI 1 20:0", "LPD8:LPD8 MIDI 1 24:0"
THROUGH = "Midi Through:Midi Through Port-0 14:0"


class Room:
    """A driver with inputs, and a port that hears them all."""

    def __init__(self, *names: str, wanted: str = "auto") -> None:
        self.clock, self.driver = ManualClock(10.0), FakeDriver(names)
        self.port = EveryPort(lambda: self.driver, self.clock, wanted)
        self.port.look()

    def plug(self, *names: str) -> None:
        """From now on there are these."""
        self.driver.there = list(names)
        self.clock.advance(POLL_S)
        self.port.look()

    def press(self, name: str, pitch: int) -> None:
        newest = max(wire for wire, opened in enumerate(self.driver.opened) if opened == name)
        self.driver.send(0x90, pitch, 64, wire=newest)

    def heard(self) -> list[int]:
        return [t.pitch for t in self.port.touches() if isinstance(t, Press)]


def test_it_is_an_instrument_for_a_run() -> None:
    port: InputPort = Room(KEYS).port
    assert there(port)


def test_all_are_heard_and_each_touch_says_where_it_was_made() -> None:
    room = Room(THROUGH, IDLE, KEYS)
    room.press(KEYS, 60)
    room.clock.advance(0.001)
    room.press(IDLE, 61)
    touches = room.port.touches()
    assert [(t.pitch, t.device and t.device.name) for t in touches] == [
        (60, "Q49:Q49 MIDI 1"),
        (61, "Interface:Interface MIDI 1"),
    ]
    assert room.driver.opened == [IDLE, KEYS]


def test_the_one_that_was_pressed_last_is_the_instrument() -> None:
    room = Room(IDLE, KEYS)
    assert room.port.device.name == "Interface:Interface MIDI 1"
    assert not room.port.played
    room.press(KEYS, 60)
    room.heard()
    assert room.port.device == Device(DeviceKind.MIDI, "Q49:Q49 MIDI 1", "alsa")
    assert room.port.played


def test_an_idle_one_comes_and_goes_and_the_run_notices_nothing() -> None:
    room = Room(IDLE, KEYS)
    room.press(KEYS, 60)
    room.heard()
    for names in ([KEYS], [KEYS, PADS], [PADS, KEYS], [KEYS]):
        room.plug(*names)
        assert there(room.port)
        room.press(KEYS, 61)
        assert room.heard() == [61]
    assert room.driver.opened.count(KEYS) == 1


def test_the_one_that_plays_is_missed_and_plays_again_when_back_under_another_number() -> None:
    room, back = Room(IDLE, KEYS), "Q49:Q49 MIDI 1 32:0"
    room.press(KEYS, 60)
    room.heard()
    room.plug(IDLE)
    assert not there(room.port)
    assert room.port.device.name == "Q49:Q49 MIDI 1"
    room.plug(IDLE, back)
    assert there(room.port)
    room.press(back, 62)
    assert room.heard() == [62]


def test_while_it_is_gone_another_can_take_its_place() -> None:
    room = Room(IDLE, KEYS)
    room.press(KEYS, 60)
    room.heard()
    room.plug(IDLE)
    room.press(IDLE, 62)
    assert room.heard() == [62]
    assert there(room.port)
    assert room.port.device.name == "Interface:Interface MIDI 1"


def test_what_was_played_before_the_cable_was_pulled_is_kept() -> None:
    room = Room(IDLE, KEYS)
    room.press(KEYS, 60)
    room.plug(IDLE)
    assert room.heard() == [60]
    assert not there(room.port)


def test_two_equal_keyboards_never_share_an_input() -> None:
    first, second = "Q49:Q49 MIDI 1 20:0", "Q49:Q49 MIDI 1 24:0"
    room = Room(first, second)
    room.plug()
    room.plug("Q49:Q49 MIDI 1 28:0", "Q49:Q49 MIDI 1 32:0")
    assert sorted(room.driver.opened[2:]) == ["Q49:Q49 MIDI 1 28:0", "Q49:Q49 MIDI 1 32:0"]
    room.press("Q49:Q49 MIDI 1 28:0", 60)
    assert room.heard() == [60]


def why(room: Room) -> str:
    """Why there is no instrument, or one of them is missing."""
    return str(room.port.error or "")


def test_with_a_name_only_that_one_is_heard_and_it_may_come_later() -> None:
    room = Room(IDLE, KEYS, wanted="LPD8")
    assert room.port.devices() == ()
    assert "LPD8" in why(room)
    room.plug(IDLE, KEYS, PADS)
    assert [d.name for d in room.port.devices()] == ["LPD8:LPD8 MIDI 1"]
    assert why(room) == ""
    assert room.driver.opened == [PADS]


def test_an_input_that_is_taken_is_tried_again_and_keeps_nobody_else_out() -> None:
    room = Room(IDLE)
    room.driver.busy = True
    room.plug(IDLE, KEYS)
    assert [d.name for d in room.port.devices()] == ["Interface:Interface MIDI 1"]
    assert "busy" in why(room)
    room.driver.busy = False
    room.plug(IDLE, KEYS)
    assert len(room.port.devices()) == 2
    assert why(room) == ""


def test_a_driver_that_cannot_be_reached_is_tried_again() -> None:
    clock, driver, tries = ManualClock(), FakeDriver([KEYS]), list[int]()

    def connect() -> FakeDriver:
        tries.append(1)
        if len(tries) < 3:
            raise UserError("no sequencer", failed=True)
        return driver

    port = EveryPort(connect, clock)
    for _ in range(5):
        port.look()
        clock.advance(POLL_S)
    assert len(tries) == 3
    assert [d.name for d in port.devices()] == ["Q49:Q49 MIDI 1"]


def test_with_nothing_there_it_says_why() -> None:
    room = Room(THROUGH)
    assert not there(room.port)
    with pytest.raises(UserError, match="no instrument"):
        _ = room.port.device


def nothing() -> None:
    pass


class Drawer:
    """A port that hands out what is put in, and may hold it back for one call."""

    alive = True

    def __init__(self, name: str, clock: ManualClock) -> None:
        self.device, self._clock = Device(DeviceKind.SCRIPTED, name), clock
        self.waiting: list[Touch] = []
        self.when_read: Callable[[], None] = nothing

    @property
    def seen_s(self) -> float:
        return self._clock.now_s()

    def touches(self) -> list[Touch]:
        taken, self.waiting = self.waiting, []
        self.when_read()
        return taken


@LAW
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 40), st.booleans()), max_size=20))
def test_touches_of_several_ports_come_in_the_order_of_their_stamps(
    played: Sequence[tuple[int, int, bool]],
) -> None:
    clock = ManualClock()
    drawers = (Drawer("one", clock), Drawer("two", clock))
    port, given_out = EveryPort(None, clock, beside=drawers), list[Touch]()

    def strike(at: int, after_ms: int) -> None:
        clock.advance(after_ms / 1000)
        drawers[at].waiting.append(Press(clock.now_s(), 60, device=drawers[at].device))

    for at, after_ms, while_read in played:
        # What comes while one port is read already bears a later stamp than what it was read for.
        drawers[0].when_read = partial(strike, at, after_ms) if while_read else nothing
        if not while_read:
            strike(at, after_ms)
        given_out += port.touches()
        drawers[0].when_read = nothing
    clock.advance(1.0)
    given_out += port.touches()
    assert [t.time_s for t in given_out] == sorted(t.time_s for t in given_out)
    assert len(given_out) == len(played)

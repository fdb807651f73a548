"""One speaker over devices that come, go and crash whoever asks for them."""

import threading

from game.audio.live import GONE, LiveSpeaker
from game.audio.loudness import Volumes
from game.audio.output import SilentSpeaker
from game.errors import UserError
from tests.audio.standins import ListeningSpeaker

CRASHED = UserError("the sound system crashed", failed=True)


class Device(ListeningSpeaker):
    """A device that is open, and notes when it was given back."""

    def __init__(self, volumes: Volumes, buffer: int, told: list[str]) -> None:
        super().__init__(volumes)
        self.buffer, self._told = buffer, told
        self.prepared: list[int] = []

    def prepare(self, pitches) -> None:  # type: ignore[no-untyped-def]
        self.prepared = list(pitches)

    def close(self) -> None:
        self._told.append("closed")


class Machine:
    """A machine with a device or without; `told` is what was asked of it, in order."""

    def __init__(self, error: UserError | None = None) -> None:
        self.error = error
        self.told: list[str] = []
        self.opened: list[Device] = []
        self.speaker = LiveSpeaker(self._probe, self._open)

    def _probe(self, rate: int, buffer: int) -> UserError | None:
        self.told.append("asked")
        return self.error

    def _open(self, volumes: Volumes, rate: int, buffer: int) -> Device:
        self.told.append("opened")
        self.opened.append(Device(volumes, buffer, self.told))
        return self.opened[-1]


def test_it_is_silent_without_an_error_until_a_device_was_looked_for() -> None:
    machine = Machine()
    machine.speaker.press(60, 80)
    assert (machine.speaker.error, machine.speaker.buffer) == (None, 0)
    assert machine.told == []


def test_an_open_device_gets_what_was_asked_for_before_it_came() -> None:
    machine = Machine()
    machine.speaker.set_volumes(0.1, 0.2, 0.3)
    machine.speaker.prepare([60, 61])
    machine.speaker.open(512)
    machine.speaker.press(60, 80)
    (device,) = machine.opened
    assert device.volumes == Volumes(0.1, 0.2, 0.3)
    assert (device.buffer, device.prepared, device.keys) == (512, [60, 61], [("press", 60, 80)])


def test_where_asking_crashes_nothing_is_opened_and_the_game_says_so() -> None:
    machine = Machine(CRASHED)
    machine.speaker.open()
    machine.speaker.press(60, 80)
    assert machine.speaker.error is CRASHED
    assert machine.opened == []


def test_a_loss_is_said_at_once_and_nothing_more_is_asked_of_the_device() -> None:
    machine = Machine()
    machine.speaker.open()
    before = list(machine.told)
    machine.speaker.device_went()
    machine.speaker.press(60, 80)
    machine.speaker.play_backing(None)
    assert machine.speaker.error
    assert machine.speaker.error.template == GONE
    assert machine.opened[0].keys == []
    assert machine.told == before, "who plays does not wait for a device that is given back"


def test_a_lost_device_is_given_back_before_the_next_is_asked_for() -> None:
    machine = Machine()
    machine.speaker.open()
    machine.speaker.device_went()
    errors: list[UserError | None] = []
    for machine.error in (CRASHED, None):
        machine.speaker.open()
        errors.append(machine.speaker.error)
    assert errors == [CRASHED, None]
    assert machine.told == ["asked", "opened", "closed", "asked", "asked", "opened"]


def test_a_device_that_is_open_sounds_on_while_another_buffer_is_asked_for() -> None:
    machine = Machine()
    machine.speaker.open(256)
    machine.speaker.use_buffer(256)
    assert machine.told == ["asked", "opened"]
    machine.speaker.use_buffer(1024)
    assert machine.told == ["asked", "opened", "asked", "closed", "opened"]
    assert machine.speaker.buffer == 1024


def test_in_silence_a_buffer_is_for_the_next_device() -> None:
    machine = Machine(CRASHED)
    machine.speaker.open()
    machine.speaker.use_buffer(1024)
    machine.error = None
    machine.speaker.open()
    assert machine.opened[0].buffer == 1024


def test_closed_while_it_asks_it_opens_nothing() -> None:
    asking, closed, opened = threading.Event(), threading.Event(), []

    def probe(rate: int, buffer: int) -> None:
        asking.set()
        closed.wait(30)

    def opener(volumes: Volumes, rate: int, buffer: int) -> SilentSpeaker:
        opened.append(buffer)
        return SilentSpeaker()

    speaker = LiveSpeaker(probe, opener)
    thread = threading.Thread(target=speaker.open)
    thread.start()
    asking.wait(30)
    speaker.close()
    closed.set()
    thread.join(30)
    assert opened == []

"""The instrument knows what was learned of it: its pads, its range, its octave button."""

from queue import SimpleQueue

import pygame
import pytest

from game.app.conditions import conditions_for
from game.app.instrument import GameInstrument
from game.clock import ManualClock
from game.music.note import Touch
from game.screens.playing.typing_keys import COMPUTER
from game.screens.routes import ScreenRoutes
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import Verb
from game.settings import DeviceSetup, Settings, Station
from tests.midi.fakes import FakeDriver
from tests.scenes import CannedHouse

KEYS = DeviceSetup(lowest=48, keys=25)


def plugged(setup: DeviceSetup, name: str = "Keys 20:0") -> tuple[GameInstrument, FakeDriver]:
    """The game's instrument with a MIDI keyboard on it."""
    clock, driver = ManualClock(), FakeDriver([name])
    instrument = GameInstrument(clock, "auto", lambda: driver, SimpleQueue(), lambda touch: None)
    instrument.know({}, (), lambda: setup)
    instrument.look()
    return instrument, driver


def played(driver: FakeDriver, *pitches: int) -> None:
    for pitch in pitches:
        driver.send(0x90, pitch, 64)
        driver.send(0x80, pitch, 0)


@pytest.mark.parametrize(("octaves", "said"), [(1, "1 octave up"), (-2, "2 octaves down"), (0, "")])
def test_an_octave_button_that_was_touched_is_said(octaves: int, said: str) -> None:
    instrument, driver = plugged(KEYS)
    played(driver, *(pitch + 12 * octaves for pitch in range(48, 73, 2)))
    instrument.touches()
    assert said in instrument.notice()
    assert bool(instrument.notice()) is bool(said)


def test_once_the_button_is_back_nothing_is_said_any_more() -> None:
    instrument, driver = plugged(KEYS)
    played(driver, *range(60, 85))
    instrument.touches()
    assert instrument.notice()
    played(driver, *range(48, 73))
    instrument.touches()
    assert not instrument.notice()


def test_of_keys_that_were_never_learned_nothing_is_said() -> None:
    instrument, driver = plugged(DeviceSetup())
    played(driver, *range(90, 110))
    instrument.touches()
    assert not instrument.notice()


def test_pads_that_were_shown_make_the_menu() -> None:
    shown = (40, 36, 48, 44, 38, 42)
    instrument, _ = plugged(DeviceSetup(lowest=36, pads=shown))
    keys = ScreenStack(CannedHouse(ManualClock()), ManualClock(), instrument, ScreenRoutes).menu_keys
    assert keys is not None
    assert keys.pitches() == shown[:5]
    assert keys.verb(48) is Verb.CHOOSE


def test_a_keyboard_with_pads_keeps_its_keys_for_the_menu() -> None:
    instrument, _ = plugged(DeviceSetup(lowest=48, keys=25, pads=(36, 38, 40, 42, 44)))
    assert not instrument.pads
    assert not instrument.shown_pads


def test_what_an_instrument_does_of_itself_is_filtered_in_a_run() -> None:
    level = CannedHouse(ManualClock()).level("five-steps-right")
    station = Station(audio_offset_ms=41.0, video_offset_ms=27.0, calibrated="2026-02-03", bounce_ms=40)
    conditions = conditions_for(level, 1.0, Settings(bounce_ms=30), station, [])
    assert conditions.bounce_s == 0.04
    assert conditions.offset_s == 0.041
    assert conditions.video_offset_s == 0.027
    assert conditions.calibrated == "2026-02-03"


IDLE, PIANO = "Interface 16:0", "Piano 20:0"


class Desk:
    """The game's instrument at a computer with these inputs, of which a station knows what it is told."""

    def __init__(self, *names: str, wanted: str = "auto") -> None:
        self.clock, self.driver = ManualClock(), FakeDriver(names)
        self.sounded: list[Touch] = []
        self.instrument = GameInstrument(
            self.clock, wanted, lambda: self.driver, SimpleQueue(), self.sounded.append
        )
        self.instrument.look()

    def press(self, name: str, pitch: int) -> None:
        self.driver.send(0x90, pitch, 64, wire=self.driver.opened.index(name))
        self.instrument.touches()

    def type(self, scancode: int) -> bool:
        return self.instrument.key(scancode, True, self.clock.now_s())


def test_the_keys_of_the_computer_play_beside_a_keyboard_each_with_its_own_lowest_key() -> None:
    desk = Desk(PIANO)
    desk.instrument.know({"Piano": 21})
    assert desk.type(pygame.KSCAN_Q)
    (typed,) = desk.instrument.touches()
    assert typed.device == desk.instrument.device == COMPUTER
    assert desk.sounded == [typed]
    assert desk.instrument.lowest == 48
    desk.press(PIANO, 60)
    assert (desk.instrument.device.name, desk.instrument.lowest) == ("Piano", 21)
    assert [d.name for d in desk.instrument.listening()] == ["Piano", COMPUTER.name]


def test_with_a_name_only_that_one_plays_and_the_keys_of_the_computer_while_it_is_not_there() -> None:
    desk = Desk(IDLE, wanted="Piano")
    assert desk.type(pygame.KSCAN_Q)
    desk.driver.there.append(PIANO)
    desk.clock.advance(1.0)
    desk.instrument.look()
    assert not desk.type(pygame.KSCAN_W)
    assert desk.driver.opened == [PIANO]
    assert [d.name for d in desk.instrument.listening()] == ["Piano"]


def test_with_the_computers_keys_asked_for_no_midi_is_opened() -> None:
    desk = Desk(PIANO, wanted="keyboard")
    assert desk.driver.asked == 0
    assert desk.instrument.device == COMPUTER
    assert desk.instrument.notice() == ""


def test_nobody_is_asked_before_it_is_known_what_was_asked_at_an_earlier_start() -> None:
    desk = Desk(PIANO)
    assert desk.instrument.stranger == ""
    desk.instrument.know({"Piano": 21})
    assert desk.instrument.stranger == ""


def test_a_keyboard_is_asked_for_its_lowest_key_once_whether_it_answers_or_not() -> None:
    for pitch in (21, None):
        desk = Desk(PIANO)
        desk.instrument.know({})
        assert desk.instrument.stranger == "Piano"
        lowest = desk.instrument.learn(pitch, "Piano")
        assert desk.instrument.stranger == ""
        later = Desk(PIANO)
        later.instrument.know(lowest, desk.instrument.asked())
        assert later.instrument.stranger == ""
        assert later.instrument.lowest == pitch
        later.instrument.forget()
        assert later.instrument.stranger == "Piano"


def test_beside_one_that_is_known_an_idle_one_is_not_asked_until_it_is_played() -> None:
    desk = Desk(IDLE, PIANO)
    desk.instrument.know({"Piano": 21})
    assert desk.instrument.stranger == ""
    desk.press(PIANO, 60)
    assert desk.instrument.stranger == ""
    desk.press(IDLE, 60)
    assert desk.instrument.stranger == "Interface"

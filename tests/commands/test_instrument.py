"""The instrument knows what was learned of it: its pads, its range, its octave button."""

from queue import SimpleQueue

import pytest

from game.app.conditions import conditions_for
from game.app.instrument import GameInstrument
from game.clock import ManualClock
from game.midi.usb import UsbPort
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
    instrument = GameInstrument(clock, "auto", "alsa", SimpleQueue(), lambda touch: None)
    instrument._usb = UsbPort(driver, clock, name)
    instrument.know({}, lambda: setup)
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

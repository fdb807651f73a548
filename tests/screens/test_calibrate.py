"""A therapist calibrates a station with five verbs and one finger, on a clock that does not wait."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest

from game.clock import ManualClock
from game.metrics.station.calibrating import CueKind
from game.midi.scripted import ScriptedPort
from game.music.device import Device, DeviceKind
from game.music.note import Press, Release, Touch
from game.screens.station.calibrate import CalibrateScreen
from game.screens.station.device_keys import KeysScreen, PadsScreen
from game.screens.station.device_tests import BounceScreen, ConnectionScreen, LoudnessScreen, bar_rects
from game.screens.station.station import StationScreen
from game.screens.station.tapping import TappingScreen
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import MenuKeys, Verb
from game.settings import DeviceSetup
from tests.choosing import do
from tests.scenes import CannedHouse, new_stack
from tests.tappers import Tapper

FRAME_S = 1 / 20


class Finger(ScriptedPort):
    """A port on which a finger will tap."""

    def taps(self, touches: Iterable[Touch]) -> None:
        self._waiting = sorted([*self._waiting, *touches], key=lambda touch: touch.time_s)


class Station:
    """A stage at the calibration screen, and a person whose taps come later than the cue by a delay."""

    def __init__(self, *, heard: bool = True) -> None:
        self.stack, self.services, self.clock = new_stack()
        self.services.card = replace(self.services.card, heard=heard)
        self.chance = Random(11)
        self.stack.push(StationScreen(self.stack))
        self.screen = CalibrateScreen(self.stack)
        self.stack.push(self.screen)
        self.frame()

    def frame(self) -> None:
        self.stack.settle()
        self.stack.top.update(self.clock.now_s())

    def choose(self) -> None:
        do(self.stack, self.clock, Verb.CHOOSE)
        self.frame()

    def tap(self, tapper: Tapper) -> CueKind:
        """One run: choose it, tap through it, and be back on the list."""
        port = self.services.port = Finger(self.clock, ())
        self.choose()
        tapping = self.stack.top
        assert isinstance(tapping, TappingScreen)
        assert tapping.run is not None
        assert self.services.muted
        cue_s, beat_s = tapping.run.timeline.clock_s(0.0), 60 / tapping.bpm
        played = tapper.run(beat_s, self.chance, cues=50, cue_s=cue_s)
        port.taps(t for s in played.times_s for t in (Press(s, 60), Release(s + 0.1, 60)))
        self.until_back(tapping)
        return tapping.cue

    def until_back(self, tapping: TappingScreen) -> None:
        for _ in range(60 * 20):
            self.clock.advance(FRAME_S)
            self.frame()
            if self.stack.top is not tapping:
                return
        raise AssertionError("the run never ended")

    def values(self) -> list[str]:
        return [row.value for row in self.screen.rows()]


def test_sound_and_picture_are_measured_and_kept_with_the_taps_they_rest_on() -> None:
    station = Station()
    tappers = {CueKind.SOUND: Tapper(0.042, 0.012, 0.05), CueKind.PICTURE: Tapper(0.07, 0.014, 0.05)}
    tapped = [station.tap(tappers[CueKind.SOUND if n < 4 else CueKind.PICTURE]) for n in range(8)]
    assert tapped == [CueKind.SOUND] * 4 + [CueKind.PICTURE] * 4
    assert not station.services.muted
    station.choose()
    found = station.services.card.calibration
    assert found is not None
    assert found.day
    assert found.sound_ms == pytest.approx(42, abs=8)
    assert found.picture_ms == pytest.approx(70, abs=8)
    assert found.video_offset_ms == pytest.approx(28, abs=9)
    assert 0 < found.sound_error_ms < 5
    assert {cue: len(runs) for cue, runs in station.services.taps.items()} == {"sound": 4, "picture": 4}
    assert type(station.stack.top) is StationScreen


def test_without_sound_only_the_picture_is_measured_and_that_is_said() -> None:
    station = Station(heard=False)
    assert "no sound" in station.screen.subtitle()
    assert {station.tap(Tapper(0.06, 0.012, 0.0)) for _ in range(4)} == {CueKind.PICTURE}
    station.choose()
    found = station.services.card.calibration
    assert found is not None
    assert not found.heard
    assert found.input_offset_ms == pytest.approx(60, abs=8)
    assert found.audio_offset_ms == found.video_offset_ms == 0


def test_an_unsteady_person_gets_no_value_and_the_reason_and_may_tap_again() -> None:
    station = Station(heard=False)
    for _ in range(4):
        station.tap(Tapper(0.06, 0.08, 0.0))
    first, _, picture, *_ = station.screen.rows()
    assert picture.value == "not known"
    assert "once more" in first.title
    station.choose()
    assert station.values()[2] == "0 of 4 runs"
    assert station.services.card.calibration is None
    for _ in range(4):
        station.tap(Tapper(0.06, 0.012, 0.0))
    station.choose()
    assert station.services.card.calibration is not None


def test_a_run_without_taps_ends_by_itself_and_does_not_count() -> None:
    station = Station()
    station.tap(Tapper(0.04, 0.01, omit=1.0))
    assert station.values()[1] == "0 of 4 runs"
    assert "does not count" in station.screen.subtitle()


def test_an_unplugged_instrument_breaks_a_run_off() -> None:
    station = Station()
    port = station.services.port = Finger(station.clock, ())
    station.choose()
    tapping = station.stack.top
    assert isinstance(tapping, TappingScreen)
    station.clock.advance(1.0)
    station.frame()
    port.unplug()
    station.until_back(tapping)
    assert "broken off" in station.screen.subtitle()


def test_leaving_a_run_leaves_it_out_and_gives_the_keys_their_sound_back() -> None:
    station = Station()
    station.choose()
    do(station.stack, station.clock, Verb.BACK)
    assert station.stack.top is station.screen
    assert not station.services.muted
    assert not station.stack.quiet


def test_runs_on_one_instrument_say_nothing_about_another() -> None:
    station = Station()
    station.tap(Tapper(0.04, 0.012, 0.0))
    assert station.values()[1] == "1 of 4 runs"
    station.services.card = replace(station.services.card, device=Device(DeviceKind.MIDI, "Piano", "alsa"))
    station.frame()
    assert station.values()[1] == "0 of 4 runs"
    assert "Another instrument" in station.screen.subtitle()


def test_leaving_before_the_run_is_ready_starts_nothing() -> None:
    stack, _, clock = new_stack()
    stack.push(CalibrateScreen(stack))
    tapping = TappingScreen(stack, CueKind.SOUND, 80.0, lambda taps: None)
    stack.push(tapping)
    do(stack, clock, Verb.BACK)
    stack.settle()
    assert tapping.run is None
    assert not stack.quiet


def test_taps_of_another_delay_in_one_run_are_found_out() -> None:
    station = Station(heard=False)
    for delay_s in (0.06, 0.06, 0.12, 0.06):
        station.tap(Tapper(delay_s, 0.012, 0.0))
    assert station.values()[2] == "not known"
    assert "80 beats a minute do not agree" in station.screen.rows()[2].detail


def opened(screen: type, stack: ScreenStack, clock: ManualClock) -> None:
    stack.push(screen(stack))
    clock.advance(1.0)


def press(stack: ScreenStack, clock: ManualClock, *pitches: int, gap_s: float = 0.5) -> None:
    for pitch in pitches:
        clock.advance(gap_s)
        stack.touch(Press(clock.now_s(), pitch))
        stack.touch(Release(clock.now_s() + 0.01, pitch))
        stack.settle()


Made = tuple[ScreenStack, CannedHouse, ManualClock]


@pytest.fixture
def made() -> Made:
    stack, services, clock = new_stack()
    stack.push(CalibrateScreen(stack))
    return stack, services, clock


def test_the_keys_are_learned_from_the_lowest_and_the_highest(made: Made) -> None:
    stack, services, clock = made
    opened(KeysScreen, stack, clock)
    press(stack, clock, 36, 36, 84)
    assert services.card.setup == DeviceSetup(lowest=36, keys=49)
    assert services.lowest == 36
    assert type(stack.top) is CalibrateScreen


def test_pads_are_learned_in_the_order_in_which_they_are_pressed(made: Made) -> None:
    stack, services, clock = made
    opened(PadsScreen, stack, clock)
    press(stack, clock, 40, 36, 36, 48, 44, 38, 40)
    assert services.card.setup.pads == (40, 36, 48, 44, 38)


def test_pads_that_were_shown_are_the_menu() -> None:
    assert MenuKeys(36, True, (40, 36, 48, 44, 38)).verb(48) is Verb.CHOOSE
    assert MenuKeys(36, True, (40, 36)).verb(38) is Verb.CHOOSE
    assert MenuKeys(36, False, (40, 36, 48, 44, 38)).verb(40) is Verb.CHOOSE


def test_every_loudness_the_same_is_said(made: Made) -> None:
    stack, _, clock = made
    screen = LoudnessScreen(stack)
    stack.push(screen)
    clock.advance(1.0)
    press(stack, clock, *[60] * 11)
    assert "does not tell" not in screen.said()
    press(stack, clock, 60)
    assert "does not tell" in screen.said()


def test_for_pads_that_bounce_a_filter_is_proposed_and_for_keys_none(made: Made) -> None:
    stack, services, clock = made
    for pads in (False, True):
        services.card = replace(services.card, pads=pads)
        opened(BounceScreen, stack, clock)
        for _ in range(10):
            press(stack, clock, 60)
            press(stack, clock, 60, gap_s=0.03)
        do(stack, clock, Verb.BACK)
        assert bool(services.card.setup.bounce_ms) is pads
    assert 20 < services.card.setup.bounce_ms < 80


def test_a_filter_is_changed_by_less_and_more(made: Made) -> None:
    stack, services, clock = made
    opened(BounceScreen, stack, clock)
    press(stack, clock, *[60] * 10)
    stack.top.update(clock.now_s())
    do(stack, clock, Verb.NEXT)
    do(stack, clock, Verb.MORE)
    assert services.card.setup.bounce_ms == 10


def test_unevenness_is_unknown_until_there_are_enough_presses(made: Made) -> None:
    stack, _, _ = made
    screen = ConnectionScreen(stack)
    assert screen.rows()[0].value == "not known"
    chance = Random(3)
    for i in range(200):
        screen.touch(Press(i * 0.5 + chance.gauss(0, 0.012), 60, 64, 0.5))
    unevenness = screen.rows()[0]
    assert "cable" in unevenness.detail
    assert float(unevenness.value.split()[0]) == pytest.approx(12, rel=0.25)


def test_bars_stand_side_by_side_and_from_the_side_where_reading_starts() -> None:
    import pygame

    place = pygame.Rect(100, 50, 240, 100)
    left, right = (bar_rects(place, [0.5, 1.0], 24, mirrored) for mirrored in (False, True))
    assert all(place.contains(rect) for rect in (*left, *right))
    assert left[0].left < left[1].left
    assert right[0].left > right[1].left
    assert [rect.height for rect in left] == [50, 100]

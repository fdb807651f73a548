"""The one way to a run: the same in the window, without one and in a demo; kept where it can be."""

from dataclasses import replace

import pytest

from game.app.conditions import plain_conditions
from game.app.prepare import Equipment, PlayerOfRun, PreparedRun, prepare_run
from game.app.simulation import simulated_run
from game.clock import ManualClock
from game.midi.scripted import ScriptedPort
from game.midi.simulated import Simulated
from game.music.device import Device, DeviceKind
from game.music.level import Level
from game.music.note import Press, Release
from game.music.recording import Ended
from game.settings import Calibration, DeviceSetup, Settings
from game.store.records.kept import GUEST_ID
from game.store.station_book import StationBook
from game.store.store import Store
from tests.audio.standins import ListeningSpeaker
from tests.levels import LIBRARY

BY_ID = {level.id: level for level in LIBRARY}
FIVE = BY_ID["five-steps-right"]
PROBE = next(level for level in LIBRARY if level.probe)
KEYBOARD = Device(DeviceKind.MIDI, "keyboard", "alsa")
CALIBRATION = Calibration(day="2026-03-01", sound_ms=40.0, picture_ms=60.0, taps=50)


def played_out(prepared: PreparedRun, clock: ManualClock, port: ScriptedPort) -> None:
    """Play its first note and nothing else, to the end."""
    run = prepared.run
    run.start()
    first = run.notes[0]
    due_s = run.timeline.clock_s(first.onset_s)
    port.will_play([Press(due_s, first.pitch), Release(due_s + 0.1, first.pitch)])
    while run.ended is None:
        clock.advance(1 / 20)
        run.update()


def test_a_prepared_run_is_kept_as_it_was_played(store: Store) -> None:
    clock, settings = ManualClock(50.0), Settings(bounce_ms=30)
    port = ScriptedPort(clock, (), KEYBOARD)
    prepared = prepare_run(FIVE, 0.8, Equipment(clock, port), PlayerOfRun(settings, GUEST_ID, store))
    assert prepared.recorder is not None
    assert prepared.run.kept_as == ""
    assert store.runs(GUEST_ID).result() == [], "a run that nobody started is none"
    played_out(prepared, clock, port)
    prepared.recorder.saved.result()
    (header,) = store.runs(GUEST_ID).result()
    kept = store.run(header.id).result()
    assert header.id == prepared.run.kept_as
    assert (header.level_id, header.device, header.ended) == (FIVE.id, KEYBOARD, Ended.FINISHED)
    assert kept.conditions == prepared.run.conditions
    assert kept.recording.touches == prepared.run.recording().touches


@pytest.mark.parametrize("heard", [True, False])
def test_the_stations_delays_are_those_of_the_instrument_and_the_way_it_is_heard(
    store: Store, heard: bool
) -> None:
    book = StationBook(store)
    book.keep_calibration(KEYBOARD, replace(CALIBRATION, heard=heard), {}).result()
    book.keep_setup(KEYBOARD, DeviceSetup(bounce_ms=20)).result()
    clock = ManualClock()
    output = ListeningSpeaker() if heard else None
    equipment = Equipment(clock, ScriptedPort(clock, (), KEYBOARD), output, book)
    conditions = prepare_run(FIVE, 1.0, equipment).run.conditions
    assert conditions.offset_s == pytest.approx(0.040 if heard else 0.060)
    assert conditions.video_offset_s == pytest.approx(0.020 if heard else 0.0)
    assert (conditions.calibrated, conditions.bounce_s) == (CALIBRATION.day, 0.02)
    other = replace(equipment, port=ScriptedPort(clock, (), replace(KEYBOARD, name="another")))
    assert prepare_run(FIVE, 1.0, other).run.conditions.calibrated == ""


def test_a_probe_is_played_as_written_by_whomever() -> None:
    clock = ManualClock()
    equipment = Equipment(clock, ScriptedPort(clock, ()))
    assert prepare_run(PROBE, 0.5, equipment).run.conditions.speed == 1.0
    assert simulated_run(PROBE, 0.5, Simulated(), 1).conditions.speed == 1.0
    assert prepare_run(FIVE, 0.5, equipment).run.conditions.speed == 0.5


def test_a_recording_was_played_at_the_speed_that_is_named_be_it_a_probe_or_not() -> None:
    assert plain_conditions(PROBE, 0.5).speed == 0.5


@pytest.mark.parametrize("level", LIBRARY[::40], ids=lambda level: level.id)
def test_a_recording_and_a_demo_of_the_same_level_are_judged_alike(level: Level) -> None:
    clock = ManualClock()
    run = prepare_run(level, 1.0, Equipment(clock, ScriptedPort(clock, ()))).run
    assert run.conditions == plain_conditions(level, 1.0)


def test_nothing_is_kept_where_nothing_can_be() -> None:
    clock = ManualClock()
    port = ScriptedPort(clock, ())
    prepared = prepare_run(FIVE, 1.0, Equipment(clock, port))
    played_out(prepared, clock, port)
    assert (prepared.recorder, prepared.run.kept_as) == (None, "")

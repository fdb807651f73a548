"""What a station knows of its instruments is kept per instrument, and old ways of keeping it still hold."""

from pathlib import Path

import pytest

from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.music.device import Device, DeviceKind
from game.settings import Calibration, DeviceSetup, Station
from game.store.records.plain import from_conditions, to_conditions
from game.store.station_book import CALIBRATIONS, STATION, StationBook
from game.store.store import Store, open_store

PIANO = Device(DeviceKind.MIDI, "Piano", "alsa")
OTHER = Device(DeviceKind.MIDI, "Piano", "jack")
FOUND = Calibration("2026-02-03", True, 41.5, 1.2, 62.0, 1.5, 14.0, 112)


def read(store: Store) -> StationBook:
    book = StationBook(store)
    book.read()
    return book


def test_a_calibration_is_kept_for_one_instrument_and_one_driver_with_its_day(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        read(store).keep_calibration(PIANO, FOUND, {"sound": []})
    with open_store(tmp_path) as store:
        book = read(store)
        assert book.calibration(PIANO, heard=True) == FOUND
        assert book.station(PIANO, heard=True).calibrated == "2026-02-03"
        assert book.calibration(OTHER, heard=True) is None
        assert book.station(OTHER, heard=True) == Station()


def test_sound_and_silence_are_measured_apart(tmp_path: Path) -> None:
    silent = Calibration("2026-02-04", heard=False, picture_ms=50.0)
    with open_store(tmp_path) as store:
        book = read(store)
        book.keep_calibration(PIANO, FOUND, {})
        assert book.calibration(PIANO, heard=False) is None
        book.keep_calibration(PIANO, silent, {})
        assert book.calibration(PIANO, heard=True) == FOUND
        assert book.calibration(PIANO, heard=False) == silent
        assert book.calibrations()["midi/alsa/Piano"] == [FOUND, silent]


def test_a_press_is_compared_with_what_was_heard_and_the_picture_moved_to_it() -> None:
    station = Station().measured(FOUND)
    assert station.input_offset_ms + station.audio_offset_ms == FOUND.sound_ms
    assert station.video_offset_ms == pytest.approx(FOUND.picture_ms - FOUND.sound_ms)


def test_without_sound_a_press_is_compared_with_what_was_seen() -> None:
    station = Station().measured(Calibration("2026-02-04", heard=False, picture_ms=50.0))
    assert (station.input_offset_ms, station.audio_offset_ms, station.video_offset_ms) == (50.0, 0.0, 0.0)


def test_offsets_of_the_whole_station_hold_until_an_instrument_has_its_own(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.save_station(STATION, {"audio_offset_ms": 30.0, "calibrated": "2025-12-01"}).result()
        book = read(store)
        assert book.station(PIANO, heard=True).audio_offset_ms == 30.0
        assert book.station(PIANO, heard=True).calibrated == "2025-12-01"
        book.keep_calibration(PIANO, FOUND, {})
        assert book.station(PIANO, heard=True).audio_offset_ms == FOUND.sound_ms


@pytest.mark.parametrize("kept", [{"midi/alsa/Piano": 5}, {"midi/alsa/Piano": {"heard": [1]}}, {"x": None}])
def test_what_cannot_be_read_counts_as_never_measured(tmp_path: Path, kept: dict[str, object]) -> None:
    with open_store(tmp_path) as store:
        store.save_station(CALIBRATIONS, kept).result()
        assert read(store).calibration(PIANO, heard=True) is None


def test_what_was_learned_of_an_instrument_comes_back(tmp_path: Path) -> None:
    setup = DeviceSetup(lowest=36, keys=49, pads=(38, 42, 46), bounce_ms=40)
    with open_store(tmp_path) as store:
        read(store).keep_setup(PIANO, setup)
    with open_store(tmp_path) as store:
        assert read(store).setup(PIANO) == setup
        assert read(store).setup(OTHER) == DeviceSetup()
        assert read(store).station(PIANO, heard=True).bounce_ms == 40


def test_the_highest_key_follows_from_the_lowest_and_their_number() -> None:
    assert DeviceSetup(lowest=21, keys=88).highest == 108
    assert DeviceSetup(lowest=21).highest == -1
    assert DeviceSetup(pads=(38, 200, -1)).pad_pitches == (38,)


def test_a_run_that_was_kept_before_calibrations_were_dated_reads_as_never_calibrated() -> None:
    old = from_conditions(Conditions(HitWindows(0.1, 0.2, 0.3), audio_offset_s=0.03))
    del old["calibrated"]
    assert to_conditions(old).calibrated == ""
    dated = Conditions(HitWindows(0.1, 0.2, 0.3), calibrated="2026-02-03")
    assert to_conditions(from_conditions(dated)) == dated


def test_a_run_that_was_kept_before_bands_of_keys_were_known_reads_as_having_none() -> None:
    old = from_conditions(Conditions(HitWindows(0.1, 0.2, 0.3), nearest_of=(60, 65)))
    assert to_conditions(old).nearest_of == (60, 65)
    del old["nearest_of"]
    assert to_conditions(old).nearest_of == ()


def test_pads_are_filtered_before_anything_was_learned_of_them(tmp_path: Path) -> None:
    shown = DeviceSetup(lowest=36, pads=(36, 38, 40), bounce_ms=0)
    with open_store(tmp_path) as store:
        book = read(store)
        book.keep_setup(OTHER, shown)
        pads, learned = Device(DeviceKind.MIDI, "LPD8 MIDI 1", "alsa"), DeviceSetup(bounce_ms=80)
        assert [book.station(d, heard=True).bounce_ms for d in (pads, OTHER, PIANO)] == [50, 50, 0]
        book.keep_setup(pads, learned)
        assert book.station(pads, heard=True).bounce_ms == 80

"""Taps in a file, made at a station by a steady person: what they say of its delays, and keeping that."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.clock import wall_time
from game.errors import UserError
from game.metrics.station.calibrating import CueKind
from game.metrics.station.delay import Delay, TapRun, Unknown, delay
from game.music.device import Device, DeviceKind
from game.screens.station.calibration import calibration_of
from game.settings import Calibration
from game.store.station_book import StationBook

if TYPE_CHECKING:
    from game.store.store import Store


@dataclass(frozen=True)
class TapsFile:
    """Runs of taps by what was tapped to, and the instrument's name where the file gives it."""

    runs: Mapping[CueKind, Sequence[TapRun]]
    device: object = None

    def found(self) -> dict[CueKind, Delay | Unknown]:
        """What each kind of cue says, or why it says nothing."""
        return {cue: _found(runs) for cue, runs in self.runs.items()}


def read_taps(path: Path) -> TapsFile:
    """The taps in a JSON file. UserError names the place that is wrong."""
    data = _read(path)
    runs = {cue: _runs(path, cue, data[cue.value]) for cue in CueKind if data.get(cue.value)}
    if CueKind.PICTURE not in runs:
        raise UserError("{file}: `picture` is missing; give runs of taps to the falling note", file=path)
    return TapsFile(runs, data.get("device"))


def calibration_from(found: Mapping[CueKind, Delay | Unknown]) -> Calibration | None:
    """The calibration, where every kind of cue says something."""
    delays = {cue: one for cue, one in found.items() if isinstance(one, Delay)}
    return calibration_of(delays) if len(delays) == len(found) else None


def keep_calibration(
    store: "Store", api: str, name: object, known: Calibration, taps: TapsFile
) -> Calibration:
    """Keep it, dated today, for a MIDI instrument of that name on this machine; api: `auto` or a driver's."""
    from game.midi.driver import native_api
    from game.midi.names import stable_name

    if not isinstance(name, str) or not name:
        raise UserError("Name the instrument with --device, as `fingerfall ports` lists it")
    api = native_api(sys.platform) if api == "auto" else api
    dated = replace(known, day=wall_time().date().isoformat())
    book = StationBook(store)
    book.read()
    book.keep_calibration(
        Device(DeviceKind.MIDI, stable_name(name, api), api), dated, _plain(taps.runs)
    ).result()
    return dated


def _found(runs: Sequence[TapRun]) -> Delay | Unknown:
    try:
        return delay(runs)
    except Unknown as unknown:
        return unknown


def _plain(runs: Mapping[CueKind, Sequence[TapRun]]) -> dict[str, Any]:
    return {
        cue.value: [{"bpm": run.bpm, "taps_s": list(run.times_s)} for run in some]
        for cue, some in runs.items()
    }


def _read(path: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError("{file}: cannot be read ({reason})", file=path, reason=error.strerror) from error
    except ValueError as error:
        raise UserError("{file}: is not JSON ({reason})", file=path, reason=error) from error
    if not isinstance(data, Mapping):
        raise UserError("{file}: give an object with `sound` and `picture`", file=path)
    return data


def _runs(path: Path, cue: CueKind, data: Any) -> list[TapRun]:
    """Runs as in the file: tempo, and taps in seconds from a cue."""
    if not isinstance(data, list):
        raise UserError("{file}: `{name}` is not a list of runs", file=path, name=cue.value)
    return [_run(path, f"{cue.value}[{index}]", one) for index, one in enumerate(data)]


def _run(path: Path, place: str, data: Any) -> TapRun:
    run = data if isinstance(data, Mapping) else {}
    bpm, taps = _numbers([run.get("bpm")]), _numbers(run.get("taps_s"))
    if not bpm or not 20 <= bpm[0] <= 300:
        raise UserError("{file}: {place}: give `bpm`, a number from 20 to 300", file=path, place=place)
    if taps is None:
        raise UserError(
            "{file}: {place}: give `taps_s`, a list of seconds from a cue", file=path, place=place
        )
    return TapRun(taps, 0.0, 60.0 / bpm[0])


def _numbers(values: Any) -> tuple[float, ...] | None:
    """A list of numbers, or None for anything else."""
    if not isinstance(values, list) or not all(type(v) in (int, float) and isfinite(v) for v in values):
        return None
    return tuple(map(float, values))

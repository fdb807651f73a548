"""`fingerfall calibrate`: the therapist's screen for it, or the same from taps in a file."""

import json
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import Any

from game.clock import wall_time
from game.commands.context import Context, say, say_json
from game.errors import UserError
from game.metrics.station.calibrating import CueKind
from game.metrics.station.delay import Delay, TapRun, Unknown, delay
from game.music.recording import Device, DeviceKind
from game.screens.station.calibration import ANTICIPATION, agreement, calibration_of, signed, why
from game.settings import Calibration
from game.words import _

Found = dict[CueKind, Delay | Unknown]
Runs = dict[CueKind, list[TapRun]]


def calibrate(options: Namespace) -> int:
    """Open the screen, or work out what a file of taps says; status 1 where that is nothing."""
    context = Context.of(options)
    if options.list:
        return _list(context)
    if options.taps:
        return _from_file(context, options)
    return _on_screen(context, options)


def _on_screen(context: Context, options: Namespace) -> int:
    from game.screens.ui.window import has_screen

    if not has_screen():
        raise UserError(
            "There is no screen here, and calibrating shows a falling note: start `fingerfall calibrate` on "
            "the station itself, or give taps that were made there with --taps FILE.",
            failed=True,
        )
    from game.commands.window import open_game
    from game.screens.station.calibrate import CalibrateScreen
    from game.screens.station.station import StationScreen
    from game.screens.therapist.therapist import door

    return open_game(context, options, first=lambda stack: door(stack, StationScreen, CalibrateScreen))


def _from_file(context: Context, options: Namespace) -> int:
    path = Path(options.taps)
    data = _read(path)
    runs = {cue: _runs(path, cue, data[cue.value]) for cue in CueKind if data.get(cue.value)}
    if CueKind.PICTURE not in runs:
        raise UserError("{file}: `picture` is missing; give runs of taps to the falling note", file=path)
    found = {cue: _found(runs[cue]) for cue in runs}
    delays = {cue: one for cue, one in found.items() if isinstance(one, Delay)}
    known = calibration_of(delays) if len(delays) == len(found) else None
    name = options.device or data.get("device")
    kept = None
    if options.keep and known:
        kept = _keep(context, name, known, _plain(runs))
    _tell(context, found, known, kept)
    return 0 if known else 1


def _keep(context: Context, name: object, known: Calibration, taps: dict[str, Any]) -> Calibration:
    """Keep it for a MIDI instrument of that name on this machine's driver."""
    from game.midi.driver import native_api
    from game.midi.names import stable_name
    from game.store.station_book import StationBook

    if not isinstance(name, str) or not name:
        raise UserError("Name the instrument with --device, as `fingerfall ports` lists it")
    api = native_api(sys.platform) if context.midi_api == "auto" else context.midi_api
    dated = replace(known, day=wall_time().date().isoformat())
    with context.store() as store:
        book = StationBook(store)
        book.read()
        book.keep_calibration(Device(DeviceKind.MIDI, stable_name(name, api), api), dated, taps).result()
    return dated


def _tell(context: Context, found: Found, known: Calibration | None, kept: Calibration | None) -> None:
    if context.as_json:
        cues = {cue.value: _data(found[cue]) if cue in found else None for cue in CueKind}
        day = kept.day if kept else None
        say_json({**cues, "offsets": _offsets(known), "includes_anticipation": True, "calibrated": day})
        return
    names = {CueKind.SOUND: _("Sound"), CueKind.PICTURE: _("Picture")}
    for cue, one in found.items():
        said = f"{signed(one)} · {agreement(one)}" if isinstance(one, Delay) else why(one)
        say(f"{names[cue]}: {said}")
    if known:
        say(_(ANTICIPATION))
    if kept:
        say(_("Saved with the date {day}.", day=kept.day))
    elif known:
        say(_("Not saved; add --keep to save it."))
    else:
        say(_("Nothing is saved; repeat the taps where it says so."))


def _data(one: Delay | Unknown) -> dict[str, Any]:
    if isinstance(one, Unknown):
        nothing = dict.fromkeys(("delay_ms", "error_ms", "sd_ms", "apart_ms", "tempi_ms", "taps"))
        return {**nothing, "reason": one.why.value, "words": why(one)}
    return {
        "delay_ms": _ms(one.delay_s),
        "error_ms": _ms(one.error_s),
        "sd_ms": _ms(one.sd_s),
        "apart_ms": _ms(one.apart_s),
        "tempi_ms": _ms(one.tempi_s),
        "taps": one.taps,
        "reason": None,
        "words": agreement(one),
    }


def _offsets(known: Calibration | None) -> dict[str, float] | None:
    if known is None:
        return None
    return {
        "input_offset_ms": round(known.input_offset_ms, 1),
        "audio_offset_ms": round(known.audio_offset_ms, 1),
        "video_offset_ms": round(known.video_offset_ms, 1),
    }


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2) + 0.0


def _found(runs: Sequence[TapRun]) -> Delay | Unknown:
    try:
        return delay(runs)
    except Unknown as unknown:
        return unknown


def _plain(runs: Runs) -> dict[str, Any]:
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


def _list(context: Context) -> int:
    from game.store.station_book import StationBook

    with context.store() as store:
        book = StationBook(store)
        book.read()
        known = book.calibrations()
    every = [(key, one) for key, some in known.items() for one in some]
    rows = [{"instrument": key, **one.to_dict(), **(_offsets(one) or {})} for key, one in every]
    if context.as_json:
        say_json({"calibrations": rows})
        return 0
    for row in rows:
        say(f"{row['day']}  {row['instrument']:<40} {_way(bool(row['heard']))}")
    if not rows:
        say(_("This station was never calibrated."))
    return 0


def _way(heard: bool) -> str:
    return _("with sound") if heard else _("without sound")

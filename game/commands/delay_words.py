"""Output of measured delays: JSON, or a line for each kind of cue."""

from collections.abc import Mapping
from typing import Any

from game.commands.context import Context, say, say_json
from game.metrics.station.calibrating import CueKind
from game.metrics.station.delay import Delay, Unknown
from game.screens.station.calibration import ANTICIPATION, agreement, signed, why
from game.settings import Calibration
from game.words import _

Found = Mapping[CueKind, Delay | Unknown]


def tell(context: Context, found: Found, known: Calibration | None, kept: Calibration | None) -> None:
    if context.as_json:
        cues = {cue.value: _data(found[cue]) if cue in found else None for cue in CueKind}
        day = kept.day if kept else None
        say_json({**cues, "offsets": offsets(known), "includes_anticipation": True, "calibrated": day})
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


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2) + 0.0


def offsets(known: Calibration | None) -> dict[str, float] | None:
    if known is None:
        return None
    return {
        "input_offset_ms": round(known.input_offset_ms, 1),
        "audio_offset_ms": round(known.audio_offset_ms, 1),
        "video_offset_ms": round(known.video_offset_ms, 1),
    }

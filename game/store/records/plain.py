"""Recordings and their settings as plain data, for rows and lines, and back.

Raises ValueError for invalid data.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.music.device import Device, DeviceKind
from game.music.note import HIGHEST_PITCH, LOWEST_PITCH, Press, Release, Touch
from game.music.recording import Mark, MarkKind
from game.music.timeline import Anchor

Plain = dict[str, Any]
Data = Mapping[Any, Any]

LARGEST = 1e300
"""Bound on stored numbers; also rejects infinity and NaN."""


def writable(text: str) -> str:
    """The text without characters that cannot be stored: NUL and lone surrogates."""
    return text.replace("\0", "�").encode("utf-8", "replace").decode("utf-8")


def seconds(time_s: float) -> float:
    """A time as it is stored; minus zero becomes zero, since not every database keeps it."""
    return float(time_s) + 0.0


def from_touch(touch: Touch) -> Plain:
    """A touch without its channel or device where it has none."""
    pressed = isinstance(touch, Press)
    made_on: Plain = {} if touch.channel is None else {"channel": touch.channel}
    if touch.device is not None:
        made_on["device"] = from_device(touch.device)
    return {
        "time_s": seconds(touch.time_s),
        "kind": "press" if pressed else "release",
        "pitch": touch.pitch,
        "velocity": touch.velocity if isinstance(touch, Press) else None,
        "delta_s": None if touch.delta_s is None else seconds(touch.delta_s),
        "made": touch.synthetic if isinstance(touch, Release) else False,
        **made_on,
    }


def to_touch(data: Data) -> Touch:
    time_s, pitch = number(data, "time_s"), whole(data, "pitch", LOWEST_PITCH, HIGHEST_PITCH)
    delta_s = number_or_none(data, "delta_s")
    kind = one_of(data, "kind", ("press", "release"))
    channel = None if data.get("channel") is None else whole(data, "channel", 0, 15)
    device = None if data.get("device") is None else to_device(part(data, "device"))
    if kind == "press":
        return Press(time_s, pitch, whole(data, "velocity", 0, 127), delta_s, channel, device)
    return Release(time_s, pitch, delta_s, yes_or_no(data, "made"), channel, device)


def from_anchor(anchor: Anchor) -> Plain:
    return {
        "clock_s": seconds(anchor.clock_s),
        "song_s": seconds(anchor.song_s),
        "rate": seconds(anchor.rate),
    }


def to_anchor(data: Data) -> Anchor:
    return Anchor(number(data, "clock_s"), number(data, "song_s"), number(data, "rate"))


def from_mark(mark: Mark) -> Plain:
    return {"clock_s": seconds(mark.clock_s), "kind": writable(mark.kind), "text": writable(mark.text)}


def to_mark(data: Data) -> Mark:
    return Mark(number(data, "clock_s"), MarkKind(words(data, "kind")), words(data, "text"))


def from_conditions(conditions: Conditions) -> Plain:
    return asdict(conditions)


def to_conditions(data: Data) -> Conditions:
    windows = part(data, "windows")
    return Conditions(
        HitWindows(*(number(windows, name) for name in ("perfect_s", "great_s", "good_s"))),
        speed=number(data, "speed"),
        bounce_s=number(data, "bounce_s"),
        input_offset_s=number(data, "input_offset_s"),
        audio_offset_s=number(data, "audio_offset_s"),
        video_offset_s=number(data, "video_offset_s"),
        release=yes_or_no(data, "release"),
        calibrated=words(data, "calibrated") if "calibrated" in data else "",
        nearest_of=pitches(data, "nearest_of") if "nearest_of" in data else (),
    )


def from_device(device: Device) -> Plain:
    return {name: writable(text) for name, text in asdict(device).items()}


def to_device(data: Data) -> Device:
    return Device(DeviceKind(words(data, "kind")), words(data, "name"), words(data, "api"))


def number(data: Data, name: str) -> float:
    value = data.get(name)
    if type(value) is float and -LARGEST <= value <= LARGEST:
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"`{name}` is not a number")
    if not abs(value) <= LARGEST:
        raise ValueError(f"`{name}` is out of all bounds")
    return float(value)


def number_or_none(data: Data, name: str) -> float | None:
    return None if data.get(name) is None else number(data, name)


def whole(data: Data, name: str, lowest: int, highest: int) -> int:
    value = data.get(name)
    if type(value) is not int or not lowest <= value <= highest:
        raise ValueError(f"`{name}` is not a whole number from {lowest} to {highest}")
    return value


def yes_or_no(data: Data, name: str) -> bool:
    value = data.get(name)
    if not isinstance(value, bool):
        raise ValueError(f"`{name}` is neither true nor false")
    return value


def pitches(data: Data, name: str) -> tuple[int, ...]:
    value = data.get(name)
    if not isinstance(value, list | tuple) or any(type(p) is not int or not 0 <= p <= 127 for p in value):
        raise ValueError(f"`{name}` is not a list of pitches from 0 to 127")
    return tuple(value)


def words(data: Data, name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str):
        raise ValueError(f"`{name}` is not a text")
    return value


def one_of(data: Data, name: str, allowed: tuple[str, ...]) -> str:
    value = words(data, name)
    if value not in allowed:
        raise ValueError(f"`{name}` is none of {', '.join(allowed)}")
    return value


def part(data: Data, name: str) -> Data:
    value = data.get(name)
    if not isinstance(value, Mapping):
        raise ValueError(f"`{name}` has no parts")
    return value


def moment(data: Data, name: str) -> datetime:
    when = datetime.fromisoformat(words(data, name))
    if when.tzinfo is None:
        raise ValueError(f"`{name}` lacks its offset from UTC")
    return when

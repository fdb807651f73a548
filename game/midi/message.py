"""Raw MIDI messages, decoded as a press, a release, or nothing."""

from typing import NamedTuple

from game.music.device import Device
from game.music.note import Press, Release, Touch

NOTE_OFF, NOTE_ON, SYSTEM = 0x80, 0x90, 0xF0
LENGTHS = {0x80: 3, 0x90: 3, 0xA0: 3, 0xB0: 3, 0xC0: 2, 0xD0: 2, 0xE0: 3}
"""Bytes of a channel message by the upper half of its status byte."""


class Raw(NamedTuple):
    """One message as the driver gave it.

    stamp_s: clock seconds, taken on the driver's thread. data: its bytes, at most the first four.
    delta_s: the driver's own seconds since the message before, a diagnostic.
    """

    stamp_s: float
    data: tuple[int, ...]
    delta_s: float


def well_formed(data: tuple[int, ...]) -> bool:
    """Whether bytes are one whole channel message: a status byte and as many data bytes as it takes."""
    if not data or LENGTHS.get(data[0] & 0xF0) != len(data):
        return False
    return all(0 <= byte < 0x80 for byte in data[1:])


def touch_of(raw: Raw, device: Device | None = None) -> Touch | None:
    """The press or release that a message of a device says; None for every other and for a broken one.

    The status byte decides. A note-on of velocity 0 is a release, and so is a note-off of any velocity:
    some pads send theirs with 127.
    """
    if not well_formed(raw.data):
        return None
    kind, channel = raw.data[0] & 0xF0, raw.data[0] & 0x0F
    if kind == NOTE_ON and raw.data[2] > 0:
        return Press(raw.stamp_s, raw.data[1], raw.data[2], raw.delta_s, channel, device)
    if kind in (NOTE_ON, NOTE_OFF):
        return Release(raw.stamp_s, raw.data[1], raw.delta_s, channel=channel, device=device)
    return None

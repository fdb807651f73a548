"""What music is played on."""

import re
from dataclasses import dataclass

from game.music.open_enum import OpenStrEnum

PADS = re.compile(r"pad|mpd|lpd|mpc|drum|maschine|launchpad|spd|dtx", re.IGNORECASE)
"""Names of instruments that have pads and no keys."""


class DeviceKind(OpenStrEnum):
    """What presses come from.

    MIDI: an instrument. COMPUTER: the computer's own keys, stamped less finely and without velocity.
    SCRIPTED: a stand-in that plays a script. FILE: a Standard MIDI File. Others are read as they were kept.
    """

    MIDI = "midi"
    COMPUTER = "computer"
    SCRIPTED = "scripted"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Device:
    """What was played on.

    name: as the driver gives it. api: the driver's kind (`alsa`, `jack`, …), "" where there is none.
    """

    kind: DeviceKind
    name: str
    api: str = ""

    @property
    def called_pads(self) -> bool:
        """Whether its name is that of an instrument with pads and no keys; a file's name says nothing."""
        return self.kind is DeviceKind.MIDI and bool(PADS.search(self.name))

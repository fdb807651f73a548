"""What music is played on."""

import re
from dataclasses import dataclass

PADS = re.compile(r"pad|mpd|lpd|mpc|drum|maschine|launchpad|spd|dtx", re.IGNORECASE)
"""Names of instruments that have pads and no keys."""


@dataclass(frozen=True, slots=True)
class Device:
    """What was played on.

    kind: `midi`, `computer` (the computer's own keys, stamped less finely), `scripted` or `file`.
    name: as the driver gives it. api: the driver's kind (`alsa`, `jack`, …), "" where there is none.
    """

    kind: str
    name: str
    api: str = ""

    @property
    def called_pads(self) -> bool:
        """Whether its name is that of an instrument with pads and no keys; a file's name says nothing."""
        return self.kind == "midi" and bool(PADS.search(self.name))

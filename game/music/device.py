"""What music is played on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Device:
    """What was played on.

    kind: `midi`, `computer` (the computer's own keys, stamped less finely), `scripted` or `file`.
    name: as the driver gives it. api: the driver's kind (`alsa`, `jack`, …), "" where there is none.
    """

    kind: str
    name: str
    api: str = ""

"""The computer's keyboard as an instrument of two octaves: the default where no MIDI keyboard is there.

The upper letter row plays from C4 (the right hand), the lower one from C3 (the left hand), the rows above
them the black keys. Presses are stamped when the event is read, so they are less fine than a MIDI stamp.
"""

from collections import deque
from collections.abc import Mapping
from math import inf
from types import MappingProxyType

import pygame

from game.music.device import Device, DeviceKind
from game.music.note import Press, Release, Touch
from game.screens.ui.key_caps import key_cap

COMPUTER = Device(DeviceKind.COMPUTER, "computer keyboard")
LOWEST_PITCH = 48
VELOCITY = 80
"""Fixed velocity, since a computer key does not report one."""

_LOWER_ROW = "Z S X D C V G B H N J M"
_UPPER_ROW = "Q 2 W 3 E R 5 T 6 Y 7 U I 9 O 0 P"

PITCH_BY_SCANCODE: Mapping[int, int] = MappingProxyType(
    {
        getattr(pygame, f"KSCAN_{letter}"): lowest + step
        for lowest, row in ((LOWEST_PITCH, _LOWER_ROW), (LOWEST_PITCH + 12, _UPPER_ROW))
        for step, letter in enumerate(row.split())
    }
)

_SCANCODES = {pitch: scancode for scancode, pitch in PITCH_BY_SCANCODE.items()}
_LETTERS = {
    lowest + step: letter
    for lowest, row in ((LOWEST_PITCH, _LOWER_ROW), (LOWEST_PITCH + 12, _UPPER_ROW))
    for step, letter in enumerate(row.split())
}


def cap_of(pitch: int) -> str:
    """What stands on the computer's key that plays a pitch; empty where none does."""
    scancode = _SCANCODES.get(pitch)
    return "" if scancode is None else key_cap(scancode, _LETTERS[pitch])


class TypingPort:
    """Computer keys as an input port."""

    def __init__(self) -> None:
        self._touches: deque[Touch] = deque()
        self._down: set[int] = set()

    @property
    def device(self) -> Device:
        return COMPUTER

    @property
    def alive(self) -> bool:
        return True

    @property
    def seen_s(self) -> float:
        return inf

    def touches(self) -> list[Touch]:
        taken = []
        while self._touches:
            taken.append(self._touches.popleft())
        return taken

    def key(self, scancode: int, down: bool, time_s: float) -> Touch | None:
        """Handle a key event; returns the touch if the key plays a note."""
        pitch = PITCH_BY_SCANCODE.get(scancode)
        if pitch is None or down == (pitch in self._down):
            return None
        touch: Touch
        if down:
            self._down.add(pitch)
            touch = Press(time_s, pitch, VELOCITY, device=COMPUTER)
        else:
            self._down.discard(pitch)
            touch = Release(time_s, pitch, device=COMPUTER)
        self._touches.append(touch)
        return touch

    def let_go(self, time_s: float) -> list[Touch]:
        """Release every key, as when the window loses the keyboard."""
        down = sorted(self._down)
        released: list[Touch] = [Release(time_s, pitch, synthetic=True, device=COMPUTER) for pitch in down]
        self._down.clear()
        self._touches.extend(released)
        return released

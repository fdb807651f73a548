"""Waiting for a real port, as a game does: by looking again and again."""

import time
from collections.abc import Callable

from game.midi.usb import UsbPort
from game.music.note import Touch


def until(true: Callable[[], bool], within_s: float) -> bool:
    deadline_s = time.perf_counter() + within_s
    while time.perf_counter() < deadline_s:
        if true():
            return True
        time.sleep(0.01)
    return true()


def heard(port: UsbPort, count: int, within_s: float = 5.0) -> list[Touch]:
    """Touches, read as a game reads them, until there are enough or it takes too long."""
    touches: list[Touch] = []
    until(lambda: len(touches.__iadd__(port.touches())) >= count, within_s)
    return touches

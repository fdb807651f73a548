"""Interpreter settings that let the driver's thread stamp presses without delay."""

import ctypes
import gc
import sys

SWITCH_INTERVAL_S = 0.0001
"""Seconds after which Python lets the driver's thread run while a frame is painted."""


_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3
_LARGE = 1 << 17


def hold_little() -> None:
    """Return large free memory blocks to the system; for the whole program.

    The GNU C library would otherwise keep what sounds are made in, several times over, one for each thread.
    """
    if sys.platform.startswith("linux"):
        adjust = getattr(ctypes.CDLL(None), "mallopt", None)
        if adjust is not None:
            adjust(_M_ARENA_MAX, 1)
            adjust(_M_MMAP_THRESHOLD, _LARGE)


def answer_quickly() -> None:
    """Shorten the thread switch interval; for the whole program."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)


def quieten(quiet: bool) -> None:
    """Switch garbage collection off, as during a run, or on again."""
    if quiet and gc.isenabled():
        gc.collect()
        _give_back()
        gc.freeze()
        gc.disable()
    elif not quiet and not gc.isenabled():
        gc.unfreeze()
        gc.enable()


def _give_back() -> None:
    """Return free memory to the system, since the GNU C library keeps it."""
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)

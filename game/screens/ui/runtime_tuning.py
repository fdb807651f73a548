"""Keeping the interpreter out of the way of the driver's thread, which stamps every press."""

import ctypes
import gc
import sys

SWITCH_INTERVAL_S = 0.0001
"""How soon Python lets the driver's thread stamp a press while a frame is being painted."""


_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3
_LARGE = 1 << 17


def hold_little() -> None:
    """Have large pieces of memory go back to the system when they are free; for the whole program.

    The GNU C library would otherwise keep what sounds are made in, several times over, one for each thread.
    """
    if sys.platform.startswith("linux"):
        adjust = getattr(ctypes.CDLL(None), "mallopt", None)
        if adjust is not None:
            adjust(_M_ARENA_MAX, 1)
            adjust(_M_MMAP_THRESHOLD, _LARGE)


def answer_quickly() -> None:
    """Let a thread that wants to run do so at once; for the whole program."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)


def quieten(quiet: bool) -> None:
    """While quiet, as during a run, no collection of garbage stops the threads."""
    if quiet and gc.isenabled():
        gc.collect()
        _give_back()
        gc.freeze()
        gc.disable()
    elif not quiet and not gc.isenabled():
        gc.unfreeze()
        gc.enable()


def _give_back() -> None:
    """Give memory that is free back to the system, which the GNU C library keeps until it is asked."""
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)

"""Whether a sound device can be opened, asked in a process of its own.

A sound system can end the process that asks it by a fault in its own library, as PulseAudio without a sink
does. Then only the process that asked is gone. It gives way to the game.
"""

import os
import subprocess
import sys

from game.errors import UserError

WITHOUT_DEVICE = ("dummy", "disk")
"""SDL's drivers that open no device and keep no time of their own."""

PATIENCE_S = 10.0
"""A sound system that has not answered by then does not answer."""

SILENT = (
    "No sound device was found ({fault}); the game plays in silence: "
    "connect or switch on a speaker or headphones."
)
BROKEN = (
    "The sound system of this computer crashed or does not answer; the game plays in silence: "
    "connect or switch on a speaker or headphones."
)

ASK = """
import os, sys
if hasattr(os, "nice"):
    os.nice(10)
from pygame import error, mixer
try:
    mixer.init(int(sys.argv[1]), -16, 2, int(sys.argv[2]), allowedchanges=0)
except error as fault:
    sys.exit(print(fault) or 1)
os._exit(0)
"""
"""To close the device in order could take seconds; the end of the process closes it too."""


def no_device(fault: object) -> UserError:
    """The sentence for a device that could not be opened."""
    return UserError(SILENT, failed=True, fault=str(fault).rstrip("."))


def device_error(rate: int, buffer: int) -> UserError | None:
    """Why no device opens with that rate and buffer; None where one does. Takes a tenth of a second."""
    if os.environ.get("SDL_AUDIODRIVER") in WITHOUT_DEVICE or not sys.executable or hasattr(sys, "frozen"):
        return None
    command = [sys.executable, "-P", "-c", ASK, str(rate), str(buffer)]
    return asked(command, PATIENCE_S)


def asked(command: list[str], patience_s: float) -> UserError | None:
    """What a process that opens a device came to. A process that cannot be started says nothing about one."""
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "PYGAME_HIDE_SUPPORT_PROMPT": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=patience_s,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return UserError(BROKEN, failed=True)
    except OSError:
        return None
    if done.returncode == 0:
        return None
    fault = done.stdout.strip()
    return no_device(fault) if fault else UserError(BROKEN, failed=True)

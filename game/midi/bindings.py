"""The two Python bindings of RtMidi, python-rtmidi and supriya-midi, made alike; and what to do without."""

import sys
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from game.midi.names import CLIENT
from game.trouble import Trouble

APIS = {"alsa": "LINUX_ALSA", "jack": "UNIX_JACK", "core": "MACOSX_CORE", "winmm": "WINDOWS_MM"}
"""Kinds of driver, by the names a person uses, and RtMidi's names for them."""

Heard = Callable[[Sequence[int], float], None]
"""Called on the driver's thread with a message's bytes and the driver's seconds since the one before."""


class Binding(Protocol):
    """Where the two bindings differ."""

    def compiled(self) -> list[str]:
        """RtMidi's names of the drivers it was built with."""

    def client(self, api: str) -> Any:
        """A new input client of a driver, by RtMidi's name."""

    def sender(self, api: str) -> Any:
        """A new output client of a driver, by RtMidi's name."""

    def listen(self, client: Any, heard: Heard) -> None:
        """Call `heard` with every message that comes to a client."""


class PythonRtMidi:
    """python-rtmidi's ways: constants in the module, a callback that takes (message, delta) in one."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def compiled(self) -> list[str]:
        kinds = self._module.get_compiled_api()
        return [name for name in APIS.values() if getattr(self._module, f"API_{name}") in kinds]

    def client(self, api: str) -> Any:
        return self._module.MidiIn(getattr(self._module, f"API_{api}"), CLIENT)

    def sender(self, api: str) -> Any:
        return self._module.MidiOut(getattr(self._module, f"API_{api}"), f"{CLIENT} loop")

    def listen(self, client: Any, heard: Heard) -> None:
        client.set_callback(lambda event, data=None: heard(*event))


class SupriyaMidi:
    """supriya-midi's ways: an enumeration, a callback that takes message and delta apart."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def compiled(self) -> list[str]:
        return [kind.name for kind in self._module.get_compiled_apis()]

    def client(self, api: str) -> Any:
        return self._module.MidiIn(self._module.RtMidiAPI[api], CLIENT)

    def sender(self, api: str) -> Any:
        return self._module.MidiOut(self._module.RtMidiAPI[api], f"{CLIENT} loop")

    def listen(self, client: Any, heard: Heard) -> None:
        client.set_callback(lambda message, delta_s, data=None: heard(message, delta_s))


def binding() -> Binding:
    """Whichever binding is installed, the one meant for this Python first.

    Raises `Trouble` with the cure when neither loads.
    """
    finders = [_python_rtmidi, _supriya_midi]
    if sys.version_info >= (3, 13):
        finders.reverse()
    troubles = []
    for find in finders:
        try:
            return find()
        except Trouble as trouble:
            troubles.append(trouble)
    raise troubles[0]


def _python_rtmidi() -> Binding:
    try:
        import rtmidi
    except ImportError as fault:
        raise _no_library("python-rtmidi", fault) from None
    if not hasattr(rtmidi, "MidiIn"):
        raise Trouble(
            "Another library called rtmidi stands in python-rtmidi's place: `pip uninstall rtmidi`, "
            "then `pip install --force-reinstall python-rtmidi`.",
            failed=True,
        )
    return PythonRtMidi(rtmidi)


def _supriya_midi() -> Binding:
    try:
        import supriya_midi
    except ImportError as fault:
        raise _no_library("supriya-midi", fault) from None
    return SupriyaMidi(supriya_midi)


def _no_library(package: str, fault: ImportError) -> Trouble:
    if "libasound" in str(fault):
        return Trouble(
            "MIDI needs the system's sound library: `sudo apt install libasound2` "
            "(libasound2t64 on newer systems).",
            failed=True,
        )
    if isinstance(fault, ModuleNotFoundError):
        return Trouble("The MIDI library is missing: `pip install {package}`.", package=package, failed=True)
    return Trouble(
        "The MIDI library does not load ({fault}): `pip install --force-reinstall {package}`.",
        package=package,
        fault=fault,
        failed=True,
    )

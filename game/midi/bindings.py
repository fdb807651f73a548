"""Adapters for the two Python bindings of RtMidi, python-rtmidi and supriya-midi."""

import sys
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from game.errors import UserError
from game.midi.names import CLIENT

APIS = {"alsa": "LINUX_ALSA", "jack": "UNIX_JACK", "core": "MACOSX_CORE", "winmm": "WINDOWS_MM"}
"""Kinds of driver, by the names a person uses, and RtMidi's names for them."""

MessageCallback = Callable[[Sequence[int], float], None]
"""Called on the driver's thread with a message's bytes and the driver's seconds since the one before."""


class Binding(Protocol):
    """Where the two bindings differ."""

    def compiled(self) -> list[str]:
        """RtMidi's names of the drivers it was built with."""

    def client(self, api: str) -> Any:
        """A new input client of a driver, by RtMidi's name."""

    def sender(self, api: str) -> Any:
        """A new output client of a driver, by RtMidi's name."""

    def listen(self, client: Any, heard: MessageCallback) -> None:
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

    def listen(self, client: Any, heard: MessageCallback) -> None:
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

    def listen(self, client: Any, heard: MessageCallback) -> None:
        client.set_callback(lambda message, delta_s, data=None: heard(message, delta_s))


def binding() -> Binding:
    """Whichever binding is installed, the one meant for this Python first.

    Raises `UserError` with the cure when neither loads.
    """
    finders = [_python_rtmidi, _supriya_midi]
    if sys.version_info >= (3, 13):
        finders.reverse()
    errors = []
    for find in finders:
        try:
            return find()
        except UserError as error:
            errors.append(error)
    raise errors[0]


def _python_rtmidi() -> Binding:
    try:
        import rtmidi
    except ImportError as fault:
        raise _no_library("python-rtmidi", fault) from None
    if not hasattr(rtmidi, "MidiIn"):
        raise UserError(
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


def _no_library(package: str, fault: ImportError) -> UserError:
    if "libasound" in str(fault):
        return UserError(
            "MIDI needs the system's sound library: `sudo apt install libasound2` "
            "(libasound2t64 on newer systems).",
            failed=True,
        )
    if isinstance(fault, ModuleNotFoundError):
        return UserError(
            "The MIDI library is missing: `pip install {package}`.", package=package, failed=True
        )
    return UserError(
        "The MIDI library does not load ({fault}): `pip install --force-reinstall {package}`.",
        package=package,
        fault=fault,
        failed=True,
    )

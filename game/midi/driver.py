"""Adapter over RtMidi: names of inputs, open inputs, and errors as sentences."""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from game.clock import Clock
from game.errors import Listing, Phrase, UserError
from game.midi.bindings import APIS, MessageCallback, binding

SEQUENCER = "/dev/snd/seq"

REST_S = 0.03
"""Seconds granted twice for a running callback to end before its input is closed."""


class Wire(Protocol):
    """An open input."""

    @property
    def error(self) -> UserError | None:
        """Why it could not be opened after all; None where it is open, or may soon be."""

    def close(self) -> None:
        """Close the port; call once."""


class Driver(Protocol):
    """What a port needs from a MIDI library."""

    @property
    def api(self) -> str:
        """The kind of driver underneath, a key of `APIS`."""

    def names(self) -> list[str]:
        """Inputs there are now. Ask from the main thread only. Raises `UserError`."""

    def open(self, name: str, heard: MessageCallback) -> Wire:
        """Open an input by its whole name, unfiltered. Raises `UserError` when it is gone or taken."""

    def close(self) -> None:
        """Leave the driver for good; after the inputs that were opened."""


class RtMidi:
    """The driver of this machine.

    api: `auto`, or a key of `APIS`; `auto` is the platform's own and never JACK. One client is kept for
    asking names, since the kernel has room for few. Raises `UserError` with the cure when there is no
    library, no sequencer or no server.
    """

    def __init__(self, clock: Clock, api: str = "auto") -> None:
        self.api = native_api(sys.platform) if api == "auto" else api
        if self.api not in APIS:
            raise UserError("{api}: choose a MIDI driver from auto, {known}.", api=api, known=Listing(APIS))
        self._clock = clock
        self._binding = binding()
        if APIS[self.api] not in self._binding.compiled():
            raise UserError(
                "{api}: the MIDI library was built without this driver; omit --midi-api.", api=self.api
            )
        self._faults: list[str] = []
        self._lister = self._client(self._faults)
        self.names()

    def names(self) -> list[str]:
        self._faults.clear()
        try:
            names = self._lister.get_ports()
        except Exception as fault:  # the bindings raise a dozen kinds, bare RuntimeError among them
            raise _no_driver(self.api, fault) from None
        if self._faults:
            raise _no_driver(self.api, self._faults[-1])
        return [name for name in names if name]

    def open(self, name: str, heard: MessageCallback) -> "RtMidiWire":
        faults: list[str] = []
        client = self._client(faults)
        wire = RtMidiWire(client, self._clock, heard)
        try:
            names = client.get_ports()
            if name in names:
                # The driver's own filter falsifies the deltas of what it lets through.
                client.ignore_types(False, False, False)
                self._binding.listen(client, wire.hear)
                client.open_port(names.index(name), "in")
            else:
                faults.append("it is gone")
        except Exception as fault:
            faults.append(str(fault))
        if faults:
            wire.close()
            raise _taken(name, faults[-1])
        return wire

    def sender(self) -> "RtMidiSender":
        """A port of our own that inputs can be opened on. Raises `UserError` where the driver has none."""
        if self.api == "winmm":
            raise UserError(
                "{api}: this driver offers no virtual ports, so timing cannot be measured.",
                api=self.api,
                failed=True,
            )
        try:
            with _quiet_libraries():
                client = self._binding.sender(APIS[self.api])
                client.open_virtual_port("out")
        except Exception as fault:
            raise _no_driver(self.api, fault) from None
        return RtMidiSender(client)

    def close(self) -> None:
        """Leave the driver for good; after the inputs that were opened."""
        self._lister.delete()

    def _client(self, faults: list[str]) -> Any:
        """A new client that adds its errors to `faults` instead of printing or raising them."""
        try:
            with _quiet_libraries():
                client = self._binding.client(APIS[self.api])
        except Exception as fault:
            raise _no_driver(self.api, fault) from None
        client.set_error_callback(lambda kind, text, data=None: _keep_fault(faults, kind, text))
        return client


class RtMidiSender:
    """A virtual port for measuring our own timing."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def send(self, *message: int) -> None:
        """Send one message now."""
        self._client.send_message(list(message))

    def close(self) -> None:
        """Close the port."""
        self._client.delete()


class RtMidiWire:
    """An open RtMidi input."""

    error: UserError | None = None

    def __init__(self, client: Any, clock: Clock, heard: MessageCallback) -> None:
        self._client, self._clock, self._heard = client, clock, heard
        self._closing = False

    def hear(self, message: Sequence[int], delta_s: float) -> None:
        """Pass a message on; called on the driver's thread."""
        if self._closing:
            self._client.cancel_callback()
        else:
            self._heard(message, delta_s)

    def close(self) -> None:
        # Cancelling frees what a callback that is about to begin still reads. So one that comes meanwhile
        # cancels itself; and should another begin at this very moment, python-rtmidi's part is kept alive.
        self._closing = True
        self._clock.sleep(REST_S)
        in_use = gc.get_referents(self._client)
        self._client.cancel_callback()
        # Closing waits for the driver's thread while it keeps the interpreter, for which a callback waits.
        self._clock.sleep(REST_S)
        self._client.close_port()
        self._client.delete()
        del in_use


def native_api(platform: str) -> str:
    """The driver that a platform (as `sys.platform` names it) brings along."""
    return {"darwin": "core", "win32": "winmm"}.get(platform, "alsa")


def _keep_fault(faults: list[str], kind: Any, text: str) -> None:
    """Warnings pass unsaid, but for the one that means there is no driver at all."""
    warning = getattr(kind, "name", "") in ("WARNING", "DEBUG_WARNING") or kind in (0, 1)
    if not warning or "not running" in text:
        faults.append(text)


@contextmanager
def _quiet_libraries() -> Iterator[None]:
    """Keep what C libraries print about a fault off the terminal; it is said in words instead."""
    try:
        kept = os.dup(2)
    except OSError:  # a windowed program on Windows has no stderr
        yield
        return
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _no_driver(api: str, fault: object) -> UserError:
    if api == "jack":
        cure = Phrase("start JACK (for example `jackd -d alsa`), or omit --midi-api")
    elif api == "alsa" and not os.path.exists(SEQUENCER):
        cure = Phrase("load the sequencer with `sudo modprobe snd-seq`")
    elif api == "alsa" and not os.access(SEQUENCER, os.R_OK | os.W_OK):
        cure = Phrase("join the audio group with `sudo usermod -aG audio $USER`, then log in again")
    else:
        cure = Phrase("restart the computer, or play on its own keys with --input keyboard")
    return UserError("No MIDI here ({fault}): {cure}.", fault=_tidy(fault), cure=cure, failed=True)


def _taken(name: str, fault: object) -> UserError:
    return UserError(
        "{port}: cannot be opened ({fault}); close other programs that use it, such as a music program or "
        "a browser, or unplug it and plug it in again.",
        port=name,
        fault=_tidy(fault),
        failed=True,
    )


def _tidy(fault: object) -> str:
    return " ".join(str(fault).split()).rstrip(".")

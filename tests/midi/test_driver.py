"""The adapter over RtMidi, where there is no library, no sequencer, or a stand-in for one."""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from game.clock import ManualClock
from game.errors import UserError
from game.midi.bindings import binding
from game.midi.driver import RtMidi, native_api


class StandIn:
    """python-rtmidi's MidiIn as far as the adapter uses it."""

    ports: tuple[str, ...] = ("kbd:out",)
    fault: str = ""
    refuse_s = ""

    def __init__(self, api: int, name: str) -> None:
        if self.fault:
            raise OSError(self.fault)
        self.calls: list[str] = []
        self.callback: Callable[..., None] | None = None
        self.error: Callable[..., None] | None = None
        made.append(self)

    def set_error_callback(self, error: Callable[..., None]) -> None:
        self.error = error

    def get_ports(self) -> list[str | None]:
        assert self.error is not None
        self.error(0, "no ports available!", None)
        return [*self.ports, None]

    def ignore_types(self, sysex: bool, timing: bool, sense: bool) -> None:
        self.calls.append(f"ignore {sysex} {timing} {sense}")

    def set_callback(self, callback: Callable[..., None]) -> None:
        self.callback = callback

    def open_port(self, index: int, name: str) -> None:
        self.calls.append(f"open {index}")
        if self.refuse_s:
            assert self.error is not None
            self.error(8, self.refuse_s, None)

    def cancel_callback(self) -> None:
        self.calls.append("cancel")

    def close_port(self) -> None:
        self.calls.append("close")

    def delete(self) -> None:
        self.calls.append("delete")


made: list[StandIn] = []


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> type[StandIn]:
    """A stand-in for python-rtmidi, whatever this Python has."""

    class Fresh(StandIn):
        pass

    module: Any = ModuleType("rtmidi")
    module.MidiIn = Fresh
    module.get_compiled_api = lambda: [2, 3]
    module.API_MACOSX_CORE, module.API_LINUX_ALSA, module.API_UNIX_JACK, module.API_WINDOWS_MM = 1, 2, 3, 4
    made.clear()
    monkeypatch.setitem(sys.modules, "rtmidi", module)
    monkeypatch.setitem(sys.modules, "supriya_midi", None)
    return Fresh


def driver(api: str = "alsa") -> RtMidi:
    return RtMidi(ManualClock(), api)


def test_without_any_library_the_cure_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rtmidi", None)
    monkeypatch.setitem(sys.modules, "supriya_midi", None)
    with pytest.raises(UserError, match="pip install") as error:
        driver()
    assert error.value.failed


class _NoSoundLibrary:
    """An import hook that fails as on a bare Debian."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name in ("rtmidi", "supriya_midi"):
            raise ImportError("libasound.so.2: cannot open shared object file: No such file or directory")


def test_without_the_systems_sound_library_the_cure_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "rtmidi", raising=False)
    monkeypatch.delitem(sys.modules, "supriya_midi", raising=False)
    monkeypatch.setattr(sys, "meta_path", [_NoSoundLibrary(), *sys.meta_path])
    with pytest.raises(UserError, match="apt install libasound2"):
        driver()


def test_another_library_of_the_same_name_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rtmidi", ModuleType("rtmidi"))
    monkeypatch.setitem(sys.modules, "supriya_midi", None)
    with pytest.raises(UserError) as error:
        binding()
    said = str(error.value)
    assert "pip uninstall rtmidi" in said or "pip install supriya-midi" in said


def test_either_library_will_do(library: type[StandIn], monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[object, float]] = []
    api = type("Kind", (), {"name": "LINUX_ALSA"})()
    module: Any = ModuleType("supriya_midi")
    module.MidiIn, module.RtMidiAPI, module.get_compiled_apis = library, {"LINUX_ALSA": api}, lambda: [api]
    monkeypatch.setitem(sys.modules, "rtmidi", None)
    monkeypatch.setitem(sys.modules, "supriya_midi", module)
    driver().open("kbd:out", lambda message, delta_s: heard.append((message, delta_s)))
    callback = made[-1].callback
    assert callback is not None
    callback([0x90, 60, 1], 0.5, None)
    assert heard == [([0x90, 60, 1], 0.5)]


def test_no_sequencer_is_said_with_its_cure(library: type[StandIn]) -> None:
    library.fault = "MidiInAlsa::initialize: error creating ALSA sequencer client object."
    with pytest.raises(UserError, match=r"error creating ALSA .*\): ") as error:
        driver()
    assert error.value.failed


def test_no_server_is_said_with_its_cure(library: type[StandIn]) -> None:
    library.fault = "JACK server not running?"
    with pytest.raises(UserError, match="start JACK"):
        driver("jack")


@pytest.mark.parametrize("api", ["oss", "winmm"])
def test_a_driver_that_is_unknown_or_not_built_in_is_refused(library: type[StandIn], api: str) -> None:
    with pytest.raises(UserError, match=f"^{api}: ") as error:
        driver(api)
    assert not error.value.failed


def test_auto_is_never_jack() -> None:
    assert [native_api(p) for p in ("linux", "darwin", "win32", "freebsd14")] == [
        "alsa",
        "core",
        "winmm",
        "alsa",
    ]


def test_an_input_is_opened_without_the_drivers_filter_and_closed_in_order(library: type[StandIn]) -> None:
    wire = driver().open("kbd:out", lambda message, delta_s: None)
    wire.close()
    assert made[-1].calls == ["ignore False False False", "open 0", "cancel", "close", "delete"]


def test_one_client_is_kept_for_asking_names(library: type[StandIn]) -> None:
    midi = driver()
    assert [midi.names() for _ in range(50)] == [["kbd:out"]] * 50
    assert len(made) == 1


def test_a_message_is_passed_on_until_the_input_is_closed(library: type[StandIn]) -> None:
    heard: list[tuple[object, float]] = []
    wire = driver().open("kbd:out", lambda message, delta_s: heard.append((message, delta_s)))
    callback = made[-1].callback
    assert callback is not None
    callback(([0x90, 60, 1], 0.25), None)
    wire.close()
    callback(([0x80, 60, 1], 0.25), None)
    assert heard == [([0x90, 60, 1], 0.25)]


def test_a_busy_port_is_said_and_its_client_given_back(library: type[StandIn]) -> None:
    midi = driver()
    library.refuse_s = "MidiInWinMM::openPort: error creating Windows MM MIDI input port."
    with pytest.raises(UserError, match=r"^kbd:out: cannot be opened .*other programs") as error:
        midi.open("kbd:out", lambda message, delta_s: None)
    assert error.value.failed
    assert made[-1].calls[-2:] == ["close", "delete"]


def test_a_port_that_went_before_it_was_opened_is_said(library: type[StandIn]) -> None:
    with pytest.raises(UserError, match=r"^away: .*gone"):
        driver().open("away", lambda message, delta_s: None)

"""Whether a device opens is asked of another process; whatever becomes of that process is a sentence."""

import sys

import pytest

from game.audio.probe import BROKEN, SILENT, asked, device_error


def child(script: str) -> list[str]:
    return [sys.executable, "-c", script]


def test_a_device_that_opens_is_no_error() -> None:
    assert asked(child("pass"), 30.0) is None


def test_a_device_that_does_not_open_says_why() -> None:
    error = asked(child("import sys; print('Device busy.'); sys.exit(1)"), 30.0)
    assert error
    assert (error.template, error.parts) == (SILENT, {"fault": "Device busy"})


@pytest.mark.parametrize(
    "script",
    ["import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "import os; os.abort()", "while True: pass"],
)
def test_a_sound_system_that_crashes_or_does_not_answer_is_a_sentence(script: str) -> None:
    error = asked(child(script), 1.0)
    assert error
    assert error.template == BROKEN


def test_where_no_process_can_be_started_nothing_is_known_against_the_device() -> None:
    assert asked(["/nonexistent/python"], 1.0) is None


def test_a_real_process_asks_the_real_mixer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "nonsense")
    error = device_error(48_000, 256)
    assert error
    assert error.template == SILENT

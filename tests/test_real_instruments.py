"""Real inputs over JACK, an idle one first: the one that plays is judged, and any may be unplugged."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import jack
from tests.jack import JackServer, KeyboardProcess
from tests.test_real_midi import PATIENCE_MS, Program, run_cli

pytestmark = [
    pytest.mark.skipif(
        not jack.installed() and not os.environ.get("FINGERFALL_REQUIRE_JACK"),
        reason="jackd is not installed, so the real MIDI path was not tried",
    ),
    pytest.mark.timeout(90),
]

# Rests where inputs go: JACK itself stands still for a moment when a client leaves.
LEVEL = """
format = 1
id = "eight"
title = "Eight"
family = "five-finger-pattern"
step = 1
instrument = "keyboard"
hand = "right"
tempo = 120
metre = [2, 4]
windows = { mode = "fixed", perfect_ms = 100, great_ms = 150, good_ms = 200 }
notes = [
  { beat = 0, pitch = 60, length = 0.5, finger = 1 },
  { beat = 1, pitch = 62, length = 0.5, finger = 2 },
  { beat = 6, pitch = 64, length = 0.5, finger = 3 },
  { beat = 7, pitch = 65, length = 0.5, finger = 4 },
  { beat = 8, pitch = 67, length = 0.5, finger = 5 },
  { beat = 14, pitch = 65, length = 0.5, finger = 4 },
  { beat = 15, pitch = 64, length = 0.5, finger = 3 },
  { beat = 16, pitch = 62, length = 0.5, finger = 2 },
]
"""

Event = dict[str, Any]


class Room:
    """A server, an idle interface that came first, a keyboard, and the program that was told of neither."""

    def __init__(self, folder: Path, server: JackServer) -> None:
        self.data, self.level, self.server = folder / "data", folder / "eight.toml", server
        self.level.write_text(LEVEL)
        run_cli("--data", str(self.data), "profiles", "add", "Tester")
        self.idle, self.keyboard = KeyboardProcess(server, "interface"), KeyboardProcess(server, "keys")
        self.program = Program(server, self.data, self.level, "auto")
        self.start = self.program.event("start")

    def play(self, notes: list[Event], beat_0_s: float) -> None:
        """Each note 20 ms late."""
        plan = []
        for note in notes:
            at_s = beat_0_s + note["onset_s"] + 0.02
            plan += [(at_s, [0x90, note["pitch"], 70]), (at_s + 0.15, [0x80, note["pitch"], 64])]
        self.keyboard.play(plan)

    def until(self, event: str, count: int = 1) -> Event:
        for _ in range(count):
            found = self.program.event(event)
        return found

    def stored(self, folder: Path) -> list[Event]:
        """The lines of the only run that was kept."""
        (path,) = run_cli("--data", str(self.data), "export", "Tester", "-o", str(folder))["files"]
        return [json.loads(line) for line in Path(path).read_text().splitlines()]

    def close(self) -> None:
        self.program.close()
        for keyboard in (self.keyboard, self.idle):
            keyboard.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with JackServer(PATIENCE_MS) as server:
        room = Room(tmp_path, server)
        yield room
        room.close()


def test_the_second_is_judged_and_either_may_be_unplugged(room: Room, tmp_path: Path) -> None:
    notes = room.start["notes"]
    room.play(notes[:5], room.start["monotonic_s"])
    room.until("judgement", 2)
    room.idle.close()
    room.until("judgement", 3)
    room.keyboard.close()
    assert room.until("pause")["reason"] == "unplugged"
    room.keyboard = KeyboardProcess(room.server, "keys")
    again = room.until("resume")
    room.play(notes[5:], again["monotonic_s"])
    end = room.until("end")
    assert room.program.process.wait(20) == 0
    assert [note["verdict"] for note in end["result"]["notes"]] == ["hit"] * len(notes)
    assert all(note["dwell_ms"] == pytest.approx(150, abs=15) for note in end["result"]["notes"])
    header, *lines = room.stored(tmp_path / "out")
    keys = {"kind": "midi", "name": "keys:out", "api": "jack"}
    assert header["device"] == keys
    touches = [line for line in lines if line["line"] == "touch"]
    assert {line["kind"] for line in touches} == {"press", "release"}
    assert [line["device"] for line in touches] == [keys] * len(touches)
    assert {line["channel"] for line in touches} == {0}


def test_where_nobody_plays_it_asks_and_whoever_comes_begins_again(room: Room, tmp_path: Path) -> None:
    asked = room.until("pause")
    assert asked["reason"] == "nobody"
    assert asked["text"] == "interface:out, keys:out"
    assert run_cli("--data", str(room.data), "history", "Tester")["runs"] == []
    room.keyboard.play([(time.perf_counter(), [0x90, 99, 70]), (time.perf_counter() + 0.1, [0x80, 99, 64])])
    again = room.until("again")
    room.play(room.start["notes"], again["monotonic_s"])
    end = room.until("end")
    assert room.program.process.wait(20) == 0
    assert [note["verdict"] for note in end["result"]["notes"]] == ["hit"] * 8
    assert len(end["result"]["presses"]) == 8
    assert end["run"] == room.start["run"]
    assert room.program.process.stderr is not None
    assert "Are you there?" in room.program.process.stderr.read()
    header, *lines = room.stored(tmp_path / "out")
    assert header["anchors"] == 1
    assert [line["kind"] for line in lines if line["line"] == "touch"].count("press") == 8

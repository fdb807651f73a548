"""The main job on the real path: another process plays the real program over JACK, and the truth is known."""

import io
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from game.cli import main
from game.music.note import Press, Release
from tests import jack

MEAN_S, SD_S = 0.030, 0.040
OMITTED, WRONG = {7, 12, 17}, {4, 15}
NOTES = 20

PATIENCE_MS = 200
"""The server waits ten times that for a program that is gone without a word, at the end of each test."""

pytestmark = [
    pytest.mark.skipif(
        not jack.installed() and not os.environ.get("FINGERFALL_REQUIRE_JACK"),
        reason="jackd is not installed, so the real MIDI path was not tried",
    ),
    pytest.mark.timeout(90),
]

LEVEL = """
format = 1
id = "real-path"
title = "Real path"
family = "five-finger-pattern"
step = 1
instrument = "keyboard"
hand = "right"
tempo = 180
metre = [4, 4]
windows = { mode = "fixed", perfect_ms = 60, great_ms = 110, good_ms = 180 }
notes = [
NOTES
]
"""


@pytest.fixture
def level(tmp_path: Path) -> Path:
    """Five fingers up and down, one note a beat."""
    order = (1, 2, 3, 4, 5, 4, 3, 2)
    pitches = {1: 60, 2: 62, 3: 64, 4: 65, 5: 67}
    lines = [
        f"  {{ beat = {i}, pitch = {pitches[order[i % 8]]}, length = 0.8, finger = {order[i % 8]} }},"
        for i in range(NOTES)
    ]
    path = tmp_path / "real-path.toml"
    path.write_text(LEVEL.replace("NOTES", "\n".join(lines)))
    return path


class Program:
    """The real program without a window, telling what happens."""

    def __init__(self, server: jack.JackServer, data: Path, level: Path, port: str) -> None:
        arguments = ["--data", str(data), "--midi-api", "jack", "play", str(level), "--profile", "Tester"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "game", *arguments, "--headless", "--input", port, "--events"],
            env={**os.environ, **server.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def events(self) -> Iterator[dict[str, Any]]:
        """Lines as they come."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield json.loads(line)

    def event(self, name: str) -> dict[str, Any]:
        """The next event of a name."""
        found = next((e for e in self.events() if e["event"] == name), None)
        if found is None:
            assert self.process.stderr is not None
            raise AssertionError(f"the program ended without {name}: {self.process.stderr.read()}")
        return found

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe:
                pipe.close()


def run_cli(*arguments: str) -> dict[str, Any]:
    """One verb's JSON."""
    said = io.StringIO()
    with redirect_stdout(said):
        assert main([*arguments, "--json"]) == 0
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


Plan = list[tuple[float, list[int]]]


def performance(notes: list[dict[str, Any]], beat_0_s: float) -> Plan:
    """What to send when: late by the known distribution, some notes left out, some on another key."""
    rng = random.Random(11)
    plan = []
    for note in notes:
        index = note["index"]
        if index in OMITTED:
            continue
        pitch = note["pitch"] + (9 if index in WRONG else 0)
        at_s = beat_0_s + note["onset_s"] + rng.gauss(MEAN_S, SD_S)
        plan.append((at_s, [0x90, pitch, 70]))
        plan.append((at_s + 0.2, [0x80, pitch, 64]))
    return sorted(plan)


def test_a_level_played_over_jack_is_judged_saved_and_judged_the_same_again(
    tmp_path: Path, level: Path
) -> None:
    data = tmp_path / "data"
    run_cli("--data", str(data), "profiles", "add", "Tester")
    with jack.JackServer(PATIENCE_MS) as server, jack.KeyboardProcess(server) as keyboard:
        program = Program(server, data, level, "kbd")
        try:
            start = program.event("start")
            plan = performance(start["notes"], start["monotonic_s"])
            keyboard.play(plan)
            end = program.event("end")
            sent_s = keyboard.sent_s()
            assert program.process.wait(20) == 0
        finally:
            program.close()
            keyboard.kill()
    result = end["result"]
    truth = {at: sent for (at, _), sent in zip(plan, sent_s, strict=True)}
    onset_s = {n["index"]: n["onset_s"] for n in start["notes"]}
    errors_ms = _true_errors_ms(plan, truth, start)
    hits = [n for n in result["notes"] if n["verdict"] == "hit"]
    played_ms = [errors_ms[n["index"]] for n in hits]
    stored_ms = [n["asynchrony_ms"] for n in hits]
    assert {n["index"] for n in result["notes"] if n["verdict"] == "omission"} == OMITTED
    assert {n["index"] for n in result["notes"] if n["verdict"] == "wrong_key"} == WRONG
    assert [p["use"] for p in result["presses"]].count("extra") == 0
    assert abs(statistics.mean(stored_ms) - statistics.mean(played_ms)) < 6
    assert abs(statistics.stdev(stored_ms) - statistics.stdev(played_ms)) < 6
    assert len(hits) == len(onset_s) - len(OMITTED) - len(WRONG)

    history = run_cli("--data", str(data), "history", "Tester")
    assert [run["run"] for run in history["runs"]] == [end["run"]]
    assert history["runs"][0]["metrics"]["hits"] == len(hits)
    assert run_cli("--data", str(data), "replay", end["run"], "--live") == result
    clinical = run_cli("--data", str(data), "replay", end["run"])
    assert clinical["verdicts"] == "clinical"
    assert _judged(clinical) == _judged(result)
    run_cli("--data", str(data), "export", "Tester", "-o", str(tmp_path / "out"))
    exported = next((tmp_path / "out").iterdir())
    assert run_cli("score", str(level), str(exported), "--live") == result
    assert run_cli("score", str(level), str(exported)) == clinical
    _the_same_as_a_midi_file(tmp_path, level, result)


def _true_errors_ms(plan: Plan, truth: dict[float, float], start: dict[str, Any]) -> dict[int, float]:
    """By note: when its press was really sent, against its onset."""
    presses = [truth[at] for at, message in plan if message[0] == 0x90]
    played = [n for n in start["notes"] if n["index"] not in OMITTED]
    beat_0_s = start["monotonic_s"]
    return {n["index"]: (s - beat_0_s - n["onset_s"]) * 1000 for n, s in zip(played, presses, strict=True)}


def _judged(result: dict[str, Any]) -> list[tuple[str, int | None, float | None]]:
    return [(n["verdict"], n["press"], n["asynchrony_ms"]) for n in result["notes"]]


def _the_same_as_a_midi_file(tmp_path: Path, level: Path, result: dict[str, Any]) -> None:
    """The same presses in a MIDI file get the same verdicts, to the file's own resolution."""
    from game.midi.smf import write_recording

    touches: list[Press | Release] = []
    for press in result["presses"]:
        touches.append(Press(press["time_s"] + 1.0, press["pitch"], press["velocity"]))
        touches.append(Release(press["release_s"] + 1.0, press["pitch"]))
    path = tmp_path / "played.mid"
    write_recording(sorted(touches, key=lambda t: t.time_s), path)
    again = run_cli("score", str(level), str(path), "--start-s", "-1")
    assert [n["verdict"] for n in again["notes"]] == [n["verdict"] for n in result["notes"]]
    assert [p["use"] for p in again["presses"]] == [p["use"] for p in result["presses"]]


def test_a_run_cut_off_by_kill_9_is_there_afterwards(tmp_path: Path, level: Path) -> None:
    data = tmp_path / "data"
    run_cli("--data", str(data), "profiles", "add", "Tester")
    with jack.JackServer(PATIENCE_MS) as server, jack.KeyboardProcess(server) as keyboard:
        program = Program(server, data, level, "kbd")
        try:
            start = program.event("start")
            plan = performance(start["notes"][:12], start["monotonic_s"])
            keyboard.play(plan)
            time.sleep(max(0.0, start["monotonic_s"] + 2.4 - time.perf_counter()))
            killed_s = time.perf_counter()
        finally:
            program.close()
            keyboard.kill()
    run = run_cli("--data", str(data), "history", "Tester")["runs"][0]
    assert run["ended"] == "unfinished"
    kept = run_cli("--data", str(data), "replay", run["run"])["presses"]
    sent_by = [at for at, message in plan if message[0] == 0x90 and at < killed_s - 1.0]
    assert len(sent_by) <= len(kept)
    assert sent_by, "the test must have killed it late enough to have something to lose"

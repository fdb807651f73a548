"""Sound, heard on a sink that plays to nobody: how soon keys sound, how even clicks and starts are."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from queue import SimpleQueue
from statistics import median, stdev
from typing import Any

import numpy as np

from game.audio.loudness import Volumes
from game.audio.output import BUFFERS
from game.audio.render import render
from game.clock import SystemClock
from game.music.level import BeatNote, HandChoice, Instrument, Level
from game.music.tempo import TempoMap
from tests.bench import pulse
from tests.bench.pulse import Ear, PulseServer
from tests.bench.table import Row, promise, spread

KEYS = 30
CLICKS_S = 20.0
STARTS = 12
WARM_S = 3.0


def clicking(minutes: float, bpm: float) -> Level:
    """A level that only clicks."""
    beats = minutes * bpm
    return Level(
        id="clicks",
        title="Clicks",
        family="song",
        step=1,
        instrument=Instrument.KEYBOARD,
        hand=HandChoice.RIGHT,
        tempo=TempoMap.steady(bpm),
        metre=(4, 4),
        notes=(BeatNote(beats - 1, 60, 1.0),),
    )


def rows() -> Iterator[Row]:
    """The rendering exactly; then what is heard, at each size of buffer."""
    worst = rendered_error()
    yield promise(
        "Sound", "clicks over ten minutes, rendered", worst, 1, "samples", "largest error of a click"
    )
    if not pulse.installed():
        yield Row("Sound", "heard on a null sink", "not tried: PulseAudio is not installed")
        return
    for buffer in BUFFERS:
        yield from _heard_rows(buffer, heard_at(buffer))


def rendered_error() -> float:
    """The largest error of a click's place in ten minutes at an odd tempo, in samples."""
    bpm, rate = 113.0, 48_000
    samples = render(clicking(10.0, bpm), 1.0, volumes=Volumes(1.0, 0.0, 0.0), rate=rate).samples[:, 0]
    ear = Ear.__new__(Ear)
    ear.samples = samples
    begun = np.array(ear.beginnings(threshold=1, quiet_s=0.1))
    due = begun[0] + np.arange(len(begun)) * 60 / bpm * rate
    return float(np.abs(begun - due).max()) if len(begun) >= 1129 else float("nan")


def heard_at(buffer: int) -> dict[str, Any]:
    """What a process of its own heard of itself with a buffer of that size."""
    with PulseServer() as server:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.sound", str(buffer)],
            env={**os.environ, **server.environment},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _heard_rows(buffer: int, found: dict[str, Any]) -> Iterator[Row]:
    own_ms = 1000 * buffer / 48_000
    keys, starts = found["keys_s"], found["starts_s"]
    name = f"{buffer} samples ({own_ms:.1f} ms)"
    yield Row("Sound", f"{name}: key to sound", spread(keys), f"{len(keys)} of {KEYS} heard")
    steady = stdev(keys) * 1000 if len(keys) > 2 else float("nan")
    yield promise(
        "Sound", f"{name}: SD of key to sound", steady, own_ms, "ms", "under the mixer's own buffer"
    )
    clicks_ms, whole_ms = found["click_sd_ms"], found["click_whole_sd_ms"]
    meaning = f"{found['clicks']} clicks; by the median deviation, {whole_ms:.2f} ms with the gaps below"
    yield promise("Sound", f"{name}: SD of click intervals", clicks_ms, 1.0, "ms", meaning)
    yield Row(
        "Sound", f"{name}: clock to first click", spread(starts), "from start to ear, a constant at best"
    )
    yield Row(
        "Sound",
        f"{name}: gaps in 20 s",
        str(found["gaps"]),
        "click intervals wrong by more than 1 ms",
    )


def listen(buffer: int) -> dict[str, Any]:
    """Sound keys, clicks and starts, and hear them."""
    from game.audio.backing import LevelBacking
    from game.audio.keys import KeySounder
    from game.audio.speaker import open_speaker
    from game.midi.message import Raw

    speaker = open_speaker(Volumes(1.0, 0.0, 1.0), buffer=buffer)
    if speaker.error:
        raise RuntimeError(str(speaker.error))
    speaker.prepare([60])
    clock = SystemClock()
    time.sleep(WARM_S)
    found: dict[str, Any] = {}
    echo: SimpleQueue[Any] = SimpleQueue()
    sounder = KeySounder(echo, speaker)
    rng = random.Random(4)
    pressed: list[float] = []
    with Ear() as ear:
        time.sleep(0.5)
        for _ in range(KEYS):
            time.sleep(rng.uniform(0.4, 0.43))
            pressed.append(clock.now_s())
            echo.put(Raw(pressed[-1], (0x90, 60, 127), 0.0))
            time.sleep(0.06)
            echo.put(Raw(clock.now_s(), (0x80, 60, 0), 0.0))
        time.sleep(0.5)
    sounder.stop()
    found["keys_s"] = _paired(pressed, [ear.at_s(s) for s in ear.beginnings()])
    level = clicking(CLICKS_S / 60, 113.0)
    backing = LevelBacking(level, 1.0, speaker)
    backing.ready(0.0, 4.0)
    backing.wait()
    with Ear() as ear:
        time.sleep(0.3)
        backing.start(0.0, 4.0)
        time.sleep(CLICKS_S)
        backing.stop()
    begun = ear.beginnings(threshold=100)
    apart = [(b - a) / 48.0 - 60_000 / 113.0 for a, b in pairwise(begun)]
    sound = [ms for ms in apart if abs(ms) < 250]
    found["click_sd_ms"] = 1.4826 * median(abs(ms - median(sound)) for ms in sound)
    found["click_whole_sd_ms"] = stdev(sound)
    found["clicks"] = len(begun)
    found["gaps"] = sum(1 for ms in sound if abs(ms) > 1)
    started: list[float] = []
    with Ear() as ear:
        for _ in range(STARTS):
            time.sleep(rng.uniform(0.5, 0.52))
            backing.start(0.0, 4.0)
            started.append(clock.now_s())
            time.sleep(0.2)
            backing.stop()
        time.sleep(0.5)
    found["starts_s"] = _paired(started, [ear.at_s(s) for s in ear.beginnings(threshold=100, quiet_s=0.2)])
    speaker.close()
    return found


def _paired(caused_s: list[float], heard_s: list[float]) -> list[float]:
    """How long after each cause the first sound came, within 0.3 s."""
    late_s = []
    for cause_s in caused_s:
        after = [h - cause_s for h in heard_s if -0.01 < h - cause_s < 0.3]
        if after:
            late_s.append(after[0])
    return late_s


if __name__ == "__main__":
    print(json.dumps(listen(int(sys.argv[1]))))

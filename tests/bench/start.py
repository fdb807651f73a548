"""From the shell to the first picture, and what the game holds in memory while a level is played."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.table import Row, promise

TIMES = 7
ROOT = Path(__file__).parents[2]

FIRST_FRAME = """
import os, sys, time
import game.cli
import game.screens.ui.window as window
show = window.GameWindow.show
def shown(self):
    show(self)
    print(time.perf_counter(), flush=True)
    os._exit(0)
window.GameWindow.show = shown
window.has_screen = lambda: True
sys.exit(game.cli.main(sys.argv[1:]))
"""


IN_PLAY = """
import os, resource, sys, threading
import game.cli
import game.screens.ui.window as window
window.has_screen = lambda: True
window.usual_size = lambda desktop: (1280, 720)
window.needs_all = lambda size, desktop: False
def tell():
    pages = int(open("/proc/self/statm").read().split()[1])
    print(pages * resource.getpagesize() / 1e6, flush=True)
    os._exit(0)
threading.Timer(12.0, tell).start()
sys.exit(game.cli.main(sys.argv[1:]))
"""


def rows() -> Iterator[Row]:
    """First frame, memory, and memory over a long day."""
    taken = sorted(_first_frame_s() for _ in range(TIMES + 1))[:TIMES]
    yield promise("Start", "to the first frame, warm", median(taken), 0.6, "s", "wall time of a new process")
    meaning = "the whole program at 1280 × 720, 12 s into a song with an accompaniment"
    yield promise("Memory", "in play", in_play_mb("ode-to-joy-right"), 150, "MB", meaning)
    meaning = "the same in the longest level, three minutes and a half; a minute of sound holds 11 MB"
    yield Row("Memory", "in the longest level", f"{in_play_mb('probe-tempo-right'):.2f} MB", meaning)
    _, early_mb, late_mb = soaked(8.0)
    grown_mb = late_mb - early_mb
    meaning = "growth from the first hour's end to the eighth's, ten updates a second of made time"
    yield promise("Memory", "eight hours of play", grown_mb, 5, "MB", meaning)


def _first_frame_s() -> float:
    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    folder = tempfile.mkdtemp(prefix="fingerfall-start-")
    begun_s = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME, "--data", folder],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    shutil.rmtree(folder, ignore_errors=True)
    return float(done.stdout.split()[-1]) - begun_s


def in_play_mb(level_id: str) -> float:
    """What the real program holds, 12 s into a level, with its store and speaker."""
    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    folder = tempfile.mkdtemp(prefix="fingerfall-memory-")
    command = [
        sys.executable,
        "-c",
        IN_PLAY,
        "--data",
        folder,
        "play",
        level_id,
        "--input",
        "keyboard",
    ]
    made = [sys.executable, "-m", "game", "--data", folder, "profiles"]  # not the very first start, once
    subprocess.run(made, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    shutil.rmtree(folder, ignore_errors=True)
    return float(done.stdout.split()[-1])


def soaked(hours: float) -> tuple[float, float, float]:
    """Memory of a process that played so long: at most, early and at the end (MB)."""
    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    command = [sys.executable, "-m", "tests.bench.soak", str(hours), "--every", "10", "--hz", "10"]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    peak, early, late = done.stdout.split()[-3:]
    return float(peak), float(early), float(late)

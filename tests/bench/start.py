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


FIRST_WHOLE = """
import os, sys, time
import game.cli
import game.screens.ui.window as window
show = window.GameWindow.show
seen = []
def shown(self):
    if not seen:
        from game.screens.choosing.who import WhoScreen
        take = WhoScreen._show
        def taken(self, cards):
            take(self, cards)
            seen.append(len(cards))
        WhoScreen._show = taken
    show(self)
    seen.append(0)
    if any(seen):
        print(time.perf_counter(), flush=True)
        os._exit(0)
window.GameWindow.show = shown
window.has_screen = lambda: True
sys.exit(game.cli.main(sys.argv[1:]))
"""
"""Until the first screen is shown with everybody who plays."""


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
    folder = Path(tempfile.mkdtemp(prefix="fingerfall-start-"))
    _run("profiles", "add", "Ann", folder=folder)
    meaning = "wall time of a new process"
    yield promise("Start", "to the first frame, warm", _median_s(FIRST_FRAME, folder), 0.6, "s", meaning)
    meaning = "the same, until who plays is listed"
    yield promise(
        "Start", "to the first whole screen, warm", _median_s(FIRST_WHOLE, folder), 0.4, "s", meaning
    )
    meaning = f"all {_levels(folder)} levels, from the index"
    yield promise("Start", "`fingerfall levels`, warm", _median_levels_s(folder), 0.45, "s", meaning)
    (folder / "cache" / "levels.json").unlink()
    begun_s = time.perf_counter()
    _levels(folder)
    first_s = time.perf_counter() - begun_s
    yield Row(
        "Start", "`fingerfall levels`, the first time", f"{first_s:.2f} s", "every level read from its file"
    )
    shutil.rmtree(folder, ignore_errors=True)
    meaning = "the whole program at 1280 × 720, 12 s into a song with an accompaniment"
    yield promise("Memory", "in play", in_play_mb("ode-to-joy-right"), 150, "MB", meaning)
    meaning = "the same in the longest level, three minutes and a half; a minute of sound holds 11 MB"
    yield Row("Memory", "in the longest level", f"{in_play_mb('probe-tempo-right'):.2f} MB", meaning)
    _, early_mb, late_mb = soaked(8.0)
    grown_mb = late_mb - early_mb
    meaning = "growth from the first hour's end to the eighth's, ten updates a second of made time"
    yield promise("Memory", "eight hours of play", grown_mb, 5, "MB", meaning)


def _environment() -> dict[str, str]:
    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _run(*arguments: str, folder: Path, code: str = "") -> str:
    """What the program, or code that watches it, prints."""
    program = ["-c", code] if code else ["-m", "game"]
    command = [sys.executable, *program, "--data", str(folder), *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def _median_s(code: str, folder: Path) -> float:
    """From the start of a process to the time that it prints, the first and coldest left out."""
    taken = []
    for _ in range(TIMES + 1):
        begun_s = time.perf_counter()
        taken.append(float(_run(folder=folder, code=code).split()[-1]) - begun_s)
    return median(taken[1:])


def _median_levels_s(folder: Path) -> float:
    """From the start of `fingerfall levels` to its end."""
    taken = []
    for _ in range(TIMES + 1):
        begun_s = time.perf_counter()
        _levels(folder)
        taken.append(time.perf_counter() - begun_s)
    return median(taken[1:])


def _levels(folder: Path) -> int:
    """How many levels are listed."""
    return len(_run("levels", folder=folder).splitlines())


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

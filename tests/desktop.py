"""A small desktop of its own for the real program: an X server nobody sees, a window manager, and keys."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

NEEDED = ("Xvfb", "openbox", "xdotool")
PATIENCE_S = 40.0
"""Far longer than anything here takes; a test that comes to it has failed."""

TELLING = """
import json, sys
import game.cli
from game.screens.ui.loop import Loop

frame, last = Loop.frame, None

def judged(run):
    timeline = run.timeline
    omitted = [j.note.onset_s for j in run.verdicts().judgements if j.verdict.value == "omission"]
    marks = [[mark.kind, mark.clock_s] for mark in run.recording().marks]
    return {"omitted_at_s": [timeline.clock_s(s) for s in omitted], "marks": marks}

def told(self, events):
    global last
    frame(self, events)
    if self.stack.done:
        return
    top, window = self.stack.top, self.window._window
    run = getattr(top, "run", None) or getattr(top, "_run", None)
    now = {"screen": type(top).__name__, "seen": self.stack.seen, "has_keys": self.stack.has_keys}
    now |= {"size": window.size, "position": window.position, "painted": self.window.surface.get_size()}
    if run is not None:
        now |= {"paused": run.paused.kind if run.paused else "", "song": int(run.song_s() * 2) / 2}
        now["waited"] = int(self._clock.now_s() - run.paused.clock_s) if run.paused else 0
        if run.ended:
            now |= judged(run)
    if now != last:
        last = now
        print(json.dumps(now), flush=True)

Loop.frame = told
sys.exit(game.cli.main(sys.argv[1:]))
"""
"""The real program, which says what became of its window and its run whenever that changes."""


def missing() -> str:
    """What is not installed of what this needs; empty where all is."""
    return " ".join(name for name in NEEDED if shutil.which(name) is None)


@dataclass
class Desktop:
    """A screen with a window manager, and at most one program on it."""

    display: str
    size: tuple[int, int]
    said: Queue[dict[str, Any] | None] = field(default_factory=Queue)

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.display, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy"}

    def xdotool(self, *words: str) -> str:
        """Press keys or move windows; what it says. Raises where it could not."""
        command = ["xdotool", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def is_managed(self) -> bool:
        """Whether a window manager runs: only then is the current desktop known."""
        command = ["xdotool", "get_desktop"]
        return subprocess.run(command, env=self.environment, capture_output=True, check=False).returncode == 0

    @contextmanager
    def game(self, folder: Path, *words: str) -> Iterator[None]:
        """The program, with its data in a folder."""
        command = [sys.executable, "-c", TELLING, "--data", str(folder), *words]
        with subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True) as program:
            listener = Thread(target=self._listen, args=(program,))
            listener.start()
            try:
                yield
            finally:
                program.kill()
                listener.join()

    def _listen(self, program: "subprocess.Popen[str]") -> None:
        for line in program.stdout or ():
            if line.startswith("{"):
                self.said.put(json.loads(line))
        self.said.put(None)

    def until(self, what: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """What the program says when something has come true."""
        last: dict[str, Any] = {}
        deadline_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline_s:
            try:
                said = self.said.get(timeout=1.0)
            except Empty:
                continue
            assert said is not None, f"the program ended; its last was {last}"
            last = said
            if what(said):
                return said
        raise AssertionError(f"it never came true; last was {last}")


@contextmanager
def desktop(width: int, height: int) -> Iterator[Desktop]:
    """A desktop of that size in pixels."""
    with ExitStack() as ending:
        screen = ["-screen", "0", f"{width}x{height}x24"]
        server = _started(
            ending, ["Xvfb", "-displayfd", "1", *screen, "-nolisten", "tcp", "-noreset"], dict(os.environ)
        )
        number = server.stdout.readline().strip() if server.stdout else ""
        made = Desktop(f":{number}", (width, height))
        _started(ending, ["openbox"], made.environment)
        deadline_s = time.monotonic() + PATIENCE_S
        while not made.is_managed():
            assert time.monotonic() < deadline_s, "the window manager does not start"
            time.sleep(0.05)
        yield made


def _started(ending: ExitStack, command: list[str], environment: dict[str, str]) -> "subprocess.Popen[str]":
    """A program that is ended with the desktop."""
    quiet = subprocess.DEVNULL
    begun = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=quiet, text=True)
    started = ending.enter_context(begun)
    ending.callback(started.terminate)
    return started

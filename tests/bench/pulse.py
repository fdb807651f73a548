"""A PulseAudio server of our own with a sink that plays to nobody, and an ear on it that keeps time.

Run as a program (`python -m tests.bench.pulse FILE`) it is that ear: samples go to FILE, and the instants at
which they came to FILE.times.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
READY_S = 10.0
CHUNK_FRAMES = 240
SINK = "nobody"


def installed() -> bool:
    """Whether this machine has what it takes."""
    return all(shutil.which(name) for name in ("pulseaudio", "pactl", "parec"))


class PulseServer:
    """A server that is met through a socket of its own and ends with the block."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="fingerfall-pulse-")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a process must have in its environment to sound here."""
        home = {name: self._folder for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME")}
        return {**home, "PULSE_SERVER": f"unix:{self._socket}", "SDL_AUDIODRIVER": "pulseaudio"}

    @property
    def _socket(self) -> str:
        return f"{self._folder}/socket"

    def __enter__(self) -> Self:
        modules = (
            f"module-null-sink sink_name={SINK} rate={RATE}",
            f"module-native-protocol-unix auth-anonymous=1 socket={self._socket}",
        )
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        command += [part for module in modules for part in ("-L", module)]
        self._process = subprocess.Popen(
            command,
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline_s = time.perf_counter() + READY_S
        while not os.path.exists(self._socket):
            if self._process.poll() is not None or time.perf_counter() > deadline_s:
                self._stop()
                raise RuntimeError("pulseaudio did not come up")
            time.sleep(0.05)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)


class Ear:
    """Hears the sink while the block lasts; afterwards `samples` and `at_s` say what came when."""

    def __init__(self) -> None:
        """In a process that has the server's environment."""
        self._folder = Path(tempfile.mkdtemp(prefix="fingerfall-ear-"))
        self.samples: NDArray[np.int16] = np.empty(0, np.int16)
        self._zero_s, self._sample_s = 0.0, 1 / RATE

    def __enter__(self) -> Self:
        path = str(self._folder / "heard")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.pulse", path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
        self.samples = np.fromfile(self._folder / "heard", np.int16)
        arrivals = np.array(json.loads((self._folder / "heard.times").read_text()))
        shutil.rmtree(self._folder)
        self._fit(arrivals)

    def _fit(self, arrivals: NDArray[np.float64]) -> None:
        """A straight line under the arrivals: chunks come late, never early."""
        at_s, count = arrivals[:, 0], arrivals[:, 1]
        seconds = (at_s - at_s[0]).astype(int)
        late_s = at_s - count / RATE
        lowest = [np.flatnonzero(seconds == s)[np.argmin(late_s[seconds == s])] for s in np.unique(seconds)]
        chosen = np.array(lowest[1:-1] if len(lowest) > 4 else lowest)
        self._sample_s, self._zero_s = np.polyfit(count[chosen], at_s[chosen], 1)

    def at_s(self, sample: float) -> float:
        """When a sample was heard, by the clock of `time.perf_counter`."""
        return float(self._zero_s + sample * self._sample_s)

    def beginnings(self, threshold: int = 300, quiet_s: float = 0.06) -> list[int]:
        """Samples at which sound begins after a quiet moment."""
        loud = np.flatnonzero(np.abs(self.samples.astype(np.int32)) > threshold)
        if not loud.size:
            return []
        apart = np.flatnonzero(np.diff(loud) > quiet_s * RATE)
        return [int(loud[0]), *(int(loud[i + 1]) for i in apart)]


def main(path: str) -> None:
    """Be the ear until stdin ends."""
    command = ["parec", f"--device={SINK}.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1"]
    command += ["--latency-msec=5", "--raw"]
    recorder = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert recorder.stdout is not None
    arrivals, count, ended = [], 0, threading.Event()
    threading.Thread(target=_await_end, args=(ended,), daemon=True).start()
    with open(path, "wb") as out:
        while not ended.is_set():
            data = recorder.stdout.read1(CHUNK_FRAMES * 2)  # type: ignore[attr-defined]
            count += len(data) // 2
            arrivals.append((time.perf_counter(), count))
            out.write(data)
            if len(arrivals) == 3:
                print("hearing", flush=True)
    recorder.terminate()
    recorder.wait()
    Path(f"{path}.times").write_text(json.dumps(arrivals))


def _await_end(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


if __name__ == "__main__":
    main(sys.argv[1])

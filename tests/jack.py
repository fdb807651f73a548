"""A JACK server with no sound card, and a keyboard played by another process: the real MIDI path in tests.

Run as a program (`python -m tests.jack NAME`) it is that keyboard: it reads one JSON plan a line,
`[[at_s, [bytes]], …]` in the clock of `time.perf_counter`, plays it, and answers with the instants at which
it really sent.
"""

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parent.parent
PORT = "out"
READY_S = 20.0
SOCKETS = (Path("/dev/shm"), Path("/tmp"))
SPIN_S = 0.002
_numbers = count()

Plan = Sequence[tuple[float, Sequence[int]]]


def installed() -> bool:
    """Whether this machine has a JACK server to start."""
    return shutil.which("jackd") is not None


class JackServer:
    """A synchronous server of its own name: without `-S` JACK loses events of clients that are late.

    client_timeout_ms: how long it waits for a client; it notices that one has died after ten times that.
    """

    def __init__(self, client_timeout_ms: int = 500) -> None:
        self.name = f"fingerfall{os.getpid()}n{next(_numbers)}"
        self._timeout_ms = client_timeout_ms
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a process must have in its environment to meet this server."""
        return {
            "JACK_DEFAULT_SERVER": self.name,
            "JACK_NO_AUDIO_RESERVATION": "1",
            "JACK_NO_START_SERVER": "1",
        }

    def __enter__(self) -> Self:
        command = ["jackd", "-S", "-r", "-t", str(self._timeout_ms), "--name", self.name]
        command += ["-d", "dummy", "-r", "48000", "-p", "64"]
        self._process = subprocess.Popen(
            command,
            preexec_fn=_end_with_parent,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            deadline_s = time.perf_counter() + READY_S
            self._await_socket(deadline_s)
            self._await_client(deadline_s)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _await_socket(self, deadline_s: float) -> None:
        assert self._process is not None
        while time.perf_counter() < deadline_s:
            if any(True for folder in SOCKETS for _ in folder.glob(f"jack_{self.name}_*")):
                return
            if self._process.poll() is not None:
                raise RuntimeError(f"jackd ended with status {self._process.returncode}")
            time.sleep(0.02)
        raise RuntimeError("jackd did not come up")

    def _await_client(self, deadline_s: float) -> None:
        """Until somebody can join: on a busy machine the socket is there long before the server answers."""
        join = "import rtmidi; rtmidi.MidiOut(rtmidi.API_UNIX_JACK, 'probe').delete()"
        probe = [sys.executable, "-c", join]
        environment = {**os.environ, **self.environment}
        while subprocess.run(probe, env=environment, capture_output=True, check=False).returncode:
            if time.perf_counter() > deadline_s:
                raise RuntimeError("jackd does not answer")

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()  # its place in the register of servers is lost; there are eight
            process.wait()
        for left in [path for folder in SOCKETS for path in folder.glob(f"jack*_{self.name}_*")]:
            left.unlink(missing_ok=True)


def _end_with_parent() -> None:
    """Let no server outlive tests that crash (Linux: PR_SET_PDEATHSIG)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


@contextmanager
def joined(server: JackServer) -> Iterator[None]:
    """Let this process meet the server."""
    before = {name: os.environ.get(name) for name in server.environment}
    os.environ.update(server.environment)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class KeyboardProcess:
    """A MIDI keyboard in a process of its own; its port is called `NAME:out`."""

    def __init__(self, server: JackServer, name: str = "kbd") -> None:
        self.port = f"{name}:{PORT}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.jack", name],
            cwd=ROOT,
            env={**os.environ, **server.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self._answer() != "ready":
            self.kill()
            raise RuntimeError("the keyboard process did not come up")

    def play(self, plan: Plan) -> None:
        """Begin to play a plan; instants are `time.perf_counter`'s, which all processes share on Linux."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(plan) + "\n")
        self._process.stdin.flush()

    def sent_s(self) -> list[float]:
        """Wait for the plan to end; when each of its messages was really sent."""
        sent: list[float] = json.loads(self._answer())
        return sent

    def kill(self) -> None:
        """End as if its cable were cut."""
        self._process.kill()
        self._end()

    def close(self) -> None:
        """Be switched off in good order."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._end()

    def _end(self) -> None:
        self._process.wait(READY_S)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def _play(keyboard: object, plan: Plan) -> list[float]:
    sent_s = []
    for at_s, message in plan:
        time.sleep(max(0.0, at_s - time.perf_counter() - SPIN_S))
        while (now_s := time.perf_counter()) < at_s:
            pass
        sent_s.append(now_s)
        keyboard.send_message(list(message))  # type: ignore[attr-defined]
    return sent_s


def main(name: str) -> None:
    """Be the keyboard until stdin ends."""
    import rtmidi

    deadline_s = time.perf_counter() + READY_S
    while True:  # a busy server turns a client away that it has no time for
        try:
            keyboard = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, name)
            break
        except rtmidi.SystemError:
            if time.perf_counter() > deadline_s:
                raise
    keyboard.open_virtual_port(PORT)
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(_play(keyboard, json.loads(line))), flush=True)
    keyboard.delete()


if __name__ == "__main__":
    main(sys.argv[1])

"""A PostgreSQL server of the tests' own, on a socket in a folder, where the machine has one."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path


def missing() -> str:
    """What a test of a server lacks here; "" when nothing."""
    if find_spec("psycopg") is None:
        return "psycopg is not installed (the `server` extra)"
    if os.name != "posix" or _program("initdb") is None:
        return "PostgreSQL's programs are not installed"
    return ""


def _program(name: str) -> str | None:
    found = [str(path) for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}")]
    return shutil.which(name) or next(iter(sorted(found, reverse=True)), None)


class PostgresServer:
    """Can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # It refuses to run as root.
        self._user = "postgres" if os.getuid() == 0 else None
        if self._user:
            shutil.chown(folder, self._user)
        self._run("initdb", "--no-sync", "--auth=trust", "--username=clinic", "--encoding=UTF8", "-D", "data")

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://clinic@/postgres?host={self._folder}"

    def start(self) -> None:
        options = f"-k {self._folder} -c listen_addresses='' -c shared_buffers=4MB"
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")

    def _run(self, name: str, *arguments: str) -> None:
        command = [_program(name) or name, *arguments]
        subprocess.run(
            command, cwd=self._folder, user=self._user, check=True, timeout=30, stdout=subprocess.DEVNULL
        )


@contextmanager
def running() -> Iterator[PostgresServer]:
    """A server for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        server = PostgresServer(Path(name))
        server.start()
        try:
            yield server
        finally:
            server.stop()

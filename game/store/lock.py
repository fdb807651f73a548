"""A lock on a data folder, held by the first program to start a run there until that program ends."""

import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FolderLock:
    """A file lock that the system releases when the program dies."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "fingerfall.lock"
        self._handle: int | None = None

    def take(self) -> bool:
        """Try to take the lock; returns whether this program holds it."""
        if self._handle is not None:
            return True
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _lock(handle)
            except OSError:
                os.close(handle)
            else:
                self._handle = handle
        return self._handle is not None

    def release(self) -> None:
        """Release the lock."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

"""Whether a disk is full, whatever it is called that says so."""

import errno
import tempfile
from pathlib import Path

from game.errors import UserError

NEEDED_MB = 10
"""To open a database, write ahead of it and keep some weeks of playing."""

_LEAST_BYTES = 64 * 1024
"""Where not even so much can be written, nothing can be kept."""

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def no_room(error: OSError) -> bool:
    """Whether the system refused for want of space: on the disk, in a quota or under a limit."""
    return error.errno in _NO_ROOM


def is_full(folder: Path) -> bool:
    """Whether a folder takes no more; found out by writing a little that is gone at once."""
    try:
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(bytes(_LEAST_BYTES))
            trial.flush()
    except OSError as error:
        return no_room(error)
    return False


def disk_full(file: str) -> UserError:
    """The sentence that says so, and what it takes."""
    template = "{file}: the disk is full; free {needed} MB on it or more"
    return UserError(template, failed=True, file=file, needed=NEEDED_MB)

"""Ids of runs and profiles, unique across stations; ids of runs sort by start time."""

from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from game.errors import UserError

_LOW_62_BITS = (1 << 62) - 1


def new_profile_id() -> str:
    """A random UUID."""
    return str(uuid4())


def new_run_id(started_at: datetime) -> str:
    """A UUID of version 7 (RFC 9562): milliseconds since 1970 in UTC, then random bits."""
    ms = int(started_at.timestamp() * 1000) & ((1 << 48) - 1)
    chance = uuid4().int
    return str(UUID(int=ms << 80 | 0x7 << 76 | (chance >> 116) << 64 | 0b10 << 62 | chance & _LOW_62_BITS))


def station_id(folder: Path) -> str:
    """The station's id, created on first use."""
    path = folder / "station.id"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(str(uuid4()), encoding="ascii")
        return str(UUID(path.read_text(encoding="ascii").strip()))
    except ValueError as error:
        raise UserError("{file}: not a station's name; delete it", file=path) from error
    except OSError as error:
        raise UserError(
            "{file}: cannot be made or read ({fault}); choose another folder with `--data`",
            failed=True,
            file=path,
            fault=error.strerror or error,
        ) from error

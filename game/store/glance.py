"""Who plays here, read in a moment while the database is not open yet: for the first screen alone."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from game.store.records.file import APPLICATION_ID, FILE_NAME, VERSION

PATIENCE_S = 0.2
"""How long another program's lock is waited for; after that the database itself is."""

_WHO = """SELECT id, name, archived, (SELECT count(*) FROM runs WHERE profile_id = profiles.id)
FROM profiles"""


@dataclass(frozen=True, slots=True)
class Glanced:
    """A profile and how many runs it has."""

    id: str
    name: str
    archived: bool
    runs: int


def glance(folder: Path) -> tuple[Glanced, ...] | None:
    """The profiles in a folder's database; None where it is not there, not of this version, or not well."""
    path = folder / FILE_NAME
    try:
        uri = path.resolve().as_uri() + "?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE_S)) as connection:
            owner = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if (owner, version) != (APPLICATION_ID, VERSION):
                return None
            return tuple(Glanced(i, n, bool(a), r) for i, n, a, r in connection.execute(_WHO).fetchall())
    except (sqlite3.Error, OSError, ValueError, TypeError):
        return None

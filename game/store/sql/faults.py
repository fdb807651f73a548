"""Database errors as sentences with a cure."""

import sqlite3
from pathlib import Path

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from game.errors import UserError
from game.store.records.full_disk import disk_full, is_full

SENTENCES = {
    "SQLITE_BUSY": "{file}: in use by another program; close that program",
    "SQLITE_LOCKED": "{file}: in use by another program; close that program",
    "SQLITE_READONLY": "{file}: cannot be written; allow writing to it and to its folder",
    "SQLITE_PERM": "{file}: cannot be written; allow writing to it and to its folder",
    "SQLITE_CANTOPEN": "{file}: cannot be opened; allow reading and writing to it and to its folder",
    "SQLITE_IOERR": "{file}: the disk does not answer properly ({fault}); check the drive and its cable",
    "SQLITE_NOTADB": "{file}: not a database of this program; move it away or choose another folder",
    "SQLITE_CORRUPT": "{file}: damaged ({fault}); put a copy of your own in its place, or rename it",
}
_FULL_TOO = ("SQLITE_IOERR", "SQLITE_CANTOPEN")
"""What SQLite says where it cannot make the files that it needs beside the database."""

SERVER = "{file}: the database server does not answer ({fault}); check the network and the server"
ODD = "{file}: contains something that this program did not write ({fault}); run `fingerfall doctor`"


def trouble_of(error: SQLAlchemyError, file: str, secrets: tuple[str, ...] = ()) -> UserError:
    """The sentence for an error of the database called `file`, in which no `secrets` stand."""
    cause = getattr(error, "orig", None) or error
    fault = (str(cause).strip().splitlines() or [type(cause).__name__])[0]
    for secret in secrets:
        fault = fault.replace(secret, "…")
    name = getattr(cause, "sqlite_errorname", None)
    if name is not None:
        if name.startswith("SQLITE_FULL") or (name.startswith(_FULL_TOO) and is_full(Path(file).parent)):
            return disk_full(file)
        known = (sentence for code, sentence in SENTENCES.items() if name.startswith(code))
        return UserError(next(known, ODD), failed=True, file=file, fault=fault)
    gone = isinstance(error, OperationalError | InterfaceError) and not isinstance(cause, sqlite3.Error)
    return UserError(SERVER if gone else ODD, failed=True, file=file, fault=fault)


def damaged(error: Exception, file: str) -> UserError:
    """The sentence for content that makes no sense any more."""
    fault = str(error) or type(error).__name__
    return UserError(SENTENCES["SQLITE_CORRUPT"], failed=True, file=file, fault=fault)

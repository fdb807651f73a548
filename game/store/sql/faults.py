"""Database errors as sentences with a cure."""

import sqlite3

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from game.errors import UserError

SENTENCES = {
    "SQLITE_FULL": "{file}: the disk is full; free some space",
    "SQLITE_BUSY": "{file}: in use by another program; close that program",
    "SQLITE_LOCKED": "{file}: in use by another program; close that program",
    "SQLITE_READONLY": "{file}: cannot be written; allow writing to it and to its folder",
    "SQLITE_PERM": "{file}: cannot be written; allow writing to it and to its folder",
    "SQLITE_CANTOPEN": "{file}: cannot be opened; allow reading and writing to it and to its folder",
    "SQLITE_IOERR": "{file}: the disk does not answer properly ({fault}); check the drive and its cable",
    "SQLITE_NOTADB": "{file}: not a database of this program; move it away or choose another folder",
    "SQLITE_CORRUPT": "{file}: damaged ({fault}); put a copy of your own in its place, or rename it",
}
SERVER = "{file}: the database server does not answer ({fault}); check the network and the server"
ODD = "{file}: contains something that this program did not write ({fault}); run `fingerfall doctor`"


def trouble_of(error: SQLAlchemyError, file: str) -> UserError:
    """The sentence for an error of the database called `file`."""
    cause = getattr(error, "orig", None) or error
    fault = (str(cause).strip().splitlines() or [type(cause).__name__])[0]
    name = getattr(cause, "sqlite_errorname", None)
    if name is not None:
        known = (sentence for code, sentence in SENTENCES.items() if name.startswith(code))
        return UserError(next(known, ODD), failed=True, file=file, fault=fault)
    gone = isinstance(error, OperationalError | InterfaceError) and not isinstance(cause, sqlite3.Error)
    return UserError(SERVER if gone else ODD, failed=True, file=file, fault=fault)


def damaged(error: Exception, file: str) -> UserError:
    """The sentence for content that makes no sense any more."""
    fault = str(error) or type(error).__name__
    return UserError(SENTENCES["SQLITE_CORRUPT"], failed=True, file=file, fault=fault)

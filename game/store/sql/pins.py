"""PINs: kept as argon2id hashes, and locked for a while after wrong tries."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from game.errors import UserError
from game.store.records import plain
from game.store.records.kept import PinAttempt
from game.store.sql.database import Database
from game.store.sql.schema import pins

SHORTEST = 4
TRIES = 5
LOCKED = timedelta(minutes=5)


class Pins:
    """PINs by owner."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def has(self, owner: str) -> bool:
        """Whether there is one."""
        with self._database.reading() as connection:
            return connection.execute(select(pins.c.owner).where(pins.c.owner == owner)).first() is not None

    def set(self, owner: str, pin: str) -> None:
        """Choose one, in place of any other."""
        if len(pin) < SHORTEST:
            raise UserError("a PIN has at least {count} characters; choose a longer one", count=SHORTEST)
        row = {"owner": owner, "hash": _hash(pin), "wrong": 0, "locked_until": ""}
        with self._database.writing() as connection:
            connection.execute(delete(pins).where(pins.c.owner == owner))
            connection.execute(insert(pins).values(row))

    def clear(self, owner: str) -> None:
        """Have none any more."""
        with self._database.writing() as connection:
            connection.execute(delete(pins).where(pins.c.owner == owner))

    def check(self, owner: str, pin: str, now: datetime) -> PinAttempt:
        """Try one. The try counts before it is looked at, so that pulling the plug wins nothing."""
        with self._database.writing() as connection:
            stored, wrong, locked_until = _stored(connection, owner, now)
            if locked_until is not None:
                return PinAttempt(False, 0, locked_until)
            lock = now + LOCKED if wrong + 1 >= TRIES else None
            _note(connection, owner, 0 if lock else wrong + 1, lock)
        if not _fits(stored, pin):
            return PinAttempt(False, 0 if lock else TRIES - wrong - 1, lock)
        with self._database.writing() as connection:
            _note(connection, owner, 0, None, rehashed=_rehashed(stored, pin))
        return PinAttempt(True, TRIES)


def _stored(connection: Connection, owner: str, now: datetime) -> tuple[str, int, datetime | None]:
    """Hash, wrong tries since the last right one or lock, and until when it is locked (None: it is not)."""
    row = connection.execute(select(pins).where(pins.c.owner == owner)).mappings().first()
    if row is None:
        raise UserError("no PIN has been set; set one first")
    until = plain.moment(row, "locked_until") if row["locked_until"] else None
    if until is not None and until > now + LOCKED:
        # The machine's clock was set back; nobody is to wait longer than the lock lasts.
        until = now + LOCKED
        _note(connection, owner, 0, until)
    locked = until if until is not None and now < until else None
    return plain.words(row, "hash"), plain.whole(row, "wrong", 0, TRIES), locked


def _note(
    connection: Connection, owner: str, wrong: int, lock: datetime | None, rehashed: str | None = None
) -> None:
    values: dict[str, object] = {"wrong": wrong, "locked_until": lock.isoformat() if lock else ""}
    if rehashed is not None:
        values["hash"] = rehashed
    connection.execute(update(pins).where(pins.c.owner == owner).values(values))


def _hash(pin: str) -> str:
    from argon2 import PasswordHasher

    return PasswordHasher().hash(pin)


def _fits(stored: str, pin: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return PasswordHasher().verify(stored, pin)
    except (Argon2Error, InvalidHashError):
        return False


def _rehashed(stored: str, pin: str) -> str | None:
    """A new hash where the strength that is advised has grown since the old one."""
    from argon2 import PasswordHasher

    return _hash(pin) if PasswordHasher().check_needs_rehash(stored) else None

"""PINs: stored as argon2id hashes, locked for a while after wrong attempts."""

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
        """Whether a PIN is set."""
        with self._database.reading() as connection:
            return connection.execute(select(pins.c.owner).where(pins.c.owner == owner)).first() is not None

    def set(self, owner: str, pin: str) -> None:
        """Set or replace a PIN."""
        if len(pin) < SHORTEST:
            raise UserError("a PIN has at least {count} characters; choose a longer one", count=SHORTEST)
        row = {"owner": owner, "hash": _hash(pin), "wrong": 0, "locked_until": ""}
        with self._database.writing() as connection:
            connection.execute(delete(pins).where(pins.c.owner == owner))
            connection.execute(insert(pins).values(row))

    def clear(self, owner: str) -> None:
        """Remove the PIN."""
        with self._database.writing() as connection:
            connection.execute(delete(pins).where(pins.c.owner == owner))

    def check(self, owner: str, pin: str, now: datetime) -> PinAttempt:
        """Check a PIN. The attempt is counted first, so that cutting the power does not avoid it."""
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
        # The machine's clock was set back; the lock must not last longer than intended.
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
    """A new hash if the recommended strength has increased."""
    from argon2 import PasswordHasher

    return _hash(pin) if PasswordHasher().check_needs_rehash(stored) else None

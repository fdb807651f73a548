"""A database server shared by several stations. All PostgreSQL-specific code is here."""

from sqlalchemy import URL, Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import ArgumentError

from game.errors import UserError
from game.store.sql.address import secrets_of, shown

UPGRADE_LOCK = 0x46464C4C
CONNECT = {
    "application_name": "fingerfall",
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c lock_timeout=5000 -c synchronous_commit=on",
}


class Server:
    """A clinic's database."""

    viewing_only = False

    def __init__(self, url: URL) -> None:
        self.name, self.secrets = shown(url), secrets_of(url)
        try:
            self.engine: Engine = create_engine(
                url.set(drivername="postgresql+psycopg"),
                pool_size=1,
                max_overflow=0,
                pool_pre_ping=True,
                connect_args=CONNECT,
            )
        except ModuleNotFoundError as error:
            raise UserError(
                'a database server needs one more package: run `pip install "fingerfall[server]"`',
                failed=True,
            ) from error
        except ArgumentError as error:
            raise _unknown(self.name) from error
        _refuse_unknown(url, self.name)
        self.reading = self.writing = self.hasty = self.engine

    def version(self, connection: Connection) -> int:
        """The number of the newest migration that the database has seen; 0 for a new one."""
        if not inspect(connection).has_table("alembic_version"):
            return 0
        return int(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or 0)

    def set_version(self, connection: Connection, version: int) -> None:
        """No-op: Alembic's own table stores it."""

    def lock_upgrade(self, connection: Connection) -> None:
        """Let one station at a time upgrade."""
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})

    def refuse_strangers(self, connection: Connection) -> None:
        """No-op: the address was given explicitly."""

    def faults(self, connection: Connection, thorough: bool) -> list[str]:
        """No-op: the server checks its own pages."""
        return []

    def forget(self) -> None:
        """No-op: the server's vacuum does it."""


def _refuse_unknown(url: URL, name: str) -> None:
    """Refuse options that the driver would only complain of, repeating them."""
    from psycopg.pq import Conninfo

    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    if set(url.query) - known:
        raise _unknown(name)


def _unknown(name: str) -> UserError:
    return UserError("{url}: what stands behind the ? is not known; leave it out", url=name)

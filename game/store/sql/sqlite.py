"""A database in a file. All SQLite-specific code is here."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from game.errors import UserError
from game.store.records.file import APPLICATION_ID
from game.store.records.full_disk import disk_full, is_full, no_room

HEADER = b"SQLite format 3\0"
PATIENCE_MS = 5000
HASTE_MS = 1000
"""How long to wait for another program's lock: at other times, and while a run is being kept."""

PRAGMAS = ("foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON")
WRITING_PRAGMAS = ("synchronous=FULL", "secure_delete=ON")


class SqliteFile:
    """One station's database.

    viewing_only: the file or its folder is read-only.
    """

    secrets = ()

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._path = path
        self.viewing_only = _viewing_only(path)
        if not self.viewing_only:
            _make(path)
        _refuse_other_formats(path)
        self.engine = create_engine(
            "sqlite+pysqlite://", creator=self._connect, poolclass=QueuePool, pool_size=1, max_overflow=0
        )
        event.listen(self.engine, "begin", _begin)
        self.reading: Engine = self.engine.execution_options(begin="BEGIN")
        self.writing: Engine = self.engine.execution_options(begin="BEGIN IMMEDIATE")
        self.hasty: Engine = self.writing.execution_options(patience_ms=HASTE_MS)

    def version(self, connection: Connection) -> int:
        """The number of the newest migration that the file has seen; 0 for a new file."""
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())

    def set_version(self, connection: Connection, version: int) -> None:
        """Write the version and the application id."""
        connection.exec_driver_sql(f"PRAGMA user_version={version:d}")
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")

    def lock_upgrade(self, connection: Connection) -> None:
        """No-op: a write transaction locks the file."""

    def refuse_strangers(self, connection: Connection) -> None:
        """Refuse another program's database."""
        owner = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        if tables and owner != APPLICATION_ID:
            raise UserError(
                "{file}: a database of another program; move it away or choose another folder", file=self.name
            )

    def faults(self, connection: Connection, thorough: bool) -> list[str]:
        """Faults reported by SQLite; `thorough` also compares every index."""
        check = "integrity_check" if thorough else "quick_check"
        said = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {check}(20)")]
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20)
        said += [f"a row of {row[0]} belongs to nothing" for row in orphans]
        return [fault for fault in said if fault != "ok"]

    def forget(self) -> None:
        """Overwrite what was deleted also in the write-ahead log."""
        with self.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _connect(self) -> sqlite3.Connection:
        """A connection; on a full disk one that needs no file beside the database, to read what is kept."""
        try:
            return self._connected(alone=False)
        except sqlite3.OperationalError:
            if self.viewing_only or not is_full(self._path.parent):
                raise
            return self._connected(alone=True)

    def _connected(self, *, alone: bool) -> sqlite3.Connection:
        """alone: no other program has the file open meanwhile, so that nothing need be shared with it."""
        uri = self._path.resolve().as_uri() + ("?mode=ro&immutable=1" if self.viewing_only else "?mode=rw")
        connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE_MS / 1000, isolation_level=None)
        try:
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            if alone:
                connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            if not self.viewing_only:
                self._keep_safe(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _keep_safe(self, connection: sqlite3.Connection) -> None:
        for pragma in WRITING_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        if mode != "wal":
            raise UserError(
                "{file}: this drive cannot keep a write-ahead log (a network drive?); use a folder on the"
                " machine's own disk, or a server with `--database`",
                failed=True,
                file=self.name,
            )


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"PRAGMA busy_timeout={options.get('patience_ms', PATIENCE_MS):d}")
    connection.exec_driver_sql(options.get("begin", "BEGIN"))


def _viewing_only(path: Path) -> bool:
    """Whether there is a file that can be read and not written."""
    return path.is_file() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _make(path: Path) -> None:
    """Create the file, readable by its owner only."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        os.chmod(path, 0o600)
    except OSError as error:
        if no_room(error):
            raise disk_full(str(path)) from error
        raise UserError(
            "{file}: cannot be made or written ({fault}); choose another folder with `--data`",
            failed=True,
            file=path,
            fault=error.strerror or error,
        ) from error


def _refuse_other_formats(path: Path) -> None:
    """Refuse files of other formats before SQLite opens them."""
    try:
        with path.open("rb") as file:
            head = file.read(len(HEADER))
    except OSError as error:
        raise UserError(
            "{file}: cannot be read ({fault}); allow reading it",
            failed=True,
            file=path,
            fault=error.strerror or error,
        ) from error
    if head and head != HEADER:
        raise UserError("{file}: not a database; move it away or choose another folder", file=path)

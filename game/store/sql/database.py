"""Opens and upgrades a database, and provides transactions whose errors are sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from game.errors import UserError
from game.store.records.file import FILE_NAME, VERSION
from game.store.records.ids import station_id
from game.store.sql.address import address_of
from game.store.sql.faults import damaged, trouble_of
from game.store.sql.postgres import Server
from game.store.sql.sqlite import SqliteFile


class Database:
    """An open database. All of it belongs to one thread."""

    def __init__(self, place: SqliteFile | Server, station: str) -> None:
        self.place = place
        self.station = station

    @property
    def viewing_only(self) -> bool:
        """Whether the database is read-only."""
        return self.place.viewing_only

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read transaction."""
        with self._transaction(self.place.reading) as connection:
            yield connection

    @contextmanager
    def writing(self, hasty: bool = False) -> Iterator[Connection]:
        """A write transaction, on disk when it ends. hasty: wait at most a second for other programs."""
        if self.viewing_only:
            raise UserError(
                "{file}: opened for viewing only; allow writing to it and to its folder",
                failed=True,
                file=self.place.name,
            )
        with self._transaction(self.place.hasty if hasty else self.place.writing) as connection:
            yield connection

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise trouble_of(error, self.place.name, self.place.secrets) from error
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            raise damaged(error, self.place.name) from error

    def close(self) -> None:
        """Let go of it."""
        self.place.engine.dispose()


def open_database(folder: Path, url: str | None) -> Database:
    """The database at a URL, else the file in a folder, of this program's version."""
    try:
        place, station = _place(folder, url)
    except OSError as error:
        template = "{file}: cannot be used ({fault}); choose another folder with `--data`"
        raise UserError(template, failed=True, file=folder, fault=error.strerror or error) from error
    database = Database(place, station)
    try:
        _bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return database


def _place(folder: Path, url: str | None) -> tuple[SqliteFile | Server, str]:
    if url is None:
        return SqliteFile(folder / FILE_NAME), ""
    address = address_of(url)
    if address.get_backend_name() != "sqlite":
        return Server(address), station_id(folder)
    if not address.database or address.database == ":memory:" or address.host:
        raise UserError("the address of the database names no file; write it as `sqlite:///FILE`")
    return SqliteFile(Path(address.database)), ""


def _bring_up_to_date(database: Database) -> None:
    place = database.place
    with database.reading() as connection:
        place.refuse_strangers(connection)
        version = place.version(connection)
    if version > VERSION:
        raise UserError("{file} was written by a newer Fingerfall; update the program", file=place.name)
    if version < VERSION:
        _upgrade(database)


def _upgrade(database: Database) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    here = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", here.replace("%", "%%"))
    with database.writing() as connection:
        database.place.lock_upgrade(connection)
        if database.place.version(connection) < VERSION:
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, f"{VERSION:04d}")
            except CommandError as error:
                raise damaged(error, database.place.name) from error
            database.place.set_version(connection, VERSION)

"""The tables that the program uses are those that its migrations make."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

import game.store.sql.migrations
from game.store.records.file import VERSION
from game.store.sql import schema
from game.store.sql.database import open_database
from game.store.store import open_store


def test_an_empty_file_upgraded_has_exactly_the_tables_of_the_program(tmp_path: Path) -> None:
    database = open_database(tmp_path, None)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, schema.metadata) == []
        assert context.get_current_revision() == f"{VERSION:04d}"
        assert database.place.version(connection) == VERSION
        for table in schema.metadata.tables:
            assert inspect(connection).get_pk_constraint(table)["constrained_columns"]
    database.close()


def test_the_version_is_the_number_of_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(game.store.sql.migrations.__file__).parent))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [f"{VERSION:04d}"]
    assert len(list(script.walk_revisions())) == VERSION


def test_the_file_is_opened_the_safe_way(tmp_path: Path) -> None:
    database = open_database(tmp_path, None)
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "trusted_schema": 0,
        "secure_delete": 1,
    }
    with database.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    database.close()
    assert found == wanted


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path):
        pass
    before = (tmp_path / "fingerfall.db").read_bytes()
    with open_store(tmp_path):
        pass
    assert (tmp_path / "fingerfall.db").read_bytes() == before

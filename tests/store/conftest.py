"""An open store in a folder of its own; its empty file is a copy, for migrations take their time."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.store.store import Store, open_store


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which nobody has played yet."""
    folder = tmp_path_factory.mktemp("empty")
    with open_store(folder):
        pass
    return folder / "fingerfall.db"


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    """An open store in the test's own folder."""
    shutil.copy(empty_database, tmp_path)
    with open_store(tmp_path) as store:
        yield store

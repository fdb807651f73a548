"""The store costs nothing until a database is opened."""

import subprocess
import sys
from pathlib import Path

WATCHED = "sqlalchemy alembic argon2 psycopg"
LOOK = """
import importlib, pkgutil, sys
import game.store
for module in pkgutil.iter_modules(game.store.__path__, "game.store."):
    if module.name != "game.store.sql":
        importlib.import_module(module.name)
print(*sorted(set(sys.modules) & set(sys.argv[1].split())))
"""
OPEN = """
import sys
from pathlib import Path
from game.store.store import open_store
with open_store(Path(sys.argv[2])) as store:
    store.profiles().result()
print(*sorted(set(sys.modules) & set(sys.argv[1].split())))
"""


def _modules(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, WATCHED, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout.strip()


def test_importing_the_store_imports_no_database_library() -> None:
    assert _modules(LOOK) == ""


def test_opening_a_database_of_this_version_does_not_import_alembic(tmp_path: Path) -> None:
    assert _modules(OPEN, str(tmp_path)) == "alembic sqlalchemy"
    assert _modules(OPEN, str(tmp_path)) == "sqlalchemy"

"""All interfaces of an open database."""

from pathlib import Path

from game.store.sql.database import Database, open_database
from game.store.sql.integrity import Integrity
from game.store.sql.journal import Journal
from game.store.sql.people import People
from game.store.sql.pins import Pins
from game.store.sql.runs import Runs


class Contents:
    """An open database and what is in it. All of it belongs to one thread."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.people = People(database)
        self.pins = Pins(database)
        self.runs = Runs(database)
        self.journal = Journal(database)
        self.integrity = Integrity(database)


def open_contents(folder: Path, url: str | None) -> Contents:
    """Open what is kept at a URL, else in a folder."""
    return Contents(open_database(folder, url))

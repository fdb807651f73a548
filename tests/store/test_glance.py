"""Who plays here is told before the database is open, and just as the database tells it."""

import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.app.level_catalogue import LevelCatalogue
from game.app.services import StoreServices
from game.audio.output import SilentSpeaker
from game.clock import ManualClock
from game.store.glance import Glanced, glance
from game.store.records.file import VERSION
from game.store.store import Store, open_store
from tests.store.played import MORNING, new_run, play, recorded
from tests.test_program import ScriptedInstrument


def told(store: Store) -> set[Glanced]:
    """What the open database says."""
    return {
        Glanced(p.id, p.name, p.archived, len(store.runs(p.id).result())) for p in store.profiles().result()
    }


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 2), max_size=3))
def test_a_glance_tells_what_the_open_database_tells(store: Store, tmp_path: Path, runs: list[int]) -> None:
    for count in runs:
        person = store.add_profile(f"Person {len(told(store))}", MORNING).result()
        for _ in range(count):
            play(store, new_run(person.id), recorded(2))
    newest = store.profiles().result()[-1]
    if newest.name != "Guest":
        store.archive_profile(newest.id).result()
    assert set(glance(tmp_path) or ()) == told(store)


def test_nothing_is_told_of_what_is_not_there_or_not_this_program_s(tmp_path: Path) -> None:
    assert glance(tmp_path) is None
    assert not list(tmp_path.iterdir())
    for content in (b"", b"a letter", b"SQLite format 3\0" + bytes(84)):
        (tmp_path / "fingerfall.db").write_bytes(content)
        assert glance(tmp_path) is None
    assert glance(Path("\0")) is None


@pytest.mark.parametrize("version", [VERSION - 1, VERSION + 1])
def test_another_version_is_left_to_the_database(tmp_path: Path, version: int) -> None:
    with open_store(tmp_path):
        pass
    with sqlite3.connect(tmp_path / "fingerfall.db") as connection:
        connection.execute(f"PRAGMA user_version={version}")
    connection.close()
    assert glance(tmp_path) is None


def test_a_store_that_is_held_opens_when_it_is_asked_and_not_before(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.add_profile("Ann", MORNING).result()
    before = threading.active_count()
    with Store(tmp_path, held=True) as held:
        assert {one.name for one in held.glance() or ()} == {"Guest", "Ann"}
        assert threading.active_count() == before
        assert held.held
        assert len(held.profiles().result()) == 2
        assert threading.active_count() == before + 1
    with Store(tmp_path, held=True) as held:
        held.opened.result()
    with Store(tmp_path, held=True):
        pass  # closes without ever having been open


def test_a_shared_database_is_never_glanced_at(tmp_path: Path) -> None:
    with open_store(tmp_path):
        pass
    assert Store(tmp_path, "postgresql://127.0.0.1:1/db", held=True).glance() is None


def services_of(store: Store) -> StoreServices:
    clock = ManualClock()
    return StoreServices(store, LevelCatalogue([]), clock, ScriptedInstrument(clock), SilentSpeaker())


def test_the_first_screen_has_its_rows_before_the_database_is_open(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        ann = store.add_profile("Ann", MORNING).result()
        play(store, new_run(ann.id), recorded(2))
        gone = store.add_profile("Zoe", MORNING).result()
        store.archive_profile(gone.id).result()
    with Store(tmp_path, held=True) as held:
        services = services_of(held)
        at_once = services.profiles().result()
        assert held.held, "nothing was opened for it"
        services.begin()
        assert services.profiles().result() == at_once
        assert [(card.name, card.runs, card.guest) for card in at_once] == [("Ann", 1, False), ("", 0, True)]
        services.close()


def test_where_a_glance_tells_nothing_the_database_is_asked(tmp_path: Path) -> None:
    with Store(tmp_path, held=True) as held:
        services = services_of(held)
        assert [card.guest for card in services.profiles().result()] == [True]
        assert not held.held
        services.close()

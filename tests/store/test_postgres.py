"""The same laws on a server that several stations share."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from game.music.note import Press
from game.music.recording import Ended, Recording
from game.store.records.kept import GUEST_ID, ErasedCounts
from game.store.sql import schema
from game.store.sql.contents import Contents
from game.store.store import Store, open_store
from tests.store import server
from tests.store.played import MORNING, new_run, new_runs, play, recorded, recordings

pytestmark = pytest.mark.skipif(bool(server.missing()), reason=server.missing())


@pytest.fixture(scope="module")
def clinic() -> Iterator[server.PostgresServer]:
    with server.running() as postgres:
        yield postgres


@pytest.fixture(scope="module")
def shared(clinic: server.PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("station"), clinic.url) as store:
        yield store


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(recording=recordings, data=st.data())
def test_what_goes_in_comes_out(shared: Store, recording: Recording, data: st.DataObject) -> None:
    new = data.draw(new_runs(recording.device))
    run = shared.run(play(shared, new, recording)).result()
    assert (run.recording, run.conditions, run.level_text) == (recording, new.conditions, new.level_text)


def test_the_migrations_make_the_tables_of_the_program(shared: Store) -> None:
    def compare(contents: Contents) -> list[object]:
        with contents.database.reading() as connection:
            return list(compare_metadata(MigrationContext.configure(connection), schema.metadata))

    assert shared._worker.ask(compare).result() == []


def test_a_changed_touch_is_found(shared: Store) -> None:
    ann = shared.add_profile("Ann", MORNING).result()
    play(shared, new_run(ann.id), recorded())
    assert shared.check().result().faults == ()

    def change(contents: Contents) -> None:
        with contents.database.writing() as connection:
            connection.execute(
                text("UPDATE touches SET velocity = velocity + 1 WHERE seq = 0 AND velocity > 2")
            )

    shared._worker.ask(change).result()
    assert not shared.check().result().sound
    assert shared.erase_profile(ann.id).result() == ErasedCounts(runs=1, touches=20)


def test_stations_keep_apart_what_is_theirs(clinic: server.PostgresServer, tmp_path: Path) -> None:
    with ExitStack() as stack:
        here, there = (stack.enter_context(open_store(tmp_path / n, clinic.url)) for n in ("here", "there"))
        here.save_station("station", {"audio_offset_ms": 30.0}).result()
        assert there.station("station").result() is None
        ann = here.add_profile("Station-Ann", MORNING).result()
        assert there.profile("station-ann").result() == ann
        keeper = here.begin_run(new_run(ann.id))
        here.profiles().result()
        play(there, new_run(ann.id, 1), recorded())
        keeper.touch(Press(1.0, 60))
        keeper.end(Ended.STOPPED, 1.0)
        keeper.saved.result(5)
        assert [h.ended for h in there.runs(ann.id).result()] == [Ended.FINISHED, Ended.STOPPED]
        there.erase_profile(ann.id).result()


def test_a_pin_is_the_clinics(shared: Store) -> None:
    shared.set_pin("123456").result()
    assert shared.check_pin("123456", MORNING).result().right
    assert not shared.check_pin("123457", MORNING).result().right


def test_while_the_server_is_away_play_goes_on_and_nothing_is_lost(
    clinic: server.PostgresServer, shared: Store
) -> None:
    keeper = shared.begin_run(new_run())
    shared.profiles().result()
    clinic.stop()
    for touch in recorded().touches:
        keeper.touch(touch)
    keeper.end(Ended.FINISHED, None)
    with pytest.raises(TimeoutError):
        keeper.saved.result(0.6)
    assert "server" in str(shared.error)
    clinic.start()
    keeper.saved.result(10)
    assert shared.error is None
    assert shared.run(keeper.run_id).result().recording.touches == recorded().touches
    assert len(shared.runs(GUEST_ID).result()) > 0

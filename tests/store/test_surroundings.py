"""Whatever the disk does: play goes on, nothing is lost or overwritten, and one sentence says what to do."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from game.errors import UserError
from game.music.note import Press
from game.music.recording import Ended
from game.store.records.kept import GUEST_ID
from game.store.sql.contents import Contents
from game.store.store import Store, open_store
from tests.store.played import new_run, play, recorded

ROOT = Path(__file__).parents[2]


def _until(true: Callable[[], object], within_s: float) -> None:
    end_s = monotonic() + within_s
    while not true():
        assert monotonic() < end_s
        Event().wait(0.01)


def _limit(store: Store, pages: int) -> None:
    """Let the database grow no further, as on a full disk."""

    def limit(contents: Contents) -> None:
        with contents.database.reading() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    store._worker.ask(limit).result()


def test_while_another_program_locks_the_file_play_goes_on_and_nothing_is_lost(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        keeper = store.begin_run(new_run())
        store.profiles().result()
        other = sqlite3.connect(tmp_path / "fingerfall.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        began, slowest, said = monotonic(), 0.0, ""
        for count in range(160):
            before = monotonic()
            keeper.touch(Press(count * 0.01, 60))
            slowest = max(slowest, monotonic() - before)
            said = said or str(store.error or "")
            Event().wait(0.01)
        assert monotonic() - began > 1.5
        other.execute("COMMIT")
        other.close()
        assert "another program" in said
        assert slowest < 0.5
        _until(lambda: store.error is None, 4)
        keeper.end(Ended.FINISHED, None)
        keeper.saved.result(5)
        assert len(store.run(keeper.run_id).result().recording.touches) == 160
        assert store.check().result().sound


def test_on_a_full_disk_nothing_is_lost_and_the_sentence_goes_when_there_is_room(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        keeper = store.begin_run(new_run())
        _limit(store, 1)
        for touch in recorded(2000).touches:
            keeper.touch(touch)
        keeper.end(Ended.FINISHED, None)
        _until(lambda: store.error, 2)
        assert "disk is full" in str(store.error)
        assert not keeper.saved.done()
        _limit(store, 10**6)
        keeper.saved.result(5)
        _until(lambda: store.error is None, 4)
        assert store.run(keeper.run_id).result().recording.touches == recorded(2000).touches
        assert store.check().result().sound


def test_what_a_full_disk_did_not_take_before_the_end_is_read_in_at_the_next_start(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    keeper = store.begin_run(new_run())
    store.profiles().result()
    _limit(store, 1)
    for touch in recorded(2000).touches:
        keeper.touch(touch)
    keeper.end(Ended.FINISHED, None)
    store.close()
    assert "the next start imports it" in str(store.error)
    with pytest.raises(UserError):
        keeper.saved.result(0)
    rescued = list(tmp_path.glob("rescue-*"))
    assert [path.stat().st_mode & 0o777 for path in rescued] == [0o600]
    with open_store(tmp_path) as again:
        recording = again.run(keeper.run_id).result().recording
        assert (recording.touches, recording.ended) == (recorded(2000).touches, Ended.FINISHED)
        assert again.check().result().sound
        assert again.notices == ()
    assert not list(tmp_path.glob("rescue-*"))


def test_a_run_begun_where_no_database_can_be_opened_is_rescued_too(tmp_path: Path) -> None:
    (tmp_path / "fingerfall.db").write_bytes(b"this is no database at all, but somebody's letter")
    store = Store(tmp_path)
    run_id = play_without_waiting(store)
    store.close()
    assert "imports it" in str(store.error)
    (tmp_path / "fingerfall.db").unlink()
    with open_store(tmp_path) as again:
        assert again.run(run_id).result().recording.touches == recorded().touches


def play_without_waiting(store: Store) -> str:
    keeper = store.begin_run(new_run())
    for anchor in recorded().timeline.anchors:
        keeper.anchor(anchor)
    for touch in recorded().touches:
        keeper.touch(touch)
    keeper.end(Ended.FINISHED, None)
    return keeper.run_id


def test_a_rescue_file_goes_also_into_a_database_that_never_saw_its_run(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        keeper = store.begin_run(new_run())
        store.profiles().result()
        store.profiles().result()
        for touch in recorded().touches:
            keeper.touch(touch)
        store._worker._rescue.write(keeper.gather())
    (tmp_path / "fingerfall.db").unlink()
    with open_store(tmp_path) as restored:
        assert restored.run(keeper.run_id).result().recording.touches == recorded().touches


def test_a_rescue_file_of_somebody_who_was_erased_is_put_aside_and_said(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        ann = store.add_profile("Ann", new_run().started_at).result()
        store._worker._rescue.write(store.begin_run(new_run(ann.id)).batch)
        store.erase_profile(ann.id).result()
    with open_store(tmp_path) as again:
        assert "erased" in str(again.notices[0])
        assert again.check().result().runs == 0


def test_a_rescue_file_that_makes_no_sense_is_kept_and_said(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        rescued = store._worker._rescue.write(store.begin_run(new_run()).batch)
    rescued.write_text(rescued.read_text().replace('"run"', '"ran"'))
    with open_store(tmp_path) as again:
        assert "do not delete it" in str(again.notices[0])
    assert rescued.with_suffix(".kept").is_file()


def test_rescue_files_read_in_twice_change_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        keeper = store.begin_run(new_run())
        for touch in recorded().touches:
            keeper.touch(touch)
        keeper.end(Ended.FINISHED, None)
        store._worker._rescue.write(keeper.gather())
        keeper.saved.result(5)
        before = store.run(keeper.run_id).result()
    with open_store(tmp_path) as again:
        assert again.run(keeper.run_id).result() == before
        assert again.check().result().sound
        assert again.notices == ()


def _refused(folder: Path) -> UserError:
    with pytest.raises(UserError) as error:
        open_store(folder)
    return error.value


@pytest.mark.parametrize("content", [b"x", b"not a database " * 400, b"SQLite format 2\0" + bytes(4096)])
def test_a_file_that_is_no_database_is_refused_and_untouched(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "fingerfall.db").write_bytes(content)
    error = _refused(tmp_path)
    assert (error.failed, "not a database" in str(error)) == (False, True)
    assert (tmp_path / "fingerfall.db").read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["fingerfall.db"]


def test_the_database_of_a_newer_program_is_refused_and_untouched(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        play(store, new_run(), recorded())
    path = tmp_path / "fingerfall.db"
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version=99")
    newer.close()
    content = path.read_bytes()
    error = _refused(tmp_path)
    assert "was written by a newer Fingerfall; update the program" in str(error)
    assert not error.failed
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "fingerfall.db"
    for version in (0, 1):
        with sqlite3.connect(path) as strange:
            strange.execute(f"CREATE TABLE recipes{version} (name)")
            strange.execute(f"PRAGMA user_version={version}")
        strange.close()
        error = _refused(tmp_path)
        assert "another program" in str(error)
        with sqlite3.connect(path) as strange:
            tables = strange.execute("SELECT count(*) FROM sqlite_master").fetchone()
        strange.close()
        assert tables == (version + 1,)


def test_a_database_whose_tables_are_gone_is_said_to_be_odd(tmp_path: Path) -> None:
    with open_store(tmp_path):
        pass
    with sqlite3.connect(tmp_path / "fingerfall.db") as torn:
        torn.execute("DROP TABLE touches")
    torn.close()
    with open_store(tmp_path) as store:
        found = store.check().result()
        assert any("touches" in str(fault) for fault in found.faults)


def test_a_folder_that_cannot_be_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "deeper", tmp_path / ("x" * 300)):
        error = _refused(folder)
        assert error.failed
        assert str(folder) in str(error)


@pytest.mark.parametrize("name", ["with a blank", "Ünïcödé ж 手 نص", "a%b#c?d=e&f", "it's"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name / "deeper"
    with open_store(folder) as store:
        run_id = play(store, new_run(), recorded())
    with open_store(folder) as store:
        assert store.run(run_id).result().recording == recorded()
    assert (folder / "fingerfall.db").is_file()


@pytest.mark.skipif(os.name != "posix", reason="this system has no mode bits")
def test_folder_and_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with open_store(folder) as store:
        store.begin_run(new_run())
        store.profiles().result()
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://server/db", "sqlite:///FILE"),
        ("sqlite://", "sqlite:///FILE"),
        ("no address", "not an address of a database"),
        ("postgresql://me:secret@127.0.0.1:1/x", "server"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_in_words_without_its_password(
    tmp_path: Path, url: str, said: str
) -> None:
    with pytest.raises(UserError, match=said) as error:
        open_store(tmp_path, url)
    assert "secret" not in str(error.value)


def test_a_file_can_be_named_by_its_address(tmp_path: Path) -> None:
    with open_store(tmp_path / "data", f"sqlite:///{tmp_path / 'clinic.sqlite'}") as store:
        play(store, new_run(), recorded())
    assert (tmp_path / "clinic.sqlite").is_file()


VIEW = """
import os, sys, tempfile
from pathlib import Path
from game.store.store import open_store
from tests.store.played import new_run
with tempfile.TemporaryDirectory() as other, open_store(Path(other)) as store:
    store.check().result()  # everything that is imported late is imported by now
if os.getuid() == 0:
    os.setuid(65534)  # mode bits do not stop root
store = open_store(Path(sys.argv[1]))
print(store.viewing_only().result(), len(store.runs(sys.argv[2]).result()), store.check().result().sound)
try:
    store.add_profile("Ann", new_run().started_at).result()
except Exception as error:
    print(type(error).__name__, error.failed, error)
store.close()
"""


@pytest.mark.skipif(os.name != "posix", reason="this system has no mode bits")
def test_what_may_not_be_written_can_still_be_viewed() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_store(folder) as store:
            play(store, new_run(), recorded())
        content = (folder / "fingerfall.db").read_bytes()
        (folder / "fingerfall.lock").unlink()
        (folder / "fingerfall.db").chmod(0o444)
        folder.chmod(0o555)
        lines = _as_someone_else(folder).splitlines()
        folder.chmod(0o700)
        assert lines[0] == "True 1 True"
        assert lines[1].startswith("UserError True ")
        assert "viewing only" in lines[1]
        assert (folder / "fingerfall.db").read_bytes() == content
        assert [path.name for path in folder.iterdir()] == ["fingerfall.db"]


def _as_someone_else(folder: Path) -> str:
    """What a viewer prints who is not root."""
    command = [sys.executable, "-B", "-c", VIEW, str(folder), GUEST_ID]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert shown.returncode == 0, shown.stderr
    return shown.stdout

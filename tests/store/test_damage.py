"""Silent damage: one bit turned anywhere brings no more than a sentence, and never passes unseen in a run."""

import random
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from game.errors import UserError
from game.music.device import Device, DeviceKind
from game.store.records.kept import GUEST_ID, StoredRun
from game.store.store import Store, open_store
from tests.store.played import everything, new_run, play, recorded

FLIPS = 60


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small database, most of whose bytes belong to runs."""
    folder = tmp_path_factory.mktemp("played")
    with open_store(folder) as store:
        for minute in range(4):
            play(store, new_run(minute=minute), recorded(40))
    return folder


@pytest.fixture
def whole(played: Path, tmp_path: Path) -> Path:
    """The same in a folder of the test's own."""
    return Path(shutil.copytree(played, tmp_path / "whole"))


def _flipped(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _read(store: Store) -> tuple[list[StoredRun] | None, bool]:
    """What is read, or None where that was refused in words; and whether a check finds all in order."""
    sound = store.check(thorough=True).result().sound
    try:
        store.profiles().result()
        return everything(store), sound
    except UserError:
        return None, sound


def test_a_flipped_bit_never_passes_unseen_in_a_run(whole: Path) -> None:
    path, chance = whole / "fingerfall.db", random.Random(13)
    content = path.read_bytes()
    with open_store(whole) as store:
        before = everything(store)
    found = 0
    for _ in range(FLIPS):
        path.write_bytes(_flipped(content, chance))
        try:
            with open_store(whole) as store:
                after, sound = _read(store)
        except UserError:
            found += 1
            continue
        found += not sound
        assert not sound or after == before
    assert found >= FLIPS // 3


def test_a_file_cut_short_never_brings_more_than_a_sentence(whole: Path) -> None:
    path, chance = whole / "fingerfall.db", random.Random(4)
    content = path.read_bytes()
    for _ in range(8):
        path.write_bytes(content[: chance.randrange(1, len(content))])
        try:
            with open_store(whole) as store:
                assert not _read(store)[1]
        except UserError:
            pass


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE touches SET time_s = time_s + 1e-9 WHERE seq = 7",
        "UPDATE touches SET velocity = velocity + 1 WHERE seq = 0",
        "UPDATE touches SET pitch = 'x' WHERE seq = 1",
        "UPDATE anchors SET rate = 0.99 WHERE seq = 0",
        "UPDATE marks SET text = 'the cat'",
        "UPDATE runs SET level_text = level_text || ' '",
        "UPDATE runs SET conditions = replace(conditions, '0.75', '0.76')",
        "UPDATE runs SET started_at = replace(started_at, '2026', '2025')",
        "UPDATE runs SET reached_s = 1.0",
        "UPDATE runs SET ended = 'stopped'",
        "UPDATE runs SET hash = replace(hash, 'a', 'b')",
        "UPDATE runs SET previous_hash = '' WHERE previous_hash <> ''",
        "UPDATE profiles SET last_hash = ''",
        "DELETE FROM touches WHERE seq = 79",
        "DELETE FROM runs WHERE id = (SELECT max(id) FROM runs)",
        "DELETE FROM runs WHERE id = (SELECT min(id) FROM runs)",
        "INSERT INTO marks SELECT id, 9, 1.0, 'pause', '' FROM runs",
    ],
)
def test_a_changed_run_is_found(whole: Path, change: str) -> None:
    with sqlite3.connect(whole / "fingerfall.db") as changed:
        for part in ("touches", "anchors", "marks"):
            if "FROM runs WHERE" in change:
                changed.execute(
                    f"DELETE FROM {part} WHERE run_id IN (SELECT id {change.removeprefix('DELETE ')})"
                )
        assert changed.execute(change).rowcount > 0
    changed.close()
    with open_store(whole) as store:
        assert not store.check().result().sound


def test_numbers_at_hand_and_settings_are_under_no_seal(whole: Path) -> None:
    with open_store(whole) as store:
        newest = store.runs(GUEST_ID).result()[0]
        store.keep_summary(newest.id, {"hits": 1}).result()
        assert store.check(thorough=True).result().sound


def test_a_check_counts_what_is_kept(whole: Path) -> None:
    with open_store(whole) as store:
        found = store.check().result()
        assert (found.profiles, found.runs, found.open_runs, found.touches) == (1, 4, 0, 320)


def test_a_file_from_before_touches_said_where_they_were_made_is_brought_up_with_its_seals(
    played: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(played, tmp_path / "older"))
    with open_store(folder) as store:
        before = everything(store)
    with sqlite3.connect(folder / "fingerfall.db") as older:
        for column in ("channel", "device"):
            older.execute(f"ALTER TABLE touches DROP COLUMN {column}")
        older.execute("UPDATE alembic_version SET version_num = '0001'")
        older.execute("PRAGMA user_version = 1")
    with open_store(folder) as store:
        assert everything(store) == before
        assert store.check(thorough=True).result().sound


@pytest.mark.parametrize("change", ["channel = 3", "device = NULL"])
def test_where_a_touch_was_made_is_under_the_seal(tmp_path: Path, change: str) -> None:
    pads = Device(DeviceKind.MIDI, "Pads", "alsa")
    made = [replace(t, channel=9, device=pads) for t in recorded(4).touches]
    with open_store(tmp_path) as store:
        play(store, new_run(), replace(recorded(4), touches=tuple(made)))
        (run,) = everything(store)
        assert {(t.channel, t.device) for t in run.recording.touches} == {(9, pads)}
    with sqlite3.connect(tmp_path / "fingerfall.db") as database:
        database.execute(f"UPDATE touches SET {change} WHERE seq = 1")
    with open_store(tmp_path) as store:
        assert not store.check(thorough=True).result().sound

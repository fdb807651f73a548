"""On a full disk what is kept can be read, and it is said at once that the disk is full and what it takes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from game.cli import main
from game.clock import SystemClock
from game.midi.scripted import ScriptedPort
from game.music.note import Press
from game.store.records.full_disk import NEEDED_MB, is_full
from game.store.store import open_store
from tests.store.played import MORNING, new_run, play, recorded

resource = pytest.importorskip("resource", reason="this system sets no limits to files")

FULL = f"the disk is full; free {NEEDED_MB} MB on it or more\n"
LIMIT_BYTES = 8192

LIMITED = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({LIMIT_BYTES}, {LIMIT_BYTES}))
from game.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""The program where no file can grow beyond a few pages, as under a quota that is used up."""

SHORT = """format = 1
id = "short"
title = "Short"
family = "song"
step = 1
hand = "right"
tempo = 400
preview_s = 0.5
notes = [{ beat = 0, pitch = "C4", length = 1 }, { beat = 1, pitch = "D4", length = 1 }]
"""
MUCH = ", ".join(f"{{ beat = 0.{i:03}, pitch = {48 + i % 12}, length = 0.01 }}" for i in range(400))
"""More than fits on the pages that a new database has."""


def limited(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", LIMITED, "--data", str(folder), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder of which the newest run is still in the write-ahead log, as after a power cut."""
    (tmp_path / "before").mkdir()
    with open_store(tmp_path / "before") as store:
        ann = store.add_profile("Ann", MORNING).result()
        play(store, new_run(ann.id), recorded())
        shutil.copytree(tmp_path / "before", tmp_path / "kept")
    (tmp_path / "kept" / "fingerfall.db-shm").unlink()
    assert (tmp_path / "kept" / "fingerfall.db-wal").stat().st_size
    return tmp_path / "kept"


def test_what_is_kept_can_be_read_without_writing(kept: Path) -> None:
    profiles = limited(kept, "profiles")
    assert (profiles.returncode, profiles.stderr) == (0, "")
    assert "Ann                      1 run" in profiles.stdout
    history = limited(kept, "history", "Ann")
    assert (history.returncode, history.stderr) == (0, "")
    assert "five-finger-01" in history.stdout


def test_what_cannot_be_kept_is_said_with_what_it_takes(kept: Path, tmp_path: Path) -> None:
    added = limited(kept, "profiles", "add", "Bo")
    assert added.returncode == 1
    assert added.stderr == f"{kept / 'fingerfall.db'}: {FULL}"
    fresh = limited(tmp_path / "fresh", "profiles")
    assert fresh.returncode == 1
    assert fresh.stderr == f"{tmp_path / 'fresh' / 'fingerfall.db'}: {FULL}"


def test_afterwards_all_is_as_it_was(kept: Path) -> None:
    limited(kept, "profiles", "add", "Bo")
    with open_store(kept) as store:
        assert [p.name for p in store.profiles().result()][1:] == ["Ann"]
        store.add_profile("Bo", MORNING).result()
        assert store.check(thorough=True).result().sound


def test_a_folder_with_room_is_not_full(tmp_path: Path) -> None:
    assert not is_full(tmp_path)
    assert not is_full(tmp_path / "none")
    assert not list(tmp_path.iterdir())


def test_a_run_without_a_window_says_at_once_that_it_is_not_kept_and_where_it_lies_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    level = tmp_path / "short.toml"
    level.write_text(f"{SHORT}accompaniment = [{MUCH}]\n")
    with open_store(tmp_path / "data"):
        pass
    monkeypatch.setattr("game.store.sql.sqlite.WRITING_PRAGMAS", ("synchronous=FULL", "max_page_count=1"))
    clock = SystemClock()
    presses = [Press(clock.now_s() + 0.2 * i, 60) for i in range(50)]
    monkeypatch.setattr("game.commands.headless._open_port", lambda *_: ScriptedPort(clock, presses))
    arguments = ["--data", str(tmp_path / "data"), "play", str(level), "--headless", "--events"]
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert '"event": "end"' in said.out
    first, last = said.err.splitlines()[-2:]
    assert f"{first}\n" == f"{tmp_path / 'data' / 'fingerfall.db'}: {FULL}"
    assert "/rescue-" in last
    monkeypatch.undo()
    with open_store(tmp_path / "data") as store:
        assert len(store.runs(store.profiles().result()[0].id).result()) == 1

"""The index of levels gives what the files give, and is never trusted where it may not be right."""

import json
import os
import shutil
import stat
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.arrange.difficulty.demand import demand
from game.arrange.difficulty.difficulty import difficulty
from game.errors import UserError
from game.library import index as index_file
from game.library.catalogue import catalogue, level_of
from game.library.entries import entry_of
from game.library.index import LevelIndex
from game.library.kept_entry import entry, plain
from game.library.levels import raw
from game.music.level_entry import LevelEntry
from tests.levels import FOLDER, LIBRARY, RAMP, a_few

OLD_S = 1_600_000_000
FEW = ("five-steps-right", "five-steps-left", "ode-to-joy-right")
ENTRIES = tuple(entry_of(level, Path("levels") / f"{level.id}.toml") for level in LIBRARY)


def refuse(error: UserError) -> None:
    raise error


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A folder with a few levels and a song, none of them new."""
    folder = a_few(tmp_path / "levels", *FEW)
    (folder / "songs").mkdir()
    shutil.copy(FOLDER / "songs" / "ode-to-joy.toml", folder / "songs")
    for path in folder.rglob("*.toml"):
        os.utime(path, (OLD_S, OLD_S))
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "levels.json"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    names: list[str] = []

    def text_of(path: Path) -> str:
        names.append(path.name)
        return raw.text_of(path)

    monkeypatch.setattr("game.library.files.text_of", text_of)
    return names


def test_the_whole_library_is_the_same_from_the_index_as_from_its_files(kept: Path) -> None:
    by_file = catalogue([FOLDER], refuse)
    written = catalogue([FOLDER], refuse, LevelIndex(kept))
    by_index = catalogue([FOLDER], refuse, LevelIndex(kept))
    assert by_file == written == by_index
    assert [one.demand for one in by_file] == [one.demand for one in by_index]
    assert [one.id for one in by_index] == [level.id for level in RAMP]


def test_an_entry_says_what_its_level_says() -> None:
    for level, one in zip(LIBRARY, ENTRIES, strict=True):
        names = {field.name for field in fields(LevelEntry)} & {field.name for field in fields(level)}
        assert {name: getattr(one, name) for name in names} == {name: getattr(level, name) for name in names}
        assert one.fingers == level.fingers
        assert one.note_count == len(level.notes)
        assert one.pitch_range == level.pitch_range
        assert (one.difficulty, one.demand) == (difficulty(level), demand(level).as_dict())
        assert all(one.length_s(speed) == level.length_s(speed) for speed in (0.25, 1.0, 1.5))


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(ENTRIES), st.text(st.characters(codec="utf-8")))
def test_an_entry_is_kept_as_plain_values_and_comes_back(one: LevelEntry, text: str) -> None:
    with_text = replace(one, title=text, aim=text)
    assert entry(json.loads(json.dumps(plain(with_text)))) == with_text


def test_what_did_not_change_is_not_read_again(few: Path, kept: Path, read: list[str]) -> None:
    first = catalogue([few], refuse, LevelIndex(kept))
    assert sorted(read) == sorted(path.name for path in few.rglob("*.toml"))
    read.clear()
    assert catalogue([few], refuse, LevelIndex(kept)) == first
    assert read == []


@pytest.mark.parametrize("same", ["size", "time"])
def test_a_file_that_changed_is_read_again(few: Path, kept: Path, read: list[str], same: str) -> None:
    catalogue([few], refuse, LevelIndex(kept))
    path = few / "five-steps-right.toml"
    text = path.read_text()
    title = next(line for line in text.splitlines() if line.startswith("title"))
    longer = title[:-1] + "!" * 8 + '"'
    new = longer if same == "time" else title[:9] + "!" + title[10:]
    path.write_text(text.replace(title, new))
    os.utime(path, (OLD_S, OLD_S) if same == "time" else (OLD_S + 60, OLD_S + 60))
    read.clear()
    found = {one.id: one for one in catalogue([few], refuse, LevelIndex(kept))}
    assert read == ["five-steps-right.toml"]
    assert "!" in found["five-steps-right"].title
    read.clear()
    catalogue([few], refuse, LevelIndex(kept))
    assert read == [], "the index was brought up to date"


def test_a_file_as_young_as_the_index_is_not_trusted(few: Path, kept: Path, read: list[str]) -> None:
    path = few / "five-steps-right.toml"
    os.utime(path)
    catalogue([few], refuse, LevelIndex(kept))
    read.clear()
    catalogue([few], refuse, LevelIndex(kept))
    assert read == ["five-steps-right.toml"]


def test_files_come_and_go(few: Path, kept: Path) -> None:
    catalogue([few], refuse, LevelIndex(kept))
    (few / "five-steps-left.toml").unlink()
    assert "five-steps-left" not in [one.id for one in catalogue([few], refuse, LevelIndex(kept))]
    assert "five-steps-left.toml" not in kept.read_text()
    shutil.copy2(FOLDER / "five-steps-left.toml", few)
    assert "five-steps-left" in [one.id for one in catalogue([few], refuse, LevelIndex(kept))]


def test_another_version_or_other_code_reads_anew(
    few: Path, kept: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue([few], refuse, LevelIndex(kept))
    for name, value in (("__version__", "99"), ("_code", lambda: "other")):
        with monkeypatch.context() as patch:
            patch.setattr(index_file, name, value)
            read.clear()
            catalogue([few], refuse, LevelIndex(kept))
            assert len(read) == 4
        catalogue([few], refuse, LevelIndex(kept))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_damaged_index_is_as_none(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    text = index_file._text({"a.toml": ([1, 2, 0], [plain(ENTRIES[0])])}).encode()
    at = data.draw(st.integers(0, len(text) - 1))
    other = bytes([text[at] ^ 1])
    damaged = [
        text[:at],
        text[:at] + b"\xff" + text[at + 1 :],
        text[:at] + other + text[at + 1 :],
        b"[" * 9000,
    ]
    path = tmp_path_factory.getbasetemp() / "damaged.json"
    path.write_bytes(data.draw(st.sampled_from(damaged)))
    assert LevelIndex(path)._known == {}


def test_an_index_that_is_whole_and_wrong_is_read_over(few: Path, kept: Path) -> None:
    right = catalogue([few], refuse, LevelIndex(kept))
    for wrong in ([1, 2], {"a": 1}, None, [[None] * 22], "x"):
        files_in: dict[str, Any] = {str(few / f"{name}.toml"): (_stamp(few, name), wrong) for name in FEW}
        kept.write_text(index_file._text(files_in))
        assert catalogue([few], refuse, LevelIndex(kept)) == right


def _stamp(few: Path, name: str) -> list[int]:
    found = (few / f"{name}.toml").stat()
    return [found.st_size, found.st_mtime_ns, 1]


def test_where_the_folder_takes_nothing_all_is_read_from_the_files(few: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "a file"
    nowhere.touch()
    right = catalogue([few], refuse)
    assert catalogue([few], refuse, LevelIndex(nowhere / "cache" / "levels.json")) == right
    assert catalogue([few], refuse, LevelIndex(Path("/proc/none/levels.json"))) == right


def test_a_fault_is_told_each_time_and_never_kept(few: Path, kept: Path) -> None:
    (few / "odd.toml").write_text("format = 1\n")
    (few / "twin.toml").write_text((few / "five-steps-right.toml").read_text())
    for _ in range(3):
        told: list[UserError] = []
        assert len(catalogue([few], told.append, LevelIndex(kept))) > len(FEW)
        assert [str(error).split(":")[0].rpartition("/")[2] for error in told] == ["odd.toml", "twin.toml"]


def test_the_index_is_for_its_owner_alone(few: Path, kept: Path) -> None:
    catalogue([few], refuse, LevelIndex(kept))
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["levels.json"]


def test_the_level_of_an_entry_is_read_from_its_file(few: Path) -> None:
    entries = catalogue([few], refuse)
    by_id = {level.id: level for level in LIBRARY}
    assert [level_of(one) for one in entries] == [by_id[one.id] for one in entries]
    with pytest.raises(UserError, match="not in it any more"):
        level_of(replace(entries[0], id="another"))

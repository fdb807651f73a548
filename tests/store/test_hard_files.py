"""Whatever a level file holds, it is a level or a list of faults in words, and takes no other file along."""

import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.cli import main
from game.commands import doctor
from game.commands.context import Context
from game.errors import UserError
from game.library.files import check_levels, library
from game.library.levels.collector import FaultCollector
from game.library.levels.data import read_data
from game.library.levels.faults import LevelFileError
from game.library.levels.text import parse_level
from game.library.songs.files import levels_of_song
from tests.levels import FOLDER, a_few

LEVELS = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.toml"))]
SONGS = [path.read_text(encoding="utf-8") for path in sorted((FOLDER / "songs").glob("*.toml"))]
HUGE = "9" * 400

values = st.sampled_from(
    [
        HUGE,
        f"-{HUGE}",
        "9" * 5000,
        "inf",
        "nan",
        "1e308",
        "1e-308",
        "-1",
        "0",
        "true",
        '""',
        "[]",
        "{}",
        "[" * 60,
        "]" * 60,
        '"\\u0000"',
        "1979-05-27",
        "500",
        "64",
        "0.125",
        "[1, 1, 1]",
        f'"1 1 {HUGE}/2"',
        f'"{"C " * 900}"',
        f'"1/{HUGE}"',
        '"R L " * 9',
        f'"C{HUGE} | D"',
        f'"C/{HUGE}"',
        '"C' + "'" * 900 + '"',
        '"-"',
        "07:32:00",
        "60,5",
    ]
)
words = st.sampled_from(
    ["C4", ">", "|", "r1", f"{HUGE}/2", "0.00001", "-", ".", "99", "^", "(3", "z", "♯", "\u202e"]
)


@st.composite
def spoilt(draw: st.DrawFn, sources: list[str]) -> str:
    """A good file after a few accidents with its values."""
    lines = draw(st.sampled_from(sources)).split("\n")
    said = [i for i, line in enumerate(lines) if "=" in line]
    for at in draw(st.lists(st.sampled_from(said), min_size=1, max_size=4)):
        name, _, value = lines[at].partition("=")
        if draw(st.booleans()):
            lines[at] = f"{name}= {draw(values)}"
        else:
            parts = value.split(" ")
            parts.insert(draw(st.integers(0, len(parts))), draw(words))
            lines[at] = f"{name}={' '.join(parts)}"
    return "\n".join(lines)


def faults_in(text: str, song: bool) -> str:
    """What is said of a text; anything but a fault of the file goes on."""
    try:
        if song:
            levels_of_song(text, "mine.toml", checks=True)
        else:
            parse_level(text, "mine.toml")
    except LevelFileError as error:
        return str(error)
    return ""


@settings(max_examples=400, deadline=None)
@given(spoilt(LEVELS))
def test_a_spoilt_level_is_told_by_its_faults(text: str) -> None:
    assert "cannot be read as a level" not in faults_in(text, song=False)


@settings(max_examples=60, deadline=None)
@given(spoilt(SONGS))
def test_a_spoilt_song_is_told_by_its_faults(text: str) -> None:
    assert "cannot be read as a level" not in faults_in(text, song=True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("tempo = 60", "tempo = 60,5", "write 60.5"),
        ("tempo = 60", "tempo = 60, 25  # slow", "write 60.25"),
        ("length = 1,", "length = 1,5,", "write 1.5"),
        ("length = 1 }", "length = 0,75 }", "write 0.75"),
        ("beat = 0,", "beat = 0,0,", "write 0.0"),
    ],
)
def test_a_decimal_comma_is_answered_with_the_number_to_write(old: str, new: str, said: str) -> None:
    good = """format = 1
id = "two"
title = "Two"
family = "song"
step = 1
hand = "right"
tempo = 60
notes = [
  { beat = 0, length = 1, pitch = "C4", finger = 1 },
  { pitch = "D4", finger = 2, beat = 1, length = 1 },
]
"""
    assert not faults_in(good, song=False)
    assert old in good
    assert faults_in(good.replace(old, new), song=False).endswith(said)


@pytest.mark.parametrize("line", ["tempo = 50,60,70", "tempo = 60,", "tempo = [60,5", "tempo 60,5"])
def test_another_comma_is_not_taken_for_one(line: str) -> None:
    said = faults_in(f"format = 1\n{line}\n", song=False)
    assert said
    assert "write 50" not in said
    assert "write 60" not in said


def test_a_pattern_that_would_make_too_many_notes_is_not_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from game.music import patterns_tasks

    made: list[int] = []
    real = patterns_tasks.echo

    def counted(sizes: list[int], *rest: object) -> object:
        made.append(len(sizes))
        return real(sizes, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(patterns_tasks, "echo", counted)
    sizes = ", ".join(["12"] * 64)
    text = f"""format = 1
id = "long"
title = "Long"
family = "memory"
step = 1
hand = "right"
tempo = 60
pattern = {{ kind = "echo", sizes = [{sizes}], repeats = 500 }}
"""
    assert "there are 768000 notes; 20000 is the most" in faults_in(text, song=False)
    assert max(made) <= 64 * 6


def odd_files(folder: Path) -> None:
    """Files that a folder of levels may come to hold, none of them a level."""
    (folder / "folder.toml").mkdir()
    (folder / "empty.toml").touch()
    (folder / "bytes.toml").write_bytes(random.Random(1).randbytes(3000))
    with (folder / "large.toml").open("wb") as large:
        large.truncate(100_000_001)
    (folder / "deep.json").write_text("[" * 100_000)
    (folder / "lines.toml").write_text("\n" * 90_000)
    (folder / "rhythm.toml").write_text(f'format = 1\npattern = {{ kind = "rhythm", rhythm = "{HUGE}/2" }}')
    (folder / "nowhere.toml").symlink_to(folder / "no-file")
    (folder / "round.toml").symlink_to(folder / "round.toml")
    os.mkfifo(folder / "pipe.toml")


def test_no_file_of_a_folder_takes_the_others_away(tmp_path: Path) -> None:
    folder = a_few(tmp_path / "levels", "five-steps-right", "ode-to-joy-right")
    odd_files(folder)
    told: list[UserError] = []
    assert [level.id for level in library(folder, on_error=told.append)] == [
        "five-steps-right",
        "ode-to-joy-right",
    ]
    odd = {path.name for path in folder.iterdir()} - {"five-steps-right.toml", "ode-to-joy-right.toml"}
    assert len(told) == len(odd)
    for name in odd:
        assert sum(f"{folder / name}:" in str(error) for error in told) == 1
    assert [bool(faults) for faults in check_levels([folder / name for name in odd])] == [True] * len(odd)


def test_a_reader_that_fails_itself_is_a_fault_of_that_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = a_few(tmp_path / "levels", "five-steps-right", "ode-to-joy-right")

    def read(faults: FaultCollector) -> object:
        if "ode-to-joy" in faults.name:
            raise OverflowError("integer division result too large for a float")
        return read_data(faults)

    monkeypatch.setattr("game.library.levels.text.read_data", read)
    told: list[UserError] = []
    assert [level.id for level in library(folder, on_error=told.append)] == ["five-steps-right"]
    assert "OverflowError" in str(told[0])


def test_a_folder_that_cannot_be_read_is_told_and_the_next_one_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = a_few(tmp_path / "levels", "five-steps-right")
    real = Path.iterdir

    def listed(folder: Path) -> object:
        if folder == tmp_path / "mine":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(Path, "iterdir", listed)
    told: list[UserError] = []
    assert len(library(tmp_path / "mine", good, on_error=told.append)) == 1
    assert "Permission denied" in str(told[0])


def test_the_verbs_say_which_file_it_is_and_list_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = a_few(tmp_path / "few", "five-steps-right")
    monkeypatch.setattr("game.library.places.data_folder", lambda name: few)
    (tmp_path / "levels").mkdir()
    odd_files(tmp_path / "levels")
    assert main(["--data", str(tmp_path), "levels"]) == 0
    said = capsys.readouterr()
    assert "rhythm.toml:2: pattern, rhythm:" in said.err
    assert "five-steps-right" in said.out
    found = doctor._levels(Context(data=tmp_path))
    assert (found[0].state, found[0].words) == ("good", "1 level")
    assert any("rhythm.toml:2: pattern, rhythm:" in one.words for one in found if one.state == "broken")

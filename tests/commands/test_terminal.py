"""Nothing that a verb prints can steer a terminal or give a password away, whoever wrote it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from game.cli import main
from game.words import use_language

Out = pytest.CaptureFixture[str]

EVIL = "\x1b[31mRED\x1b]0;own\x07\u202eevil\u2066\x9b2J\nLINE2"
TEXT = """format = 1
id = "evil"
title = "Two notes"
family = "song"
step = 1
hand = "right"
tempo = 60
notes = [{ beat = 0, pitch = "C4", length = 1, finger = 1 }, { beat = 1, pitch = "D4", length = 1 }]
"""
STEERING = "\x1b\x07\x9b\u202e\u2066\r"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with a level whose title steers whatever lets it."""
    folder = tmp_path / "data"
    (folder / "levels").mkdir(parents=True)
    title = json.dumps(EVIL)
    (folder / "levels" / "evil.toml").write_text(TEXT.replace('title = "Two notes"', f"title = {title}"))
    return folder


def harmless(out: Out) -> str:
    said = out.readouterr()
    for letter in STEERING:
        assert letter not in said.out + said.err
    return said.out + said.err


def test_a_title_is_shown_on_its_line_with_what_steers_in_it_as_escapes(data: Path, capsys: Out) -> None:
    assert main(["--data", str(data), "levels"]) == 0
    (line,) = (line for line in harmless(capsys).splitlines() if "RED" in line)
    assert line.endswith("\\u202eevil\\u2066\\u009b2J\\nLINE2")


@pytest.mark.parametrize(
    "arguments",
    [
        ["demo", "{level}"],
        ["check", "{level}"],
        ["history", EVIL],
        ["replay", EVIL],
        ["profiles", "erase", EVIL],
        ["score", EVIL, EVIL],
        ["check", EVIL],
        ["import", EVIL, "-o", "x.toml"],
        ["calibrate", "--taps", EVIL],
        ["play", "evil", "--headless", "--input", EVIL],
    ],
    ids=lambda arguments: " ".join(arguments[:2]).replace(EVIL, "…"),
)
def test_no_verb_lets_it_through(data: Path, arguments: list[str], capsys: Out) -> None:
    main(["--data", str(data), *(a.format(level=data / "levels" / "evil.toml") for a in arguments)])
    harmless(capsys)


@pytest.mark.parametrize(
    "arguments", [[EVIL], ["levels", EVIL], ["demo", "--hand", EVIL], ["--data", "\x1b"]]
)
def test_no_complaint_of_the_command_line_lets_it_through(arguments: list[str], capsys: Out) -> None:
    with pytest.raises(SystemExit):
        main([*arguments, "--json", "nothing"])
    harmless(capsys)


@pytest.mark.parametrize("key", ["title", "family", "id", "\x1b[31mkey"])
def test_a_fault_of_a_level_file_is_harmless(tmp_path: Path, key: str, capsys: Out) -> None:
    lines = [line for line in TEXT.splitlines() if not line.startswith(f"{key} =")]
    file = tmp_path / "level.toml"
    file.write_text("\n".join([f"{json.dumps(key)} = {json.dumps(EVIL)}", *lines]))
    main(["check", str(file), "--json"])
    json.loads(capsys.readouterr().out)
    main(["check", str(file)])
    harmless(capsys)


def test_json_stays_the_same_document(data: Path, capsys: Out) -> None:
    assert main(["--data", str(data), "levels", "--json"]) == 0
    said = capsys.readouterr().out
    assert not [letter for letter in STEERING if letter in said]
    assert EVIL in [level["title"] for level in json.loads(said)["levels"]]


def test_where_the_terminal_lacks_letters_json_has_them_as_escapes(data: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "game", "--data", str(data), "demo", "evil", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert json.loads(done.stdout.decode("ascii"))["level"]


def test_a_fault_of_the_program_is_harmless_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its traceback is printed after the verb, through the same streams."""
    out, err = sys.stdout, sys.stderr
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr("game.commands.window.open_menu", lambda options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        main([])
    assert sys.stderr is not err


def test_signs_of_direction_in_our_own_sentences_stay_where_they_are_needed(capsys: Out) -> None:
    from game.commands.terminal import harmless_output

    for language, shown in (("ar", "\u200e+3\n"), ("en", "\\u200e+3\n")):
        use_language(language)
        with harmless_output():
            print("\u200e+3")
        assert capsys.readouterr().out == shown


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ann:s3cret@host:54x/db",
        "postgresql:ann:s3cret@host/db",
        "postgresql:/ann:s3cret@host/db",
        "postgresql://ann:s3cret host/db",
        "postgresql://ann:s3cret",
        "mysql://ann:s3cret@host/db",
    ],
)
@pytest.mark.parametrize("place", ["--databse", "", "--data", "--profile"])
def test_a_mistyped_command_does_not_repeat_a_password(
    address: str, place: str, tmp_path: Path, capsys: Out
) -> None:
    arguments = [place, address] if place else [address]
    with pytest.raises(SystemExit):
        main([*arguments, "--data", str(tmp_path), "levels", "--nothing"])
    assert "s3cret" not in capsys.readouterr().err

"""The workshop: the lock, the wheel, the Makefile, and pages that say what is so."""

import argparse
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import game
from game.cli import main
from game.settings import LANGUAGES

ROOT = Path(__file__).parents[1]
MADE = {"build", "dist", "gallery", "__pycache__"}
TEXT = {"", ".cfg", ".css", ".csv", ".html", ".json", ".lock", ".md", ".po", ".pot", ".py", ".toml", ".txt"}

ELSEWHERE = re.compile(
    r"""pypi\.org|pythonhosted\.org|npmjs\.(org|com)|crates\.io|deb\.debian\.org|files?:///
    |(?:^|[\s"'`=(:])/(?:work|root|home|Users)/""",
    re.VERBOSE | re.MULTILINE,
)
"""Hosts of package registries, and paths of one person's machine."""

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def files_under(folder: Path) -> Iterator[Path]:
    """Files that belong to the project: not what was made, nor what is hidden, except for `.ci`."""
    for path in sorted(folder.iterdir()):
        if path.name in MADE or (path.name.startswith(".") and path.name != ".ci"):
            continue
        if path.is_dir():
            yield from files_under(path)
        else:
            yield path


def names_under(folder: str) -> set[str]:
    return {file.relative_to(ROOT).as_posix() for file in files_under(ROOT / folder)}


@pytest.fixture(scope="module")
def project() -> Mapping[str, object]:
    """The `[project]` table of pyproject.toml."""
    table: Mapping[str, object] = tomllib.loads(page("pyproject.toml"))["project"]
    return table


@pytest.fixture(scope="module")
def wanted() -> list[Requirement]:
    """Everything pyproject.toml asks for: to play, to work on it, to build it."""
    table = tomllib.loads(page("pyproject.toml"))
    project = table["project"]
    asked = project["dependencies"] + table["build-system"]["requires"]
    asked += [one for extra in project["optional-dependencies"].values() for one in extra]
    return [Requirement(one) for one in asked]


@pytest.fixture(scope="module")
def locked() -> list[tuple[Requirement, list[str]]]:
    """What the lock pins, each with its hashes."""
    lines = page("requirements.lock").replace("\\\n", " ").splitlines()
    pinned = [line.split(" --hash=") for line in lines if line.strip() and not line.startswith("#")]
    return [(Requirement(name), [text.strip() for text in hashes]) for name, *hashes in pinned]


def test_the_lock_pins_one_version_of_each_package_with_hashes(
    locked: list[tuple[Requirement, list[str]]],
) -> None:
    for requirement, hashes in locked:
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, f"{requirement} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement


def test_the_lock_names_no_place_to_fetch_from() -> None:
    assert not re.search(r"://|@ |^\s*-(?!-hash)", page("requirements.lock"), re.MULTILINE)


def test_the_lock_satisfies_all_that_the_project_asks_for(
    wanted: list[Requirement], locked: list[tuple[Requirement, list[str]]]
) -> None:
    pins = [(canonicalize_name(pin.name), str(pin.specifier).removeprefix("==")) for pin, _ in locked]
    for asked in wanted:
        versions = [version for name, version in pins if name == canonicalize_name(asked.name)]
        assert versions, f"{asked} is not in requirements.lock; run make lock"
        assert all(asked.specifier.contains(version, prereleases=True) for version in versions), asked


def test_the_version_is_the_same_everywhere(project: Mapping[str, object]) -> None:
    assert project["version"] == game.__version__


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, unpacked."""
    made = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(made)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    ZipFile(next(made.glob("*.whl"))).extractall(made / "unpacked")
    return made / "unpacked"


def test_the_wheel_holds_the_whole_program_and_nothing_else(wheel: Path) -> None:
    data = names_under("levels") | names_under("sounds")
    expected = names_under("game") | {f"game/_data/{name}" for name in data}
    held = {file.relative_to(wheel).as_posix() for file in wheel.rglob("*") if file.is_file()}
    about = {name for name in held if name.split("/")[0].endswith(".dist-info")}
    assert held - about == expected
    assert {Path(name).name for name in about} >= {"entry_points.txt", "LICENSE"}


def test_the_wheel_has_levels_and_every_language(wheel: Path) -> None:
    assert list((wheel / "game/_data/levels").glob("*.toml"))
    for language in set(LANGUAGES) - {"en"}:
        assert (wheel / f"game/locale/{language}/LC_MESSAGES/fingerfall.mo").is_file()


def test_the_program_in_the_wheel_finds_the_same_levels(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FINGERFALL_DATA", str(tmp_path))
    command = [sys.executable, "-m", "game", "levels", "--json"]
    environment = os.environ | {"PYTHONPATH": str(wheel)}
    said = subprocess.run(command, cwd=wheel, env=environment, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert main(["levels", "--json"]) == 0
    assert json.loads(said.stdout) == json.loads(capsys.readouterr().out)


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("command", ["make play", "make test"])
def test_the_readme_says_the_two_commands_that_matter(command: str) -> None:
    assert re.search(rf"^ *(\$ )?{command}\b", page("README.md"), re.MULTILINE)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_a_make_command_on_a_page_is_one_that_the_makefile_has(name: str) -> None:
    said = re.findall(r"(?:`|^ *(?:\$ )?)make ([a-z]+)\b", page(name), re.MULTILINE)
    assert set(said) <= targets()


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_a_file_or_folder_that_a_page_names_is_there(name: str) -> None:
    named = set(re.findall(r"`([\w./-]+(?:\.py|\.md|\.toml|\.json|/))`", page(name)))
    parts = [("", *file.relative_to(ROOT).parts) for file in files_under(ROOT)]
    paths = {"/".join(one) for one in parts}
    folders = {"/".join(one[:length]) + "/" for one in parts for length in range(2, len(one))}
    lost = [one for one in named if not any(path.endswith(f"/{one}") for path in paths | folders)]
    assert not lost


def test_ci_runs_the_command_that_the_readme_gives_for_the_tests() -> None:
    lines = page(".ci/run").splitlines()
    assert any(line.startswith("make test") for line in lines)
    assert any(line.startswith("make check") for line in lines)


def verbs() -> Mapping[str, str]:
    """Every verb of the command line with its line of help."""
    parser = importlib.import_module("game.cli").build_parser()
    lists = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return {choice.dest: choice.help or "" for listed in lists for choice in listed._choices_actions}


def test_every_verb_has_help_and_is_in_the_readme() -> None:
    readme, known = page("README.md"), verbs()
    assert known
    assert not [verb for verb, said in known.items() if not said]
    assert not [verb for verb in known if f"fingerfall {verb}" not in readme]


def test_no_file_names_a_registry_or_somebodys_machine() -> None:
    files = [file for file in files_under(ROOT) if file.suffix in TEXT]
    texts = {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in files}
    found = [
        f"{name}: {match[0].strip()}" for name, text in texts.items() for match in ELSEWHERE.finditer(text)
    ]
    assert len(files) > 10
    assert not found, found


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A place that has never been set up."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def set_up_with(python: str, where: Path) -> str:
    """What `make play` says on its way to failing with a Python."""
    command = ["make", "play", f"PYTHON={python}"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    said = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)
    assert said.returncode != 0
    assert "Traceback" not in said.stderr
    return said.stderr


@needs_make
def test_a_python_that_is_not_there_or_too_old_is_said_in_a_sentence(bare: Path) -> None:
    assert "Fingerfall needs Python 3.11 or newer" in set_up_with("no-such-python", bare)
    assert not (bare / ".venv").exists()


@needs_make
def test_a_python_that_makes_no_environments_is_said_with_the_cure(bare: Path) -> None:
    python = bare / "python-without-venv"
    python.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\n', encoding="utf-8")
    python.chmod(0o755)
    assert "apt install python3-venv" in set_up_with(str(python), bare)
    assert not (bare / ".venv").exists()

"""The plan of the house: which room may import what. ARCHITECTURE.md shows the same tables and says why."""

import ast
import re
import sys
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
ANYTHING = frozenset({"*"})

PURE = frozenset(
    {"bisect", "collections", "dataclasses", "enum", "fractions", "functools", "itertools", "math", "re"}
    | {"operator", "typing"}
    | {"random.Random"}  # handed in, seeded; never the module's own
)
"""What the core may use of the standard library: nothing in it waits, reads a file or knows the time."""

PAPER = PURE | {"csv", "datetime", "html", "io", "json"}
"""What the report may use beside that: it writes text, and dates on it."""

MOST_LINES_OF_A_FUNCTION, MOST_LINES_OF_A_FILE = 40, 300

LONGER = {"game/run/run.py": "one state machine: pauses, restarts and the end all share its state"}
"""Files and functions (`file:name`) that are longer all the same, each with the reason."""

NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "service", "misc"}


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True)
class Room:
    """What a room may import: rooms, the standard library, and packages with the one file that may."""

    rooms: frozenset[str] = frozenset()
    standard: frozenset[str] = PURE
    packages: dict[str, str] = field(default_factory=dict)


PLAN = {
    "harmless": Room(),
    "errors": Room(),
    "music": Room(),
    "judge": Room(words("music"), packages={"numpy": "clinical/*.py"}),
    "metrics": Room(words("music judge"), packages={"numpy": "*"}),
    "arrange": Room(words("music"), packages={"numpy": "*"}),
    "clock": Room(standard=PURE | {"time", "datetime"}),
    "settings": Room(),
    "words": Room(standard=PURE | {"gettext", "pathlib", "string"}),
    "run": Room(words("clock music judge")),
    "coach": Room(words("music metrics arrange")),
    "library": Room(words("music judge arrange"), ANYTHING, {"pydantic": "*", "platformdirs": "*"}),
    "midi": Room(
        words("clock music"),
        ANYTHING,
        {"mido": "*", "rtmidi": "bindings.py", "supriya_midi": "bindings.py"},
    ),
    "audio": Room(words("music"), ANYTHING, {"numpy": "*", "pygame": "speaker.py"}),
    "screens": Room(
        words("clock music judge metrics run settings words"),
        ANYTHING,
        {"pygame": "*", "arabic_reshaper": "*", "bidi": "*", "fontpkg_*": "*"},
    ),
    "store": Room(
        words("music judge settings"),
        ANYTHING,
        {"sqlalchemy": "*", "alembic": "*", "argon2": "*", "psycopg": "postgres.py"},
    ),
    "report": Room(words("music judge metrics words"), PAPER),
    "app": Room(ANYTHING, ANYTHING),
    "cli": Room(ANYTHING, ANYTHING, {"*": "*"}),
}


TOP = {"cli", "commands", "__main__"}
"""Nobody imports the command line, not even `app`."""

FILES = "."
"""The files of a room that lie in no sub-room."""

SUB_ROOMS = {
    "judge": {FILES: "", "clinical": FILES},
    "metrics": {"kit": "", FILES: "kit", "station": "kit", "trends": f"{FILES} kit"},
    "arrange": {
        FILES: "",
        "hands": "",
        "fingering": "",
        "difficulty": "hands",
        "reduction": "difficulty fingering",
        "songs": f"{FILES} difficulty reduction",
        "importing": f"{FILES} difficulty fingering hands reduction",
    },
    "library": {"levels": "", "songs": "levels", FILES: "levels songs"},
    "store": {"records": "", "sql": "records", FILES: "records sql"},
    "screens": {
        "ui": "",
        "field": "ui",
        "playing": "ui field",
        "choosing": "ui",
        "progress": "ui",
        "therapist": "ui",
        "station": "ui field",
        FILES: "ui playing progress therapist station",
    },
}
"""Rooms of more than one floor: each sub-room, from the ground up, with those of its room it may import."""


class Import(NamedTuple):
    """One imported module, by its full name, and where."""

    module: str
    line: int


def room_of(file: str) -> str:
    """The room of a file given from the project's root; `game/commands/` and `python -m game` are cli."""
    parts = Path(file).with_suffix("").parts
    return {"commands": "cli", "__main__": "cli"}.get(parts[1], parts[1])


def imports(tree: ast.AST) -> Iterator[Import]:
    """Every import wherever it stands, in a function and for type checking too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = "." * node.level + (node.module or "")
            by_name = source in ("game", "random")  # what is taken from these decides
            modules = {f"{source}.{alias.name}" if by_name else source for alias in node.names}
            yield from (Import(module, node.lineno) for module in sorted(modules))
        elif isinstance(node, ast.Call) and re.search(
            r"\b(__import__|import_module)$", ast.unparse(node.func)
        ):
            name = node.args[0] if node.args else None
            known = str(name.value) if isinstance(name, ast.Constant) else "what only the run decides"
            yield Import(known, node.lineno)


def may_import(file: str, module: str) -> bool:
    """Whether the plan lets a file import a module."""
    name = room_of(file)
    room, (top, *rest) = PLAN[name], module.split(".")
    if top == "game":
        if {*rest[:1]} & TOP:
            return name == "cli"
        known = {name, "errors", "harmless", "__version__", *room.rooms}
        return room.rooms == ANYTHING or bool({*rest[:1]} & known)
    if top == "time":
        return name == "clock"
    if top in sys.stdlib_module_names:
        return room.standard == ANYTHING or bool({top, module} & room.standard)
    return any(fnmatch(top, package) and Path(file).match(one) for package, one in room.packages.items())


def files_imported(text: str, house: Container[str]) -> Iterator[tuple[str, int]]:
    """Files of the program that a file imports, with the line; whatever stands in a function counts too."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        files = (f"{module.replace('.', '/')}.py" for module in modules)
        yield from ((file, node.lineno) for file in files if file in house)


def circle(house: Mapping[str, str]) -> str:
    """Files that import each other in a loop, an arrow between each; "" where there is no loop."""
    arrows = {file: {other for other, _ in files_imported(text, house)} for file, text in house.items()}
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return " → ".join(reversed(error.args[1]))
    return ""


def sub_room_of(file: str) -> str:
    """The sub-room of a file given from the project's root."""
    parts = Path(file).parts
    return parts[2] if len(parts) > 3 else FILES


def sub_offences(file: str, text: str, house: Container[str]) -> Iterator[str]:
    """Imports that do not keep to the plan of the sub-rooms, each with its place."""
    room, own = room_of(file), sub_room_of(file)
    plan = SUB_ROOMS.get(room, {FILES: ""})
    if own not in plan:
        yield f"{file}: there is no sub-room {own} of {room} in the plan"
        return
    for other, line in files_imported(text, house):
        at = sub_room_of(other)
        if room_of(other) == room and at not in {own, *words(plan[own])}:
            yield f"{room}/{own} may not import {room}/{at} ({file}:{line})"


def reads_a_clock(call: ast.Call) -> bool:
    return bool(re.search(r"\bdate(time)?\.(now|utcnow|today)$|\bpygame\.time\.\w+$", ast.unparse(call.func)))


def prints(call: ast.Call) -> bool:
    return bool(re.match(r"print$|sys\.(__)?std(out|err)", ast.unparse(call.func)))


def offences(file: str, text: str) -> Iterator[str]:
    """What in a file of `game/` is against the plan, each with its place."""
    room, tree = room_of(file), ast.parse(text)
    if room not in PLAN:
        yield f"{file}: there is no room {room} in the plan"
        return
    for module, line in imports(tree):
        if module.startswith("."):
            yield f"{room} may not import relatively ({file}:{line})"
        elif not may_import(file, module):
            yield f"{room} may not import {module.removeprefix('game.')} ({file}:{line})"
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if reads_a_clock(call) and room != "clock":
            yield f"{room} may not read a clock; take the time as an argument ({file}:{call.lineno})"
        if prints(call) and room != "cli":
            yield f"{room} may not print ({file}:{call.lineno})"


def too_long(file: str, text: str) -> Iterator[tuple[str, int]]:
    """The file and its functions (`file:name`) that are over their size, with their lines."""
    if text.count("\n") > MOST_LINES_OF_A_FILE:
        yield file, text.count("\n")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                yield f"{file}:{node.name}", lines


@pytest.fixture(scope="module")
def house() -> dict[str, str]:
    """Every file of the program, by its path from the root."""
    files = sorted((ROOT / "game").rglob("*.py"))
    return {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in files}


def in_rooms(house: dict[str, str]) -> dict[str, str]:
    return {file: text for file, text in house.items() if file != "game/__init__.py"}


def test_every_room_keeps_to_the_plan(house: dict[str, str]) -> None:
    found = [offence for file, text in in_rooms(house).items() for offence in offences(file, text)]
    assert not found, "\n".join(found)


def test_every_room_of_the_plan_is_there(house: dict[str, str]) -> None:
    assert {room_of(file) for file in in_rooms(house)} == set(PLAN)


def test_arrows_point_down_only() -> None:
    beneath: set[str] = set()
    for name, room in PLAN.items():  # from the ground up
        assert room.rooms <= beneath or room.rooms == ANYTHING, f"{name} rests on what stands above it"
        beneath.add(name)


def test_sub_rooms_keep_to_the_plan(house: dict[str, str]) -> None:
    found = [offence for file, text in in_rooms(house).items() for offence in sub_offences(file, text, house)]
    assert not found, "\n".join(found)


def test_every_sub_room_of_the_plan_is_there(house: dict[str, str]) -> None:
    there = {(room_of(file), sub_room_of(file)) for file in house if not file.endswith("/__init__.py")}
    assert not {(room, own) for room, plan in SUB_ROOMS.items() for own in plan} - there


def test_arrows_between_sub_rooms_point_down_only() -> None:
    for room, plan in SUB_ROOMS.items():
        beneath: set[str] = set()
        for own, others in plan.items():  # from the ground up
            assert words(others) <= beneath, f"{room}/{own} rests on what stands above it"
            beneath.add(own)


def test_no_files_import_each_other_in_a_circle(house: dict[str, str]) -> None:
    assert circle(house) == ""


@pytest.mark.parametrize(
    "text",
    [
        "from game.music.note import Note",
        "from game.music import note",
        "import game.music.note",
        "def f():\n    from game.music.note import Note",
        "if TYPE_CHECKING:\n    from game.music.note import Note",
    ],
)
def test_a_circle_is_named_wherever_the_import_stands(text: str) -> None:
    house = {"game/music/note.py": "from game.music.pitch import Pitch", "game/music/pitch.py": text}
    assert circle(house).count("→") == 2
    assert circle({**house, "game/music/pitch.py": ""}) == ""


def test_rooms_on_the_rim_do_not_know_each_other() -> None:
    rim = {"midi", "audio", "screens", "store", "report"}
    assert all(not PLAN[name].rooms & rim for name in rim)


def test_the_page_on_architecture_shows_the_same_plan() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = {
        row[1]: words(row[2]) for row in re.finditer(r"^\| `(\w+)` \|[^|]*\| ([^|]*) \|", page, re.MULTILINE)
    }
    nothing, rest = words("–"), {"app": words("everything but cli"), "cli": words("everything")}
    assert rows == {name: rest.get(name, room.rooms or nothing) for name, room in PLAN.items()}


def test_the_page_on_architecture_shows_the_same_sub_rooms() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| `(\w+)/(?:(\w+)/)?` \|[^|]*\| ([^|]*) \|", page, re.MULTILINE)
    rows = {(room, own or FILES): words(others.replace("its files", FILES)) for room, own, others in found}
    nothing = words("–")
    assert rows == {
        (room, own): words(others) or nothing
        for room, plan in SUB_ROOMS.items()
        for own, others in plan.items()
    }


@pytest.mark.parametrize(
    ("file", "text", "offence"),
    [
        (
            "judge/judge.py",
            "import math\n\nimport pygame",
            "judge may not import pygame (game/judge/judge.py:3)",
        ),
        ("judge/windows.py", "import numpy", "judge may not import numpy (game/judge/windows.py:1)"),
        (
            "music/note.py",
            "from game.judge import judge",
            "music may not import judge (game/music/note.py:1)",
        ),
        ("music/note.py", "from game import store", "music may not import store (game/music/note.py:1)"),
        (
            "music/note.py",
            "import game.store.records.kept",
            "music may not import store.records.kept (game/music/note.py:1)",
        ),
        ("music/note.py", "import os", "music may not import os (game/music/note.py:1)"),
        ("music/note.py", "import random", "music may not import random (game/music/note.py:1)"),
        ("music/note.py", "from . import level", "music may not import relatively (game/music/note.py:1)"),
        ("midi/usb.py", "def f():\n    import rtmidi", "midi may not import rtmidi (game/midi/usb.py:2)"),
        ("midi/usb.py", "from time import sleep", "midi may not import time (game/midi/usb.py:1)"),
        ("audio/waves.py", "from pygame import mixer", "audio may not import pygame (game/audio/waves.py:1)"),
        (
            "screens/playing/play.py",
            "import game.midi.usb",
            "screens may not import midi.usb (game/screens/playing/play.py:1)",
        ),
        (
            "store/records/kept.py",
            "import_module('jinja2')",
            "store may not import jinja2 (game/store/records/kept.py:1)",
        ),
        ("report/page.py", "print('5')", "report may not print (game/report/page.py:1)"),
        ("report/page.py", "sys.stdout.write('5')", "report may not print (game/report/page.py:1)"),
        (
            "store/records/kept.py",
            "a = datetime.datetime.now()",
            "store may not read a clock; take the time as an argument (game/store/records/kept.py:1)",
        ),
        (
            "screens/ui/loop.py",
            "pygame.time.wait(5)",
            "screens may not read a clock; take the time as an argument (game/screens/ui/loop.py:1)",
        ),
        (
            "screens/playing/play.py",
            "from game.cli import main",
            "screens may not import cli (game/screens/playing/play.py:1)",
        ),
        (
            "app/services.py",
            "import game.commands.play",
            "app may not import commands.play (game/app/services.py:1)",
        ),
        (
            "coach.py",
            "from game.app.prepare import prepare_run",
            "coach may not import app.prepare (game/coach.py:1)",
        ),
        ("manager.py", "", "game/manager.py: there is no room manager in the plan"),
    ],
)
def test_an_offender_is_named_with_its_place(file: str, text: str, offence: str) -> None:
    assert list(offences(f"game/{file}", text)) == [offence]


@pytest.mark.parametrize(
    ("file", "text", "offence"),
    [
        (
            "screens/ui/rows.py",
            "\nfrom game.screens.field.lanes import field",
            "screens/ui may not import screens/field (game/screens/ui/rows.py:2)",
        ),
        (
            "screens/choosing/who.py",
            "def f():\n    from game.screens import routes",
            "screens/choosing may not import screens/. (game/screens/choosing/who.py:2)",
        ),
        (
            "metrics/kit/rows.py",
            "from game.metrics import catalogue",
            "metrics/kit may not import metrics/. (game/metrics/kit/rows.py:1)",
        ),
        ("judge/live/x.py", "", "game/judge/live/x.py: there is no sub-room live of judge in the plan"),
        ("audio/x/y.py", "", "game/audio/x/y.py: there is no sub-room x of audio in the plan"),
    ],
)
def test_an_offender_between_sub_rooms_is_named_with_its_place(
    file: str, text: str, offence: str, house: dict[str, str]
) -> None:
    assert list(sub_offences(f"game/{file}", text, house)) == [offence]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("judge/clinical/alignment.py", "import numpy as np"),
        ("judge/judge.py", "from game.music.note import Note\nfrom game.errors import UserError"),
        ("midi/bindings.py", "def f():\n    import supriya_midi"),
        ("music/patterns.py", "from random import Random"),
        ("screens/ui/text_renderer.py", "import fontpkg_noto_sans_arabic"),
        ("commands/play.py", "import argparse\nimport game.store.records.kept\nprint()"),
        ("__main__.py", "from game.cli import main"),
    ],
)
def test_what_the_plan_allows_is_no_offence(file: str, text: str) -> None:
    assert list(offences(f"game/{file}", text)) == []


def test_files_and_functions_stay_small(house: dict[str, str]) -> None:
    found = dict(over for file, text in house.items() for over in too_long(file, text))
    assert found.keys() == LONGER.keys(), "too long, or no longer so and still excused: " + ", ".join(
        f"{name} ({found.get(name, 'fine now')})" for name in found.keys() ^ LONGER.keys()
    )


def test_the_first_line_of_every_file_says_its_idea(house: dict[str, str]) -> None:
    silent = [file for file, text in house.items() if not ast.get_docstring(ast.parse(text))]
    assert not silent, silent


def test_no_file_has_a_name_that_says_nothing(house: dict[str, str]) -> None:
    nameless = [file for file in house if NAMELESS & set(re.split(r"[/_.]", file))]
    assert not nameless, nameless

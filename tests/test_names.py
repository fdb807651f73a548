"""One class name, one meaning, across the whole program."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]


def classes(text: str) -> list[str]:
    """The classes of a file, without the line in front of a private one."""
    return [node.name.lstrip("_") for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ClassDef)]


def test_no_class_name_stands_twice() -> None:
    places = defaultdict(list)
    for file in sorted((ROOT / "game").rglob("*.py")):
        for name in classes(file.read_text(encoding="utf-8")):
            places[name].append(file.relative_to(ROOT).as_posix())
    assert not {name: files for name, files in places.items() if len(files) > 1}


def test_private_and_inner_classes_count_too() -> None:
    assert classes("class A:\n    class B: pass\ndef f():\n    class _A: pass") == ["A", "B", "A"]

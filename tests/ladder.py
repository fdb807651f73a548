"""Keeps the library of exercises in order: `python -m tests.ladder`.

Within a family the steps of the ramp go to the levels in the order of their difficulty, and the left hand's
file of each exercise is written from the right hand's. What a level asks is never touched.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from game.arrange.difficulty.difficulty import difficulty
from game.library.files import read_level
from game.library.places import data_folder
from game.music.level import HandChoice, Level

LEVELS = data_folder("levels")
RIGHT, LEFT = "-right", "-left"
STEP = re.compile(r"^step = \d+$", re.MULTILINE)


def exercises(folder: Path = LEVELS) -> list[Path]:
    """The files that are made by a pattern and are no probes, those of the left hand left out."""
    paths = (path for path in sorted(folder.glob("*.toml")) if not path.stem.endswith(LEFT))
    return [
        path for path in paths if "\n[pattern]\n" in path.read_text(encoding="utf-8") and not _probe(path)
    ]


def _probe(path: Path) -> bool:
    return "\nprobe = true\n" in path.read_text(encoding="utf-8")


def twin(text: str) -> str:
    """The left hand's file from the right hand's: the pattern mirrors the fingers by itself."""
    text = re.sub(r'^(id = ".*)-right"$', r'\1-left"', text, flags=re.MULTILINE)
    return re.sub(r'^hand = "right"$', 'hand = "left"', text, flags=re.MULTILINE)


def in_order(levels: list[Level]) -> Iterator[tuple[Level, int]]:
    """Levels of one hand with the steps they should have: those of their family, given by difficulty."""
    every = sorted(levels, key=lambda level: level.family)
    for _, family in groupby(every, key=lambda level: level.family):
        own = sorted(family, key=lambda level: (round(difficulty(level), 6), level.id))
        yield from zip(own, sorted(level.step for level in own), strict=True)


def main() -> None:
    """Write what is not in order, and say what was."""
    files = {(level := read_level(path)).id: (path, level) for path in exercises()}
    for both in (True, False):
        levels = [level for _, level in files.values() if (level.hand is HandChoice.BOTH) is both]
        for level, step in in_order(levels):
            path = files[level.id][0]
            _write(path, STEP.sub(f"step = {step}", path.read_text(encoding="utf-8")))
    for path in exercises():
        if path.stem.endswith(RIGHT):
            other = path.with_name(path.name.replace(f"{RIGHT}.toml", f"{LEFT}.toml"))
            _write(other, twin(path.read_text(encoding="utf-8")))


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        print(path.name)


if __name__ == "__main__":
    main()

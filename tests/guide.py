"""Writes the tables of docs/levels.md from the code: `python -m tests.guide`."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from game.library.levels.exercises import KINDS
from game.library.levels.models import ABOUT_FAMILIES, LevelFile
from game.library.levels.patterns import PacedTable, PatternTable, PlacedTable
from game.music.level import HandChoice, Level
from tests.levels import LIBRARY

GUIDE = Path(__file__).parents[1] / "docs" / "levels.md"
SHARED = set(PlacedTable.model_fields) | {"kind"}


def patterns() -> str:
    """Every kind of pattern with its own names, and the names that several have."""
    rows = [
        (f"`{kind}`", _hands(table), _first(table.__doc__), _names(table, _own(table)))
        for kind, table in KINDS.items()
    ]
    rows += [("all", "", "", _names(PatternTable, set(PatternTable.model_fields)))]
    paced = set(PacedTable.model_fields) - set(PatternTable.model_fields)
    rows += [("all but `rhythm`", "", "", _names(PacedTable, paced))]
    placed = set(PlacedTable.model_fields) - set(PacedTable.model_fields)
    rows += [("on five keys", "", "", _names(PlacedTable, placed))]
    return _table(("kind", "hand", "what it is", "its own names"), rows)


def names() -> str:
    """Every name of a level file."""
    return _table(
        ("name", "usually", "what it is"),
        ((f"`{name}`", _usual(field), field.description or "") for name, field in _fields(LevelFile)),
    )


def families(levels: Iterable[Level]) -> str:
    """Each family with its steps and how many levels it has."""
    every = tuple(levels)
    rows = []
    for family, about in ABOUT_FAMILIES.items():
        own = [level for level in every if level.family == family]
        steps = sorted({level.step for level in own if not level.probe})
        span = " to ".join(str(step) for step in dict.fromkeys((*steps[:1], *steps[-1:])))
        hands = [sum(level.hand is hand for level in own) for hand in HandChoice]
        rows.append((f"`{family}`", about, span, *(str(n or "") for n in hands)))
    return _table(("family", "what it is", "steps", "left", "right", "both"), rows)


def written(guide: str) -> str:
    """The guide with its tables as they should be; songs are counted where they are kept."""
    exercises = tuple(level for level in LIBRARY if level.family != "song")
    tables = {"patterns": patterns(), "names": names(), "families": families(exercises)}
    for name, table in tables.items():
        place = re.compile(rf"(<!-- {name}: .*? -->\n).*?(<!-- end -->)", re.DOTALL)
        guide = place.sub(lambda found, table=table: f"{found[1]}{table}{found[2]}", guide)  # type: ignore[misc]
    return guide


def _own(table: type[PatternTable]) -> set[str]:
    """The names that only this kind has, or has in a way of its own."""
    shared = SHARED if issubclass(table, PlacedTable) else SHARED - {"position"}
    return set(table.model_fields) - shared


def _hands(table: type[PatternTable]) -> str:
    if len(table.FOR) == len(HandChoice):
        return "any"
    return "both" if HandChoice.BOTH in table.FOR else "one"


def _first(doc: str | None) -> str:
    return (doc or "").split("\n")[0].rstrip(".")


def _names(table: type[PatternTable], wanted: set[str]) -> str:
    return "<br>".join(f"`{n}`{_of(f)}" for n, f in _fields(table) if n in wanted and n != "kind")


def _of(field: FieldInfo) -> str:
    usual = _usual(field)
    words = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    told = f" ({field.description})" if field.description else ""
    told += f": {', '.join(map(str, words))}" if words else ""
    if not usual:
        return told
    return f"{told}; {'needed' if usual == 'needed' else f'usually {usual}'}"


def _usual(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    default = field.default
    if default is None or default == [] or default == "":
        return ""
    if not isinstance(default, bool | int | float | str | list):
        return "`personal`"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _fields(table: type) -> list[tuple[str, FieldInfo]]:
    return list(table.model_fields.items())  # type: ignore[attr-defined]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return (
        "\n"
        + "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in lines)
        + "\n"
    )


if __name__ == "__main__":
    GUIDE.write_text(written(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")

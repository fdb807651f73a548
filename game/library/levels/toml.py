"""Writes a level as a readable TOML file, its notes in bars."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from tempfile import NamedTemporaryFile

from game.errors import UserError
from game.library.levels.text import level_data
from game.music.keyboard import NAMES
from game.music.level import BeatNote, HandChoice, Level, NoteRole, in_order
from game.music.note import HIGHEST_PITCH, Hand

LONGEST_BYTES = 1_000_000
"""As much as a reader of level files takes; told here too, as readers take long to load."""
NOTES_A_LINE = 2
LOWEST_NAMED = 12
"""C0; lower octaves have names with a minus sign."""


USUAL: dict[str, object] = {
    "aim": "",
    "caution": "",
    "instrument": "keyboard",
    "metre": [4, 4],
    "preview_s": 3.0,
    "click": True,
    "fade": [],
    "release": False,
    "keys": "own",
    "probe": False,
    "origin": "",
    "lyrics": [],
}
"""What a level file need not say, as its model has it; that takes longer to load than a level to write."""


def level_toml(level: Level, comment: str = "") -> str:
    """A level as TOML without default values. comment: lines on top.

    A note without a hand can be written only in a level for both.
    """
    data = level_data(replace(level, notes=(), unasked=(), accompaniment=()))
    if level.windows_s is None:
        del data["windows"]
    if len(level.tempo.changes) == 1:
        data["tempo"] = level.tempo.bpm(0)
    said = {name: value for name, value in data.items() if value not in (None, [], USUAL.get(name))}
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    lines += [""] if lines else []
    lines += [f"{name} = {_value(value)}" for name, value in said.items() if not _is_tables(value)]
    for name, tables in ((name, value) for name, value in said.items() if _is_tables(value)):
        lines += ["", f"{name} = [", *(f"  {_value(table)}," for table in tables), "]"]
    asked = in_order((*level.notes, *level.unasked))
    own = None if level.hand is HandChoice.BOTH else Hand(level.hand)
    for name, notes, one_hand in (("notes", asked, own), ("accompaniment", level.accompaniment, None)):
        if notes:
            lines += ["", f"{name} = [", *_bars(level, notes, one_hand), "]"]
    return "\n".join(lines) + "\n"


def write_level(path: Path, text: str, *, replacing: bool = False) -> None:
    """Write a level file, completely or not at all. UserError if it exists and may not be replaced."""
    if path.is_dir():
        raise UserError("{file}: this is a folder; name a file in it, as in song.toml", file=path)
    if path.exists() and not replacing:
        raise UserError("{file}: is there already; name another file, or replace it with --force", file=path)
    try:
        _write(path, text, replacing)
    except FileExistsError:
        raise UserError(
            "{file}: is there already; name another file, or replace it with --force", file=path
        ) from None
    except OSError as error:
        template = "{file}: cannot be written ({why}); choose a folder that you may write to"
        raise UserError(template, failed=True, file=path, why=error.strerror or error) from error


def _write(path: Path, text: str, replacing: bool) -> None:
    """Write a temporary file and rename it when complete."""
    beside = None
    try:
        with NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=".", suffix=".part", delete=False
        ) as file:
            beside = Path(file.name)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        if replacing:
            beside.replace(path)
        else:
            _name_anew(beside, path)
    finally:
        if beside:
            beside.unlink(missing_ok=True)


def _name_anew(beside: Path, path: Path) -> None:
    """Rename a file unless the name is taken."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        if path.exists():
            raise FileExistsError(str(path)) from None
        beside.replace(path)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _bars(level: Level, notes: Iterable[BeatNote], one_hand: Hand | None) -> Iterator[str]:
    """Notes in lines, each bar beginning a new one. one_hand: what a note that names no hand is for."""
    bar_beats = level.bar_beats
    for bar, own in groupby(notes, key=lambda n: int((n.beat + 1e-6) // bar_beats)):
        tables = [_note(n, one_hand) for n in own]
        yield f"  # bar {bar + 1}"
        for i in range(0, len(tables), NOTES_A_LINE):
            yield "  " + " ".join(tables[i : i + NOTES_A_LINE])


def _note(note: BeatNote, one_hand: Hand | None) -> str:
    """A note with its key by name, as far as keys have one, and no hand where that is the level's."""
    said = (
        f"{{ beat = {_number(note.beat)}, pitch = {_KEYS[note.pitch]}, length = {_number(note.length_beats)}"
    )
    if note.hand is not None and note.hand is not one_hand:
        said += f', hand = "{note.hand.value}"'
    if note.finger is not None:
        said += f", finger = {note.finger}"
    if note.velocity is not None:
        said += f", velocity = {note.velocity}"
    if note.part is not NoteRole.PLAY:
        said += f', part = "{note.part.value}"'
    return said + " },"


_KEYS = [
    f'"{NAMES[pitch % 12].replace("♯", "#")}{pitch // 12 - 1}"' if pitch >= LOWEST_NAMED else str(pitch)
    for pitch in range(HIGHEST_PITCH + 1)
]


def _value(value: object) -> str:
    """A value on one line; names that have none are left out of a table."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {_value(v)}" for k, v in value.items() if v is not None) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number(float(value)) if isinstance(value, int | float) else ""


def _number(value: float) -> str:
    """The shortest text that reads back the same."""
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _text(value: str) -> str:
    """A TOML string; JSON's way of writing one is TOML's too, but for the delete sign."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

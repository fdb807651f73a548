"""A level as a TOML file that a person can read and change, its notes in bars; and writing it."""

import json
import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from tempfile import NamedTemporaryFile

from game.music.keyboard import NAMES
from game.music.level import BeatNote, Level
from game.trouble import Trouble

NOTES_A_LINE = 2


def level_toml(level: Level, comment: str = "") -> str:
    """A level as TOML; what reads the same as its default is left out. comment: lines on top."""
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    lines += [""] if lines else []
    lines += ["format = 1", f"id = {_text(level.id)}", f"title = {_text(level.title)}"]
    lines += [f"aim = {_text(level.aim)}"] if level.aim else []
    lines += [f"origin = {_text(level.origin)}"] if level.origin else []
    lines += [f"family = {_text(level.family)}", f"step = {level.step}"]
    lines += [f"instrument = {_text(level.instrument.value)}", f"hand = {_text(level.hand.value)}"]
    lines += [f"tempo = {_tempo(level)}", f"metre = [{level.metre[0]}, {level.metre[1]}]"]
    lines += [f"preview_s = {_number(level.preview_s)}"]
    lines += [] if level.click else ["click = false"]
    lines += ["release = true"] if level.release else []
    lines += _windows(level)
    lines += ["", "notes = [", *_bars(level, level.notes, asked=True), "]"]
    if level.accompaniment:
        lines += ["", "accompaniment = [", *_bars(level, level.accompaniment, asked=False), "]"]
    if level.lyrics:
        sung = [f"  {{ beat = {_number(line.beat)}, text = {_text(line.text)} }}," for line in level.lyrics]
        lines += ["", "lyrics = [", *sung, "]"]
    return "\n".join(lines) + "\n"


def write_level(path: Path, text: str, *, replacing: bool = False) -> None:
    """Write a level file whole or not at all. Trouble where it is there already and may not be replaced."""
    if path.is_dir():
        raise Trouble("{file}: this is a folder; name a file in it, as in song.toml", file=path)
    if path.exists() and not replacing:
        raise Trouble("{file}: is there already; name another file, or replace it with --force", file=path)
    try:
        _write(path, text, replacing)
    except FileExistsError:
        raise Trouble(
            "{file}: is there already; name another file, or replace it with --force", file=path
        ) from None
    except OSError as error:
        template = "{file}: cannot be written ({why}); choose a folder that you may write to"
        raise Trouble(template, failed=True, file=path, why=error.strerror or error) from error


def _write(path: Path, text: str, replacing: bool) -> None:
    """By a file beside it that takes its name when it is whole."""
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
    """Give a file its name, unless another has it by now."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        if path.exists():
            raise FileExistsError(str(path)) from None
        beside.replace(path)


def _windows(level: Level) -> list[str]:
    if level.windows_s is None:
        return []
    perfect, great, good = (_number(round(width_s * 1000, 3)) for width_s in level.windows_s)
    widths = f"perfect_ms = {perfect}, great_ms = {great}, good_ms = {good}"
    return [f'windows = {{ mode = "fixed", {widths} }}']


def _tempo(level: Level) -> str:
    changes = level.tempo.changes
    if len(changes) == 1:
        return _number(changes[0][1])
    listed = [f"  {{ beat = {_number(beat)}, bpm = {_number(bpm)} }}," for beat, bpm in changes]
    return "\n".join(["[", *listed, "]"])


def _bars(level: Level, notes: Iterable[BeatNote], *, asked: bool) -> Iterator[str]:
    """Notes in lines, each bar beginning a new one."""
    one_hand = level.hand.value if level.hand.value != "both" else None
    for bar, own in groupby(notes, key=lambda n: int((n.beat + 1e-6) // level.bar_beats)):
        tables = [_note(n, asked, one_hand) for n in own]
        yield f"  # bar {bar + 1}"
        for i in range(0, len(tables), NOTES_A_LINE):
            yield "  " + " ".join(f"{table}," for table in tables[i : i + NOTES_A_LINE])


def _note(note: BeatNote, asked: bool, one_hand: str | None) -> str:
    fields = [
        f"beat = {_number(note.beat)}",
        f'pitch = "{_key(note.pitch)}"' if note.pitch >= 12 else f"pitch = {note.pitch}",
        f"length = {_number(note.length_beats)}",
    ]
    if note.hand is not None and not (asked and note.hand.value == one_hand):
        fields.append(f'hand = "{note.hand.value}"')
    if note.finger is not None:
        fields.append(f"finger = {note.finger}")
    if note.velocity is not None:
        fields.append(f"velocity = {note.velocity}")
    return "{ " + ", ".join(fields) + " }"


def _key(pitch: int) -> str:
    """A key as a person types it, C♯ as "C#"."""
    return f"{NAMES[pitch % 12].replace('♯', '#')}{pitch // 12 - 1}"


def _number(value: float) -> str:
    """As short as it reads back the same."""
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def _text(value: str) -> str:
    """A TOML string; JSON's way of writing one is TOML's too, but for the delete sign."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

"""One run as an anonymous JSON-lines file that can be read back exactly.

The first line is the header; then every anchor, mark and touch, each kind in its order.
"""

from collections.abc import Iterator, Mapping, Sized
from pathlib import Path
from typing import Any

from game.errors import UserError
from game.music.note import Touch
from game.music.recording import Ended, Mark, Recording
from game.music.timeline import Anchor, Timeline
from game.store.records import plain
from game.store.records.kept import RunHeader, StoredRun
from game.store.records.lines import at, read_lines, write_lines

FORMAT, FORMAT_VERSION = "fingerfall-run", 1
ENDS = tuple(end.value for end in Ended)


def write_exported(run: StoredRun, path: Path) -> None:
    """Write a run to a file, completely or not at all, without the player's name."""
    write_lines(path, exported_lines(run))


def exported_lines(run: StoredRun) -> Iterator[plain.Plain]:
    """A run as plain data, line by line."""
    header, recording = run.header, run.recording
    yield {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "program_version": header.version,
        "run": header.id,
        "level_id": header.level_id,
        "level_title": header.level_title,
        "level_text": run.level_text,
        "conditions": plain.from_conditions(header.conditions),
        "device": plain.from_device(header.device),
        "started_at": header.started_at.isoformat(),
        "clock_s": header.clock_s,
        "ended": header.ended.value,
        "reached_s": header.reached_s,
        "anchors": len(recording.timeline.anchors),
        "marks": len(recording.marks),
        "touches": len(recording.touches),
    }
    yield from ({"line": "anchor", **plain.from_anchor(a)} for a in recording.timeline.anchors)
    yield from ({"line": "mark", **plain.from_mark(m)} for m in recording.marks)
    yield from ({"line": "touch", **plain.from_touch(t)} for t in recording.touches)


def read_exported(path: Path) -> StoredRun:
    """A run from an exported file; `profile_id` is "" and there is no summary.

    Raises `UserError` that names the file and the line.
    """
    lines = read_lines(path)
    first = next(lines, None)
    if first is None:
        raise UserError("{file}: empty; give a recording that was exported", file=path)
    count, header = first
    _refuse_other_formats(path, header)
    try:
        promised = {kind: plain.whole(header, kind, 0, 10**7) for kind in ("anchors", "marks", "touches")}
        read_header, level_text = _header(header), plain.words(header, "level_text")
    except ValueError as error:
        raise at(path, count, str(error)) from error
    parts = _Parts(path)
    for count, line in lines:
        parts.take(count, line)
    parts.refuse_short(promised, count)
    return StoredRun(read_header, level_text, parts.recording(read_header))


def _refuse_other_formats(path: Path, header: Mapping[str, Any]) -> None:
    if header.get("format") != FORMAT:
        raise UserError("{file}:1: not a recording of this program; give one that was exported", file=path)
    if header.get("format_version") != FORMAT_VERSION:
        raise UserError(
            "{file}:1: written in another format (version {version}); use a Fingerfall that knows it",
            file=path,
            version=header.get("format_version"),
        )


def _header(data: Mapping[str, Any]) -> RunHeader:
    return RunHeader(
        id=plain.words(data, "run"),
        profile_id="",
        level_id=plain.words(data, "level_id"),
        level_title=plain.words(data, "level_title"),
        started_at=plain.moment(data, "started_at"),
        conditions=plain.to_conditions(plain.part(data, "conditions")),
        device=plain.to_device(plain.part(data, "device")),
        version=plain.words(data, "program_version"),
        clock_s=plain.number_or_none(data, "clock_s"),
        ended=Ended(plain.one_of(data, "ended", ENDS)),
        reached_s=plain.number_or_none(data, "reached_s"),
    )


class _Parts:
    """Collects the lines after the header."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._anchors: list[Anchor] = []
        self._marks: list[Mark] = []
        self._touches: list[Touch] = []

    def take(self, count: int, line: Mapping[str, Any]) -> None:
        try:
            match plain.one_of(line, "line", ("anchor", "mark", "touch")):
                case "anchor":
                    self._anchors.append(plain.to_anchor(line))
                case "mark":
                    self._marks.append(plain.to_mark(line))
                case _:
                    self._touches.append(plain.to_touch(line))
        except ValueError as error:
            raise at(self._path, count, str(error)) from error

    def refuse_short(self, promised: Mapping[str, int], count: int) -> None:
        found: dict[str, Sized] = {"anchors": self._anchors, "marks": self._marks, "touches": self._touches}
        for kind, lines in found.items():
            if len(lines) != promised[kind]:
                fault = f"the header promises {promised[kind]} {kind}, but there are {len(lines)}"
                raise at(self._path, count, fault)

    def recording(self, header: RunHeader) -> Recording:
        try:
            timeline = Timeline(tuple(self._anchors))
        except ValueError as error:
            raise at(self._path, 1, str(error)) from error
        marks = tuple(self._marks)
        return Recording(tuple(self._touches), timeline, header.device, header.ended, header.reached_s, marks)

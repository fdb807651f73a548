"""A level as text: parsed from TOML or JSON with all faults at once, written as canonical JSON."""

import re
from json import JSONDecodeError, dumps, loads
from typing import TYPE_CHECKING, Any

from game.library.levels.faults import Fault, LevelFault, LevelFileError, place_of, worded
from game.music.level import BeatNote, KeyChoice, Level, NoteRole, in_order

if TYPE_CHECKING:
    from pydantic import ValidationError

    from game.library.levels.checks import LevelReach
    from game.library.levels.models import LevelFile

# pydantic and what needs it are imported where they are used: so that the first picture appears sooner.

MOST_DOTS = 40
MOST_FAULTS = 500
"""Report at most this many faults."""


def parse_level(
    text: str, name: str, *, json: bool = False, checks: bool = True, reach: "LevelReach | None" = None
) -> Level:
    """The level in a text; LevelFileError names `name` as the file.

    checks: False leaves out whether a hand can play it, for the level of a run that was played already.
    """
    from game.library.levels.models import FORMAT

    data = read_data(text, name, json)
    newest = data.get("format")
    if type(newest) is int and newest > FORMAT:
        what = f"this is format {newest}, and this program reads format {FORMAT}; use a newer Fingerfall"
        raise _trouble(name, text, json, [LevelFault(("format",), what)])
    file, found = _model(data, checks, reach)
    if file is None or found:
        raise _trouble(name, text, json, found)
    return file.level()


def level_text(level: Level) -> str:
    """A level as canonical JSON, every note written out: what is kept with a run, and reads back the same."""
    return dumps(level_data(level), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def level_data(level: Level) -> dict[str, Any]:
    """A level as names and values, as a file has them."""
    return {
        "format": 1,
        "id": level.id,
        "title": level.title,
        "aim": level.aim,
        "family": level.family,
        "step": level.step,
        "instrument": level.instrument.value,
        "hand": level.hand.value,
        "tempo": [{"beat": beat, "bpm": bpm} for beat, bpm in level.tempo.changes],
        "metre": list(level.metre),
        "preview_s": level.preview_s,
        "click": level.click,
        "release": level.release,
        "probe": level.probe,
        "cue_until_beat": level.cue_until_beat,
        "windows": _windows_data(level),
        "notes": [_note_data(note, asked=True) for note in in_order((*level.notes, *level.unasked))],
        "accompaniment": [_note_data(note, asked=False) for note in level.accompaniment],
        **_exercise_data(level),
        **_song_data(level),
        **_bars_data(level),
    }


def schema_text() -> str:
    """The text of `levels/level.schema.json`."""
    from game.library.levels.models import schema

    return dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def read_data(text: str, name: str, json: bool = False) -> dict[str, Any]:
    """The data in a text, before validation."""
    from tomllib import TOMLDecodeError
    from tomllib import loads as toml_loads

    try:
        if not json:
            _refuse_endless_names(name, text)
        data = loads(text) if json else toml_loads(text)
    except JSONDecodeError as error:
        what = f"this is not JSON at column {error.colno}: {error.msg}; mend the text there"
        raise LevelFileError(name, (Fault(name, error.lineno, "", what),)) from error
    except TOMLDecodeError as error:
        raise LevelFileError(name, (_toml_fault(name, text, str(error)),)) from error
    except (RecursionError, ValueError) as error:
        what = "tables in tables, or a number, beyond all measure; write a level as the guide shows it"
        raise LevelFileError(name, (Fault(name, None, "", what),)) from error
    if not isinstance(data, dict):
        raise LevelFileError(
            name, (Fault(name, 1, "", "this is not a table of names and values; start with {"),)
        )
    return data


def _refuse_endless_names(name: str, text: str) -> None:
    """Refuse names of many parts, `a.a.a.…`, which can take a TOML parser minutes."""
    for number, line in enumerate(text.split("\n"), start=1):
        for key in line.split("="):
            if key.count(".") > MOST_DOTS and all(part.strip() for part in key.split(".")):
                what = "a name of so many parts is in no level; write names without dots"
                raise LevelFileError(name, (Fault(name, number, "", what),))


_PLACE = re.compile(r"(.*) \(at line (\d+), column (\d+)\)", re.DOTALL)


def _toml_fault(name: str, text: str, message: str) -> Fault:
    """The TOML parser's error with its line and the likely cure."""
    lines = text.split("\n")
    found = _PLACE.fullmatch(message)
    if found is None:
        what, line, column = message.replace(" (at end of document)", ""), len(lines), len(lines[-1]) + 1
    else:
        what, line, column = found.group(1), int(found.group(2)), int(found.group(3))
    written = lines[min(line, len(lines)) - 1]
    cure = _toml_cure(what, written, column > len(written))
    what = what[:1].lower() + what[1:]
    return Fault(name, line, "", f"this is not TOML at column {column}: {what}; {cure}")


def _toml_cure(what: str, written: str, at_end_of_line: bool) -> str:
    if re.match(r"\s*[\w-]+\s*=\s*[A-Za-z♯]", written) and "value" in what.lower():
        return 'put words in quotation marks, as in hand = "left"'
    if "{" in written and at_end_of_line and ("key" in what or "inline table" in what):
        return "write each { … } on one line"
    if "Unclosed array" in what or "inline table" in what:
        return "see that a comma stands between two notes and every bracket is closed"
    if "overwrite" in what or "twice" in what:
        return "the same name is there twice; keep one"
    if "after a key" in what:
        return "write name = value, as in tempo = 60"
    return "see that every line reads name = value and that quotation marks and brackets are closed"


def _model(
    data: dict[str, Any], checks: bool, reach: "LevelReach | None"
) -> "tuple[LevelFile | None, list[LevelFault]]":
    """The model of some data, as far as possible, and all its faults."""
    from pydantic import ValidationError

    from game.library.levels.checks import LevelReach, asked_in, unplayable
    from game.library.levels.clashes import crossed
    from game.library.levels.models import LevelFile

    found: list[LevelFault] = []
    numbers: list[int] | None = None
    try:
        file = LevelFile.model_validate(data)
    except ValidationError as error:
        found = _findings(error, data)
        if error.error_count() > MOST_FAULTS:
            return None, found
        rest, numbers = _without(data, [finding.path for finding in found])
        try:
            file = LevelFile.model_validate(rest)
        except ValidationError:
            return None, found
    left_out = numbers is not None and any(finding.path[0] in ("notes", "pattern") for finding in found)
    unsure = {finding.path[0] for finding in found} & {"hand"}  # a hand that is no hand tells nothing more
    found += (finding for finding in crossed(file, left_out) if finding.path[-1] not in unsure)
    if checks:
        found += unplayable(file, asked_in(file, numbers), reach or LevelReach())
    return file, found


def _findings(error: "ValidationError", data: dict[str, Any]) -> list[LevelFault]:
    """The validation faults, each at its path in the data."""
    from game.library.levels.models import known_names

    found = []
    count = error.error_count()
    if count > MOST_FAULTS:
        found.append(LevelFault((), f"there are {count} things to mend; the first {MOST_FAULTS} are named"))
    for fault in error.errors(include_url=False)[:MOST_FAULTS]:
        model_path = fault["loc"]
        path = model_path
        if path[0] in ("windows", "pattern", "tempo") and len(path) > 1:
            path = (path[0], *path[2:])  # the model names the kind of table there, which the file does not
        if fault["type"] == "union_tag_invalid":
            path = (*path, fault["ctx"]["discriminator"].strip("'"))
        if path[0] == "tempo" and not isinstance(data.get("tempo"), list | dict):
            path = path[:1]
        found.append(worded(fault, path, known_names(model_path)))
    return found


_STAND_INS: dict[str, object] = {
    "format": 1,
    "id": "x",
    "title": "x",
    "family": "song",
    "step": 1,
    "hand": "both",
    "tempo": 60,
}


def _without(data: dict[str, Any], paths: list[tuple[str | int, ...]]) -> tuple[dict[str, Any], list[int]]:
    """The data without its faulty parts, so that the rest can be checked; with the indices of its notes."""
    rest = dict(data)
    for path in paths:
        if len(path) > 1 and path[0] in ("notes", "accompaniment") and isinstance(path[1], int):
            continue
        rest.pop(str(path[0]), None)
        if path[0] in _STAND_INS:
            rest[str(path[0])] = _STAND_INS[str(path[0])]
    numbers: list[int] = []
    for name in ("accompaniment", "notes"):
        bad = {path[1] for path in paths if path[0] == name and len(path) > 1}
        items = rest.get(name, [])
        numbers = [i for i in range(len(items)) if i not in bad]
        if name in rest:
            rest[name] = [items[i] for i in numbers]
    return rest, numbers


def _trouble(name: str, text: str, json: bool, found: list[LevelFault]) -> LevelFileError:
    """The faults as one error, in the order of their lines."""
    from game.library.levels.lines import line_of, lines_of

    lines = lines_of(text, json=json)
    faults = [Fault(name, line_of(lines, f.path), place_of(f.path), f.text) for f in found]
    return LevelFileError(name, tuple(sorted(faults, key=lambda fault: fault.line or 0)))


def _windows_data(level: Level) -> dict[str, object]:
    if level.windows_s is None:
        return {"mode": "personal"}
    perfect_ms, great_ms, good_ms = (round(width_s * 1000, 3) for width_s in level.windows_s)
    return {"mode": "fixed", "perfect_ms": perfect_ms, "great_ms": great_ms, "good_ms": good_ms}


def _exercise_data(level: Level) -> dict[str, object]:
    """Extra data of some exercises; omitted for levels without it, so that their text is unchanged."""
    fade = [{"beat": beat, "every": every} for beat, every in level.fade]
    keys = {"keys": level.keys.value} if level.keys is not KeyChoice.OWN else {}
    caution = {"caution": level.caution} if level.caution else {}
    return {**keys, **caution, **({"fade": fade} if fade else {})}


def _song_data(level: Level) -> dict[str, object]:
    """Extra data of songs; omitted for levels without it, so that their text is unchanged."""
    lyrics = [{"beat": lyric.beat, "text": lyric.text} for lyric in level.lyrics]
    return {**({"origin": level.origin} if level.origin else {}), **({"lyrics": lyrics} if lyrics else {})}


def _bars_data(level: Level) -> dict[str, object]:
    """The bars of a part; omitted for whole levels, so that their text is unchanged."""
    bars = level.bars
    return {"bars": {"first": bars.first, "last": bars.last, "times": bars.times}} if bars else {}


def _note_data(note: BeatNote, *, asked: bool) -> dict[str, object]:
    """A note as data; a hand that the music does not say is written as null, since a level's is assumed."""
    data: dict[str, object] = {"beat": note.beat, "pitch": note.pitch, "length": note.length_beats}
    if asked or note.hand is not None:
        data["hand"] = note.hand.value if note.hand else None
    if note.finger is not None:
        data["finger"] = note.finger
    if note.velocity is not None:
        data["velocity"] = note.velocity
    if note.part is not NoteRole.PLAY:
        data["part"] = note.part.value
    return data

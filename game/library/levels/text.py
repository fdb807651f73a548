"""A level as text: parsed from TOML or JSON with all faults at once, written as canonical JSON."""

from json import dumps
from typing import TYPE_CHECKING, Any

from game.library.levels.collector import FaultCollector
from game.library.levels.data import read_data
from game.library.levels.faults import LevelFault, worded
from game.music.level import BeatNote, KeyChoice, Level, NoteRole, in_order

if TYPE_CHECKING:
    from pydantic import ValidationError

    from game.library.levels.checks import LevelReach
    from game.library.levels.models import LevelFile

# pydantic and what needs it are imported where they are used: so that the first picture appears sooner.

MOST_FAULTS = 500
"""Report at most this many faults."""


def parse_level(
    text: str, name: str, *, json: bool = False, checks: bool = True, reach: "LevelReach | None" = None
) -> Level:
    """The level in a text; LevelFileError names `name` as the file.

    checks: False leaves out whether a hand can play it, for the level of a run that was played already.
    """
    faults = FaultCollector(name, text, json=json)
    with faults.reading():
        data = read_data(faults)
        file, numbers = _model(data, faults)
        if file is not None and checks:
            from game.library.levels.checks import LevelReach, unplayable

            faults.add(unplayable(file, reach or LevelReach(), numbers))
        faults.raise_any()
        assert file is not None, "what no model can be made of has faults"
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


def _model(data: dict[str, Any], faults: FaultCollector) -> "tuple[LevelFile | None, list[int] | None]":
    """The model of some data, as far as possible; the positions of its notes, where some are left out.

    Its faults, and what does not go together, are added to `faults`.
    """
    from pydantic import ValidationError

    from game.library.levels.clashes import crossed
    from game.library.levels.models import FORMAT, LevelFile

    newest = data.get("format")
    if type(newest) is int and newest > FORMAT:
        what = f"this is format {newest}, and this program reads format {FORMAT}; use a newer Fingerfall"
        faults.add([LevelFault(("format",), what)])
        return None, None
    numbers: list[int] | None = None
    try:
        file = LevelFile.model_validate(data)
    except ValidationError as error:
        found = _findings(error, data)
        faults.add(found)
        if error.error_count() > MOST_FAULTS:
            return None, None
        rest, numbers = _without(data, [finding.path for finding in found])
        try:
            file = LevelFile.model_validate(rest)
        except ValidationError:
            return None, None
    wrong = {finding.path[0] for finding in faults.found}
    left_out = numbers is not None and bool(wrong & {"notes", "pattern"})
    unsure = wrong & {"hand"}  # a hand that is no hand tells nothing more
    faults.add(f for f in crossed(file, left_out) if f.path[-1] not in unsure)
    return file, numbers


def _findings(error: "ValidationError", data: dict[str, Any]) -> list[LevelFault]:
    """The validation faults, each at its path in the data."""
    from game.library.levels.models import known_names

    found = []
    count = error.error_count()
    if count > MOST_FAULTS:
        found.append(
            LevelFault((), f"there are {count} things to correct; the first {MOST_FAULTS} are named")
        )
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

"""An entry as plain JSON values and back, for the index."""

from dataclasses import fields
from typing import Any

from game.music.level import HandChoice, Instrument, Lyric, SongName
from game.music.level_entry import LevelEntry
from game.music.tempo import TempoMap

NAMES = tuple(field.name for field in fields(LevelEntry))


def plain(entry: LevelEntry) -> list[Any]:
    """The values of an entry in the order of its fields."""
    values = {name: getattr(entry, name) for name in NAMES}
    values["tempo"] = entry.tempo.changes
    values["lyrics"] = [(lyric.beat, lyric.text) for lyric in entry.lyrics]
    values["song"] = entry.song and (entry.song.id, entry.song.title)
    values["demand"] = dict(entry.demand)
    return list(values.values())


def entry(values: list[Any]) -> LevelEntry:
    """The entry that such values are. ValueError, TypeError or LookupError where they are none."""
    own = dict(zip(NAMES, values, strict=True))
    own["tempo"] = TempoMap(tuple((beat, bpm) for beat, bpm in own["tempo"]))
    own["lyrics"] = tuple(Lyric(beat, text) for beat, text in own["lyrics"])
    own["instrument"], own["hand"] = Instrument(own["instrument"]), HandChoice(own["hand"])
    own["song"] = SongName(*own["song"]) if own["song"] else None
    own["fingers"] = tuple(own["fingers"])
    return LevelEntry(**own)

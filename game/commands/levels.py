"""The verb `levels`: lists all levels in ramp order."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from game.commands.context import Context, complain, say, say_json
from game.commands.parser import verb_parser
from game.words import HAND_NAMES, _, titled

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs
    from game.music.level_entry import LevelEntry


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    parser = verb_parser(verbs, shared, "levels", "list all levels, by difficulty")
    parser.set_defaults(act=levels)


def levels(options: Namespace) -> int:
    """List all levels in ramp order."""
    context = Context.of(options)
    from game.library.catalogue import catalogue
    from game.library.index import LevelIndex

    known = catalogue(context.level_folders(), complain, LevelIndex(context.level_index))
    if context.as_json:
        say_json({"levels": [_level_data(level) for level in known]})
        return 0
    for level in known:
        place = f"{level.step:>3}  {level.id:<28} {level.difficulty:>4.1f}"
        say(f"{place}  {_(HAND_NAMES[level.hand.value]):<11} {titled(level.title)}")
    return 0


def _level_data(level: "LevelEntry") -> dict[str, Any]:
    """A level as data, with what can be computed of it."""
    return {
        "id": level.id,
        "title": level.title,
        "aim": level.aim,
        "caution": level.caution,
        "family": level.family,
        "step": level.step,
        "hand": level.hand.value,
        "instrument": level.instrument.value,
        "fingers": list(level.fingers),
        "notes": level.note_count,
        "notes_per_s": round(level.notes_per_s, 2),
        "bpm": level.tempo.bpm(0),
        "length_s": round(level.length_s(), 1),
        "difficulty": round(level.difficulty, 1),
        "demand": {name: round(value, 1) for name, value in level.demand.items()},
        "index": round(level.index, 2),
        **_song(level),
    }


def _song(level: "LevelEntry") -> dict[str, Any]:
    """What a song has beside: whom it is by, and its words."""
    lyrics = [{"beat": line.beat, "text": line.text} for line in level.lyrics]
    return {"origin": level.origin, "lyrics": lyrics} if level.origin or lyrics else {}

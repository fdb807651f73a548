"""The verb `levels`: lists all levels in ramp order."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from game.commands.context import Context, complain, say, say_json
from game.commands.parser import verb_parser
from game.words import HAND_NAMES, _, titled

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs
    from game.music.level import Level


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    parser = verb_parser(verbs, shared, "levels", "list all levels, by difficulty")
    parser.set_defaults(act=levels)


def levels(options: Namespace) -> int:
    """List all levels in ramp order."""
    context = Context.of(options)
    from game.arrange.difficulty.difficulty import difficulty
    from game.coach.ladder import in_ramp_order
    from game.library.files import library

    known = in_ramp_order(library(*context.level_folders(), on_error=complain))
    if context.as_json:
        say_json({"levels": [_level_data(level) for level in known]})
        return 0
    for level in known:
        place = f"{level.step:>3}  {level.id:<28} {difficulty(level):>4.1f}"
        say(f"{place}  {_(HAND_NAMES[level.hand.value]):<11} {titled(level.title)}")
    return 0


def _level_data(level: "Level") -> dict[str, Any]:
    """A level as data, with what can be computed of it."""
    from game.arrange.difficulty.demand import demand
    from game.arrange.difficulty.difficulty import difficulty
    from game.arrange.difficulty.index import index

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
        "notes": len(level.notes),
        "notes_per_s": round(level.notes_per_s, 2),
        "bpm": level.tempo.bpm(0),
        "length_s": round(level.length_s(), 1),
        "difficulty": round(difficulty(level), 1),
        "demand": {name: round(value, 1) for name, value in demand(level).as_dict().items()},
        "index": round(index(level.notes), 2),
        **_song(level),
    }


def _song(level: "Level") -> dict[str, Any]:
    """What a song has beside: whom it is by, and its words."""
    lyrics = [{"beat": line.beat, "text": line.text} for line in level.lyrics]
    return {"origin": level.origin, "lyrics": lyrics} if level.origin or lyrics else {}

"""The parser of the verb `import`: what may be asked for."""

import argparse
import re
from typing import TYPE_CHECKING

from game.arrange.reduction.transposing import KEYBOARDS, PIANO
from game.commands.argtypes import between, typed
from game.commands.options import HANDS
from game.commands.parser import verb_parser
from game.music.note import LITTLE_FINGER, THUMB
from game.music.pitch_names import pitch_named

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs

WIDEST = 9
"""White keys that a level asks of a hand at most."""
_KEY = r"[A-Ga-g][#♯b♭]?-?\d|\d{1,3}"
_RANGE = re.compile(rf"\s*({_KEY})\s*[-–]\s*({_KEY})\s*", re.ASCII)


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    song = verb_parser(verbs, shared, "import", "make a level from a MIDI file")
    song.add_argument("song", type=typed, metavar="SONG.mid", help="a Standard MIDI File")
    song.add_argument("-o", "--output", type=typed, metavar="LEVEL.toml", help="the level file to write")
    _add_options(song)
    song.set_defaults(act=_import)


def _import(options: argparse.Namespace) -> int:
    from game.commands.imported import import_level

    return import_level(options)


def _add_options(song: "Parser") -> None:
    add = song.add_argument
    add("--force", action="store_true", help="replace an existing level file")
    add("--hand", choices=HANDS, help="hand that plays; the program plays the other")
    add("--fingers", type=fingers, default="1,2,3,4,5", metavar="1,2,3", help="fingers that may play")
    add("--max-difficulty", type=difficulty, metavar="N", help="maximum difficulty, 1 to 10")
    add("--span", type=span, default=WIDEST, metavar="KEYS", help="span of a hand in white keys, 2 to 9")
    add(
        "--range",
        type=keys,
        metavar="KEYS",
        help="keyboard of 25, 37, 49, 61, 76 or 88 keys, or its keys as C3-C5",
    )
    add("--track", type=number, action="append", metavar="N", help="track for the hands, counted from 1")
    add("--channel", type=number, action="append", metavar="N", help="channel for the hands, 1 to 16")
    add(
        "--song",
        dest="number",
        type=number,
        default=1,
        metavar="N",
        help="number of the song in a file with several songs",
    )
    add("--start-beat", type=beat, metavar="B", help="first quarter note, counted from 0")
    add("--end-beat", type=beat, metavar="B", help="last quarter note")
    add("--no-reduce", action="store_true", help="keep every note in its place, for both hands")


def fingers(text: str) -> frozenset[int]:
    """Fingers such as `1,2,3`."""
    found = re.findall(r"\d+", text)
    numbers = {int(n) for n in found}
    if (
        not numbers
        or not re.fullmatch(r"[\d\s,]+", text)
        or not all(THUMB <= n <= LITTLE_FINGER for n in numbers)
    ):
        raise argparse.ArgumentTypeError(f"{text!r} names no fingers; give some of 1 to 5, as in 1,2,3")
    return frozenset(numbers)


def keys(text: str) -> tuple[int, int]:
    """The lowest and highest key of an instrument: by how many there are, or as `C3-C5` or `48-72`."""
    if text.strip().isdecimal() and int(text) in KEYBOARDS:
        return KEYBOARDS[int(text)]
    found = _RANGE.fullmatch(text)
    if found:
        low, high = (int(one) if one.isdecimal() else pitch_named(one) for one in found.groups())
        if PIANO[0] <= low < high <= PIANO[1]:
            return low, high
    sizes = ", ".join(map(str, KEYBOARDS))
    raise argparse.ArgumentTypeError(
        f"{text!r} is not a keyboard; give its size ({sizes}), or its keys from A0 to C8 as in C3-C5"
    )


def difficulty(text: str) -> float:
    """A figure from 1 to 10."""
    return between(text, 1, 10)


def span(text: str) -> int:
    """White keys, 2 to 9."""
    return int(between(text, 2, WIDEST))


def number(text: str) -> int:
    """The number of a track or channel."""
    return int(between(text, 1, 65_535))


def beat(text: str) -> float:
    """A beat, 0 or later."""
    return between(text, 0, 1_000_000)

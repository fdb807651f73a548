"""The verb `play`: one level, in the window or without one."""

from argparse import Namespace
from typing import TYPE_CHECKING

from game.commands.argtypes import typed
from game.commands.context import Context
from game.commands.options import add_part, whole_level, with_bars
from game.commands.parser import verb_parser
from game.errors import UserError

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    parser = verb_parser(verbs, shared, "play", "play a level")
    parser.add_argument("level", type=typed, metavar="LEVEL", help="a level's id or file")
    parser.add_argument(
        "--profile", type=typed, metavar="NAME", help="profile that plays; default: the guest"
    )
    parser.add_argument(
        "--input",
        default="auto",
        metavar="auto|keyboard|PORT",
        help="every instrument, the computer's keys, or one MIDI port",
    )
    add_part(parser)
    parser.add_argument("--headless", action="store_true", help="play without a window")
    parser.add_argument("--events", action="store_true", help="with --headless: print events as JSON lines")
    parser.add_argument("--fullscreen", action="store_true", help="use the full screen")
    parser.set_defaults(act=play)


def play(options: Namespace) -> int:
    """Play one level."""
    context = Context.of(options)
    whole = whole_level(context, options)
    level = with_bars(whole, options)
    if options.events and not options.headless:
        raise UserError("--events tells of a run without a window; add --headless")
    if options.headless:
        from game.commands.headless import play_headless

        return play_headless(context, level, options)
    from game.commands.window import open_game

    return open_game(context, options, level, whole=whole)

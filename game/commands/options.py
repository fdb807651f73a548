"""Options that several verbs have, and what they say of the level that is asked for."""

import argparse
from typing import TYPE_CHECKING

from game.commands.argtypes import bar_range, speed
from game.errors import UserError

if TYPE_CHECKING:
    from game.commands.context import Context
    from game.commands.parser import Parser
    from game.music.level import Level

HANDS = ("left", "right", "both")


def add_part(verb: "Parser") -> None:
    """How a level is played: hand, speed, and a part of it over and over."""
    verb.add_argument("--hand", choices=HANDS, help="hand that plays")
    verb.add_argument(
        "--speed", type=speed, default=1.0, help="speed as a multiple of the written tempo, 0.25–1.5"
    )
    verb.add_argument("--bars", type=bar_range, metavar="5-8", help="practise only these bars, in a loop")
    verb.add_argument(
        "--times", type=int, metavar="N", help="with --bars: number of repeats, 1 to 32; default 4"
    )


def add_judging(verb: "Parser") -> None:
    """What is said of a run, and who says it."""
    verb.add_argument(
        "--live", action="store_true", help="live verdicts of the game instead of the clinical record"
    )
    verb.add_argument(
        "--explain", action="store_true", help="table of all measures: unit, n, interval, meaning"
    )


def whole_level(context: "Context", options: argparse.Namespace) -> "Level":
    """The level asked for, for the hand asked for. UserError: there is none, or it has nothing for it."""
    level = context.level(options.level)
    if options.hand is None:
        return level
    from game.arrange.other_hand import for_hand
    from game.music.level import HandChoice

    return for_hand(level, HandChoice(options.hand))


def with_bars(level: "Level", options: argparse.Namespace) -> "Level":
    """The bars of a level that were asked for, or all of it. UserError: it has no such bars."""
    if options.bars is None:
        if options.times is not None:
            raise UserError(
                "--times says how often a part is played; name the part with --bars, as in --bars 5-8"
            )
        return level
    from game.app.practice import bars_of

    first, last = options.bars
    return bars_of(level, first, last, options.times)

"""The verb `score`: judge a recorded performance."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from game.commands.argtypes import bounce, seconds, speed, typed
from game.commands.context import Context, warn
from game.commands.options import HANDS, add_judging, whole_level
from game.commands.parser import verb_parser
from game.words import _

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    parser = verb_parser(verbs, shared, "score", "judge a recorded performance")
    parser.add_argument("level", type=typed, metavar="LEVEL", help="a level's id or file, or a MIDI file")
    parser.add_argument("recording", type=typed, metavar="RECORDING", help="a MIDI file, or an exported run")
    parser.add_argument("--start-s", type=seconds, help="seconds added to the times of a MIDI file")
    parser.add_argument(
        "--speed", type=speed, help="speed at which it was played, as a multiple of the written tempo"
    )
    parser.add_argument("--hand", choices=HANDS)
    parser.add_argument(
        "--bounce-ms",
        type=bounce,
        metavar="MS",
        help="a repeated press of a key within this time is a bounce and continues the first (pads: 50)",
    )
    add_judging(parser)
    parser.set_defaults(act=score)


def score(options: Namespace) -> int:
    """Judge a recorded performance."""
    from game.app.conditions import filtered
    from game.app.played_level import read_played
    from game.commands.result_words import judged_by, show
    from game.report.record import record_of

    context, path = Context.of(options), Path(options.recording)
    played = read_played(path, whole_level(context, options), options.start_s, options.speed)
    level = played.level
    if played.played_on not in ("", level.id):
        other = played.played_on
        warn(_("{file} was played on {played}, not on {level}", file=path, played=other, level=level.id))
    conditions = filtered(played.conditions, played.recording, options.bounce_ms)
    record = record_of(level, played.recording, conditions, judged_by(options.live))
    show(context, record, options.explain, conditions)
    return 0

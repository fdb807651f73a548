"""The verb `demo`: a simulated patient plays a level, without a screen."""

from argparse import Namespace
from typing import TYPE_CHECKING

from game.commands.argtypes import milliseconds, share, spread, typed
from game.commands.context import Context
from game.commands.options import add_part, whole_level, with_bars
from game.commands.parser import verb_parser

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs
    from game.midi.simulated import Simulated
    from game.music.level import Level

DEMO_LEVEL = "five-steps-right"


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    parser = verb_parser(verbs, shared, "demo", "let a simulated patient play a level, without a screen")
    parser.add_argument(
        "level", nargs="?", default=DEMO_LEVEL, type=typed, metavar="LEVEL", help="a level's id or file"
    )
    add_part(parser)
    parser.add_argument("--seed", type=int, default=1, help="random seed of the performance")
    parser.add_argument(
        "--mean-ms", type=milliseconds, default=30.0, help="mean asynchrony; early is negative"
    )
    parser.add_argument("--sd-ms", type=spread, default=40.0, help="standard deviation of asynchrony")
    parser.add_argument("--omit", type=share, default=0.05, help="share of notes left out")
    parser.add_argument(
        "--wrong", type=share, default=0.03, help="share of notes played on a neighbouring key"
    )
    parser.set_defaults(act=demo)


def demo(options: Namespace) -> int:
    """Let the patient play and print the result."""
    from game.midi.simulated import Simulated

    context = Context.of(options)
    level = with_bars(whole_level(context, options), options)
    patient = Simulated(options.mean_ms / 1000, options.sd_ms / 1000, omit=options.omit, wrong=options.wrong)
    show_simulated(context, level, options.speed, patient, options.seed)
    return 0


def usual_demo(context: Context, level: "Level | None", speed: float) -> None:
    """The demo with default options; level: None for the default one."""
    from game.midi.simulated import Simulated

    show_simulated(context, level or context.level(DEMO_LEVEL), speed, Simulated(), seed=1)


def show_simulated(context: Context, level: "Level", speed: float, patient: "Simulated", seed: int) -> None:
    """Say what a simulated patient makes of a level, as the game judges it."""
    from game.app.simulation import simulated_run
    from game.commands.result_words import show
    from game.report.record import Judged, record_of

    run = simulated_run(level, speed, patient, seed)
    show(context, record_of(level, run.recording(), run.conditions, Judged.LIVE))

"""The verb `replay`: judge a stored run again, from its raw presses and the level as it was played."""

from argparse import Namespace
from typing import TYPE_CHECKING

from game.commands.argtypes import typed
from game.commands.context import Context
from game.commands.options import add_judging
from game.commands.parser import verb_parser

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    parser = verb_parser(verbs, shared, "replay", "judge a stored run again")
    parser.add_argument("run_id", type=typed, metavar="RUN", help="the run's id, or its beginning")
    add_judging(parser)
    parser.set_defaults(act=replay)


def replay(options: Namespace) -> int:
    """Judge the run and print the result."""
    from game.app.derived import affected, run_level
    from game.commands.result_words import judged_by, show
    from game.report.record import record_of

    context = Context.of(options)
    with context.store() as store:
        run = store.run(options.run_id).result()
        hand = affected(store, run.header)
    judged = judged_by(options.live)
    record = record_of(run_level(run), run.recording, run.conditions, judged, hand)
    show(context, record, options.explain, run.conditions)
    return 0

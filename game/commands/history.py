"""The verb `history`: a profile's runs, the newest first, and what changed from probe to probe."""

from argparse import Namespace
from typing import TYPE_CHECKING

from game.commands.argtypes import typed
from game.commands.context import Context, say, say_json
from game.commands.parser import verb_parser
from game.words import _

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    parser = verb_parser(verbs, shared, "history", "list a profile's runs, newest first")
    parser.add_argument("profile", type=typed, metavar="PROFILE")
    parser.set_defaults(act=history)


def history(options: Namespace) -> int:
    """A profile's runs, the newest first."""
    context = Context.of(options)
    from game.app.run_summaries import summaries, trends_of
    from game.report.history import history_data, history_line
    from game.report.progress import progress_data, progress_line

    with context.store() as store:
        profile = store.profile(options.profile).result()
        runs = summaries(store, profile.id)
    trends = trends_of(runs)
    if context.as_json:
        said = {"runs": [history_data(run) for run in runs], "trends": [progress_data(one) for one in trends]}
        say_json({"profile": profile.name, **said})
        return 0
    if not runs:
        say(_("{name} has not played yet.", name=profile.name))
    for line in (*map(history_line, runs), *map(progress_line, trends)):
        say(line)
    return 0

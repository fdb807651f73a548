"""The verb `export`: every run of a profile as a file of its own."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from game.commands.argtypes import typed
from game.commands.context import Context, say, say_json
from game.commands.parser import verb_parser
from game.words import many

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    parser = verb_parser(verbs, shared, "export", "write every run of a profile to its own file")
    parser.add_argument("profile", type=typed, metavar="PROFILE")
    parser.add_argument("--format", choices=("jsonl",), default="jsonl")
    parser.add_argument("-o", "--output", required=True, type=typed, metavar="DIR")
    parser.set_defaults(act=export)


def export(options: Namespace) -> int:
    """Write every run of a profile to a file of its own."""
    from game.app.export import export_runs

    context, folder = Context.of(options), Path(options.output)
    with context.store() as store:
        profile = store.profile(options.profile).result()
        paths = export_runs(store, profile.id, folder)
    if context.as_json:
        say_json({"profile": profile.id, "files": [str(path) for path in paths]})
    else:
        say(many("{n} run is in {folder}", "{n} runs are in {folder}", len(paths), folder=folder))
    return 0

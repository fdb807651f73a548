"""The verb `check`: every fault of level files."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from game.commands.argtypes import typed
from game.commands.context import Context, say, say_json, warn
from game.commands.parser import verb_parser
from game.words import _

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    parser = verb_parser(verbs, shared, "check", "check level files")
    parser.add_argument("files", nargs="+", type=typed, metavar="FILE")
    parser.set_defaults(act=check)


def check(options: Namespace) -> int:
    """Validate level files; status 2 where one has a fault."""
    context = Context.of(options)
    from game.library.files import check_levels

    checked = check_levels([Path(name) for name in options.files])
    found = {
        name: [str(fault) for fault in faults] for name, faults in zip(options.files, checked, strict=True)
    }
    faulty = any(found.values())
    if context.as_json:
        say_json({"files": [{"file": name, "faults": faults} for name, faults in found.items()]})
        return 2 if faulty else 0
    for name, faults in found.items():
        for fault in faults:
            warn(fault)
        if not faults:
            say(_("{file}: good", file=name))
    return 2 if faulty else 0

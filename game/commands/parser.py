"""The argument parser of all verbs: its errors are one sentence with the cure, without secrets."""

import argparse
import re
from typing import TYPE_CHECKING, Any, NoReturn

from game.commands.argtypes import folder, typed
from game.harmless import one_line
from game.words import N_, _

ARGPARSE_WORDS = (
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
)
"""Words of argparse itself that stand in every help text."""


class HelpFormatter(argparse.HelpFormatter):
    """Help in the current language."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading and _(heading))

    def add_text(self, text: str | None) -> None:
        super().add_text(text and _(text))

    def _expand_help(self, action: argparse.Action) -> str:
        text, action.help = action.help, _(action.help or "")
        try:
            return super()._expand_help(action)
        finally:
            action.help = text


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one sentence with the cure."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("formatter_class", HelpFormatter)
        super().__init__(*args, **options)
        self.color = False  # from Python 3.14 on help has colours, and they are escape sequences

    def error(self, message: str) -> NoReturn:
        said = one_line(_without_addresses(message))
        self.exit(2, f"{self.prog}: {said}; `{self.prog} --help` shows what is possible\n")


def _without_addresses(message: str) -> str:
    """An error message without database addresses, even mistyped ones."""
    return re.sub(r"(://|\bpostgres\w*(?:\+\w+)?:)(?:.*@\S*|[^\s'\"]*)", r"\1…", message, flags=re.DOTALL)


if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[Parser]


def verb_parser(verbs: "Verbs", shared: Parser, name: str, words: str) -> Parser:
    """The parser of one verb, which takes the shared options too. words: what it does."""
    return verbs.add_parser(name, help=words, description=words, parents=[shared], allow_abbrev=False)


def shared_options(default: object) -> Parser:
    """Options that stand before or after the verb. default: of those that were not given."""
    shared = Parser(add_help=False)
    group = shared.add_argument_group("options of all commands")
    group.add_argument("--data", type=folder, metavar="DIR", default=default, help="folder of all data")
    group.add_argument(
        "--database", type=typed, metavar="URL", default=default, help="database shared by several stations"
    )
    group.add_argument(
        "--midi-api",
        choices=("auto", "alsa", "jack", "core", "winmm"),
        default=default or "auto",
        help="MIDI interface of the system",
    )
    group.add_argument(
        "--json", action="store_true", default=default or False, help="print one JSON document"
    )
    return shared

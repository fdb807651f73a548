"""The command line: all verbs, and what becomes of a fault."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from game import __version__
from game.commands import (
    calibrate,
    check,
    demo,
    doctor,
    export,
    history,
    import_options,
    levels,
    play,
    ports,
    profiles,
    replay,
    score,
)
from game.commands.context import complain
from game.commands.parser import Parser, shared_options
from game.commands.terminal import harmless_output
from game.errors import UserError
from game.words import _, use_language

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

VERBS = (
    *(demo, play, levels, check, ports, calibrate, doctor),
    *(import_options, score, replay, export, history, profiles),
)
"""As help shows them. Each imports what it needs when it acts: the first frame waits for none of it."""


def build_parser() -> argparse.ArgumentParser:
    """All verbs and options; names are a contract."""
    shared = shared_options(argparse.SUPPRESS)
    parser = Parser(
        prog="fingerfall",
        description="A falling-note game that exercises the hand. Opens the game if no command is given.",
        parents=[shared_options(None)],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"fingerfall {__version__}")
    parser.add_argument("--fullscreen", action="store_true", help="use the full screen")
    parser.set_defaults(act=_open)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=Parser)
    for verb in VERBS:
        verb.add(verbs, shared)
    return parser


def _open(options: argparse.Namespace) -> int:
    from game.commands.window import open_menu

    return open_menu(options)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit status: 0 done, 1 something failed, 2 bad use or bad input."""
    asked = (os.environ.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    use_language(_language(next(filter(None, asked), "")))
    with harmless_output():
        return _done(argv)


def _done(argv: Sequence[str] | None) -> int:
    try:
        options = build_parser().parse_args(argv)
        status: int = options.act(options)
        return status
    except UserError as error:
        complain(error)
        return 1 if error.failed else 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _say_no_more()
        return 1
    except OSError as error:
        print(_("The system refused: {reason}.", reason=error), file=sys.stderr)
        _say_no_more()
        return 1


def _say_no_more() -> None:
    """Nobody reads stdout any more: what is still in it must not fail a second time."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _language(environment: str) -> str:
    """The language that an environment asks for, `de_AT.UTF-8` is `de`."""
    return environment.replace(":", "_").split("_")[0].split(".")[0] or "en"


if __name__ == "__main__":
    sys.exit(main())

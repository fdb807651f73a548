"""The verbs of the command line: the one place where devices, store and screens are built."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from game import __version__
from game.commands.argtypes import bar_range, between
from game.commands.import_options import add_wishes
from game.errors import UserError
from game.settings import SPEED_RANGE
from game.words import _, use_language

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction["Parser"]

DEMO_LEVEL = "five-steps-right"
HANDS = ("left", "right", "both")


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one sentence with the cure."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; `{self.prog} --help` shows what is possible\n")


def build_parser() -> argparse.ArgumentParser:
    """All verbs and options; names are a contract."""
    shared = _shared(argparse.SUPPRESS)
    parser = Parser(
        prog="fingerfall",
        description="A falling-note game that exercises the hand. Without a verb, it opens.",
        parents=[_shared(None)],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"fingerfall {__version__}")
    parser.add_argument("--fullscreen", action="store_true", help="fill the whole screen")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=Parser)
    for add in (_add_demo, _add_play, _add_looks, _add_import, _add_judged, _add_people):
        add(verbs, shared)
    return parser


def _shared(default: object) -> Parser:
    """Options that stand before or after the verb."""
    shared = Parser(add_help=False)
    group = shared.add_argument_group("for every verb")
    group.add_argument(
        "--data", type=_folder, metavar="DIR", default=default, help="where everything is kept"
    )
    group.add_argument(
        "--database", type=_name, metavar="URL", default=default, help="a database that stations share"
    )
    group.add_argument(
        "--midi-api",
        choices=("auto", "alsa", "jack", "core", "winmm"),
        default=default or "auto",
        help="which MIDI interface of the system",
    )
    group.add_argument(
        "--json", action="store_true", default=default or False, help="one JSON document on stdout"
    )
    return shared


def _verb(verbs: "Verbs", shared: "Parser", name: str, words: str) -> Parser:
    return verbs.add_parser(name, help=words, description=words, parents=[shared], allow_abbrev=False)


def _speed(text: str) -> float:
    least, most = SPEED_RANGE
    try:
        speed = float(text)
    except ValueError:
        speed = -1.0
    if not least <= speed <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is no speed; give a number from {least} to {most}")
    return speed


def _milliseconds(text: str) -> float:
    return between(text, -10_000, 10_000)


def _spread(text: str) -> float:
    return between(text, 0, 10_000)


def _seconds(text: str) -> float:
    return between(text, -86_400, 86_400)


def _name(text: str) -> str:
    """A name or path as it was typed; bytes that are no text would end in a fault far from here."""
    if not text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise argparse.ArgumentTypeError("this is no name; write it in letters")
    return text


def _folder(text: str) -> Path:
    return Path(_name(text))


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no share; give a number from 0 to 1")
    return share


def _add_demo(verbs: "Verbs", shared: Parser) -> None:
    demo = _verb(verbs, shared, "demo", "a simulated patient plays a level, without a screen")
    demo.add_argument(
        "level", nargs="?", default=DEMO_LEVEL, type=_name, metavar="LEVEL", help="a level's id or file"
    )
    demo.add_argument("--hand", choices=HANDS)
    demo.add_argument("--speed", type=_speed, default=1.0, help="times the written tempo, 0.25–1.5")
    _add_bars(demo)
    demo.add_argument("--seed", type=int, default=1, help="another number, another performance")
    demo.add_argument(
        "--mean-ms", type=_milliseconds, default=30.0, help="mean asynchrony, early is negative"
    )
    demo.add_argument("--sd-ms", type=_spread, default=40.0, help="standard deviation of asynchrony")
    demo.add_argument("--omit", type=_share, default=0.05, help="share of notes left out")
    demo.add_argument("--wrong", type=_share, default=0.03, help="share of notes on a neighbouring key")
    demo.set_defaults(run="judged.demo")


def _add_play(verbs: "Verbs", shared: Parser) -> None:
    play = _verb(verbs, shared, "play", "play one level")
    play.add_argument("level", type=_name, metavar="LEVEL", help="a level's id or file")
    play.add_argument("--profile", type=_name, metavar="NAME", help="who plays; without it, a guest")
    play.add_argument(
        "--input", default="auto", metavar="auto|keyboard|PORT", help="a MIDI port, or the computer's keys"
    )
    play.add_argument("--speed", type=_speed, default=1.0, help="times the written tempo, 0.25–1.5")
    play.add_argument("--hand", choices=HANDS, help="which hand plays")
    _add_bars(play)
    play.add_argument("--headless", action="store_true", help="without a window")
    play.add_argument("--events", action="store_true", help="with --headless: JSON lines of what happens")
    play.add_argument("--fullscreen", action="store_true", help="fill the whole screen")
    play.set_defaults(run="play.play")


def _add_bars(verb: Parser) -> None:
    """A part of the level, over and over."""
    verb.add_argument("--bars", type=bar_range, metavar="5-8", help="practise only these bars, in a loop")
    verb.add_argument("--times", type=int, metavar="N", help="with --bars: how often, 1 to 32; usually 4")


def _add_looks(verbs: "Verbs", shared: Parser) -> None:
    _verb(verbs, shared, "levels", "the library, in ramp order").set_defaults(run="look.levels")
    check = _verb(verbs, shared, "check", "validate level files")
    check.add_argument("files", nargs="+", type=_name, metavar="FILE")
    check.set_defaults(run="look.check")
    ports = _verb(verbs, shared, "ports", "MIDI inputs")
    ports.add_argument("--watch", action="store_true", help="go on and say what comes and goes")
    ports.set_defaults(run="look.ports")
    calibrate = _verb(verbs, shared, "calibrate", "measure this station's delays, by a steady person's taps")
    calibrate.add_argument("--taps", type=_name, metavar="FILE", help="taps in a file, without a screen")
    calibrate.add_argument("--device", type=_name, metavar="NAME", help="with --taps: the instrument's name")
    calibrate.add_argument("--keep", action="store_true", help="with --taps: keep what was found")
    calibrate.add_argument("--list", action="store_true", help="what was measured here, and when")
    calibrate.add_argument("--fullscreen", action="store_true", help="fill the whole screen")
    calibrate.set_defaults(run="calibrate.calibrate")
    doctor = _verb(verbs, shared, "doctor", "what works here, and whether what is kept is sound")
    doctor.add_argument(
        "--timing", action="store_true", help="send MIDI to ourselves and measure how exactly it is stamped"
    )
    doctor.set_defaults(run="doctor.doctor")


def _add_import(verbs: "Verbs", shared: Parser) -> None:
    song = _verb(verbs, shared, "import", "a level from a MIDI file")
    song.add_argument("song", type=_name, metavar="SONG.mid", help="a Standard MIDI File")
    song.add_argument("-o", "--output", type=_name, metavar="LEVEL.toml", help="the level file to write")
    add_wishes(song)
    song.set_defaults(run="imported.import_level")


def _add_judged(verbs: "Verbs", shared: Parser) -> None:
    score = _verb(verbs, shared, "score", "judge a recorded performance")
    score.add_argument(
        "level", type=_name, metavar="LEVEL", help="a level's id or file, or a MIDI file as it is"
    )
    score.add_argument(
        "recording", type=_name, metavar="RECORDING", help="a MIDI file, or a run that was exported"
    )
    score.add_argument("--start-s", type=_seconds, help="seconds added to the times of a MIDI file")
    score.add_argument("--speed", type=_speed, help="times the written tempo it was played at")
    score.add_argument("--hand", choices=HANDS)
    _add_judging(score)
    score.set_defaults(run="judged.score")
    replay = _verb(verbs, shared, "replay", "judge a stored run again")
    replay.add_argument("run_id", type=_name, metavar="RUN", help="its id, or the beginning of it")
    _add_judging(replay)
    replay.set_defaults(run="judged.replay")
    export = _verb(verbs, shared, "export", "every run of a profile as a file of its own")
    export.add_argument("profile", type=_name, metavar="PROFILE")
    export.add_argument("--format", choices=("jsonl",), default="jsonl")
    export.add_argument("-o", "--output", required=True, type=_name, metavar="DIR")
    export.set_defaults(run="judged.export")


def _add_judging(verb: Parser) -> None:
    """What is said of a run, and who says it."""
    verb.add_argument(
        "--live", action="store_true", help="the verdicts of the game instead of the clinical record"
    )
    verb.add_argument(
        "--explain", action="store_true", help="all measures as a table: unit, n, interval, what it means"
    )


def _add_people(verbs: "Verbs", shared: Parser) -> None:
    history = _verb(verbs, shared, "history", "a profile's runs, the newest first")
    history.add_argument("profile", type=_name, metavar="PROFILE")
    history.set_defaults(run="look.history")
    profiles = _verb(verbs, shared, "profiles", "who plays here; add, rename, archive or erase")
    profiles.set_defaults(run="look.profiles", act="list")
    acts = profiles.add_subparsers(
        dest="act", metavar="add|rename|archive|unarchive|erase|reset-pin", parser_class=Parser
    )
    _verb(acts, shared, "add", "a new profile").add_argument("name", type=_name, metavar="NAME")
    rename = _verb(acts, shared, "rename", "another name for the same profile")
    rename.add_argument("name", type=_name, metavar="NAME")
    rename.add_argument("new_name", type=_name, metavar="NEW")
    for act, about in (
        ("archive", "take a profile off the screens, keep its runs"),
        ("unarchive", "bring it back"),
    ):
        _verb(acts, shared, act, about).add_argument("name", type=_name, metavar="NAME")
    reset = _verb(acts, shared, "reset-pin", "forget the therapist's PIN, so that a new one can be chosen")
    reset.add_argument("--yes", action="store_true", help="yes, forget it")
    erase = _verb(acts, shared, "erase", "delete a profile and all its runs for good")
    erase.add_argument("name", type=_name, metavar="NAME")
    erase.add_argument("--yes", action="store_true", help="yes, for good")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit status: 0 done, 1 something failed, 2 bad use or bad input."""
    asked = (os.environ.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    use_language(_language(next(filter(None, asked), "")))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        options = build_parser().parse_args(argv)
        return _act(getattr(options, "run", "window.open_menu"))(options)
    except UserError as error:
        print(_(error.template, **error.parts), file=sys.stderr)
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


def _act(name: str) -> Callable[[argparse.Namespace], int]:
    """A verb's function, imported only when it is wanted: the first frame does not wait for the rest."""
    module, function = name.split(".")
    act: Callable[[argparse.Namespace], int] = getattr(import_module(f"game.commands.{module}"), function)
    return act


def _language(environment: str) -> str:
    """The language that an environment asks for, `de_AT.UTF-8` is `de`."""
    return environment.replace(":", "_").split("_")[0].split(".")[0] or "en"


if __name__ == "__main__":
    sys.exit(main())

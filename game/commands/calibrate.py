"""The verb `calibrate`: the therapist's screen for it, or the same from taps in a file."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from game.commands.argtypes import typed
from game.commands.context import Context, say, say_json
from game.commands.parser import verb_parser
from game.errors import UserError
from game.words import N_, _

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    words = N_("measure this station's delays from a steady person's taps")
    parser = verb_parser(verbs, shared, "calibrate", words)
    parser.add_argument("--taps", type=typed, metavar="FILE", help="read taps from a file, without a screen")
    parser.add_argument("--device", type=typed, metavar="NAME", help="with --taps: the instrument's name")
    parser.add_argument("--keep", action="store_true", help="with --taps: save the result")
    parser.add_argument("--list", action="store_true", help="list saved calibrations with their dates")
    parser.add_argument("--fullscreen", action="store_true", help="use the full screen")
    parser.set_defaults(act=calibrate)


def calibrate(options: Namespace) -> int:
    """Open the screen, or compute the delays from a file of taps; status 1 without a result."""
    context = Context.of(options)
    if options.list:
        return _list(context)
    if options.taps:
        return _from_file(context, options)
    return _on_screen(context, options)


def _on_screen(context: Context, options: Namespace) -> int:
    from game.screens.ui.window import has_screen

    if not has_screen():
        raise UserError(
            "There is no screen here, and calibrating shows a falling note: start `fingerfall calibrate` on "
            "the station itself, or give taps that were made there with --taps FILE.",
            failed=True,
        )
    from game.commands.window import open_game
    from game.screens.station.calibrate import CalibrateScreen
    from game.screens.station.station import StationScreen
    from game.screens.therapist.therapist import door

    return open_game(context, options, first=lambda stack: door(stack, StationScreen, CalibrateScreen))


def _from_file(context: Context, options: Namespace) -> int:
    from game.app.taps import calibration_from, keep_calibration, read_taps
    from game.commands.delay_words import tell

    taps = read_taps(Path(options.taps))
    found = taps.found()
    known, kept = calibration_from(found), None
    if options.keep and known:
        name = options.device or taps.device
        with context.store() as store:
            kept = keep_calibration(store, context.midi_api, name, known, taps)
    tell(context, found, known, kept)
    return 0 if known else 1


def _list(context: Context) -> int:
    from game.commands.delay_words import offsets
    from game.store.station_book import StationBook

    with context.store() as store:
        book = StationBook(store)
        book.read()
        known = book.calibrations()
    every = [(key, one) for key, some in known.items() for one in some]
    rows = [{"instrument": key, **one.to_dict(), **(offsets(one) or {})} for key, one in every]
    if context.as_json:
        say_json({"calibrations": rows})
        return 0
    for row in rows:
        say(f"{row['day']}  {row['instrument']:<40} {_way(bool(row['heard']))}")
    if not rows:
        say(_("This station was never calibrated."))
    return 0


def _way(heard: bool) -> str:
    return _("with sound") if heard else _("without sound")

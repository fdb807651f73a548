"""The verb `ports`: MIDI inputs, once or as they come and go."""

from argparse import Namespace
from contextlib import closing
from typing import TYPE_CHECKING, Any

from game.commands.context import Context, say, say_json
from game.commands.parser import verb_parser
from game.words import _

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    parser = verb_parser(verbs, shared, "ports", "list MIDI inputs")
    parser.add_argument("--watch", action="store_true", help="keep running and report changes")
    parser.set_defaults(act=ports)


def ports(options: Namespace) -> int:
    """MIDI inputs, once or as they come and go."""
    context = Context.of(options)
    from game.midi.driver import RtMidi
    from game.midi.ports import Ports

    with closing(RtMidi(context.clock, context.midi_api)) as driver:
        watch = Ports(driver)
        names = watch.names()
        if context.as_json and not options.watch:
            say_json({"ports": names})
            return 0
        for name in names:
            _say_port(context, "there", name)
        if not names and not context.as_json:
            say(_("No MIDI input is plugged in; the computer's letter keys play instead."))
        if options.watch:
            _watch(context, watch)
    return 0


def _watch(context: Context, watch: Any) -> None:
    try:
        while True:
            for change in watch.changes(context.clock.now_s()):
                _say_port(context, "came" if change.came else "went", change.name)
            context.clock.sleep(0.25)
    except KeyboardInterrupt:
        pass


def _say_port(context: Context, what: str, name: str) -> None:
    if context.as_json:
        say_json({"event": what, "port": name})
    else:
        say({"there": name, "came": f"+ {name}", "went": f"- {name}"}[what])

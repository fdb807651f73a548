"""The game in its window: who plays, choose, play, result; or one level at once."""

import signal
import threading
from argparse import Namespace
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from game.commands.context import Context, complain, warn
from game.music.level import Level
from game.screens.ui.runtime_tuning import hold_little
from game.screens.ui.window import GameWindow, greet, has_screen
from game.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.app.instrument import GameInstrument
    from game.app.services import StoreServices
    from game.audio.live import LiveSpeaker
    from game.audio.output import Output
    from game.screens.ui.screen_stack import ScreenStack
    from game.store.store import Store


def open_menu(options: Namespace) -> int:
    """Open the game on its first screen."""
    return open_game(Context.of(options), options)


def open_game(
    context: Context,
    options: Namespace,
    level: Level | None = None,
    first: "Callable[[ScreenStack], None] | None" = None,
    whole: Level | None = None,
) -> int:
    """Open the game; with a level, on that level. Without a screen, say so and let the demo play.

    first: opens another screen over the first one. whole: what follows a level that is a part of it.
    """
    if not has_screen():
        return _demo_instead(context, options, level)
    hold_little()
    greet(window := GameWindow(fullscreen=getattr(options, "fullscreen", False)))
    from game.audio.live import LiveSpeaker
    from game.screens.routes import ScreenRoutes
    from game.screens.ui.loop import Loop
    from game.screens.ui.screen_stack import ScreenStack
    from game.store.store import Store

    menu = level is None and first is None
    store = Store(context.folder, context.database, held=menu)
    speaker = LiveSpeaker()
    instrument, stop_keys = _instrument(context, options, speaker)
    services = _services(context, store, instrument, speaker)
    stack = ScreenStack(services, context.clock, instrument, ScreenRoutes)
    begin = partial(_begin, context, services, speaker, stack, store)
    _first_screens(stack, options, level, first, whole)
    if not menu:
        begin()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        Loop(stack, context.clock, window, begin if menu else None).run()
    finally:
        for close in (instrument.close, stop_keys, services.close, store.close, speaker.close):
            close()
    _say_last(store)
    return 0


def _services(
    context: Context, store: "Store", instrument: "GameInstrument", speaker: "LiveSpeaker"
) -> "StoreServices":
    from game.app.level_catalogue import LevelCatalogue
    from game.app.services import StoreServices

    levels = LevelCatalogue(context.level_folders(), context.level_index)
    return StoreServices(store, levels, context.clock, instrument, speaker)


def _begin(
    context: Context,
    services: "StoreServices",
    speaker: "LiveSpeaker",
    stack: "ScreenStack",
    store: "Store",
) -> None:
    """Begin with what takes long and no first screen needs."""
    services.begin()
    _keep_sound(context, store, speaker, stack)


def _say_last(store: "Store") -> None:
    """What could not be kept, when nobody looks at the window any more."""
    if store.error:
        complain(store.error)


def _keep_sound(context: Context, store: "Store", speaker: "LiveSpeaker", stack: "ScreenStack") -> None:
    """Open the sound device, and keep it, beside the game."""
    from game.app.sound import keep_sound

    def busy() -> bool:
        return stack.done or stack.top.owns_instrument

    keep = partial(keep_sound, store, speaker, context.clock, busy)
    threading.Thread(target=keep, name="sound", daemon=True).start()


def _instrument(context: Context, options: Namespace, speaker: "Output") -> "tuple[GameInstrument, Any]":
    from game.app.instrument import GameInstrument, sounded
    from game.audio.keys import KeySounder
    from game.midi.beside import DriverBeside
    from game.midi.driver import Driver, RtMidi

    echo: SimpleQueue[Any] = SimpleQueue()
    sounder = KeySounder(echo, speaker)
    sound = sounded(speaker.press, speaker.release)
    wanted = getattr(options, "input", "auto")

    def connect() -> Driver:
        return DriverBeside(RtMidi(context.clock, context.midi_api))

    return GameInstrument(context.clock, wanted, connect, echo, sound), sounder.stop


def _first_screens(
    stack: "ScreenStack",
    options: Namespace,
    level: Level | None,
    first: "Callable[[ScreenStack], None] | None",
    whole: Level | None,
) -> None:
    from game.music.step_reason import StepReason
    from game.screens.choosing.levels import LevelsScreen
    from game.screens.choosing.who import WhoScreen
    from game.screens.playing.play import PlayScreen
    from game.screens.ui.services import Player, ProfileCard, Recommendation

    stack.push(WhoScreen(stack))
    if first:
        first(stack)
    name = getattr(options, "profile", None)
    if level is None and name is None:
        return

    def enter(player: Player) -> None:
        stack.play_as(player)
        stack.push(LevelsScreen(stack))
        if level is not None:
            speed = getattr(options, "speed", 1.0)
            back = Recommendation(whole, speed, StepReason.WHOLE) if whole and level.bars else None
            stack.push(PlayScreen(stack, level, speed, back))

    card = ProfileCard(name or "", name or "", guest=name is None)
    stack.when(stack.services.choose(card), enter)


def _demo_instead(context: Context, options: Namespace, level: Level | None) -> int:
    """A simulated patient plays, with whatever was asked for."""
    from game.commands.demo import usual_demo

    warn(_("There is no screen here, so a simulated patient plays. `fingerfall --help` shows all commands."))
    usual_demo(context, level, getattr(options, "speed", 1.0))
    return 0

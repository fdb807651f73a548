"""The stack of open screens and the navigation between them."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

from game.clock import Clock
from game.errors import UserError
from game.music.device import Device, DeviceKind
from game.music.note import Touch
from game.screens.ui.menu_presses import MenuPresses
from game.screens.ui.routes import Routes, StackedScreen
from game.screens.ui.services import Player, ProfileCard, Services
from game.screens.ui.theme import theme_named
from game.screens.ui.verbs import MenuKeys, Verb, mirrored
from game.screens.ui.view import View
from game.settings import Settings
from game.words import _, language, right_to_left, use_language

T = TypeVar("T")


class InstrumentPort(Protocol):
    """What the screens need from the instrument: its port and the known facts about its keys."""

    @property
    def device(self) -> Device: ...

    @property
    def alive(self) -> bool: ...

    @property
    def lowest(self) -> int | None:
        """Pitch of its lowest key or pad, or None while that is not known."""

    @property
    def pads(self) -> bool:
        """Whether it has pads and no keys."""

    @property
    def shown_pads(self) -> tuple[int, ...]:
        """Pitches of its pads in the order in which they were shown; empty while they were not."""

    @property
    def stranger(self) -> str:
        """Name of a keyboard that just came and whose lowest key is not known; empty when there is none."""

    def listening(self) -> tuple[Device, ...]:
        """Every instrument that is heard now."""

    def look(self) -> None:
        """Look for keyboards that came or went; once a frame, while no run needs the time."""

    def touches(self) -> list[Touch]: ...

    def key(self, scancode: int, down: bool, time_s: float) -> bool:
        """Take a key of the computer; True when it plays a note."""

    def cap(self, pitch: int) -> str:
        """What stands on the computer's key that plays a pitch; empty where other keys are played."""

    def let_go(self, time_s: float) -> None:
        """The window lost the keyboard: release the computer's keys."""


class ScreenStack:
    """The open screens, top one last; the current player; requests to the window."""

    def __init__(
        self,
        services: Services,
        clock: Clock,
        instrument: InstrumentPort,
        routes: "Callable[[ScreenStack], Routes]",
    ) -> None:
        """routes: makes the ways between the parts of the screens, for this stack."""
        self.services, self.clock, self.instrument = services, clock, instrument
        self.routes = routes(self)
        self.player = Player(ProfileCard("", "", guest=True))
        self.screens: list[StackedScreen] = []
        self.done = False
        self.quiet = False
        self.seen = True
        self.has_keys = True
        self.error: str = ""
        self._system_language = language()
        self._waiting: list[tuple[Future[Any], Callable[[Any], None]]] = []
        self.presses = MenuPresses(clock)

    @property
    def settings(self) -> Settings:
        return self.player.settings

    @property
    def top(self) -> StackedScreen:
        return self.screens[-1]

    @property
    def attended(self) -> bool:
        """Whether somebody can play now: the window is seen, and the keys of the instrument reach it."""
        return self.seen and (self.has_keys or self.instrument.device.kind is not DeviceKind.COMPUTER)

    @property
    def menu_keys(self) -> MenuKeys | None:
        """The instrument's menu keys, once its lowest key is known."""
        lowest, shown = self.instrument.lowest, self.instrument.shown_pads
        if lowest is None and shown:
            lowest = shown[0]
        return None if lowest is None else MenuKeys(lowest, self.instrument.pads, shown)

    def push(self, screen: StackedScreen) -> None:
        """Go on to a screen; back leads here."""
        self.screens.append(screen)
        self.rest()

    def replace(self, screen: StackedScreen) -> None:
        """Go on to a screen in place of the one on top."""
        self._leave()
        self.push(screen)

    def back(self) -> None:
        """Leave the screen on top; from the first one, the program."""
        self._leave()
        self.done = not self.screens
        self.rest()

    def back_to_first(self) -> None:
        """Go back to the first screen."""
        while len(self.screens) > 1:
            self._leave()
        self.rest()

    def close(self) -> None:
        """Leave every screen: a run that is on is stopped and kept."""
        self.done = True
        while self.screens:
            self._leave()

    def play_as(self, player: Player) -> None:
        """Switch to this player, with their language and theme."""
        self.player = player
        use_language(player.settings.language or self._system_language)

    def when(self, answer: Future[T], then: Callable[[T], None]) -> None:
        """Call `then` on a later frame with what the house answers; a trouble becomes a sentence."""
        self._waiting.append((answer, then))

    def settle(self) -> None:
        """Deliver the answers that have arrived; called once a frame."""
        ready = [pair for pair in self._waiting if pair[0].done()]
        self._waiting = [pair for pair in self._waiting if not pair[0].done()]
        for answer, then in ready:
            try:
                value = answer.result()
            except UserError as error:
                self.error = _(error.template, **error.parts)
            except Exception as fault:
                # An unexpected error must not close the window during play.
                self.error = _("That did not work ({fault}); please try again.", fault=repr(fault))
            else:
                then(value)

    def view(self, size: tuple[int, int]) -> View:
        """The view of a window of that size with this player's settings."""
        settings = self.settings
        return View(
            size,
            theme_named(settings.theme),
            settings.text_scale,
            right_to_left(),
            settings.reduced_motion,
            self._menu_caps(),
        )

    def _menu_caps(self) -> tuple[str, ...]:
        """What stands on the five menu keys, where the computer's keys are played."""
        keys = self.menu_keys
        if keys is None or not self.screens or self.top.types_letters:
            return ()
        caps = tuple(self.instrument.cap(pitch) for pitch in keys.pitches())
        return caps if all(caps) else ()

    def do(self, verb: Verb) -> None:
        """A verb, wherever it came from; a screen that just came takes none."""
        if self.presses.too_soon:
            return
        self.error = ""
        self.top.verb(mirrored(verb, right_to_left()))

    def touch(self, touch: Touch) -> None:
        """A press or release on the instrument, which may be a verb."""
        taken = self.top.touch(touch)
        verb = self.verb_of(touch, taken)
        if verb:
            self.do(verb)

    def verb_of(self, touch: Touch, taken: bool = False) -> Verb | None:
        """The verb of a touch, None for any other and for what a shaking hand did.

        taken: whether the screen had use for the touch itself.
        """
        if not self.presses.meant(touch, taken) or taken:
            return None
        keys = self.menu_keys
        return keys.verb(touch.pitch) if keys else None

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come, which may lead to another screen."""
        return bool(self._waiting)

    def rest(self) -> None:
        """What is to be chosen from has changed: a held or shaking key shall not choose twice."""
        self.presses.rest(self.settings)

    def _leave(self) -> None:
        screen = self.screens.pop()
        screen.left()
        if screen.owns_instrument:
            self.presses.all_up()  # what was let go during the run, the run was told and not the menu

    def notices(self) -> list[str]:
        """Sentences to show at the foot of a screen."""
        return [self.error] if self.error else list(self.services.notices())

"""The window and its frames: events in, verbs and touches out, a picture as often as the screen shows one."""

from collections.abc import Callable

import pygame

from game.clock import Clock
from game.screens.ui.learn import ask_for_lowest
from game.screens.ui.pace import FramePacer
from game.screens.ui.paint import Brush
from game.screens.ui.runtime_tuning import answer_quickly, quieten
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.text_renderer import TextRenderer
from game.screens.ui.verbs import BY_SCANCODE, Verb
from game.screens.ui.window import GameWindow

OPEN_DEVICES_FROM = 2
"""SDL numbers sound devices that are open from here on; a smaller number is one that nobody had opened."""


class Loop:
    """Runs a screen stack in a window until it is done."""

    def __init__(
        self,
        stack: ScreenStack,
        clock: Clock,
        window: GameWindow | None = None,
        begin: Callable[[], None] | None = None,
    ) -> None:
        """window: one that is open already. begin: called once, after the first frame that lacks nothing."""
        self.stack, self._clock, self._begin = stack, clock, begin
        self._lettering = TextRenderer()
        self.window = window or GameWindow()

    def run(self) -> None:
        """Run frames until the stack is empty."""
        answer_quickly()
        pace = FramePacer(self.window.refresh_hz, self._clock.now_s())
        try:
            while not self.stack.done:
                begun_s = self._clock.now_s()
                self.frame(pygame.event.get())
                self._wait(pace.next_s(begun_s, self._clock.now_s()))
        finally:
            quieten(False)
            self.stack.close()

    def _begin_late(self) -> None:
        """Nothing that takes long is in the way of the first screen."""
        if self._begin and not self.stack.waits:
            begin, self._begin = self._begin, None
            begin()

    def frame(self, events: list[pygame.event.Event]) -> None:
        """Take the events, bring the top screen up to date and show it."""
        now_s = self._clock.now_s()
        for event in events:
            self._take(event, now_s)
        for step in (self.stack.settle, self._menu_touches, self._update, self._show):
            if not self.stack.done:
                step()
        self._begin_late()

    def _menu_touches(self) -> None:
        stack = self.stack
        if stack.top.owns_instrument:
            return
        stack.instrument.look()
        for touch in stack.instrument.touches():
            if not stack.done:
                stack.touch(touch)
        if not stack.done:
            ask_for_lowest(stack)

    def _update(self) -> None:
        self.stack.top.update(self._clock.now_s())
        quieten(self.stack.quiet)

    def _show(self) -> None:
        self.draw()
        self.window.show()

    def draw(self) -> None:
        """Paint the top screen."""
        surface = self.window.surface
        view = self.stack.view(surface.get_size())
        self.stack.top.draw(Brush(surface, view, self._lettering), self._clock.now_s())

    def _wait(self, until_s: float) -> None:
        """Wait for the next frame; a key event that arrives meanwhile is stamped on arrival."""
        while (left_s := until_s - self._clock.now_s()) > 0.001 and not self.stack.done:
            event = pygame.event.wait(int(left_s * 1000))
            if event.type != pygame.NOEVENT:
                self._take(event, self._clock.now_s())

    def _take(self, event: pygame.event.Event, now_s: float) -> None:
        stack = self.stack
        if stack.done:
            return
        if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):
            stack.done = True
        elif event.type in (pygame.KEYDOWN, pygame.KEYUP):
            self._key(event, now_s)
        elif event.type == pygame.TEXTINPUT:
            stack.top.letter(event.text)
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            stack.error = ""
            if not stack.presses.too_soon:
                stack.top.point(event.pos, stack.view(self.window.surface.get_size()))
        elif event.type == pygame.MOUSEWHEEL and event.y:
            self._wheel(event.y)
        elif event.type == pygame.AUDIODEVICEREMOVED:
            if not event.iscapture and event.which >= OPEN_DEVICES_FROM:
                stack.services.sound_device_went()
        else:
            self._attention(event.type, now_s)

    def _attention(self, event_type: int, now_s: float) -> None:
        """Update whether the window is visible and has the keyboard focus."""
        stack = self.stack
        if event_type == pygame.WINDOWFOCUSLOST:
            stack.has_keys = False
            stack.instrument.let_go(now_s)
        elif event_type == pygame.WINDOWFOCUSGAINED:
            stack.has_keys = True
        elif event_type in (pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN):
            stack.seen = False
        elif event_type in (pygame.WINDOWRESTORED, pygame.WINDOWSHOWN, pygame.WINDOWEXPOSED):
            stack.seen = True

    def _key(self, event: pygame.event.Event, now_s: float) -> None:
        if event.type == pygame.KEYDOWN and event.scancode == pygame.KSCAN_F11:
            self.window.toggle_fullscreen()
            return
        down, writes = event.type == pygame.KEYDOWN, self.stack.top.types_letters
        self.stack.has_keys |= down
        plays = not writes and self.stack.instrument.key(event.scancode, down, now_s)
        verb = BY_SCANCODE.get(event.scancode)
        if writes and event.scancode == pygame.KSCAN_SPACE:
            return
        if down and verb and not plays and self.stack.presses.key_meant(event.scancode):
            self.stack.do(verb)

    def _wheel(self, steps: int) -> None:
        self.stack.do(Verb.PREVIOUS if steps > 0 else Verb.NEXT)

"""A main thread that stands still for a second in a level changes no time and loses no press."""

import threading
import time
from dataclasses import replace

import pygame
import pytest

from game.clock import SystemClock
from game.judge.verdicts import Verdict
from game.midi.usb import UsbPort
from game.music.level import BeatNote, HandChoice, Instrument, Level
from game.music.tempo import TempoMap
from game.run.run import Run
from game.screens.playing.play import PlayScreen
from game.screens.routes import ScreenRoutes
from game.screens.ui.loop import Loop
from game.screens.ui.screen_stack import ScreenStack
from tests.midi.fakes import FakeDriver
from tests.scenes import CannedHouse, CannedInstrument

KEYBOARD = "Q49:Q49 MIDI 1 20:0"
NOTES = 12
LEVEL = Level(
    id="stall",
    title="Stall",
    family="song",
    step=1,
    instrument=Instrument.KEYBOARD,
    hand=HandChoice.RIGHT,
    tempo=TempoMap.steady(240.0),
    metre=(4, 4),
    notes=tuple(BeatNote(float(i), 60 + i % 5, 0.5, finger=1 + i % 5) for i in range(NOTES)),
)


def asleep() -> None:
    time.sleep(1.0)


def at_work() -> None:
    until_s = time.perf_counter() + 1.0
    while time.perf_counter() < until_s:
        sum(i * i for i in range(100))


class StallingLoop(Loop):
    """Stands still once, at the fifth note."""

    def __init__(self, stack: ScreenStack, clock: SystemClock, stall: object) -> None:
        super().__init__(stack, clock)
        self._stall = stall

    def frame(self, events: list[pygame.event.Event]) -> None:
        super().frame(events)
        screen = self.stack.top
        if not isinstance(screen, PlayScreen):
            self.stack.done = True
        elif screen.run and screen.run.song_s() > 1.1 and callable(self._stall):
            self._stall()
            self._stall = None


def play(driver: FakeDriver, run: Run, sent: list[tuple[float, float]]) -> None:
    """Press and release every note 20 ms late, as the driver's thread would; note when it really was."""
    for note in run.notes:
        due_s = run.timeline.clock_s(note.onset_s + 0.02)
        time.sleep(max(0.0, due_s - time.perf_counter()))
        before_s = time.perf_counter()
        driver.send(0x90, note.pitch, 64)
        sent.append((before_s, time.perf_counter()))
        time.sleep(0.05)
        driver.send(0x80, note.pitch, 64)


@pytest.mark.parametrize("stall", [asleep, at_work])
def test_no_press_is_lost_or_moved(stall: object) -> None:
    clock, driver = SystemClock(), FakeDriver([KEYBOARD])
    services = CannedHouse(clock)  # type: ignore[arg-type]
    services.levels_known = (*services.levels_known, replace(LEVEL))
    services.port = UsbPort(driver, clock)
    stack = ScreenStack(services, clock, CannedInstrument(clock), ScreenRoutes)  # type: ignore[arg-type]
    stack.push(PlayScreen(stack, LEVEL))
    stack.settle()
    (run,) = services.runs
    sent: list[tuple[float, float]] = []
    player = threading.Thread(target=play, args=(driver, run, sent))
    player.start()
    StallingLoop(stack, clock, stall).run()
    player.join()
    verdicts = run.verdicts()
    assert [j.verdict for j in verdicts.judgements] == [Verdict.HIT] * NOTES
    assert len(run.recording().touches) == 2 * NOTES
    for judgement, (before_s, after_s) in zip(verdicts.judgements, sent, strict=True):
        assert judgement.asynchrony_s is not None
        pressed_s = run.timeline.clock_s(judgement.note.onset_s + judgement.asynchrony_s)
        assert before_s - 0.0001 <= pressed_s <= after_s + 0.0001

"""The scene that frames are measured on: a level with many notes in view, on the real play screen."""

import random
from dataclasses import replace

from game.clock import ManualClock
from game.music.level import BeatNote, HandChoice, Instrument, Level
from game.music.note import Hand
from game.music.tempo import TempoMap
from game.screens.playing.play import PlayScreen
from game.screens.ui.screen_stack import ScreenStack
from game.settings import Settings
from tests.scenes import CannedHouse, new_stack

ROWS = 11
"""As many rows of the shortest notes as the field is high."""

ROW_BEATS = 0.28
KEYS = range(36, 97)


def dense_level(in_view: int, rows: int = 200) -> Level:
    """Five octaves on which about `in_view` notes are always to be seen."""
    rng = random.Random(in_view)
    notes = [
        BeatNote(row * ROW_BEATS, pitch, ROW_BEATS * 0.9, Hand.RIGHT if pitch >= 60 else Hand.LEFT, 1 + n % 5)
        for row in range(rows)
        for n, pitch in enumerate(rng.sample(KEYS, max(1, in_view // ROWS)))
    ]
    return Level(
        id="dense",
        title="Many notes",
        family="song",
        step=1,
        instrument=Instrument.KEYBOARD,
        hand=HandChoice.BOTH,
        tempo=TempoMap.steady(60.0),
        metre=(4, 4),
        notes=tuple(sorted(notes, key=lambda n: (n.beat, n.pitch))),
    )


def on_stage(in_view: int, settings: Settings | None = None) -> tuple[ScreenStack, CannedHouse, ManualClock]:
    """The play screen in the middle of that level, with what a busy hand leaves on it."""
    settings = replace(settings or Settings())
    stack, services, clock = new_stack(settings)
    screen = PlayScreen(stack, dense_level(in_view))
    stack.push(screen)
    stack.settle()
    assert screen.run is not None
    while screen.run.song_s() < 5.0:
        clock.advance(1 / 60)
        screen.update(clock.now_s())
    return stack, services, clock


def seen(stack: ScreenStack) -> int:
    """How many notes are in view now."""
    screen = stack.top
    assert isinstance(screen, PlayScreen)
    assert screen.run is not None
    song_s = screen.run.song_s()
    return sum(1 for n in screen.run.notes if song_s - 0.1 <= n.onset_s <= song_s + screen.level.preview_s)

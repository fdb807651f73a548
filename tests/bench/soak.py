"""Plays level after level on the real play screen for hours of made time: `python -m tests.bench.soak HOURS`.

Prints the memory it held: at most, after the first eighth, and at the end (MB).
"""

import argparse
import gc
import os
import random
import resource
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame

from game.audio.backing import LevelBacking
from game.audio.speaker import open_speaker
from game.clock import ManualClock
from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.midi.scripted import ScriptedPort
from game.midi.simulated import Simulated
from game.music.level import Level
from game.music.note import Touch
from game.run.ports import NoRecorder
from game.run.run import Run
from game.screens.playing.play import PlayScreen
from game.screens.ui.paint import Brush
from game.screens.ui.runtime_tuning import hold_little
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.text_renderer import TextRenderer
from tests.bench.scene import dense_level
from tests.scenes import CannedHouse, at_once, known_levels, new_stack

SIZE = (1920, 1080)


def held_mb() -> float:
    """Memory this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


class Soak:
    """A stage, a speaker and a made-up player who never tires."""

    def __init__(self, every: int, hz: float) -> None:
        self.every, self.hz = every, hz
        self.speaker = open_speaker()
        self.speaker.prepare(range(36, 97))
        self.surface = pygame.display.set_mode(SIZE)
        self.lettering = TextRenderer()
        self.rng = random.Random(8)
        self.most_mb = 0.0

    def play(self, level: Level) -> float:
        """One level from its count-in to its end; how long it took in made seconds."""
        stack, services, clock = new_stack()
        services.levels_known = (*services.levels_known, level)
        backing = LevelBacking(level, 1.0, self.speaker)
        conditions = Conditions(HitWindows(0.05, 0.1, 0.2))
        lead_s = -Run(level, conditions, clock, services.port, NoRecorder(), backing).song_s()
        touches = Simulated(0.02, 0.05, omit=0.05, wrong=0.03).play(level.notes_at(), self.rng)
        port = ScriptedPort(clock, [_later(t, clock.now_s() + lead_s) for t in touches])
        run = Run(level, conditions, clock, port, NoRecorder(), backing)
        services.prepare = lambda *_: at_once(run)  # type: ignore[method-assign]
        screen = PlayScreen(stack, level)
        stack.push(screen)
        stack.settle()
        begun_s = clock.now_s()
        self._frames(stack, clock, services, screen)
        backing.wait()
        return clock.now_s() - begun_s

    def _frames(
        self, stack: ScreenStack, clock: ManualClock, services: CannedHouse, screen: PlayScreen
    ) -> None:
        count = 0
        while stack.top is screen:
            clock.advance(1 / self.hz)
            screen.update(clock.now_s())
            if count % self.every == 0 and stack.top is screen:
                brush = Brush(self.surface, stack.view(SIZE), self.lettering)
                screen.draw(brush, clock.now_s())
            count += 1
        self.most_mb = max(self.most_mb, held_mb())


def _later(touch: Touch, seconds: float) -> Touch:
    from dataclasses import replace

    return replace(touch, time_s=touch.time_s + seconds)


def main() -> None:
    """Play for so many hours of made time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hours", nargs="?", type=float, default=8.0)
    parser.add_argument("--every", type=int, default=1, help="draw one frame in so many")
    parser.add_argument("--hz", type=float, default=60.0, help="updates a second")
    chosen = parser.parse_args()
    hold_little()
    soak, played_s, early_mb = Soak(chosen.every, chosen.hz), 0.0, 0.0
    levels = [*known_levels()[::60], dense_level(60, rows=100)]
    end_s = chosen.hours * 3600
    while played_s < end_s:
        for level in levels:
            played_s += soak.play(level)
        gc.collect()
        if not early_mb and played_s > end_s / 8:
            early_mb = held_mb()
    print(f"{soak.most_mb:.1f} {early_mb:.1f} {held_mb():.1f}")
    soak.speaker.close()


if __name__ == "__main__":
    main()

"""What a frame costs the processor: the play screen against a plain redraw of the same scene, in turn."""

import time
from collections.abc import Callable, Iterator
from statistics import median

import pygame

from game.screens.field.lanes import field
from game.screens.playing.play import PlayScreen
from game.screens.ui.paint import Brush
from game.screens.ui.text_renderer import TextRenderer
from tests.bench.plain import PlainScreen
from tests.bench.scene import on_stage
from tests.bench.table import Row, promise

SIZES = ((1280, 720), (1920, 1080))
IN_VIEW = (60, 200, 500)
ROUNDS, FRAMES = 9, 15
PROMISED_MS = {(1280, 720): 1.5, (1920, 1080): 2.5}
PROMISED_RATIO = 2.5


def rows() -> Iterator[Row]:
    """At each size and number of notes: CPU of a frame, ours and plain."""
    for size in SIZES:
        for in_view in IN_VIEW:
            ours_ms, plain_ms = frame_costs_ms(size, in_view)
            name = f"{size[0]} × {size[1]}, {in_view} notes"
            yield Row(
                "Frames", name, f"{ours_ms:.2f} ms; plain redraw {plain_ms:.2f} ms", "CPU of drawing a frame"
            )
            if in_view == 200:
                yield promise("Frames", f"{name}: a frame", ours_ms, PROMISED_MS[size], "ms", "median")
                most = 1 / PROMISED_RATIO
                meaning = f"share of a plain redraw's cost: {plain_ms / ours_ms:.1f} times cheaper"
                yield promise("Frames", f"{name}: beside plain", ours_ms / plain_ms, most, "", meaning)


def frame_costs_ms(size: tuple[int, int], in_view: int) -> tuple[float, float]:
    """Median CPU milliseconds of a frame: the play screen, and the plain redraw."""
    pygame.display.init()
    surface = pygame.display.set_mode(size)
    stack, _, clock = on_stage(in_view)
    screen = stack.top
    assert isinstance(screen, PlayScreen)
    assert screen.run is not None
    run, view, lettering = screen.run, stack.view(size), TextRenderer()
    plain = PlainScreen(field(view, screen.stretch, screen.level.preview_s), view, run)

    def ours() -> None:
        clock.advance(1 / 60)
        screen.draw(Brush(surface, stack.view(size), lettering), clock.now_s())

    def theirs() -> None:
        clock.advance(1 / 60)
        plain.draw(surface, run.song_s())

    costs: dict[Callable[[], None], list[float]] = {ours: [], theirs: []}
    for _ in range(ROUNDS):
        for act, taken in costs.items():
            act()
            begun_s = time.process_time()
            for _ in range(FRAMES):
                act()
            taken.append((time.process_time() - begun_s) / FRAMES * 1000)
    return median(costs[ours]), median(costs[theirs])

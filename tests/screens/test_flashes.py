"""Nothing flashes more than three times a second (WCAG 2.2, 2.3.1); and the meter finds what does."""

from collections.abc import Callable

import pygame
import pytest

from game.music.note import Press
from game.screens.playing.play import PlayScreen
from game.screens.ui.paint import Brush
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.text_renderer import TextRenderer
from game.settings import Settings
from tests.bench.scene import on_stage
from tests.scenes import CannedHouse
from tests.screens.flashes import Flashes, measure

HZ = 30.0
SIZE = (640, 360)
Colour = tuple[int, int, int]


def sequence(colours: Callable[[int], Colour], part: float = 1.0, frames: int = 45) -> Flashes:
    """A field that covers a part of the view, in a colour of its own each frame."""
    pictures = []
    for index in range(frames):
        picture = pygame.Surface(SIZE)
        picture.fill((16, 16, 20))
        side = part**0.5
        picture.fill(colours(index), (0, 0, round(SIZE[0] * side), round(SIZE[1] * side)))
        pictures.append(picture)
    return measure(pictures, HZ)


def blinking(one: Colour, other: Colour, times_a_second: float) -> Callable[[int], Colour]:
    return lambda index: one if int(index * 2 * times_a_second / HZ) % 2 else other


@pytest.mark.parametrize(("per_second", "safe"), [(2, True), (3, True), (5, False), (10, False)])
def test_the_meter_tells_a_white_light_that_blinks_too_often(per_second: float, safe: bool) -> None:
    found = sequence(blinking((250, 250, 250), (20, 20, 20), per_second))
    assert found.safe is safe
    assert found.general == pytest.approx(per_second, abs=1)


def test_the_meter_tells_red_that_blinks_though_its_luminance_hardly_changes() -> None:
    found = sequence(blinking((120, 0, 0), (38, 38, 38), 6))
    assert not found.safe
    assert found.red > found.general


def test_a_small_light_a_faint_one_and_a_slow_fade_are_no_flashes() -> None:
    assert sequence(blinking((255, 255, 255), (0, 0, 0), 10), part=0.02) == Flashes(0, 0)
    assert sequence(blinking((90, 90, 90), (70, 70, 70), 10)) == Flashes(0, 0)
    assert sequence(lambda i: (i * 5, i * 5, i * 5)).general == 0


def storm(stack: ScreenStack, services: CannedHouse, frame: int) -> None:
    """Every key of the level goes down or up, in every other frame."""
    screen = stack.top
    assert isinstance(screen, PlayScreen)
    assert screen.run is not None
    run = screen.run
    run._held ^= {60, 62, 64, 65, 67, 69, 71, 72} if frame % 2 else {61, 63, 66, 68}
    for pitch in range(60, 68):
        screen._heed(Press(run.song_s(), pitch), run)


@pytest.mark.parametrize("theme", ["night", "paper", "night-contrast", "paper-contrast"])
def test_the_wildest_playing_does_not_flash(theme: str) -> None:
    stack, services, clock = on_stage(200, Settings(theme=theme))
    lettering, pictures = TextRenderer(), []
    for frame in range(40):
        clock.advance(1 / HZ)
        stack.top.update(clock.now_s())
        storm(stack, services, frame)
        surface = pygame.Surface(SIZE)
        stack.top.draw(Brush(surface, stack.view(SIZE), lettering), clock.now_s())
        pictures.append(surface)
    found = measure(pictures, HZ)
    assert found.safe, found

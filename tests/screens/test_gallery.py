"""Every screen paints in every look, at every size, and nothing stands outside the window."""

from collections.abc import Iterator

import pygame
import pytest

from game.screens.ui.paint import Brush
from game.screens.ui.text_renderer import TextRenderer
from game.settings import Settings
from game.words import PSEUDO, use_language
from tests.scenes import SCENES, scene

LOOKS = {
    "as it is": Settings(),
    "large": Settings(text_scale=2.0, theme="paper"),
    "longer": Settings(text_scale=1.5, language=PSEUDO),
    "Arabic": Settings(language="ar", theme="paper-contrast"),
}


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


class WatchedBrush(Brush):
    """A brush that remembers where it wrote."""

    def __init__(self, surface: pygame.Surface, view: object, lettering: TextRenderer) -> None:
        super().__init__(surface, view, lettering)  # type: ignore[arg-type]
        self.written: list[tuple[str, pygame.Rect, pygame.Rect]] = []

    def text(self, text, rect, style):  # type: ignore[no-untyped-def]
        box = super().text(text, rect, style)
        self.written.append((text, box, pygame.Rect(rect)))
        return box


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", SCENES)
def test_text_stays_in_its_place(name: str, look: str) -> None:
    size = (1280, 720)
    surface = pygame.Surface(size)
    stack, clock = scene(name, LOOKS[look])
    brush = WatchedBrush(surface, stack.view(size), TextRenderer())
    stack.top.draw(brush, clock.now_s())
    window = surface.get_rect()
    for text, box, room in brush.written:
        assert window.contains(box), f"{text!r} stands outside the window: {box}"
        assert box.width <= room.width, f"{text!r} is wider than its place: {box} in {room}"


@pytest.mark.parametrize("size", [(800, 600), (1920, 1080), (2560, 1080)])
@pytest.mark.parametrize("name", ["levels", "play", "result"])
def test_windows_of_all_sizes_are_filled(name: str, size: tuple[int, int]) -> None:
    surface = pygame.Surface(size)
    surface.fill((255, 0, 255))
    stack, clock = scene(name)
    stack.top.draw(Brush(surface, stack.view(size), TextRenderer()), clock.now_s())
    corners = [(0, 0), (size[0] - 1, 0), (0, size[1] - 1), (size[0] - 1, size[1] - 1)]
    assert all(surface.get_at(at)[:3] != (255, 0, 255) for at in corners)


def test_with_reduced_motion_only_the_notes_move() -> None:
    size = (1280, 720)
    pictures = []
    stack, clock = scene("play", Settings(reduced_motion=True))
    for _ in range(2):
        surface = pygame.Surface(size)
        stack.top.draw(Brush(surface, stack.view(size), TextRenderer()), clock.now_s())
        pictures.append(surface)
        clock.advance(0.05)
    panel = pygame.Rect(1004, 96, 236, 440)
    before, after = (pygame.image.tobytes(p.subsurface(panel), "RGB") for p in pictures)
    assert before == after

"""Every sign of a line is drawn, in whatever font has it."""

import pygame
import pytest

from game.screens.ui.text_renderer import TextRenderer, font

WHITE = (255, 255, 255)


def ink(picture: pygame.Surface) -> bytes:
    """A picture without its empty edges."""
    return pygame.image.tobytes(picture.subsurface(picture.get_bounding_rect()), "RGBA")


@pytest.mark.parametrize("sign", ["±", "²"])
def test_a_sign_that_the_arabic_font_lacks_is_not_drawn_as_a_box(sign: str) -> None:
    lettering = TextRenderer()
    bare = lettering.line("خطأ", 40, WHITE).get_width()
    with_sign = lettering.line(f"خطأ{sign}", 40, WHITE)
    size = (with_sign.get_width() - bare, with_sign.get_height())
    ends = [with_sign.subsurface(place, size) for place in ((0, 0), (bare, 0))]
    assert ink(font("latin", 40, False).render(sign, True, WHITE)) in map(ink, ends)


def test_a_line_is_as_wide_as_it_was_said_to_be() -> None:
    lettering = TextRenderer()
    for line in ("Größe ±2 ms – gut", "خطأ ±٢ ms", "日本 3 ✓"):
        assert lettering.line(line, 40, WHITE).get_width() == lettering.width(line, 40)


@pytest.mark.parametrize(
    "steering", ["\0", "\x1b[2J", "\u2066", "\u202e", "\u2029", "\ud800", "\n", "\u200b"]
)
@pytest.mark.parametrize("text", ["Largo", "خطأ", ""])
def test_what_steers_text_is_drawn_as_nothing_and_breaks_nothing(text: str, steering: str) -> None:
    lettering = TextRenderer()
    with_it = lettering.line(f"{text}{steering[:1]}{text}", 40, WHITE)
    assert abs(with_it.get_width() - lettering.width(f"{text} {text}", 40)) <= lettering.width(" ", 40) + 20


def test_a_dot_between_two_parts_opens_no_line() -> None:
    renderer = TextRenderer()
    for width in range(40, 400, 20):
        assert not [
            line for line in renderer.wrapped("Right hand · 60 bpm · 1 min", 20, width) if line[0] == "·"
        ]

"""How large the window is at first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.screens.ui.window import WINDOW, needs_all, usual_size


@pytest.mark.parametrize(
    ("desktop", "size", "maximised"),
    [
        ((1280, 720), (1264, 624), True),
        ((1280, 800), (1264, 704), True),
        ((1366, 768), (1280, 672), True),
        ((1920, 1080), (1280, 720), False),
        ((3840, 2160), (2560, 1440), False),
        ((1024, 600), (1008, 504), True),
    ],
)
def test_a_window_fills_two_thirds_of_a_large_desktop_and_all_of_a_small_one(
    desktop: tuple[int, int], size: tuple[int, int], maximised: bool
) -> None:
    assert usual_size(desktop) == size
    assert needs_all(WINDOW, desktop) == maximised


@given(st.tuples(st.integers(640, 8000), st.integers(480, 5000)))
def test_the_usual_window_fits_every_desktop_with_its_frame(desktop: tuple[int, int]) -> None:
    assert not needs_all(usual_size(desktop), desktop)

"""How large the window is at first."""

import pytest

from game.screens.ui.window import usual_size


@pytest.mark.parametrize(
    ("desktop", "size"),
    [
        ((1280, 800), (1280, 720)),
        ((1920, 1080), (1280, 720)),
        ((3840, 2160), (2560, 1440)),
        ((1024, 600), (1024, 600)),
    ],
)
def test_a_window_fits_its_desktop_and_fills_two_thirds_of_a_large_one(
    desktop: tuple[int, int], size: tuple[int, int]
) -> None:
    assert usual_size(desktop) == size

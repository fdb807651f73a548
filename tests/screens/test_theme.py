"""Colours: what must be read can be read."""

import pytest

from game.screens.ui.theme import THEMES, Theme, contrast, theme_named
from game.settings import THEMES as CHOICES

ALL = list(THEMES.values())


@pytest.mark.parametrize("theme", ALL, ids=lambda t: t.name)
def test_text_is_readable_on_everything_it_stands_on(theme: Theme) -> None:
    least = 7.0 if theme.name.endswith("contrast") else 4.5
    for ground in (theme.ground_top, theme.ground_bottom, theme.panel, theme.raised):
        assert contrast(theme.ink, ground) >= 7.0
        assert contrast(theme.dim, ground) >= least


@pytest.mark.parametrize("theme", ALL, ids=lambda t: t.name)
def test_focus_and_fingers_stand_out(theme: Theme) -> None:
    for ground in (theme.ground_top, theme.ground_bottom):
        assert contrast(theme.accent, ground) >= 3.0
    for colour in theme.fingers:
        assert contrast(colour, theme.mark) >= 1.6 or contrast(colour, theme.ink) >= 3.0


def test_every_choice_is_a_theme() -> None:
    assert set(CHOICES) == set(THEMES)
    assert theme_named("no such theme").name == "night"

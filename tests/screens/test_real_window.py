"""The real window on a desktop with a window manager: whole at every size, and no run goes on unseen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desktop import Desktop, desktop, missing

pytestmark = [
    pytest.mark.skipif(
        bool(missing()), reason=f"not installed: {missing()} (apt install xvfb openbox xdotool)"
    ),
    pytest.mark.xdist_group("desktop"),
]

QUICK = """
format = 1
id = "quick"
title = "Quick"
family = "two-finger-alternation"
step = 1
hand = "right"
tempo = 240
metre = [4, 4]

[pattern]
kind = "alternation"
fingers = [1, 2]
repeats = 40
every_beats = 1
"""


@pytest.fixture
def small() -> Iterator[Desktop]:
    """A desktop no higher than the usual window."""
    with desktop(1280, 720) as made:
        yield made


def fits(said: dict[str, Any], size: tuple[int, int]) -> bool:
    """Whether the window lies inside its desktop, under its title bar, and is painted whole."""
    (x, y), (width, height) = said["position"], said["size"]
    inside = x >= 0 and y > 0 and x + width <= size[0] and y + height <= size[1]
    return inside and bool(said["painted"] == said["size"])


def place(said: dict[str, Any]) -> tuple[Any, Any]:
    return said["position"], said["size"]


@pytest.mark.parametrize("size", [(1280, 720), (1600, 1000)])
def test_the_window_is_whole_and_comes_back_whole_from_the_whole_screen(
    size: tuple[int, int], tmp_path: Path
) -> None:
    with desktop(*size) as made, made.game(tmp_path):
        first = made.until(lambda said: fits(said, size) and said["has_keys"])
        for _ in range(2):
            made.xdotool("key", "F11")
            made.until(lambda said: said["size"] == list(size) and said["position"] == [0, 0])
            made.xdotool("key", "F11")
            made.until(lambda said: place(said) == place(first) and fits(said, size))


def test_a_run_across_a_minimised_window_waits_and_asks_nothing_meanwhile(
    small: Desktop, tmp_path: Path
) -> None:
    level = tmp_path / "quick.toml"
    level.write_text(QUICK, encoding="utf-8")
    with small.game(tmp_path, "play", str(level), "--input", "keyboard"):
        small.until(lambda said: said.get("song", -1) >= 1)
        window = small.xdotool("getactivewindow")
        small.xdotool("windowminimize", window)
        ahead = small.until(lambda said: said.get("paused") == "away" and not said["seen"])
        small.until(lambda said: said["waited"] >= 1)
        small.xdotool("windowactivate", window)
        small.until(lambda said: said["seen"] and said["has_keys"])
        small.xdotool("key", "Return")
        small.until(lambda said: not said["paused"] and said["song"] > ahead["song"])
        small.xdotool("key", "Escape")
        small.until(lambda said: said["paused"] == "pause" and said["waited"] >= 1)  # a new menu rests first
        small.xdotool("key", "Down", "Return")
        ended = small.until(lambda said: "marks" in said)
    at_s = {kind: clock_s for kind, clock_s in reversed(ended["marks"])}
    assert at_s["resume"] - at_s["away"] >= 1
    assert not [s for s in ended["omitted_at_s"] if at_s["away"] < s < at_s["resume"]]

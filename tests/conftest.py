"""Tests run with no screen, no sound card and no MIDI hardware."""

import gc
import os
from typing import Any

import pytest

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

from hypothesis import settings

settings.register_profile("quick", max_examples=30)
settings.register_profile("thorough", max_examples=300, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection() -> None:
    """Look for no garbage while tests are collected: all that is made then stays to the end."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Do not go through it again and again while they run: that takes a tenth of their time."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With `--dist loadgroup`, keep together what belongs together."""
    from tests.together import Together

    return Together(config, log) if config.getoption("dist") == "loadgroup" else None

"""The buffer that a station's sound device gets: larger after a run that broke up, and kept."""

from pathlib import Path

import pytest

from game.audio.output import BUFFERS, SilentSpeaker
from game.commands.sound import heed_gaps, learn_buffer
from game.music.recording import Device, Recording
from game.music.timeline import Anchor, Timeline
from game.store.store import open_store


class Buffered(SilentSpeaker):
    """A speaker that only remembers its buffer."""

    def __init__(self, buffer: int) -> None:
        super().__init__()
        self.buffer = buffer

    def use_buffer(self, buffer: int) -> None:
        self.buffer = buffer


def played(gap_s: float) -> Recording:
    """A minute whose sound fell behind by so much."""
    anchors = (Anchor(0.0, -2.0), Anchor(30.0, 28.0, 0.5), Anchor(30.0 + 2 * gap_s, 28.0 + gap_s))
    return Recording((), Timeline((*anchors, Anchor(60.0, 58.0 - gap_s, 0.0))), Device("scripted", "none"))


@pytest.mark.parametrize(("gap_s", "first", "then"), [(0.0, 256, 256), (0.01, 256, 256), (0.2, 256, 512)])
def test_a_run_that_broke_up_makes_the_next_one_safer(
    tmp_path: Path, gap_s: float, first: int, then: int
) -> None:
    with open_store(tmp_path, None) as store:
        speaker = Buffered(first)
        heed_gaps(store, speaker, played(gap_s))
        assert speaker.buffer == then
        later = Buffered(first)
        learn_buffer(store, later)
        assert later.buffer == then


def test_the_largest_buffer_stays_and_silence_has_none(tmp_path: Path) -> None:
    with open_store(tmp_path, None) as store:
        for buffer in (BUFFERS[-1], 0):
            speaker = Buffered(buffer)
            heed_gaps(store, speaker, played(5.0))
            assert speaker.buffer == buffer

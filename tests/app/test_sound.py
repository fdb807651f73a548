"""The buffer that a station's sound device gets: larger after a run that broke up, and kept."""

from pathlib import Path

import pytest

from game.app import sound
from game.app.sound import find_buffer, heed_gaps, keep_sound, known_buffer
from game.audio.live import LiveSpeaker
from game.audio.loudness import Volumes
from game.audio.output import BUFFERS, SilentSpeaker
from game.clock import ManualClock
from game.errors import UserError
from game.music.device import Device, DeviceKind
from game.music.recording import Recording
from game.music.timeline import Anchor, Timeline
from game.store.store import Store, open_store


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
    return Recording(
        (), Timeline((*anchors, Anchor(60.0, 58.0 - gap_s, 0.0))), Device(DeviceKind.SCRIPTED, "none")
    )


@pytest.mark.parametrize(("gap_s", "first", "then"), [(0.0, 256, 256), (0.01, 256, 256), (0.2, 256, 512)])
def test_a_run_that_broke_up_makes_the_next_one_safer(
    tmp_path: Path, gap_s: float, first: int, then: int
) -> None:
    with open_store(tmp_path, None) as store:
        speaker = Buffered(first)
        heed_gaps(store, speaker, played(gap_s))
        assert speaker.buffer == then
        assert (known_buffer(store) or first) == then


def test_the_largest_buffer_stays_and_silence_has_none(tmp_path: Path) -> None:
    with open_store(tmp_path, None) as store:
        for buffer in (BUFFERS[-1], 0):
            speaker = Buffered(buffer)
            heed_gaps(store, speaker, played(5.0))
            assert speaker.buffer == buffer


class Stuttering(Buffered):
    """Falls behind by 5 % while its buffer is smaller than it needs."""

    def __init__(self, clock: ManualClock, needs: int) -> None:
        super().__init__(BUFFERS[0])
        self._clock, self._needs = clock, needs

    def position_s(self) -> float | None:
        return self._clock.now_s() * (0.95 if self.buffer < self._needs else 1.0002)


@pytest.mark.parametrize("needs", BUFFERS)
def test_the_quickest_buffer_without_gaps_is_found_and_kept(tmp_path: Path, needs: int) -> None:
    clock = ManualClock(10.0)
    speaker = Stuttering(clock, needs)
    with open_store(tmp_path, None) as store:
        find_buffer(store, speaker, clock, lambda: False)
        assert speaker.buffer == needs
        assert (known_buffer(store) or BUFFERS[0]) == needs


def test_nothing_changes_while_somebody_plays(tmp_path: Path) -> None:
    clock = ManualClock(10.0)
    speaker = Stuttering(clock, 1024)
    with open_store(tmp_path, None) as store:
        find_buffer(store, speaker, clock, lambda: True)
    assert speaker.buffer == BUFFERS[0]


def test_where_there_is_no_device_one_is_looked_for_until_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound, "LOOK_AGAIN_S", (0.0, 0.0))
    errors: list[UserError | None] = [UserError("crashed")] * 4 + [None]
    speaker: LiveSpeaker

    def opener(volumes: Volumes, rate: int, buffer: int) -> SilentSpeaker:
        speaker.close()  # the program ends when it is there
        return Buffered(buffer)

    speaker = LiveSpeaker(lambda rate, buffer: errors.pop(0), opener)
    with open_store(tmp_path, None) as store:
        store.save_station("sound", {"buffer": 512})
        keep_sound(store, speaker, ManualClock(), lambda: False)
    assert errors == []
    assert (speaker.error, speaker.buffer) == (None, 512)


def test_a_store_that_does_not_open_leaves_the_sound_to_be_opened(tmp_path: Path) -> None:
    (tmp_path / "nothing.txt").write_text("in the way")
    store = Store(tmp_path / "nothing.txt" / "below a file")
    assert known_buffer(store) is None
    store.close()

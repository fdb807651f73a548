"""What a raw message says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.midi.message import Raw, touch_of, well_formed
from game.music.note import Press, Release

channels = st.integers(0, 15)
pitches = st.integers(0, 127)
velocities = st.integers(1, 127)
anything = st.lists(st.integers(0, 255), max_size=5).map(tuple)


def said(*data: int) -> Press | Release | None:
    return touch_of(Raw(2.5, data, 0.125))


@given(channels, pitches, velocities)
def test_note_on_is_a_press_on_any_channel(channel: int, pitch: int, velocity: int) -> None:
    assert said(0x90 | channel, pitch, velocity) == Press(2.5, pitch, velocity, 0.125, channel)


@given(channels, pitches)
def test_note_on_of_velocity_zero_is_a_release(channel: int, pitch: int) -> None:
    assert said(0x90 | channel, pitch, 0) == Release(2.5, pitch, 0.125, channel=channel)


@given(channels, pitches, st.integers(0, 127))
def test_note_off_of_any_velocity_is_a_release(channel: int, pitch: int, velocity: int) -> None:
    assert said(0x80 | channel, pitch, velocity) == Release(2.5, pitch, 0.125, channel=channel)


@given(anything)
def test_only_note_messages_say_a_touch(data: tuple[int, ...]) -> None:
    touch = said(*data)
    assert (touch is not None) == (well_formed(data) and data[0] & 0xE0 == 0x80)


@pytest.mark.parametrize(
    "data",
    [(), (0x90,), (0x90, 60), (0x90, 60, 100, 0), (0x90, 128, 100), (0x90, 60, 200), (60, 100), (0xF8,)],
)
def test_broken_or_system_bytes_are_no_whole_channel_message(data: tuple[int, ...]) -> None:
    assert not well_formed(data)


@pytest.mark.parametrize("data", [(0xB0, 64, 127), (0xE3, 0, 64), (0xC0, 5), (0xD0, 80), (0xA0, 60, 10)])
def test_pedals_bends_and_the_like_are_sound_and_say_nothing(data: tuple[int, ...]) -> None:
    assert well_formed(data)
    assert said(*data) is None

"""Keys sound as their messages say, whatever else comes along."""

from collections.abc import Sequence
from dataclasses import dataclass
from queue import SimpleQueue

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.audio.keys import KeySounder, RawMessage, sound_message
from tests.audio.standins import ListeningSpeaker


@dataclass(frozen=True)
class Item:
    data: Sequence[int]
    stamp_s: float = 0.0
    delta_s: float | None = None


def heard(*messages: Sequence[int]) -> list[tuple[str, int, int]]:
    queue: SimpleQueue[RawMessage | None] = SimpleQueue()
    speaker = ListeningSpeaker()
    sounder = KeySounder(queue, speaker)
    for data in messages:
        queue.put(Item(data))
    sounder.stop()
    return speaker.keys


@pytest.mark.parametrize("channel", range(16))
def test_the_status_byte_decides_on_every_channel(channel: int) -> None:
    assert heard([0x90 + channel, 60, 80]) == [("press", 60, 80)]
    assert heard([0x80 + channel, 60, 64]) == [("release", 60, 0)]


def test_a_note_on_of_velocity_0_is_a_release() -> None:
    assert heard(bytes([0x90, 60, 1]), bytes([0x90, 60, 0])) == [("press", 60, 1), ("release", 60, 0)]


@pytest.mark.parametrize(
    "data", [[], [0x90], [0x90, 60], [0xB0, 64, 127], [0xE0, 0, 64], [0xF8], [0xF0, 1, 2, 0xF7], (0xC0, 5)]
)
def test_other_messages_sound_nothing(data: Sequence[int]) -> None:
    assert heard(data) == []


def test_a_bad_message_never_silences_the_keys_after_it() -> None:
    queue: SimpleQueue[RawMessage | None] = SimpleQueue()
    speaker = ListeningSpeaker()
    sounder = KeySounder(queue, speaker)
    queue.put(Item(None))  # type: ignore[arg-type]
    queue.put("nonsense")  # type: ignore[arg-type]
    queue.put(Item([0x90, "x", 3]))  # type: ignore[list-item]
    queue.put(Item([0x90, 60, 90]))
    sounder.stop()
    assert speaker.keys == [("press", 60, 90)]
    assert sounder.faults == 3


@given(st.lists(st.integers(0, 255), max_size=6))
def test_no_bytes_raise_or_sound_outside_midi(data: list[int]) -> None:
    speaker = ListeningSpeaker()
    sound_message(data, speaker)
    assert all(0 <= pitch <= 127 and 0 <= velocity <= 127 for _, pitch, velocity in speaker.keys)

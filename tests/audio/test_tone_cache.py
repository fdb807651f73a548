"""The shelf gives a tone of the right pitch at once, and the right one as soon as it is made."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from game.audio.tone_cache import KEPT, LAYERS, ToneCache

Made = tuple[int, int, bool]


def until(true: Callable[[], bool]) -> None:
    end_s = time.monotonic() + 5
    while not true():
        assert time.monotonic() < end_s
        time.sleep(0.001)


@pytest.fixture
def shelf() -> Iterator[ToneCache[Made]]:
    made = ToneCache(lambda pitch, layer, brief: (pitch, layer, brief))
    yield made
    made.close()


def test_a_key_that_was_not_prepared_gets_its_own_pitch_at_once_and_the_full_tone_next(
    shelf: ToneCache[Made],
) -> None:
    assert shelf.take(61, 50) == ((61, 64, True), 64)
    until(lambda: shelf.has(61, 64))
    assert shelf.take(61, 50) == ((61, 64, False), 64)


@pytest.mark.parametrize(
    ("velocity", "layer"), [(1, 32), (32, 32), (33, 64), (96, 96), (97, 127), (127, 127)]
)
def test_a_press_takes_the_layer_that_is_just_loud_enough(
    shelf: ToneCache[Made], velocity: int, layer: int
) -> None:
    shelf.prepare([60])
    until(lambda: all(shelf.has(60, v) for v in LAYERS))
    assert shelf.take(60, velocity) == ((60, layer, False), layer)


def test_while_layers_are_being_made_a_louder_one_stands_in() -> None:
    gate = threading.Event()

    def make(pitch: int, layer: int, brief: bool) -> Made:
        if layer != LAYERS[-1] and not brief:
            gate.wait(5)
        return pitch, layer, brief

    shelf = ToneCache(make)
    shelf.prepare([60])
    until(lambda: shelf.has(60, 127))
    assert shelf.take(60, 40) == ((60, 127, False), 127)
    gate.set()
    shelf.close()


def test_a_softer_tone_never_stands_in_for_a_harder_press(shelf: ToneCache[Made]) -> None:
    shelf.take(60, 20)
    until(lambda: shelf.has(60, 32))
    assert shelf.take(60, 110) == ((60, 127, True), 127)


def test_it_keeps_no_more_than_its_room_and_the_whole_keyboard_fits_in_one_layer(
    shelf: ToneCache[Made],
) -> None:
    shelf.prepare(range(21, 109))
    until(lambda: all(shelf.has(pitch, 127) for pitch in range(21, 109)))
    for pitch in range(128):
        shelf.take(pitch, 10)
    until(lambda: shelf.has(127, 32))
    assert len(shelf._made) <= KEPT

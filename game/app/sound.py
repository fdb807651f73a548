"""Chooses the sound buffer of this station: the smallest that works without gaps."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from game.audio.output import BUFFERS, Output
from game.clock import Clock
from game.errors import UserError
from game.music.audio_sync import fell_behind_s
from game.music.recording import Recording

if TYPE_CHECKING:
    from game.audio.live import LiveSpeaker
    from game.store.store import Store

SOUND = "sound"
GAPS_S, DRIFT = 0.04, 0.0005
"""Sound broke up in a run where it fell behind by more than this, beside what a card may drift."""


WARM_S, LOOK_S, GAP_S = 2.5, 2.0, 0.004
"""A device is left alone for a while, then watched; falling behind by so much means that there were gaps."""

LOOK_AGAIN_S = (2.0, 30.0)
"""Where there is no device, one is looked for after 2 s, then more and more seldom, at least each 30 s."""

_READ_S = 0.01
_READ_AT_ONCE = 20


def keep_sound(store: "Store", speaker: "LiveSpeaker", clock: Clock, busy: Callable[[], bool]) -> None:
    """Open the sound device and keep it open as long as the program runs.

    For a thread of its own: it waits for the sound system. It finds the quickest buffer that this machine can
    keep up with while nobody plays, and looks for another device where there is none.
    """
    speaker.open(known_buffer(store))
    find_buffer(store, speaker, clock, busy)
    wait_s = LOOK_AGAIN_S[0]
    while not speaker.closed:
        speaker.wait(wait_s)
        if speaker.error and not speaker.closed:
            speaker.open()
        wait_s = min(2 * wait_s, LOOK_AGAIN_S[1]) if speaker.error else LOOK_AGAIN_S[0]


def find_buffer(store: "Store", speaker: Output, clock: Clock, busy: Callable[[], bool]) -> None:
    """Find the quickest buffer that this machine keeps up with, from the one that is used; takes seconds.

    For a thread of its own, while nobody plays; where `busy` says that somebody does, all stays as it is.
    """
    with suppress(UserError, RuntimeError):  # the store may not open, and may close at any moment
        _find(store, speaker, clock, busy)


def _find(store: "Store", speaker: Output, clock: Clock, busy: Callable[[], bool]) -> None:
    while speaker.buffer and speaker.buffer < BUFFERS[-1]:
        clock.sleep(WARM_S)
        if busy() or not _has_gaps(speaker, clock) or busy():
            return
        _take_larger(store, speaker)


def _has_gaps(speaker: Output, clock: Clock) -> bool:
    """Whether the device falls behind the clock while playing silence."""
    before_s = _ahead_s(speaker, clock)
    clock.sleep(LOOK_S)
    after_s = _ahead_s(speaker, clock)
    return before_s is not None and after_s is not None and before_s - after_s > GAP_S


def _ahead_s(speaker: Output, clock: Clock) -> float | None:
    """Seconds by which the device is ahead of the clock; None if unknown."""
    readings = []
    for _ in range(_READ_AT_ONCE):
        at_s = speaker.position_s()
        if at_s is None:
            return None
        readings.append(at_s - clock.now_s())
        clock.sleep(_READ_S)
    return sorted(readings)[_READ_AT_ONCE // 2]


def _take_larger(store: "Store", speaker: Output) -> None:
    larger = next((buffer for buffer in BUFFERS if buffer > speaker.buffer), speaker.buffer)
    speaker.use_buffer(larger)
    store.save_station(SOUND, {"buffer": larger})


def known_buffer(store: "Store") -> int | None:
    """The buffer size found earlier on this station, or None."""
    with suppress(UserError, RuntimeError):
        kept = (store.station(SOUND).result() or {}).get("buffer")
        return kept if kept in BUFFERS else None
    return None


def heed_gaps(store: "Store", speaker: Output, recording: Recording) -> None:
    """After a run with gaps in the sound, use the next larger buffer from now on."""
    if 0 < speaker.buffer < BUFFERS[-1] and broke_up(recording):
        _take_larger(store, speaker)


def broke_up(recording: Recording) -> bool:
    """Whether there were gaps in the sound of a run."""
    return fell_behind_s(recording.timeline.anchors) > GAPS_S + DRIFT * recording.played_s

"""Which buffer the sound device gets on this station: the quickest that it keeps up with."""

from typing import TYPE_CHECKING

from game.audio.output import BUFFERS, Output
from game.music.heard import fell_behind_s
from game.music.recording import Recording

if TYPE_CHECKING:
    from game.store.store import Store

SOUND = "sound"
GAPS_S, DRIFT = 0.04, 0.0005
"""Sound broke up in a run where it fell behind by more than this, beside what a card may drift."""


def learn_buffer(store: "Store", speaker: Output) -> None:
    """Give the speaker the buffer that earlier runs have found."""
    kept = (store.station(SOUND).result() or {}).get("buffer")
    if kept in BUFFERS:
        speaker.use_buffer(kept)


def heed_gaps(store: "Store", speaker: Output, recording: Recording) -> None:
    """After a run in which the sound broke up, take the next larger buffer, now and from the next start."""
    larger = [buffer for buffer in BUFFERS if buffer > speaker.buffer > 0]
    if larger and broke_up(recording):
        speaker.use_buffer(larger[0])
        store.save_station(SOUND, {"buffer": larger[0]})


def broke_up(recording: Recording) -> bool:
    """Whether there were gaps in the sound of a run."""
    return fell_behind_s(recording.timeline.anchors) > GAPS_S + DRIFT * recording.played_s

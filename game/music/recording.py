"""The raw record of a run: every press and release with its stamp. Verdicts are derived from it."""

from dataclasses import dataclass, field
from enum import StrEnum

from game.music.device import Device
from game.music.note import Touch
from game.music.open_enum import OpenStrEnum
from game.music.timeline import Timeline


class Ended(StrEnum):
    """How a run ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    UNFINISHED = "unfinished"


class MarkKind(OpenStrEnum):
    """What a mark says.

    PAUSE, RESUME: song time stood still, and went on. UNPLUGGED: the instrument was gone, which paused the
    run. SUSPENDED: the machine slept or stalled, which did too. AWAY: the window was minimised, or without
    the computer's keys that were played; so did this. NOBODY: nothing had been pressed, so that the run asks
    whether somebody is there; AGAIN: it began anew. SLIP: song time followed a gap in the sound.
    SOUND_GONE, SOUND_BACK: the sound device went or came. JITTER: how finely touches were stamped. DAMAGED:
    what was stepped over in a file. Others, of an older or a newer version, are read as they were kept.
    """

    PAUSE = "pause"
    RESUME = "resume"
    UNPLUGGED = "unplugged"
    SUSPENDED = "suspended"
    AWAY = "away"
    NOBODY = "nobody"
    AGAIN = "again"
    SLIP = "slip"
    SOUND_GONE = "sound gone"
    SOUND_BACK = "sound back"
    JITTER = "jitter"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Mark:
    """A special event in a run: a pause, an unplugged keyboard, a suspended machine.

    clock_s: when, in the clock of the recording.
    """

    clock_s: float
    kind: MarkKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """Raw presses and releases of one run, with the data needed to interpret them.

    touches: in the order of their stamps, in clock seconds; one that does not say its device was made on
    `device`, which is the one that played most. timeline: from that clock to song time.
    reached_s: the last song time the run reached, or None when it was played to its end; notes due after it
    were never asked.
    """

    touches: tuple[Touch, ...]
    timeline: Timeline
    device: Device
    ended: Ended = Ended.FINISHED
    reached_s: float | None = None
    marks: tuple[Mark, ...] = field(default=())

    @property
    def played_s(self) -> float:
        """Seconds for which song time moved, up to the last event."""
        anchors = self.timeline.anchors
        last_s = max((t.time_s for t in self.touches), default=anchors[-1].clock_s)
        ends = [*(a.clock_s for a in anchors[1:]), max(last_s, anchors[-1].clock_s)]
        return sum(end - a.clock_s for a, end in zip(anchors, ends, strict=True) if a.rate > 0)

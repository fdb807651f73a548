"""The kinds of simulated player, each with what it plays: those that a matching of presses finds hard.

Their figures follow what recordings of healthy and of injured people show: asynchronies of a person after a
brain injury spread by 54 to 145 ms, chords by 14 to 31 ms at the median and 150 at the far end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from random import Random

from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.music.device import Device, DeviceKind
from game.music.level import BeatNote, timed
from game.music.note import Hand, Note
from game.music.patterns import FiveKeys, NotePace, alternation, played, single_finger, steps
from game.music.recording import Recording
from game.music.tempo import TempoMap
from game.music.timeline import Timeline
from tests.playing import Alone, Fatigue, Lost, Played, Player, Shift

__all__ = ["KINDS", "Kind", "Played", "Player", "recording_of"]

SECOND = TempoMap.steady(60.0)
KEYS = FiveKeys.home(Hand.RIGHT)
CONDITIONS = Conditions(HitWindows(0.12, 0.22, 0.35))
"""The windows are those of a player of the middle band; no bounce is filtered, no offset known."""

FINGERS = (1, 2, 3, 4, 5)

LEAKY = (
    (0.0, 0.1, 0.02, 0.0, 0.0),
    (0.05, 0.0, 0.2, 0.05, 0.0),
    (0.0, 0.1, 0.0, 0.3, 0.1),
    (0.0, 0.02, 0.25, 0.0, 0.4),
    (0.0, 0.0, 0.05, 0.3, 0.0),
)
"""An overflow matrix as after a stroke: the ring and the little finger drag their neighbours along."""


@dataclass(frozen=True)
class Kind:
    """A player and what they play. conditions: what it is judged under.
    cue_until_s: from here on nothing paces the player. barred: whether attribution has a bar to reach here;
    where somebody goes on alone, no press belongs to a note.
    """

    name: str
    player: Player
    notes: tuple[Note, ...]
    conditions: Conditions = CONDITIONS
    cue_until_s: float = inf
    barred: bool = True

    def perform(self, rng: Random) -> Played:
        """One performance."""
        return self.player.perform(self.notes, rng, self.cue_until_s)


def recording_of(touched: Played) -> Recording:
    """A performance as a run would have recorded it."""
    return Recording(touched.touches, Timeline.identity(), Device(DeviceKind.SCRIPTED, "a simulated player"))


def rows(*parts: tuple[BeatNote, ...], rest_s: float = 2.0) -> tuple[Note, ...]:
    """Rows one after the other with a rest between them, at a beat a second."""
    notes: list[BeatNote] = []
    for part in parts:
        from_beat = notes[-1].beat + notes[-1].length_beats + rest_s if notes else 0.0
        notes += [replace(note, beat=note.beat + from_beat) for note in part]
    return timed(notes, SECOND)


def one_and_five(gap_s: float) -> tuple[Note, ...]:
    """32 notes of the index finger on its key, then 48 of five fingers up and back, one each `gap_s`."""
    pace = NotePace(gap_s, gap_s / 2)
    return rows(played(single_finger(2, 32), KEYS, pace), played(steps(FINGERS, 6), KEYS, pace))


def bursts(fingers: Sequence[int], count: int, gap_s: float, times: int) -> tuple[Note, ...]:
    """So many quick notes, fingers in turn, then a rest of over a second; several times."""
    row = tuple(fingers[i % len(fingers)] for i in range(count)) * times
    return rows(played(row, KEYS, NotePace(gap_s, gap_s / 2, group=count, rest_beats=1.2)))


def chords(fingers: Sequence[tuple[int, ...]], gap_s: float, times: int) -> tuple[Note, ...]:
    """Chords in turn, one each `gap_s`."""
    row = list(fingers) * times
    return timed(
        [
            BeatNote(i * gap_s, KEYS.pitch(finger), gap_s / 2, Hand.RIGHT, finger)
            for i, chord in enumerate(row)
            for finger in chord
        ],
        SECOND,
    )


PAIRS_AND_THREES = ((1, 3, 5), (2, 4), (1, 2, 3), (3, 5), (1, 3, 5), (2, 3, 4))

KINDS: tuple[Kind, ...] = (
    Kind("steady", Player(), one_and_five(0.5)),
    Kind("late by 120 ms", Player(mean_s=0.12, sd_s=0.04), one_and_five(0.45)),
    Kind("early by 100 ms", Player(mean_s=-0.10, sd_s=0.04), one_and_five(0.45)),
    Kind("SD 45 ms", Player(sd_s=0.045), one_and_five(0.5)),
    Kind("SD 80 ms", Player(mean_s=0.04, sd_s=0.08), one_and_five(0.5)),
    Kind("SD 150 ms", Player(mean_s=0.12, sd_s=0.15), one_and_five(0.9)),
    Kind("repeats at 220 ms", Player(sd_s=0.045, lag1=0.5), bursts([2], 8, 0.22, 10)),
    Kind("repeats at 150 ms", Player(sd_s=0.03, lag1=0.5), bursts([2], 8, 0.15, 10)),
    Kind("repeats at 150 ms, late", Player(mean_s=0.1, sd_s=0.03, lag1=0.5), bursts([2], 8, 0.15, 10)),
    Kind("rolls at 120 ms", Player(sd_s=0.02, lag1=0.5), bursts([2], 12, 0.12, 8)),
    Kind("trills at 130 ms", Player(sd_s=0.025, lag1=0.5), bursts([2, 3], 12, 0.13, 8)),
    Kind("chords over 120 ms", Player(chord_spread_s=0.12), chords(PAIRS_AND_THREES, 1.0, 5)),
    Kind("hand one key off", Player(shift=Shift(1, 20)), one_and_five(0.35)),
    Kind("hand two keys off", Player(mean_s=0.05, shift=Shift(-2, 20)), one_and_five(0.35)),
    Kind("lost for two bars", Player(sd_s=0.045, lost=Lost(8 * 0.5)), one_and_five(0.5)),
    Kind("tremor", Player(mean_s=0.03, sd_s=0.06, tremor=0.25), one_and_five(0.8)),
    Kind(
        "severe, 40 % left out",
        Player(mean_s=0.1, sd_s=0.12, omit=0.4, wrong=0.05, stray=4, release_s=0.3, release_sd_s=0.15),
        one_and_five(1.2),
    ),
    Kind("overflow", Player(sd_s=0.045, overflow=LEAKY), one_and_five(0.8)),
    Kind("tiring", Player(sd_s=0.04, fatigue=Fatigue(-25, 0.8, 0.2)), one_and_five(0.5)),
    Kind(
        "goes on alone",
        Player(omit=0.0, wrong=0.0, stray=0.0, alone=Alone(0.97, 0.025, 0.012)),
        rows(played(single_finger(2, 76), KEYS, NotePace(0.8, 0.4))),
        cue_until_s=16 * 0.8 - 0.01,
        barred=False,
    ),
    Kind(
        "taps freely",
        Player(omit=0.0, wrong=0.0, stray=0.0, alone=Alone(0.6, 0.02, 0.008)),
        rows(played(alternation([2, 3], 50), KEYS, NotePace(0.5, 0.2))),
        cue_until_s=0.0,
        barred=False,
    ),
)
"""Every kind. The last four are there for their measures."""

"""An exercise under construction: the asked notes, the rest of the music, and why it is not asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from game.arrange.fingering.costs import HandReach
from game.arrange.fingering.fingering import fingered
from game.arrange.importing.options import ImportOptions
from game.arrange.reduction.fitting import unvoiced, with_finger
from game.arrange.reduction.reduction import UnaskedReason
from game.music.level import BeatNote, HandChoice, Level, in_order
from game.music.note import Hand, Note
from game.music.tempo import TempoMap

OCTAVE_KEYS = 8
"""White keys of an octave: the span of an adult's hand in the model of fingers."""


@dataclass
class Exercise:
    """The level with what it asks, and the rest of the hands' music.

    notes: those of the level, and, where nothing is to be reduced, those that a level may not ask too.
    why: how many notes are not asked, by reason.
    """

    level: Level
    notes: list[BeatNote]
    rest: list[BeatNote] = field(default_factory=list)
    why: dict[UnaskedReason, int] = field(default_factory=dict)

    def leave(self, why: UnaskedReason, count: int = 1) -> None:
        """Count notes that are not asked."""
        self.why[why] = self.why.get(why, 0) + count


def with_fingers(
    notes: list[BeatNote], hand: Hand, tempo: TempoMap, fingers: frozenset[int], span: int
) -> list[BeatNote]:
    """One hand's notes with the fingers of the model; None where no finger is left for one."""
    starts = [tempo.seconds(n.beat) for n in notes]
    ends = [tempo.seconds(n.beat + n.length_beats) for n in notes]
    each = enumerate(zip(notes, starts, ends, strict=True))
    timed = [Note(i, start, end - start, n.pitch) for i, (n, start, end) in each]
    reach = HandReach(spans=min(1.0, (span - 1) / (OCTAVE_KEYS - 1)))
    found = fingered(timed, hand, reach, fingers)
    return [with_finger(n, finger) for n, finger in zip(notes, found, strict=True)]


def with_notes(level: Level, notes: Sequence[BeatNote]) -> Level:
    """The level with these notes, for the hands that they name; loudness is not asked."""
    hands = {n.hand for n in notes}
    one = next(iter(hands)) if len(hands) == 1 else None
    hand = HandChoice(one) if one else HandChoice.BOTH
    return replace(level, hand=hand, notes=in_order(unvoiced(n) for n in notes))


def short_enough(note: BeatNote, tempo: TempoMap, wishes: ImportOptions) -> BeatNote:
    """A note as long as a level may hold it."""
    most_s = wishes.bounds.note_s - 0.01
    start_s = tempo.seconds(note.beat)
    if tempo.seconds(note.beat + note.length_beats) - start_s <= most_s:
        return note
    return replace(note, length_beats=round(tempo.beat(start_s + most_s) - note.beat - 1e-4, 4))

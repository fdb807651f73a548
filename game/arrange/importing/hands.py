"""The notes of a song for each hand, in the keys that there are; and what is not for the hands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from game.arrange.hands.parts import hands_of, part_hands
from game.arrange.importing.melody import Choice
from game.arrange.importing.source import Source, SourceNote, timed_notes
from game.arrange.reduction.reduction import strokes
from game.arrange.reduction.transposing import OCTAVE, OUTER_WEIGHT, transposed_by
from game.music.level import BeatNote, HandChoice
from game.music.note import Hand

OTHERS_LOUD = 0.8
"""Other parts are played more softly, so that the player is heard over them."""


@dataclass(frozen=True)
class Hands:
    """A song's notes by hands.

    own: of each hand that has any, as notes that name it. others: of parts that are no hand's.
    found_by: `parts` of the file, `model` of the hands, `tune` and what goes below it, or `choice` of the
    hand for music that was written for the other.
    moved: semitones that the music should go to be where the hand is.
    """

    own: dict[Hand, list[BeatNote]]
    others: list[BeatNote]
    found_by: str
    moved: int = 0


def by_hands(source: Source, choice: Choice, wanted: HandChoice | None) -> Hands:
    """The notes of each hand. wanted: a single hand is given the music even where it is all the other's."""
    mine = set(choice.hands) | ({choice.below} if choice.below is not None else set())
    asked = [n for n in source.notes if n.part in mine]
    others = [_plain(n, None, OTHERS_LOUD) for n in source.notes if n.part not in mine]
    hands, found_by = _hands(source, asked, choice)
    own: dict[Hand, list[BeatNote]] = {}
    for note, hand in zip(asked, hands, strict=True):
        own.setdefault(hand, []).append(_plain(note, hand))
    if wanted in (HandChoice.LEFT, HandChoice.RIGHT) and own and Hand(wanted) not in own:
        hand = Hand(wanted)
        given = [_plain(n, hand) for n in asked]
        return Hands({hand: given}, others, "choice", OCTAVE if hand is Hand.RIGHT else -OCTAVE)
    return Hands({hand: own[hand] for hand in Hand if hand in own}, others, found_by)


def _hands(source: Source, asked: Sequence[SourceNote], choice: Choice) -> tuple[list[Hand], str]:
    if choice.tune is not None:
        return [Hand.RIGHT if n.part == choice.tune else Hand.LEFT for n in asked], "tune"
    notes = timed_notes(tuple(asked), source.tempo)
    parts = [n.part for n in asked]
    names = {p: source.parts[p].name for p in set(parts)}
    found_by = "model" if part_hands(notes, parts, names) is None else "parts"
    return list(hands_of(notes, parts, names)), found_by


def fitting_steps(own: dict[Hand, list[BeatNote]], keys: tuple[int, int], first: int = 0) -> int:
    """Semitones by which the hands' music goes to lie in the keys; its outer voices count most."""
    return transposed_by(_weighed(own), keys, first)


def _weighed(own: dict[Hand, list[BeatNote]]) -> Iterable[tuple[int, int]]:
    for hand, notes in own.items():
        for stroke in strokes(notes, hand):
            for i, note in enumerate(stroke):
                yield note.pitch, OUTER_WEIGHT if i == 0 else 1


def _plain(note: SourceNote, hand: Hand | None, loud: float = 1.0) -> BeatNote:
    velocity = max(1, round(note.velocity * loud))
    return BeatNote(note.beat, note.pitch, note.length_beats, hand, None, velocity)

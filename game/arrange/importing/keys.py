"""The hands' music in the keys that there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from game.arrange.importing.hands import shared
from game.arrange.importing.options import ImportOptions
from game.arrange.reduction.reduction import strokes
from game.arrange.reduction.transposing import KEYBOARDS, OCTAVE, OUTER_WEIGHT, PIANO, folded, transposed_by
from game.music.level import BeatNote, HandChoice
from game.music.note import Hand

Music = Mapping[Hand, Sequence[BeatNote]]
"""The notes of each hand that has any."""


@dataclass(frozen=True)
class KeyPlan:
    """The hands' music in the keys of a keyboard, moved there by some semitones.

    beyond: notes of the hands that no key is there for.
    """

    steps: int
    own: Music
    beyond: tuple[BeatNote, ...] = ()


def key_plans(own: Music, first: int, wishes: ImportOptions) -> list[KeyPlan]:
    """The music in the keys of the instrument, and then as it would be in those of smaller keyboards among
    them: what fewer keys ask can be asked where there are more. first: semitones by which it should move.

    Empty where none of it lies in the keys. Without reducing nothing moves but where keys are told.
    """
    keys = wishes.keys or PIANO
    weights = list(_weighed(own))
    if not wishes.reduce and wishes.keys is None:
        plans = [_in_keys(own, 0, keys, wishes.hand)]
    else:
        smaller = [b for b in KEYBOARDS.values() if keys[0] <= b[0] and b[1] <= keys[1] and b != keys]
        plans = [
            _in_keys(own, transposed_by(weights, some, first), some, wishes.hand) for some in (keys, *smaller)
        ]
    return [plan for plan in _different(plans) if plan.own]


def _different(plans: Sequence[KeyPlan]) -> Iterator[KeyPlan]:
    """Plans that ask something else than those before: an octave is no difference to a hand."""
    whole: set[int] = set()
    for plan in plans:
        if plan.beyond or plan.steps % OCTAVE not in whole:
            yield plan
        if not plan.beyond:
            whole.add(plan.steps % OCTAVE)


def _in_keys(own: Music, steps: int, keys: tuple[int, int], wanted: HandChoice | None) -> KeyPlan:
    """The notes that there are keys for; where both hands are wanted and one has all of them, it shares."""
    low, high = keys
    beyond: list[BeatNote] = []
    inside: dict[Hand, list[BeatNote]] = {}
    for hand, notes in own.items():
        for note in (moved(n, steps) for n in notes):
            if low <= note.pitch <= high:
                inside.setdefault(hand, []).append(note)
            else:
                beyond.append(note)
    if wanted is HandChoice.BOTH and len(inside) == 1:
        (only,) = inside.values()
        inside = {}
        for note, hand in zip(only, shared([n.pitch for n in only]), strict=True):
            inside.setdefault(hand, []).append(replace(note, hand=hand))
    return KeyPlan(steps, inside, tuple(beyond))


def moved(note: BeatNote, steps: int) -> BeatNote:
    """A note so many semitones higher, or an octave nearer where there is no such pitch."""
    return replace(note, pitch=folded(note.pitch + steps)) if steps else note


def _weighed(own: Music) -> Iterable[tuple[int, int]]:
    for hand, notes in own.items():
        for stroke in strokes(notes, hand):
            for i, note in enumerate(stroke):
                yield note.pitch, OUTER_WEIGHT if i == 0 else 1

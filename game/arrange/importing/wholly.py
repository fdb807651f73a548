"""What an import asks where nothing is reduced: every note of the hands where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from game.arrange.importing.exercise import Exercise, short_enough, with_fingers, with_notes
from game.arrange.importing.options import ImportOptions
from game.arrange.reduction.fitting import once_a_finger, once_a_key, rounded
from game.arrange.reduction.reduction import UnaskedReason, held
from game.errors import UserError
from game.music.keyboard import white_index
from game.music.level import BeatNote, Level, in_order
from game.music.note import Hand

TOO_LONG = "{file}: holds more than {most} notes; import a stretch of it with --start-beat and --end-beat"


def asked_wholly(own: Mapping[Hand, Sequence[BeatNote]], level: Level, wishes: ImportOptions) -> Exercise:
    """Every note where it stands, with the fingers of the model. Keys are let go where they must be."""
    if sum(map(len, own.values())) > wishes.bounds.asked:
        raise UserError(TOO_LONG, file=wishes.file, most=wishes.bounds.asked)
    found: list[BeatNote] = []
    for hand, notes in own.items():
        ordered = sorted(notes, key=lambda n: (n.beat, n.pitch))
        found += with_fingers(ordered, hand, level.tempo, wishes.fingers, wishes.span)
    each = once_a_key(short_enough(rounded(n), level.tempo, wishes) for n in found)
    kept, twice = once_a_finger(each)
    notes = in_order([*kept, *(replace(n, finger=None) for n in twice)])
    near: list[BeatNote] = []
    far: list[BeatNote] = []
    for hand in own:
        within, beyond = _reachable([n for n in notes if n.hand is hand], wishes.span)
        near += within
        far += beyond
    asked = Exercise(with_notes(level, near), list(in_order([*near, *far])), rest=far)
    asked.leave(UnaskedReason.WIDE, len(far))
    return asked


def _reachable(notes: list[BeatNote], span: int) -> tuple[list[BeatNote], list[BeatNote]]:
    """One hand's notes held no wider than it reaches; and those that it would have to take at once beyond
    that, away from its outer voice."""
    far: list[BeatNote] = []
    near: list[BeatNote] = []
    groups: dict[float, list[BeatNote]] = {}
    for note in notes:
        groups.setdefault(note.beat, []).append(note)
    for group in groups.values():
        outer = max(n.pitch for n in group) if group[0].hand is Hand.RIGHT else min(n.pitch for n in group)
        for note in group:
            wide = abs(white_index(note.pitch) - white_index(outer)) + 1 > span
            (far if wide else near).append(note)
    return held(near, len(near) + 1, span), far

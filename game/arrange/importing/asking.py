"""What an import asks: the richest texture that is easy enough, or everything as it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from game.arrange.difficulty.demand import MOST, demand
from game.arrange.difficulty.difficulty import EASIEST, HARDEST, difficulty, difficulty_of
from game.arrange.fingering.costs import HandReach
from game.arrange.fingering.fingering import fingered
from game.arrange.importing.options import ImportOptions
from game.arrange.importing.source import Source
from game.arrange.reduction.fitting import DECIMALS, once_a_finger, once_a_key, rounded
from game.arrange.reduction.reduction import BeatGrid, Reduced, UnaskedReason, held, on_pads, reduced, strokes
from game.arrange.reduction.texture import QUICKEST_S, TextureStep, ladder
from game.errors import UserError
from game.music.keyboard import white_index
from game.music.level import BeatNote, HandChoice, Level, in_order
from game.music.note import LITTLE_FINGER, Hand, Note
from game.music.tempo import TempoMap

FEWEST = 4
"""Fewer notes than this are no song, where it has more."""
OCTAVE_KEYS = 8
"""White keys of an octave: the span of an adult's hand in the model of fingers."""
TOO_LONG = "{file}: holds more than {most} notes; import a stretch of it with --start-beat and --end-beat"
MANY = 40
"""A hand with so many notes uses all its fingers."""
NUMBER = 0.62
"""The share that the number of fingers has in `demand.fingers_apart`."""
PADS_GAPS_S = (QUICKEST_S, 0.15, 0.25, 0.4, 0.66, 1.0, 1.5, 2.5, 4.0, 8.0)


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


def asked_easily(
    own: Mapping[Hand, Sequence[BeatNote]], level: Level, wishes: ImportOptions, bars: BeatGrid
) -> Exercise:
    """The richest texture of the ladder that is as easy as wished. UserError where none is."""
    music = {hand: [n for s in strokes(notes, hand) for n in s] for hand, notes in own.items()}
    fewest = min(FEWEST, min(map(len, music.values())))
    easiest, short = float("inf"), None
    for rung in ladder(wishes.fingers, wishes.span, wishes.hand is None and len(own) > 1):
        asked = _tried(rung, music, level, wishes, bars)
        if asked is None:
            continue
        hard = difficulty(asked.level) if wishes.max_difficulty is not None else EASIEST
        easiest = min(easiest, hard)
        if hard > (wishes.max_difficulty or HARDEST):
            continue
        if len(asked.notes) >= fewest:
            return asked
        short = short or asked
    if short is None:
        raise _too_hard(easiest, wishes)
    return short


def _too_hard(easiest: float, wishes: ImportOptions) -> UserError:
    """Nothing is left. easiest: the least difficulty that was found, infinite where there was nothing."""
    if easiest == float("inf"):
        template = "{file}: no part fits these limits; allow more fingers, keys or difficulty"
        return UserError(template, file=wishes.file)
    template = "{file}: no part is as easy as {most:g}; allow {easiest:.1f}, its easiest"
    return UserError(template, file=wishes.file, most=wishes.max_difficulty, easiest=_up(easiest))


def _tried(
    rung: TextureStep,
    music: Mapping[Hand, list[BeatNote]],
    level: Level,
    wishes: ImportOptions,
    bars: BeatGrid,
) -> Exercise | None:
    """A rung of the ladder with its fingers; None where it asks nothing, or is too hard without them."""
    hands = [hand for hand in music if rung.both or hand is Hand.RIGHT]
    parts = {hand: reduced(music[hand], hand, rung.texture, bars) for hand in hands}
    found = [n for part in parts.values() for n in part.asked]
    if not found or len(found) > wishes.bounds.asked:
        return None
    if not rung.texture.still and _harder(level, found, wishes):
        return None
    fingers = wishes.fingers & rung.texture.fingers
    if not rung.texture.still:
        for hand, part in parts.items():
            part.asked = with_fingers(part.asked, hand, level.tempo, fingers, wishes.span)
    return _settled(parts, music, level, wishes)


def _settled(
    parts: Mapping[Hand, Reduced], music: Mapping[Hand, list[BeatNote]], level: Level, wishes: ImportOptions
) -> Exercise | None:
    """Two hands' notes together as a level has them, and what is left of the music."""
    why: dict[UnaskedReason, int] = {}
    fingered = [n for part in parts.values() for n in part.asked if n.finger is not None]
    sure, twice = once_a_finger(once_a_key(_short(rounded(n), level.tempo, wishes) for n in fingered))
    if not sure:
        return None
    for part in parts.values():
        for reason, count in part.why.items():
            why[reason] = why.get(reason, 0) + count
    why[UnaskedReason.FINGER] = sum(n.finger is None for part in parts.values() for n in part.asked) + len(
        twice
    )
    known = {(n.hand, n.pitch, n.beat) for n in sure}
    both = [n for own in music.values() for n in own]
    rest = [n for n in both if (n.hand, n.pitch, round(n.beat, DECIMALS)) not in known]
    idle = [n for hand, own in music.items() if hand not in parts for n in own]
    why[UnaskedReason.HAND] = len(idle)
    return Exercise(_with(level, sure), list(in_order(sure)), rest, why)


def asked_wholly(
    own: Mapping[Hand, Sequence[BeatNote]], level: Level, wishes: ImportOptions, bars: BeatGrid
) -> Exercise:
    """Every note where it stands, with the fingers of the model. Keys are let go where they must be."""
    if sum(map(len, own.values())) > wishes.bounds.asked:
        raise UserError(TOO_LONG, file=wishes.file, most=wishes.bounds.asked)
    found: list[BeatNote] = []
    for hand, notes in own.items():
        ordered = sorted(notes, key=lambda n: (n.beat, n.pitch))
        found += with_fingers(ordered, hand, level.tempo, wishes.fingers, wishes.span)
    each = once_a_key(_short(rounded(n), level.tempo, wishes) for n in found)
    kept, twice = once_a_finger(each)
    notes = in_order([*kept, *(replace(n, finger=None) for n in twice)])
    near: list[BeatNote] = []
    far: list[BeatNote] = []
    for hand in own:
        within, beyond = _reachable([n for n in notes if n.hand is hand], wishes.span)
        near += within
        far += beyond
    asked = Exercise(_with(level, near), list(in_order([*near, *far])), rest=far)
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


def asked_of_pads(source: Source, level: Level, wishes: ImportOptions, bars: BeatGrid) -> Exercise:
    """Drums as they stand, or thinned until they are as easy as wished."""
    notes = [BeatNote(n.beat, n.pitch, n.length_beats, velocity=n.velocity) for n in source.notes]
    if not wishes.reduce:
        return _pads(Reduced(notes), notes, level, wishes)
    for gap_s in PADS_GAPS_S:
        asked = _pads(on_pads(notes, gap_s, bars), notes, level, wishes)
        if wishes.max_difficulty is None or difficulty(asked.level) <= wishes.max_difficulty:
            return asked
    raise UserError(
        "{file}: no part is as easy as {most:g}; allow more",
        file=wishes.file,
        most=wishes.max_difficulty,
    )


def _pads(found: Reduced, notes: list[BeatNote], level: Level, wishes: ImportOptions) -> Exercise:
    sure = once_a_key(_short(rounded(replace(n, velocity=None)), level.tempo, wishes) for n in found.asked)
    return Exercise(replace(level, notes=tuple(sure)), sure, [], dict(found.why))


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
    return [replace(n, finger=finger) for n, finger in zip(notes, found, strict=True)]


def _harder(level: Level, found: list[BeatNote], wishes: ImportOptions) -> bool:
    """Whether notes are too hard whatever fingers they get, so that none need be found.

    What rests on fingers counts nothing here, but that a hand with many notes uses them all.
    """
    if wishes.max_difficulty is None:
        return False
    used = min(len(wishes.fingers), len({n.pitch for n in found})) if len(found) >= MANY else 1
    alone = MOST * NUMBER * max(0, used - 1) / (LITTLE_FINGER - 1)
    least = replace(demand(_with(level, found)), independence=alone, thumb_under=0.0, finger_speed=0.0)
    return difficulty_of(least) > wishes.max_difficulty


def _with(level: Level, notes: Sequence[BeatNote]) -> Level:
    """The level with these notes, for the hands that they name; loudness is not asked."""
    hands = {n.hand for n in notes}
    one = next(iter(hands)) if len(hands) == 1 else None
    hand = HandChoice(one) if one else HandChoice.BOTH
    return replace(level, hand=hand, notes=in_order(replace(n, velocity=None) for n in notes))


def _short(note: BeatNote, tempo: TempoMap, wishes: ImportOptions) -> BeatNote:
    """A note as long as a level may hold it."""
    most_s = wishes.bounds.note_s - 0.01
    start_s = tempo.seconds(note.beat)
    if tempo.seconds(note.beat + note.length_beats) - start_s <= most_s:
        return note
    return replace(note, length_beats=round(tempo.beat(start_s + most_s) - note.beat - 1e-4, 4))


def _up(value: float) -> float:
    """A figure with one decimal that is not below it."""
    return -(-value * 10 // 1) / 10

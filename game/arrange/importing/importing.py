"""A song from a file as a level: what is asked of which finger, what the program plays, what is left out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from game.arrange.difficulty.demand import Demand, demand
from game.arrange.difficulty.difficulty import difficulty_of
from game.arrange.importing.asking import Exercise, asked_easily, asked_of_pads, asked_wholly
from game.arrange.importing.backing import backing
from game.arrange.importing.hands import Hands, by_hands, fitting_steps
from game.arrange.importing.melody import chosen_parts
from game.arrange.importing.options import ImportOptions
from game.arrange.importing.source import Source, SourceNote
from game.arrange.importing.tempo import in_bars, level_metre, put_in_time
from game.arrange.importing.timing import SHORTEST_BEATS, Timing
from game.arrange.reduction.fitting import rounded
from game.arrange.reduction.reduction import BeatGrid, UnaskedReason
from game.arrange.reduction.transposing import PIANO, folded
from game.arrange.song_names import with_song
from game.errors import UserError
from game.music.level import BeatNote, HandChoice, Instrument, Level, in_order
from game.music.metre import strength
from game.music.note import Hand

FIRST_STEP = 500
"""Imported songs come behind all others in the ramp."""


@dataclass(frozen=True)
class Imported:
    """A level and how it came about.

    notes: those of the hands, with hand, finger and loudness, in order: the level's, and where nothing was
    reduced those beyond a hand's reach too, which the program plays.
    to_accompaniment: notes that the program plays, by reason. left_out: notes that nobody plays, by reason.
    transposed: semitones, upwards positive. hands_by: as in `Hands`. metre_changes: how many are not kept.
    """

    level: Level
    demand: Demand
    notes: tuple[BeatNote, ...]
    to_accompaniment: Mapping[str, int]
    left_out: Mapping[str, int]
    transposed: int
    timing: Timing
    hands_by: str
    metre_changes: int = 0


def import_song(source: Source, wishes: ImportOptions, level_id: str) -> Imported:
    """A song as a level, within what is wished. UserError where nothing is left."""
    left_out: Counter[str] = Counter()
    source = _selected(source, wishes)
    source = _sounding(source, wishes, left_out)
    source, timing = put_in_time(source, wishes.reduce)
    metre_changes = len({metre for _, metre in source.metres}) - 1
    if wishes.reduce or wishes.start_beat is not None:
        source, metre = in_bars(source)
    else:
        metre = level_metre(source.main_metre[1])
    source = _cut(source, wishes, left_out)
    drums = all(source.parts[n.part].drums for n in source.notes)
    level = _level(source, level_id, metre, timing, Instrument.PADS if drums else Instrument.KEYBOARD)
    bars = BeatGrid(
        source.tempo, (lambda beat: 3) if timing is Timing.PLAYED else lambda beat: strength(beat, metre)
    )
    hands, steps = (Hands({}, [], "none"), 0) if drums else _in_keys(source, wishes)
    asked = asked_of_pads(source, level, wishes, bars) if drums else _asked(hands, level, wishes, bars)
    _fill(asked, hands)
    around, too_many = backing(asked.level.notes, asked.rest, wishes.bounds.notes)
    left_out["too_many"] += too_many
    left_out["doubled"] += len(source.notes) - len(asked.level.notes) - len(around) - too_many
    level = replace(asked.level, accompaniment=in_order(rounded(n) for n in around))
    hard = demand(level)
    step = FIRST_STEP + round(10 * difficulty_of(hard)) - 10
    return Imported(
        level=replace(level, step=step),
        demand=hard,
        notes=tuple(asked.notes),
        to_accompaniment={str(why): n for why, n in asked.why.items() if n},
        left_out={why: n for why, n in left_out.items() if n},
        transposed=steps,
        timing=timing,
        hands_by=hands.found_by,
        metre_changes=metre_changes,
    )


def _selected(source: Source, wishes: ImportOptions) -> Source:
    """The stretch of the song that is wished."""
    start = wishes.start_beat if wishes.start_beat is not None else float("-inf")
    end = wishes.end_beat if wishes.end_beat is not None else float("inf")
    if not source.notes:
        raise UserError("{file}: there are no notes; choose a file with a melody in it", file=wishes.file)
    some = source.between(start, end)
    if not some.notes:
        last = max(n.beat for n in source.notes)
        template = "{file}: no note begins between these beats; the last one begins at beat {last:g}"
        raise UserError(template, file=wishes.file, last=round(last, 2))
    return some


def _sounding(source: Source, wishes: ImportOptions, left_out: Counter[str]) -> Source:
    """The music alone: drums only where there is nothing else, or where they were chosen; notes that last."""
    chosen = wishes.parts

    def music(note: SourceNote) -> bool:
        return not (source.parts[note.part].drums or source.parts[note.part].effects)

    notes = [n for n in source.notes if music(n)]
    if chosen is not None and all(source.parts[p].drums for p in chosen):
        notes = [n for n in source.notes if n.part in chosen]
    elif not notes:
        notes = [n for n in source.notes if source.parts[n.part].drums]
    if chosen is not None and not any(n.part in chosen for n in notes):
        raise UserError(
            "{file}: there are no notes in what was chosen; choose another track or channel", file=wishes.file
        )
    if not notes:
        raise UserError("{file}: there is no music but sound effects; choose another file", file=wishes.file)
    kept = Counter(source.parts[n.part].drums for n in notes)
    left_out["drums"] += sum(source.parts[n.part].drums for n in source.notes) - kept[True]
    left_out["effects"] += sum(source.parts[n.part].effects for n in source.notes)
    return source.with_notes(
        [n if n.length_beats > 0 else n._replace(length_beats=SHORTEST_BEATS) for n in notes]
    )


def _cut(source: Source, wishes: ImportOptions, left_out: Counter[str]) -> Source:
    """The song as far as a level may last."""
    end_beat = source.tempo.beat(wishes.bounds.level_s) - 1e-3
    short = source.between(float("-inf"), end_beat)
    left_out["beyond_ten_minutes"] += len(source.notes) - len(short.notes)
    if not short.notes:
        raise UserError(
            "{file}: the music begins later than a level may last; choose where with --start-beat",
            file=wishes.file,
        )
    return short


def _level(
    source: Source, level_id: str, metre: tuple[int, int], timing: Timing, instrument: Instrument
) -> Level:
    """The level without its notes. A click would mean nothing where no beats were found."""
    return with_song(
        Level(
            id=level_id,
            title=source.title[:80] or level_id,
            family="song",
            step=FIRST_STEP,
            instrument=instrument,
            hand=HandChoice.BOTH,
            tempo=source.tempo,
            metre=metre,
            notes=(),
            click=timing is not Timing.PLAYED,
        )
    )


def _in_keys(source: Source, wishes: ImportOptions) -> tuple[Hands, int]:
    """The notes of each hand, all music transposed to where the instrument has keys for the hands."""
    choice = chosen_parts(source, wishes.parts)
    hands = by_hands(source, choice, wishes.hand)
    wanted = (None, HandChoice.BOTH)
    playing = {h: own for h, own in hands.own.items() if wishes.hand in wanted or h.value == wishes.hand}
    stays = not wishes.reduce and wishes.keys is None
    steps = 0 if stays else fitting_steps(playing, wishes.keys or PIANO, hands.moved)
    if not steps:
        return hands, 0
    own = {h: [_moved(n, steps) for n in notes] for h, notes in hands.own.items()}
    return replace(hands, own=own, others=[_moved(n, steps) for n in hands.others]), steps


def _moved(note: BeatNote, steps: int) -> BeatNote:
    return replace(note, pitch=folded(note.pitch + steps))


def _asked(hands: Hands, level: Level, wishes: ImportOptions, bars: BeatGrid) -> Exercise:
    """What is asked of the hands, from the keys that there are."""
    low, high = wishes.keys or PIANO
    own: dict[Hand, list[BeatNote]] = {}
    beyond: list[BeatNote] = []
    idle: list[BeatNote] = []
    for hand, notes in hands.own.items():
        if wishes.hand in (HandChoice.LEFT, HandChoice.RIGHT) and hand.value != wishes.hand:
            idle += notes
            continue
        inside = [n for n in notes if low <= n.pitch <= high]
        beyond += [n for n in notes if not low <= n.pitch <= high]
        if inside:
            own[hand] = inside
    if not own:
        raise UserError(
            "{file}: no note lies on the keys from {low} to {high}; allow more keys",
            file=wishes.file,
            low=low,
            high=high,
        )
    asked = (asked_easily if wishes.reduce else asked_wholly)(own, level, wishes, bars)
    asked.rest += [*idle, *beyond]
    asked.leave(UnaskedReason.HAND, len(idle))
    asked.leave(UnaskedReason.RANGE, len(beyond))
    return asked


def _fill(asked: Exercise, hands: Hands) -> None:
    asked.rest += hands.others
    asked.leave(UnaskedReason.PART, len(hands.others))

"""A song from a file as a level: what is asked of which finger, what the program plays, what is left out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from game.arrange.difficulty.demand import Demand, demand
from game.arrange.difficulty.difficulty import difficulty_of
from game.arrange.importing.asking import asked_easily
from game.arrange.importing.backing import backing
from game.arrange.importing.exercise import Exercise
from game.arrange.importing.handover import LONGEST_WAIT_S, Wait, waits
from game.arrange.importing.hands import Hands, by_hands
from game.arrange.importing.keys import KeyPlan, key_plans, moved
from game.arrange.importing.melody import PartChoice, chosen_parts
from game.arrange.importing.options import ImportOptions
from game.arrange.importing.ornaments import graces
from game.arrange.importing.pads import asked_of_pads
from game.arrange.importing.reasons import HandsFoundBy, LeftOutReason
from game.arrange.importing.tempo import in_bars, level_metre, put_in_time
from game.arrange.importing.timing import SHORTEST_BEATS, Timing
from game.arrange.importing.wholly import asked_wholly
from game.arrange.reduction.fitting import rounded
from game.arrange.reduction.reduction import BeatGrid, UnaskedReason
from game.arrange.reduction.transposing import PIANO
from game.arrange.song_names import with_song
from game.errors import UserError
from game.music.level import BeatNote, HandChoice, Instrument, Level, in_order
from game.music.metre import strength
from game.music.midi_song import MidiSong, SongNote

FIRST_STEP = 500
"""Imported songs come behind all others in the ramp."""


@dataclass(frozen=True)
class Imported:
    """A level and how it came about.

    notes: those of the hands, with hand, finger and loudness, in order: the level's, and where nothing was
    reduced those beyond a hand's reach too, which the program plays.
    to_accompaniment: notes that the program plays, by reason. left_out: notes that nobody plays, by reason.
    transposed: semitones, upwards positive. hands_by, lowered, handed: as in `Hands`. metre_changes: how many
    are not kept. waits: stretches of more than twelve seconds with nothing to play.
    """

    level: Level
    demand: Demand
    notes: tuple[BeatNote, ...]
    to_accompaniment: Mapping[UnaskedReason, int]
    left_out: Mapping[LeftOutReason, int]
    transposed: int
    timing: Timing
    hands_by: HandsFoundBy
    metre_changes: int = 0
    lowered: int = 0
    handed: int = 0
    waits: tuple[Wait, ...] = ()


@dataclass(frozen=True)
class _Timed:
    """A song put in time, with the level that it will be, as yet without notes. left_out: by reason."""

    song: MidiSong
    timing: Timing
    level: Level
    bars: BeatGrid
    choice: PartChoice
    left_out: Counter[LeftOutReason]


def import_song(song: MidiSong, wishes: ImportOptions, level_id: str) -> Imported:
    """A song as a level, within what is wished. UserError where nothing is left."""
    timed = _timed(song, wishes, level_id)
    if timed.level.instrument is Instrument.PADS:
        hands, steps = Hands({}, [], HandsFoundBy.NONE), 0
        asked = asked_of_pads(timed.song, timed.level, wishes, timed.bars)
    else:
        hands = _by_hands(timed, wishes)
        asked, keys = _asked(hands, timed.level, wishes, timed.bars)
        steps = keys.steps
        asked.rest += [moved(n, steps) for n in hands.others]
        asked.leave(UnaskedReason.PART, len(hands.others) - hands.graces)
        asked.leave(UnaskedReason.ORNAMENT, hands.graces)
    around, too_many = backing(asked.level.notes, asked.rest, wishes.bounds.notes)
    left_out = timed.left_out
    left_out[LeftOutReason.TOO_MANY] += too_many
    left_out[LeftOutReason.DOUBLED] += len(timed.song.notes) - len(asked.level.notes) - len(around) - too_many
    level = replace(asked.level, accompaniment=in_order(rounded(n) for n in around))
    hard = demand(level)
    step = FIRST_STEP + round(10 * difficulty_of(hard)) - 10
    return Imported(
        level=replace(level, step=step),
        demand=hard,
        notes=tuple(asked.notes),
        to_accompaniment={why: n for why, n in asked.why.items() if n},
        left_out={why: n for why, n in left_out.items() if n},
        transposed=steps,
        timing=timed.timing,
        hands_by=hands.found_by,
        metre_changes=len({metre for _, metre in timed.song.metres}) - 1,
        lowered=hands.lowered,
        handed=hands.handed,
        waits=tuple(waits((n.beat for n in level.notes), level.tempo, level.end_beat, LONGEST_WAIT_S)),
    )


def _timed(song: MidiSong, wishes: ImportOptions, level_id: str) -> _Timed:
    """The stretch that is wished, without what is no music, its notes on beats and in bars."""
    left_out: Counter[LeftOutReason] = Counter()
    song = _sounding(_selected(song, wishes), wishes, left_out)
    drums = all(song.parts[n.part].drums for n in song.notes)
    choice = PartChoice(frozenset()) if drums else chosen_parts(song, wishes.parts)
    song, timing = put_in_time(song, wishes.reduce)
    if wishes.reduce or wishes.start_beat is not None:
        song, metre = in_bars(song)
    else:
        metre = level_metre(song.main_metre[1])
    song = _cut(song, wishes, left_out)
    instrument = Instrument.PADS if drums else Instrument.KEYBOARD
    strong = (lambda beat: 3) if timing is Timing.PLAYED else cache(lambda beat: strength(beat, metre))
    level = _level(song, level_id, metre, timing, instrument)
    return _Timed(song, timing, level, BeatGrid(song.tempo, strong), choice, left_out)


def _selected(song: MidiSong, wishes: ImportOptions) -> MidiSong:
    """The stretch of the song that is wished."""
    start = wishes.start_beat if wishes.start_beat is not None else float("-inf")
    end = wishes.end_beat if wishes.end_beat is not None else float("inf")
    if not song.notes:
        raise UserError("{file}: there are no notes; choose a file with a melody in it", file=wishes.file)
    some = song.between(start, end)
    if not some.notes:
        last = max(n.beat for n in song.notes)
        template = "{file}: no note begins between these beats; the last one begins at beat {last:g}"
        raise UserError(template, file=wishes.file, last=round(last, 2))
    return some


def _sounding(song: MidiSong, wishes: ImportOptions, left_out: Counter[LeftOutReason]) -> MidiSong:
    """The music alone: drums only where there is nothing else, or where they were chosen; notes that last."""
    chosen = wishes.parts

    def music(note: SongNote) -> bool:
        return not (song.parts[note.part].drums or song.parts[note.part].effects)

    notes = [n for n in song.notes if music(n)]
    if chosen is not None and all(song.parts[p].drums for p in chosen):
        notes = [n for n in song.notes if n.part in chosen]
    elif not notes:
        notes = [n for n in song.notes if song.parts[n.part].drums]
    if chosen is not None and not any(n.part in chosen for n in notes):
        raise UserError(
            "{file}: there are no notes in what was chosen; choose another track or channel", file=wishes.file
        )
    if not notes:
        raise UserError("{file}: there is no music but sound effects; choose another file", file=wishes.file)
    kept = Counter(song.parts[n.part].drums for n in notes)
    left_out[LeftOutReason.DRUMS] += sum(song.parts[n.part].drums for n in song.notes) - kept[True]
    left_out[LeftOutReason.EFFECTS] += sum(song.parts[n.part].effects for n in song.notes)
    return song.with_notes(
        [n if n.length_beats > 0 else n._replace(length_beats=SHORTEST_BEATS) for n in notes]
    )


def _cut(song: MidiSong, wishes: ImportOptions, left_out: Counter[LeftOutReason]) -> MidiSong:
    """The song as far as a level may last."""
    end_beat = song.tempo.beat(wishes.bounds.level_s) - 1e-3
    short = song.between(float("-inf"), end_beat)
    left_out[LeftOutReason.LATE] += len(song.notes) - len(short.notes)
    if not short.notes:
        raise UserError(
            "{file}: the music begins later than a level may last; choose where with --start-beat",
            file=wishes.file,
        )
    return short


def _level(
    song: MidiSong, level_id: str, metre: tuple[int, int], timing: Timing, instrument: Instrument
) -> Level:
    """The level without its notes. A click would mean nothing where no beats were found."""
    return with_song(
        Level(
            id=level_id,
            title=song.title[:80] or level_id,
            family="song",
            step=FIRST_STEP,
            instrument=instrument,
            hand=HandChoice.BOTH,
            tempo=song.tempo,
            metre=metre,
            notes=(),
            click=timing is not Timing.PLAYED,
        )
    )


def _by_hands(timed: _Timed, wishes: ImportOptions) -> Hands:
    """The notes of each hand. Where nothing is reduced, ornaments are played and nothing is handed over."""
    if not wishes.reduce:
        return by_hands(timed.song, replace(timed.choice, others=()), wishes.hand)
    return by_hands(timed.song, timed.choice, wishes.hand, frozenset(graces(timed.song)))


def _asked(hands: Hands, level: Level, wishes: ImportOptions, bars: BeatGrid) -> tuple[Exercise, KeyPlan]:
    """What is asked of the hands, and in which keys."""
    wanted = (None, HandChoice.BOTH)
    playing = {h: own for h, own in hands.own.items() if wishes.hand in wanted or h.value == wishes.hand}
    idle = [n for hand, notes in hands.own.items() if hand not in playing for n in notes]
    plans = key_plans(playing, hands.moved, wishes)
    if not plans:
        low, high = wishes.keys or PIANO
        template = "{file}: no note lies on the keys from {low} to {high}; allow more keys"
        raise UserError(template, file=wishes.file, low=low, high=high)
    if wishes.reduce:
        asked, keys = asked_easily(plans, level, wishes, bars)
    else:
        asked, keys = asked_wholly(plans[0].own, level, wishes), plans[0]
    asked.rest += [*(moved(n, keys.steps) for n in idle), *keys.beyond]
    asked.leave(UnaskedReason.HAND, len(idle))
    asked.leave(UnaskedReason.RANGE if keys is plans[0] else UnaskedReason.PLACE, len(keys.beyond))
    return asked, keys

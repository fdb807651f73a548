"""What an import asks of drums, which are played on pads."""

from dataclasses import replace

from game.arrange.difficulty.difficulty import difficulty
from game.arrange.fingering.costs import ALL_FINGERS
from game.arrange.importing.exercise import Exercise, short_enough
from game.arrange.importing.options import ImportOptions
from game.arrange.reduction.fitting import DECIMALS, once_a_key, rounded
from game.arrange.reduction.hand_music import PADS, on_pads
from game.arrange.reduction.reduction import BeatGrid, Reduced
from game.arrange.reduction.texture import QUICKEST_S
from game.errors import UserError
from game.music.level import BeatNote, HandChoice, Level
from game.music.midi_song import MidiSong

GAPS_S = (QUICKEST_S, 0.15, 0.25, 0.4, 0.66, 1.0, 1.5, 2.5, 4.0, 8.0)


def asked_of_pads(song: MidiSong, level: Level, wishes: ImportOptions, bars: BeatGrid) -> Exercise:
    """Drums as they stand, or thinned until they are as easy as wished; what is not asked sounds on.

    One hand strikes one pad at a time. UserError where fingers are chosen, which strike no drums.
    """
    if wishes.fingers != ALL_FINGERS:
        template = "{file}: drums are struck by hands, not by fingers; leave out --fingers"
        raise UserError(template, file=wishes.file)
    notes = [BeatNote(n.beat, n.pitch, n.length_beats, velocity=n.velocity) for n in song.notes]
    one = wishes.hand in (HandChoice.LEFT, HandChoice.RIGHT)
    if one and wishes.hand is not None:
        level = replace(level, hand=wishes.hand)
    if not wishes.reduce and not one:
        return _exercise(Reduced(notes), notes, level, wishes)
    gaps_s = GAPS_S if wishes.reduce else GAPS_S[:1]
    at_once = (1,) if one else (PADS, 1)
    thinned = (on_pads(notes, gap_s, bars, most) for most in at_once for gap_s in gaps_s)
    every = [_exercise(found, notes, level, wishes) for found in thinned]
    easy = [asked for asked in every if _easy(asked, wishes)]
    if not easy:
        template = "{file}: no part is as easy as {most:g}; allow more"
        raise UserError(template, file=wishes.file, most=wishes.max_difficulty)
    return max(easy, key=lambda asked: len(asked.notes))


def _easy(asked: Exercise, wishes: ImportOptions) -> bool:
    return wishes.max_difficulty is None or difficulty(asked.level) <= wishes.max_difficulty


def _exercise(found: Reduced, notes: list[BeatNote], level: Level, wishes: ImportOptions) -> Exercise:
    sure = once_a_key(
        short_enough(rounded(replace(n, velocity=None)), level.tempo, wishes) for n in found.asked
    )
    asked = {(n.pitch, n.beat) for n in sure}
    rest = [n for n in notes if (n.pitch, round(n.beat, DECIMALS)) not in asked]
    return Exercise(replace(level, notes=tuple(sure)), sure, rest, dict(found.why))

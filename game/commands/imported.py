"""The verb import: a level from a Standard MIDI File, and what was kept of it in words."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from game.app.song_import import garbage_kept, level_id, parts_chosen, room_for, write_imported
from game.arrange.importing.importing import Imported, import_song
from game.arrange.importing.options import ImportOptions
from game.arrange.importing.reasons import HandsFoundBy, LeftOutReason
from game.arrange.importing.timing import Timing
from game.arrange.reduction.reduction import UnaskedReason
from game.commands.context import Context, say, say_json, warn
from game.errors import UserError
from game.midi.song import read_song
from game.music.level import HandChoice, Level
from game.music.midi_song import MidiSong
from game.words import HAND_NAMES, N_, _, listed, many

TIMING_WORDS: dict[Timing, str] = {
    Timing.WRITTEN: N_("timing: as written"),
    Timing.CLICK: N_("timing: played to a beat, moved onto the beats"),
    Timing.TRACKED: N_("timing: played freely, put on a steady beat"),
    Timing.PLAYED: N_("timing: as played; no beats were found"),
}
HANDS_WORDS: dict[HandsFoundBy, str] = {
    HandsFoundBy.PARTS: N_("hands: as in the file's parts"),
    HandsFoundBy.MODEL: N_("hands: found by a model of two hands"),
    HandsFoundBy.TUNE: N_("hands: the tune on the right, what goes below it on the left"),
    HandsFoundBy.CHOICE: N_("hands: all for the hand asked for"),
}
REASONS: dict[UnaskedReason | LeftOutReason, str] = {
    UnaskedReason.PART: N_("{n} of other parts"),
    UnaskedReason.HAND: N_("{n} of the other hand"),
    UnaskedReason.RANGE: N_("{n} beyond the keys"),
    UnaskedReason.KEYS: N_("{n} too many at once"),
    UnaskedReason.WIDE: N_("{n} too far apart for a hand"),
    UnaskedReason.PLACE: N_("{n} away from where the hand lies"),
    UnaskedReason.WEAK: N_("{n} between the beats"),
    UnaskedReason.QUICK: N_("{n} too soon after another"),
    UnaskedReason.MOVE: N_("{n} while the hand moves"),
    UnaskedReason.ORNAMENT: N_("{n} grace notes"),
    UnaskedReason.FINGER: N_("{n} with no finger left"),
    LeftOutReason.DRUMS: N_("{n} of drums"),
    LeftOutReason.EFFECTS: N_("{n} of sound effects"),
    LeftOutReason.LATE: N_("{n} beyond the ten minutes of a level"),
    LeftOutReason.DOUBLED: N_("{n} on a key that sounds already"),
    LeftOutReason.TOO_MANY: N_("{n} more than a level holds"),
}


def import_level(options: Namespace) -> int:
    """Make a level from a Standard MIDI File."""
    with garbage_kept():
        return _import_level(options)


def _import_level(options: Namespace) -> int:
    context, path, output = Context.of(options), Path(options.song), options.output
    if output is None and not context.as_json:
        raise UserError("{file}: say where to write the level, as in -o my-song.toml", file=path)
    song = read_song(path, options.number)
    made = import_song(song, _asked(options, song), level_id(Path(output) if output else path))
    if output is not None:
        write_imported(Path(output), made, path, replacing=options.force)
    if context.as_json:
        say_json(imported_data(made, path, output, song))
        return 0
    for line in imported_lines(made, song):
        say(line)
    say(_("It is in {file}; see it played with: fingerfall demo {file}", file=output))
    return 0


def _asked(options: Namespace, song: MidiSong) -> ImportOptions:
    """What the options ask of a song."""
    unbounded = options.output is None and options.no_reduce
    return ImportOptions(
        hand=HandChoice(options.hand) if options.hand else None,
        fingers=options.fingers,
        max_difficulty=options.max_difficulty,
        keys=options.range,
        span=options.span,
        parts=parts_chosen(song.parts, options.track or (), options.channel or (), options.song),
        start_beat=options.start_beat,
        end_beat=options.end_beat,
        reduce=not options.no_reduce,
        file=options.song,
        bounds=room_for(unbounded),
    )


def imported_data(made: Imported, path: Path, output: str | None, song: MidiSong) -> dict[str, Any]:
    """An import as JSON has it."""
    from game.arrange.difficulty.difficulty import difficulty_of
    from game.arrange.difficulty.index import index

    level = made.level
    return {
        "level": level.id,
        "file": output,
        "song": str(path),
        "song_number": song.number,
        "songs": song.songs,
        "title": level.title,
        "hand": level.hand.value,
        "instrument": level.instrument.value,
        "bpm": level.tempo.bpm(0),
        "metre": list(level.metre),
        "length_s": round(level.length_s(), 3),
        "notes": _notes_data(made, level),
        "demand": {name: round(value, 2) for name, value in made.demand.as_dict().items()},
        "difficulty": round(difficulty_of(made.demand), 2),
        "index": round(index(made.notes), 2),
        "kept": len(level.notes),
        "accompaniment": len(level.accompaniment),
        "to_accompaniment": dict(made.to_accompaniment),
        "left_out": dict(made.left_out),
        "transposed": made.transposed,
        "quantised": made.timing.quantised,
        "timing": made.timing.value,
        "hands_by": made.hands_by,
        "metre_changes": made.metre_changes,
        "lowered": made.lowered,
        "handed_over": made.handed,
        "waits": [{"from_s": round(w.from_s, 2), "to_s": round(w.to_s, 2)} for w in made.waits],
        "damage": list(song.damage),
    }


def _notes_data(made: Imported, level: Level) -> list[dict[str, Any]]:
    seconds = level.tempo.seconds
    asked = {(n.hand, n.beat, n.pitch) for n in level.notes}
    return [
        {
            "index": i,
            "beat": n.beat,
            "onset_s": round(seconds(n.beat), 4),
            "duration_s": round(seconds(n.beat + n.length_beats) - seconds(n.beat), 4),
            "pitch": n.pitch,
            "hand": n.hand.value if n.hand else None,
            "finger": n.finger,
            "velocity": n.velocity,
            "asked": (n.hand, n.beat, n.pitch) in asked,
        }
        for i, n in enumerate(made.notes)
    ]


def imported_lines(made: Imported, song: MidiSong) -> list[str]:
    """An import in a few plain lines."""
    from game.arrange.difficulty.difficulty import difficulty_of

    level = made.level
    lines = [
        _(
            "{title}: {bpm:.0f} beats a minute, {length:.0f} s, {hand}, difficulty {difficulty:.1f}",
            title=level.title,
            bpm=level.tempo.bpm(0),
            length=level.length_s(),
            hand=_(HAND_NAMES[level.hand.value]),
            difficulty=difficulty_of(made.demand),
        ),
        "  " + many("{n} note is asked", "{n} notes are asked", len(level.notes)),
        "  "
        + many(
            "{n} note is played by the program",
            "{n} notes are played by the program",
            len(level.accompaniment),
        ),
    ]
    lines += ["  " + line for line in (*_how_lines(made), *_melody_lines(made))]
    if song.songs > 1:
        which = {"n": song.number, "songs": song.songs}
        lines.append("  " + _("this is song {n} of {songs} in the file; --song chooses another", **which))
    if song.damage:
        warn(_("The file is damaged: {damage}.", damage="; ".join(song.damage)))
    return lines


def _how_lines(made: Imported) -> list[str]:
    """What is not asked, and how time and hands were found."""
    lines = []
    if made.to_accompaniment:
        lines.append(_("not asked: {reasons}", reasons=_reasons(made.to_accompaniment)))
    if made.left_out:
        lines.append(_("left out: {reasons}", reasons=_reasons(made.left_out)))
    if made.transposed:
        lines.append(_("transposed by {n:+.0f} semitones", n=made.transposed))
    lines.append(_(TIMING_WORDS[made.timing]))
    lines += [_(HANDS_WORDS[made.hands_by])] if made.hands_by in HANDS_WORDS else []
    if made.metre_changes:
        lines.append(_("bars are counted in {metre} throughout", metre="{}/{}".format(*made.level.metre)))
    return lines


def _melody_lines(made: Imported) -> list[str]:
    """What became of the tune on its way to the hands, and where there is nothing to play for long."""
    lines = []
    if made.lowered:
        lines.append(_("the left hand is moved by {n:+.0f} semitones, below the tune", n=made.lowered))
    if made.handed:
        lines.append(
            many(
                "{n} note of other parts goes on with the tune",
                "{n} notes of other parts go on with the tune",
                made.handed,
            )
        )
    if made.waits:
        longest = max(made.waits, key=lambda wait: wait.length_s)
        lines.append(
            many(
                "{n} wait is longer than 12 s: {longest:.0f} s, from {at:.0f} s on",
                "{n} waits are longer than 12 s; the longest is {longest:.0f} s, from {at:.0f} s on",
                len(made.waits),
                longest=longest.length_s,
                at=longest.from_s,
            )
        )
    return lines


def _reasons(counts: "Mapping[UnaskedReason, int] | Mapping[LeftOutReason, int]") -> str:
    return listed(_(REASONS[why], n=n) for why, n in counts.items())

"""The verb import: a level from a Standard MIDI File, and what was kept of it in words."""

import gc
import re
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from zlib import crc32

from game.arrange.importing.importing import Imported, import_song
from game.arrange.importing.options import Bounds, ImportOptions
from game.arrange.importing.source import Source, SourceNote, SourcePart
from game.arrange.importing.timing import Timing
from game.commands.context import Context, say, say_json, warn
from game.errors import UserError
from game.midi.smf import DRUM_CHANNEL, MidiSong, read_song
from game.music.level import HandChoice, Level
from game.words import HAND_NAMES, N_, _, listed, many

if TYPE_CHECKING:
    from game.library.levels.checks import LevelReach

LONGEST_UNENDED_BEATS = 4.0
"""A note that its file never ends is held so long at most."""

TIMING_WORDS: dict[Timing, str] = {
    Timing.WRITTEN: N_("timing: as written"),
    Timing.CLICK: N_("timing: played to a beat, moved onto the beats"),
    Timing.TRACKED: N_("timing: played freely, put on a steady beat"),
    Timing.PLAYED: N_("timing: as played; no beats were found"),
}
HANDS_WORDS: dict[str, str] = {
    "parts": N_("hands: as in the file's parts"),
    "model": N_("hands: found by a model of two hands"),
    "tune": N_("hands: the tune on the right, what goes below it on the left"),
    "choice": N_("hands: all for the hand asked for"),
}
REASONS: dict[str, str] = {
    "other_part": N_("{n} of other parts"),
    "other_hand": N_("{n} of the other hand"),
    "out_of_range": N_("{n} beyond the keys"),
    "too_many_at_once": N_("{n} too many at once"),
    "too_wide": N_("{n} too far apart for a hand"),
    "away_from_the_place": N_("{n} away from where the hand lies"),
    "between_the_beats": N_("{n} between the beats"),
    "too_quick": N_("{n} too soon after another"),
    "no_finger": N_("{n} with no finger left"),
    "drums": N_("{n} of drums"),
    "effects": N_("{n} of sound effects"),
    "beyond_ten_minutes": N_("{n} beyond the ten minutes of a level"),
    "doubled": N_("{n} on a key that sounds already"),
    "too_many": N_("{n} more than a level holds"),
}


def import_level(options: Namespace) -> int:
    """Make a level from a Standard MIDI File."""
    # Many small things are made, none of them in rings, and looking for rings takes a third of the time.
    gc.disable()
    try:
        return _import_level(options)
    finally:
        gc.enable()


def _import_level(options: Namespace) -> int:
    context = Context.of(options)
    from game.library.levels.checks import LevelReach

    path, output = Path(options.song), options.output
    if output is None and not context.as_json:
        raise UserError("{file}: say where to write the level, as in -o my-song.toml", file=path)
    song = read_song(path)
    reach = LevelReach()
    source, places = source_of(song, path)
    made = import_song(source, wishes_of(options, places, reach), level_id(Path(output) if output else path))
    if output is not None:
        _write(Path(output), made, path, force=options.force)
    if context.as_json:
        say_json(imported_data(made, path, output, song))
        return 0
    for line in imported_lines(made, song):
        say(line)
    say(_("It is in {file}; see it played with: fingerfall demo {file}", file=output))
    return 0


def source_of(song: MidiSong, path: Path) -> tuple[Source, list[tuple[int, int]]]:
    """A file's song as the arranging knows it; track (from 0) and channel (0–15) of each of its parts."""
    places = sorted({(n.track, n.channel) for n in song.notes})
    many_channels = {track for track, _channel in places if [t for t, _c in places].count(track) > 1}
    parts = tuple(
        SourcePart(
            name="" if track in many_channels else song.names.get(track, ""),
            program=song.programs.get((track, channel), song.programs.get((None, channel))),
            drums=channel == DRUM_CHANNEL,
        )
        for track, channel in places
    )
    number = {place: i for i, place in enumerate(places)}
    notes = [
        SourceNote(
            beat=n.beat,
            length_beats=min(n.end_beat - n.beat, LONGEST_UNENDED_BEATS) if n.made else n.end_beat - n.beat,
            pitch=n.pitch,
            velocity=n.velocity,
            part=number[n.track, n.channel],
        )
        for n in song.notes
    ]
    if not notes and song.damage:
        raise UserError(
            "{file}: is damaged and holds no notes ({damage}); export or copy it again",
            file=path,
            damage="; ".join(song.damage),
        )
    source = Source((), parts, song.tempo, song.metres, song.title or _title(path), not song.frames)
    return source.with_notes(notes), places


def wishes_of(options: Namespace, places: list[tuple[int, int]], reach: "LevelReach") -> ImportOptions:
    """What the options ask for. places: track and channel of each part."""
    chosen = None
    if options.track or options.channel:
        tracks = {n - 1 for n in options.track or ()}
        channels = {n - 1 for n in options.channel or ()}
        fits = [
            (not tracks or track in tracks) and (not channels or channel in channels)
            for track, channel in places
        ]
        chosen = frozenset(i for i, fit in enumerate(fits) if fit)
        if not chosen:
            template = "{file}: there are no notes in what was chosen; those with notes are {known}"
            raise UserError(template, file=options.song, known=_known(places))
    return ImportOptions(
        hand=HandChoice(options.hand) if options.hand else None,
        fingers=options.fingers,
        max_difficulty=options.max_difficulty,
        keys=options.range,
        span=options.span,
        parts=chosen,
        start_beat=options.start_beat,
        end_beat=options.end_beat,
        reduce=not options.no_reduce,
        file=options.song,
        bounds=_bounds(options, reach),
    )


def _bounds(options: Namespace, reach: "LevelReach") -> Bounds:
    """What a level may hold; where none is written and nothing reduced, all that there is."""
    if options.output is None and options.no_reduce:
        return Bounds(float("inf"), float("inf"), sys.maxsize, sys.maxsize)
    return Bounds(reach.level_s, reach.note_s)


def _known(places: list[tuple[int, int]]) -> str:
    """The tracks and channels that there are, as a person counts."""
    tracks = ", ".join(str(track + 1) for track in sorted({track for track, _channel in places}))
    channels = ", ".join(str(channel + 1) for channel in sorted({channel for _track, channel in places}))
    return _("tracks {tracks}; channels {channels}", tracks=tracks, channels=channels)


def level_id(path: Path) -> str:
    """An id for a level from the name of a file, whatever it is called."""
    plain = normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].strip("-")
    return found or f"song-{crc32(path.stem.encode('utf-8', 'replace')):08x}"


def _title(path: Path) -> str:
    """A title from the name of a file that has none in it."""
    stem = path.stem.encode("utf-8", "replace").decode().replace("_", " ")
    words = " ".join((stem if " " in stem else stem.replace("-", " ")).split())
    return words[:1].upper() + words[1:]


def _write(path: Path, made: Imported, song: Path, *, force: bool) -> None:
    """Write the level, once it is known that it reads back without a fault."""
    from game.library.levels.files import LARGEST_BYTES, parse_level
    from game.library.levels.toml import level_toml, write_level

    if path.suffix.lower() != ".toml":
        raise UserError('{file}: a level is written as TOML; end its name in ".toml"', file=path)
    text = level_toml(made.level, f"Imported from {song.name.encode('utf-8', 'replace').decode()}")
    if len(text.encode()) > LARGEST_BYTES:
        template = "{file}: is too long for a level; import a stretch of it with --start-beat and --end-beat"
        raise UserError(template, file=song)
    parse_level(text, str(path))
    write_level(path, text, replacing=force)


def imported_data(made: Imported, path: Path, output: str | None, song: MidiSong) -> dict[str, Any]:
    """An import as JSON has it."""
    from game.arrange.difficulty.difficulty import difficulty_of
    from game.arrange.difficulty.index import index

    level = made.level
    return {
        "level": level.id,
        "file": output,
        "song": str(path),
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
    if made.to_accompaniment:
        lines.append("  " + _("not asked: {reasons}", reasons=_reasons(made.to_accompaniment)))
    if made.left_out:
        lines.append("  " + _("left out: {reasons}", reasons=_reasons(made.left_out)))
    if made.transposed:
        lines.append("  " + _("transposed by {n:+.0f} semitones", n=made.transposed))
    lines.append("  " + _(TIMING_WORDS[made.timing]))
    lines += ["  " + _(HANDS_WORDS[made.hands_by])] if made.hands_by in HANDS_WORDS else []
    if made.metre_changes:
        lines.append("  " + _("bars are counted in {metre} throughout", metre="{}/{}".format(*level.metre)))
    if song.damage:
        warn(_("The file is damaged: {damage}.", damage="; ".join(song.damage)))
    return lines


def _reasons(counts: "dict[str, int] | Any") -> str:
    return listed(_(REASONS[why], n=n) for why, n in counts.items())

"""From a MIDI song to a level file: which parts are for the hands, what it is called, and writing it."""

import gc
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unicodedata import normalize
from zlib import crc32

from game.arrange.importing.importing import Imported
from game.arrange.importing.options import Bounds
from game.errors import UserError
from game.music.midi_song import SongPart
from game.words import _


@contextmanager
def garbage_kept() -> Iterator[None]:
    """An import makes many small things, none in rings; looking for rings takes a third of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def parts_chosen(
    parts: Sequence[SongPart], tracks: Collection[int], channels: Collection[int], file: str
) -> frozenset[int] | None:
    """The parts on some tracks and channels, both counted from 1; None where neither is named.

    UserError where these hold no notes: it says which do.
    """
    if not tracks and not channels:
        return None
    fits = [
        (not tracks or part.track + 1 in tracks) and (not channels or part.channel + 1 in channels)
        for part in parts
    ]
    if not any(fits):
        template = "{file}: there are no notes in what was chosen; those with notes are {known}"
        raise UserError(template, file=file, known=_known(parts))
    return frozenset(i for i, fit in enumerate(fits) if fit)


def room_for(unbounded: bool) -> Bounds:
    """What a level may hold; unbounded: all that there is, as nothing is written."""
    from game.library.levels.checks import LevelReach

    if unbounded:
        return Bounds(float("inf"), float("inf"), sys.maxsize, sys.maxsize)
    reach = LevelReach()
    return Bounds(reach.level_s, reach.note_s)


def level_id(path: Path) -> str:
    """An id for a level from the name of a file, whatever it is called."""
    plain = normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].strip("-")
    return found or f"song-{crc32(path.stem.encode('utf-8', 'replace')):08x}"


def write_imported(path: Path, made: Imported, song: Path, *, replacing: bool) -> None:
    """Write the level, once it is known that a hand can play it and a run can hold it."""
    from game.library.levels.checks import LevelReach
    from game.library.levels.made import unplayable_of_made
    from game.library.levels.toml import LONGEST_BYTES, level_toml, write_level

    if path.suffix.lower() != ".toml":
        raise UserError('{file}: a level is written as TOML; end its name in ".toml"', file=path)
    text = level_toml(made.level, f"Imported from {song.name.encode('utf-8', 'replace').decode()}")
    if len(text.encode()) > LONGEST_BYTES:
        template = "{file}: is too long for a level; import a stretch of it with --start-beat and --end-beat"
        raise UserError(template, file=song)
    fault = next(unplayable_of_made(made.level, LevelReach()), None)
    if fault is not None:
        raise UserError("{file}: cannot become a level: {fault}", file=song, fault=fault.text)
    write_level(path, text, replacing=replacing)


def _known(parts: Sequence[SongPart]) -> str:
    """The tracks and channels that there are, as a person counts."""
    tracks = ", ".join(str(track + 1) for track in sorted({part.track for part in parts}))
    channels = ", ".join(str(channel + 1) for channel in sorted({part.channel for part in parts}))
    return _("tracks {tracks}; channels {channels}", tracks=tracks, channels=channels)

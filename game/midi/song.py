"""A Standard MIDI File as a song to arrange: its parts, what they are called, its title and its words."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from game.errors import UserError
from game.midi.events import META, Events, MidiEvent
from game.midi.file_notes import DRUM_CHANNEL, FileMusic, FileNote, music_of, no_notes, read_events
from game.midi.message import NOTE_ON
from game.midi.pedal import pedalled
from game.midi.smf_names import LYRIC, TEXT, decoded, programs, title_of, track_names
from game.music.midi_song import MidiSong, SongNote, SongPart

LONGEST_UNENDED_BEATS = 4.0
"""A note that its file never ends is held so long at most."""
SEVERAL_SONGS = 2
"""The format in which every track is a song of its own."""
FEWEST_WORDS = 8
_SUNG = re.compile(r"\w")


def read_song(path: Path, number: int = 1) -> MidiSong:
    """The song in a file, with parts for each channel on each track.

    number: which one, counted from 1, where the file holds several. A title that the file does not have is
    made of its name. Raises `UserError` that names the file and the cure.
    """
    events = read_events(path)
    tracks = _songs(events)
    count = len(tracks) if events.format == SEVERAL_SONGS else 1
    if number > max(1, count):
        template = "{file}: holds {count} songs; choose one of them with --song"
        raise UserError(template, file=path, count=count) if count > 1 else _one_song(path)
    music = music_of(events, tracks[number - 1] if count > 1 else None)
    if not music.notes:
        raise no_notes(path, music.damage)
    song = _song(music)
    title = song.title or _title_of_name(path)
    return replace(song, title=title, number=number, songs=max(1, count))


def _one_song(path: Path) -> UserError:
    return UserError("{file}: holds one song; leave out --song", file=path)


def _songs(events: Events) -> list[int]:
    """The tracks that hold notes."""
    return [i for i, track in enumerate(events.tracks) if any(_begins(event) for event in track)]


def _begins(event: MidiEvent) -> bool:
    return event.status & 0xF0 == NOTE_ON and event.data[1] > 0


def _song(music: FileMusic) -> MidiSong:
    places = sorted({(n.track, n.channel) for n in music.notes})
    number = {place: i for i, place in enumerate(places)}
    notes = [
        _note(note, number[note.track, note.channel], pedal)
        for note, pedal in zip(music.notes, pedalled(music), strict=True)
    ]
    return MidiSong(
        notes=tuple(sorted(notes)),
        parts=_parts(music, places),
        tempo=music.tempo,
        metres=music.metres,
        title=title_of(music.events, {track for track, _channel in places}),
        counted=music.events.ticks_per_s is None,
        words=_words(music),
        damage=music.damage,
    )


def _note(note: FileNote, part: int, pedal: float) -> SongNote:
    length = note.end_beat - note.beat
    if note.made:
        length = min(length, LONGEST_UNENDED_BEATS)
    return SongNote(note.beat, length, note.pitch, note.velocity, part, pedal)


def _parts(music: FileMusic, places: list[tuple[int, int]]) -> tuple[SongPart, ...]:
    """A track's name is that of its part, where it has one part only."""
    names, instruments = track_names(music.events), programs(music.merged)
    channels = Counter(track for track, _channel in places)
    return tuple(
        SongPart(
            name=names.get(track, "") if channels[track] == 1 else "",
            program=instruments.get((track, channel), instruments.get((None, channel))),
            drums=channel == DRUM_CHANNEL,
            track=track,
            channel=channel,
        )
        for track, channel in places
    )


def _words(music: FileMusic) -> tuple[float, ...]:
    """The beats on which syllables are sung: from lyric events, or, where there are none, from the texts of
    a karaoke file."""
    for kind in (LYRIC, TEXT):
        sung = {
            tick / music.ticks_a_beat
            for tick, _, event in music.merged
            if event.status == META and event.data[0] == kind and _is_sung(decoded(event.data[1:]))
        }
        if len(sung) >= FEWEST_WORDS:
            return tuple(sorted(sung))
    return ()


def _is_sung(text: str) -> bool:
    """Whether a text is a syllable, and not what a karaoke file says about itself."""
    return bool(_SUNG.search(text)) and not text.startswith("@")


def _title_of_name(path: Path) -> str:
    """A title from the name of a file that has none in it."""
    stem = path.stem.encode("utf-8", "replace").decode().replace("_", " ")
    words = " ".join((stem if " " in stem else stem.replace("-", " ")).split())
    return words[:1].upper() + words[1:]

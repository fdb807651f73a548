"""Names in a Standard MIDI File: title, tracks and instruments, in any encoding."""

import re
from collections.abc import Iterable

from game.midi.events import META, Events, MidiEvent

TEXT, TRACK_NAME, INSTRUMENT_NAME, LYRIC = 0x01, 0x03, 0x04, 0x05
PROGRAM_CHANGE = 0xC0

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff\uff66-\uff9f]")
_NO_TITLE = re.compile(
    r"(untitled|unnamed|noname|new song|tempo( track)?|conductor|control track|midi.*|track[ _-]?\d*"
    r"|soft karaoke|words|lyrics?|karaoke"
    r"|seq(uence)?[-_ ]?\d*|\W*)",
    re.I,
)


def decoded(data: bytes) -> str:
    """Text of a file that does not say its encoding: UTF-8 where it is, Shift-JIS where that gives Japanese,
    else Latin letters. Without control characters, spaces in ones; "" where nothing is left."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _plain(data[len(mark) :].decode(encoding, "replace"))
    try:
        return _plain(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    japanese = _japanese(data)
    return _plain(data.decode("cp1252", "replace") if japanese is None else japanese)


def _japanese(data: bytes) -> str | None:
    """The text in Shift-JIS, where what is not ASCII in it is mostly Japanese in signs of two bytes."""
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError:
        return None
    other = [letter for letter in text if letter > "\x7f"]
    wide = [letter for letter in other if _JAPANESE.match(letter) and not "\uff61" <= letter <= "\uff9f"]
    return text if len(wide) > len(other) / 2 and len(wide) > 1 else None


def _plain(text: str) -> str:
    letters = "".join(letter if letter.isprintable() else " " for letter in text.replace("\0", " "))
    return " ".join(letters.replace("\ufffd", " ").split())


def track_names(events: Events) -> dict[int, str]:
    """What each track is called, by its number from 0; tracks without a name are left out."""
    names: dict[int, str] = {}
    for kind in (TRACK_NAME, INSTRUMENT_NAME):
        for index, track in enumerate(events.tracks):
            said = (decoded(e.data[1:]) for e in track if e.status == META and e.data[0] == kind)
            name = next(filter(None, said), "")
            if name:
                names.setdefault(index, name)
    return names


def title_of(events: Events, with_notes: Iterable[int]) -> str:
    """The song's title; "" where none is told.

    A karaoke file says it in its first text that begins with @T. Else it is the first track's name where that
    track is no part of the music, or of a file of several songs the name of the song's own track.
    with_notes: the numbers of the tracks that hold notes.
    """
    sounding = sorted(set(with_notes))
    said = (decoded(e.data[1:]) for track in events.tracks for e in track if _is_text(e))
    karaoke = next((text[2:].strip() for text in said if text.startswith("@T")), "")
    if karaoke:
        return karaoke
    several = events.format == 2 and len(sounding) == 1
    name = track_names(events).get(sounding[0] if several else 0, "")
    is_part = 0 in sounding and len(sounding) > 1
    return "" if is_part or _NO_TITLE.fullmatch(name) else name


def _is_text(event: MidiEvent) -> bool:
    return event.status == META and event.data[0] == TEXT


def programs(merged: Iterable[tuple[int, int, MidiEvent]]) -> dict[tuple[int | None, int], int]:
    """The first instrument (General MIDI program, 0–127) of each track and channel, and by `(None, channel)`
    of each channel on any track."""
    found: dict[tuple[int | None, int], int] = {}
    for _, track, event in merged:
        if event.status & 0xF0 == PROGRAM_CHANGE and event.data and event.data[0] < 0x80:
            channel = event.status & 0x0F
            found.setdefault((track, channel), event.data[0])
            found.setdefault((None, channel), event.data[0])
    return found

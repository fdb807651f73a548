"""Contradictions in a level file."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from game.library.levels.faults import LevelFault
from game.music.level import HandChoice

if TYPE_CHECKING:
    from game.library.levels.models import LevelFile


def crossed(file: "LevelFile", left_out: bool = False) -> Iterator[LevelFault]:
    """The contradictions in a file. left_out: notes with other faults have been left out."""
    if file.pattern is not None and file.notes:
        yield LevelFault(("pattern",), "there are notes and a pattern; keep one of them")
    if file.pattern is None and not file.notes and not left_out:
        yield LevelFault(("notes",), "there is nothing to play; write notes = [ … ] or a table [pattern]")
    if file.pattern is None and file.notes and all(note.part in ("shown", "no-go") for note in file.notes):
        yield LevelFault(("notes",), "none of these notes is to be played; leave part out of some of them")
    yield from _hands_of_pattern(file)
    yield from _hands_of_notes(file)
    if file.probe and file.windows.mode == "personal":
        text = 'a probe is the same on every day; give it windows = { mode = "fixed", … }'
        yield LevelFault(("windows",), text)
    if file.probe and (file.accompaniment or file.backing):
        place = "backing" if file.backing else "accompaniment"
        yield LevelFault((place,), "a probe is played alone, since music paces too; leave this out")
    if file.family == "probe" and not file.probe:
        yield LevelFault(("probe",), "a level of this family measures; write probe = true")


def _hands_of_pattern(file: "LevelFile") -> Iterator[LevelFault]:
    if file.pattern is None or HandChoice(file.hand) in file.pattern.FOR:
        return
    if file.hand == "both":
        yield LevelFault(("hand",), 'a pattern is for one hand; write "left" or "right"')
    else:
        yield LevelFault(("hand",), 'this kind of pattern is for two hands; write "both"')


def _hands_of_notes(file: "LevelFile") -> Iterator[LevelFault]:
    """Notes without a hand in a level that needs one."""
    if file.hand != "both":
        return
    told = any(note.hand for note in file.notes)
    for number, note in enumerate(file.notes):
        if "hand" not in note.model_fields_set and (told or note.finger):
            text = 'is missing, since the level is for both hands; write hand = "left" or "right"'
            yield LevelFault(("notes", number, "hand"), text)

"""How much longer the sustain pedal lets notes sound, as it stands in a Standard MIDI File."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from game.midi.file_notes import FileMusic, FileNote

CONTROL_CHANGE, SUSTAIN, DOWN = 0xB0, 64, 64
"""The pedal is down from the controller value 64 on."""
LONGEST_BEATS = 8.0
"""A string has died away by then, wherever the pedal is."""

Presses = tuple[list[float], list[float]]
"""Where a pedal goes down, and where it comes up each time, in beats."""


def pedalled(music: FileMusic) -> list[float]:
    """How many beats the pedal adds to each note of a file, in their order: until it comes up or the same
    key is struck again. A pedal holds for its channel on all tracks."""
    pedals = _pedals(music)
    if not pedals:
        return [0.0] * len(music.notes)
    struck: dict[tuple[int, int], list[float]] = defaultdict(list)
    for note in music.notes:
        struck[note.channel, note.pitch].append(note.beat)
    for beats in struck.values():
        beats.sort()
    return [_added(note, pedals.get(note.channel), struck[note.channel, note.pitch]) for note in music.notes]


def _added(note: FileNote, pedal: Presses | None, struck: Sequence[float]) -> float:
    if pedal is None or note.made or note.drum:
        return 0.0
    downs, ups = pedal
    last = bisect_right(downs, note.end_beat) - 1
    if last < 0 or ups[last] <= note.end_beat:
        return 0.0
    following = bisect_right(struck, note.beat)
    again = struck[following] if following < len(struck) else float("inf")
    return max(0.0, min(ups[last], again, note.beat + LONGEST_BEATS) - note.end_beat)


def _pedals(music: FileMusic) -> dict[int, Presses]:
    """By channel; a pedal that is never let go comes up with the last event."""
    changes: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for tick, _, event in music.merged:
        if event.status & 0xF0 == CONTROL_CHANGE and event.data[0] == SUSTAIN:
            changes[event.status & 0x0F].append((tick / music.ticks_a_beat, event.data[1] >= DOWN))
    found: dict[int, Presses] = {}
    for channel, said in changes.items():
        steps = [
            step for step, before in zip(said, [(0.0, False), *said], strict=False) if step[1] != before[1]
        ]
        steps.append((music.merged[-1][0] / music.ticks_a_beat, False))
        pairs = [(down[0], up[0]) for down, up in pairwise(steps) if down[1]]
        found[channel] = [down for down, _ in pairs], [up for _, up in pairs]
    return {channel: presses for channel, presses in found.items() if presses[0]}

"""Positions of notes, lanes and keys at a song time: pure geometry, in pixels."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as datafield

from pygame import Rect

from game.music.keyboard import Stretch, is_black, nearest
from game.music.note import Note
from game.screens.ui.view import View

FIELD_LEFT, FIELD_TOP = 36.0, 84.0
PANEL_WIDTH = 236.0
KEYBOARD_TALL = 172.0
STRIKE_GAP = 12.0
"""Units between the strike line and the keyboard's bed."""

BED = 8.0
LEAST_NOTE = 42.0
"""A note is never shorter than this many units, so that its number can be read."""


@dataclass(frozen=True, slots=True)
class Field:
    """The place where notes fall, over the keyboard they fall on.

    bed: the keyboard's frame. keys: inside it, where the keys are. top_px, strike_px: where a note appears
    and where it is due. preview_s: seconds from one to the other. nearest_of: pitches whose lanes take in the
    lanes of all keys that count for them; () where each key has its own. spans: by pitch, left edge and width
    of a note.
    """

    bed: Rect
    keys: Rect
    stretch: Stretch
    top_px: int
    strike_px: int
    preview_s: float
    nearest_of: tuple[int, ...] = ()
    spans: dict[int, tuple[int, int]] = datafield(default_factory=dict)

    def __post_init__(self) -> None:
        for pitch in range(self.stretch.lowest, self.stretch.highest + 1):
            lane = self.lane_rect(pitch)
            inset = round(lane.width * 0.08)
            self.spans[pitch] = lane.left + inset, lane.width - 2 * inset

    @property
    def white_px(self) -> float:
        """Width of a white key."""
        return self.keys.width / self.stretch.whites

    @property
    def speed_px(self) -> float:
        """Pixels a note falls in a second."""
        return (self.strike_px - self.top_px) / self.preview_s

    def key_rect(self, pitch: int) -> Rect:
        """A key's place; a black one is shorter."""
        key = self.stretch.key(pitch)
        left = self.keys.left + round(key.left * self.white_px)
        right = self.keys.left + round((key.left + key.width) * self.white_px)
        tall = round(self.keys.height * 0.6) if key.black else self.keys.height
        return Rect(left, self.keys.top, right - left, tall)

    def lane_rect(self, pitch: int) -> Rect:
        """The lane over a key, from where notes appear down to the strike line."""
        key = self.key_rect(pitch)
        inset = max(1, round(key.width * 0.035))
        if pitch in self.nearest_of:
            key = key.unionall([self.key_rect(one) for one in self._counting_for(pitch)])
        return Rect(key.left + inset, self.top_px, key.width - 2 * inset, self.strike_px - self.top_px)

    def _counting_for(self, pitch: int) -> list[int]:
        """The white keys of the stretch that count for a pitch."""
        keys = range(self.stretch.lowest, self.stretch.highest + 1)
        return [one for one in keys if not is_black(one) and nearest(one, self.nearest_of) == pitch]

    def y_px(self, song_s: float, now_s: float) -> float:
        """Height on screen of an instant of song time."""
        return self.strike_px - (song_s - now_s) * self.speed_px

    def note_rect(self, note: Note, now_s: float, least_px: int) -> Rect:
        """A note's place: its foot reaches the strike line when it is due; its height is its duration."""
        left, width = self.spans[note.pitch]
        foot = round(self.y_px(note.onset_s, now_s))
        tall = max(least_px, round(note.duration_s * self.speed_px) - max(2, least_px // 12))
        return Rect(left, foot - tall, width, tall)

    def seen(self, notes: Sequence[Note], now_s: float, longest_s: float) -> Sequence[Note]:
        """Notes that may be on the field at a song time, from the last due to the first.

        notes: in the order of their onsets. longest_s: the longest duration among them.
        """
        least_px = self.bed.height * LEAST_NOTE / KEYBOARD_TALL
        gone_s = longest_s + (least_px + self.bed.top - self.strike_px) / self.speed_px
        first = bisect_left(notes, now_s - gone_s, key=onset)
        last = bisect_right(notes, now_s + self.preview_s, key=onset)
        return notes[first:last][::-1]


def onset(note: Note) -> float:
    """When a note is due."""
    return note.onset_s


def field(view: View, stretch: Stretch, preview_s: float, nearest_of: tuple[int, ...] = ()) -> Field:
    """The field for a stretch of keys in a window. The side panel stands at the end of the reading line."""
    wide = view.width - FIELD_LEFT - PANEL_WIDTH - 2 * 40 + 16
    left = FIELD_LEFT if not view.mirrored else view.width - FIELD_LEFT - wide
    tall = KEYBOARD_TALL
    bed = view.plain_rect(left, view.height - tall, wide, tall)
    edge = view.px(BED)
    keys = Rect(bed.left + edge, bed.top + edge, bed.width - 2 * edge, bed.height - 2 * edge)
    strike = bed.top - view.px(STRIKE_GAP)
    return Field(bed, keys, stretch, view.px(field_top(view)), strike, preview_s, nearest_of)


def field_top(view: View) -> float:
    """Where the field begins, in units: under the level's title."""
    return FIELD_TOP + 62 * (min(view.text_scale, 1.5) - 1)


def panel_rect(view: View) -> Rect:
    """The panel beside the field."""
    top = field_top(view) + 12
    return view.rect(view.width - 40 - PANEL_WIDTH, top, PANEL_WIDTH, view.height - KEYBOARD_TALL - 12 - top)

"""The track chunks of a Standard MIDI File, found even where their names or lengths are damaged."""

from collections.abc import Iterator

TRACK, HEADER = b"MTrk", b"MThd"
_END = b"\xff\x2f\x00"
_HEAD_BYTES = 8
"""Of every chunk: a name of four letters, and the length of its body."""
_SAME_LETTERS = 2
"""A name with so many letters of a track's in their places is one, damaged."""


def track_bodies(data: bytes, start: int, damage: list[str]) -> Iterator[bytes]:
    """The bodies of the track chunks behind the header, which stands at `start`; other chunks are skipped.

    damage: to which is added, in words, what was damaged.
    """
    at = start + _HEAD_BYTES + int.from_bytes(data[start + 4 : start + _HEAD_BYTES])
    while 0 <= at <= len(data) - _HEAD_BYTES:
        name, end = data[at : at + 4], _end(data, at)
        if _is_track(name, data, at, end):
            if name != TRACK:
                damage.append("the name of a track is damaged")
            end = _whole(data, at, end, damage)
            yield data[at + _HEAD_BYTES : end]
        elif not name.isalnum():  # lengths no longer fit; go on at the next track there is
            at = data.find(TRACK, at + 1)
            if at >= 0:
                damage.append("bytes between tracks make no sense")
            continue
        at = end


def _end(data: bytes, at: int) -> int:
    return at + _HEAD_BYTES + int.from_bytes(data[at + 4 : at + _HEAD_BYTES])


def _is_track(name: bytes, data: bytes, at: int, end: int) -> bool:
    if name == TRACK:
        return True
    same = sum(a == b for a, b in zip(name, TRACK, strict=True))
    if same >= _SAME_LETTERS and name != HEADER:
        return True
    return not name.isalnum() and end <= len(data) and data[at + _HEAD_BYTES : end].endswith(_END)


def _whole(data: bytes, at: int, end: int, damage: list[str]) -> int:
    """Where a track really ends: behind what its length says where that stops in the middle of it."""
    if end > len(data):
        damage.append("a track is cut off")
    elif end < len(data) and not data[at:end].endswith(_END) and not data[end : end + 4].isalnum():
        following = data.find(TRACK, end)
        damage.append("a track is longer than it says")
        return following if following >= 0 else len(data)
    return end

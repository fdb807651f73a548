"""A level's clicks and accompaniment, made ahead so that they start when they are told to."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from game.audio.output import Output, Track
from game.audio.render import forget_tones, rendered
from game.audio.score import Play, Score
from game.music.level import Level

Made = TypeVar("Made")

_AHEAD_S = 0.3
"""What is taken up is loaded from so far ahead on, so that it is ready when its moment comes."""


class LevelBacking:
    """Sounds one level at one speed through a speaker, at the volumes it had when this was made.

    A run's `start` begins within a millisecond where `ready` was called for the same beats in time; otherwise
    it first renders the play, which takes a quarter of a second at most. One play is held at a time, some
    11 MB a minute.
    """

    def __init__(self, level: Level, speed: float, output: Output) -> None:
        self._output = output
        self._score = Score(level, speed, output.volumes, output.rate)
        self._next: tuple[tuple[float, float], Future[Track | None]] | None = None
        self._begun: Play | None = None

    def ready(self, from_beat: float = 0.0, count_in_beats: float = 0.0) -> None:
        """Prepare for a start with the same arguments, in the background; returns at once."""
        self._next = None
        making = _in_background(lambda: self._track(from_beat, count_in_beats))
        self._next = ((from_beat, count_in_beats), making)

    def wait(self) -> None:
        """Return when what was asked of `ready` is done."""
        if self._next:
            self._next[1].result()

    def start(self, from_beat: float, count_in_beats: float) -> None:
        """Start the count-in at once, then the level from a beat on."""
        asked, making = self._next or ((-1.0, -1.0), Future())
        ready = asked == (from_beat, count_in_beats)
        self._begun = Play(self._score, from_beat, count_in_beats)
        self._output.play_backing(making.result() if ready else self._track(from_beat, count_in_beats))

    def take_up(self, elapsed_s: Callable[[], float]) -> None:
        """Sound the rest of what was started last, on a device that came; in the background, soon.

        elapsed_s: how long ago the start would have been, asked more than once.
        """
        begun = self._begun
        if begun:
            _in_background(lambda: self._sound_rest(begun, elapsed_s))

    def _sound_rest(self, begun: Play, elapsed_s: Callable[[], float]) -> None:
        whole = rendered(begun)
        forget_tones()
        from_s = elapsed_s() + _AHEAD_S
        rest = self._output.load(whole.after(from_s))
        threading.Event().wait(max(0.0, from_s - elapsed_s()))
        if self._begun is begun:
            self._output.play_backing(rest)

    def stop(self) -> None:
        """Stop the sound."""
        self._begun = None
        self._output.stop_backing()

    def position_s(self) -> float | None:
        """Playback position in seconds from an arbitrary origin; None if unknown."""
        return self._output.position_s()

    def _track(self, from_beat: float, count_in_beats: float) -> Track | None:
        if self._output.error:
            return None
        track = self._output.load(rendered(Play(self._score, from_beat, count_in_beats)))
        forget_tones()
        return track


def _in_background(act: Callable[[], Made]) -> "Future[Made]":
    """Start an act on a daemon thread; what it returns or raises comes with `result`."""
    promised: Future[Made] = Future()

    def keep() -> None:
        try:
            promised.set_result(act())
        except BaseException as fault:  # handed to whoever asks for the result
            promised.set_exception(fault)

    threading.Thread(target=keep, name="backing", daemon=True).start()
    return promised

"""A speaker that remembers what it was asked to sound."""

from dataclasses import dataclass

from game.audio.loudness import Volumes
from game.audio.output import SilentSpeaker, Track
from game.audio.render import Waveform


@dataclass
class Kept:
    waveform: Waveform

    def get_length(self) -> float:
        return self.waveform.length_s


class ListeningSpeaker(SilentSpeaker):
    """Sounds nothing, keeps everything."""

    def __init__(self, volumes: Volumes | None = None) -> None:
        super().__init__(None, volumes)
        self.rate = 8_000
        self.keys: list[tuple[str, int, int]] = []
        self.loaded: list[Track] = []
        self.playing: Track | None = None

    def press(self, pitch: int, velocity: int) -> None:
        self.keys.append(("press", pitch, velocity))

    def release(self, pitch: int) -> None:
        self.keys.append(("release", pitch, 0))

    def load(self, waveform: Waveform) -> Track | None:
        self.loaded.append(Kept(waveform))
        return self.loaded[-1]

    def play_backing(self, track: Track | None) -> None:
        self.playing = track

    def stop_backing(self) -> None:
        self.playing = None

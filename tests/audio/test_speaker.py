"""The speaker on a mixer without a device; what the mixer writes; and no device at all."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pygame import mixer

from game.audio.live import LiveSpeaker
from game.audio.loudness import CLICK_PEAK, FULL_SCALE, Volumes
from game.audio.output import Output, SilentSpeaker
from game.audio.render import render
from game.audio.speaker import Speaker, open_speaker
from tests.audio.levels import level, waltz


@pytest.fixture
def speaker() -> Iterator[Speaker]:
    opened = open_speaker(Volumes(1.0, 1.0, 1.0))
    assert isinstance(opened, Speaker)
    yield opened
    opened.close()


def busy() -> int:
    return sum(mixer.Channel(i).get_busy() for i in range(mixer.get_num_channels()))


def settles_at(count: int, within_s: float = 0.7) -> bool:
    end_s = time.monotonic() + within_s
    while busy() != count and time.monotonic() < end_s:
        time.sleep(0.01)
    return busy() == count


def test_it_opens_at_the_rate_that_tones_are_made_at(speaker: Speaker) -> None:
    assert mixer.get_init() == (48_000, -16, 2)
    assert speaker.error is None


def test_a_key_sounds_at_once_without_preparation_and_stops_when_released(speaker: Speaker) -> None:
    speaker.press(60, 80)
    assert busy() == 1
    speaker.release(60)
    assert settles_at(0)


def test_pressing_a_key_again_leaves_one_tone_of_it(speaker: Speaker) -> None:
    for _ in range(5):
        speaker.press(60, 80)
    assert settles_at(1)


def test_a_release_of_a_key_that_is_not_down_does_nothing(speaker: Speaker) -> None:
    speaker.press(60, 80)
    speaker.release(61)
    time.sleep(0.25)
    assert busy() == 1


def test_a_late_release_never_silences_another_key_on_the_same_channel(speaker: Speaker) -> None:
    speaker.press(60, 80)
    ended = speaker._sounding[60]
    ended.stop()
    speaker.press(61, 80)
    while speaker._sounding[61] is not ended:
        speaker._sounding[61].stop()
        speaker.press(61, 80)
    speaker.release(60)
    time.sleep(0.25)
    assert ended.get_busy()


def test_more_keys_than_voices_all_sound_and_the_oldest_fade(speaker: Speaker) -> None:
    for pitch in range(30, 80):
        speaker.press(pitch, 100)
    assert settles_at(32, within_s=3)
    assert set(speaker._sounding) == set(range(48, 80))


def test_loudness_follows_velocity_and_slider(speaker: Speaker) -> None:
    def volume(velocity: int) -> float:
        speaker.press(60, velocity)
        channel = speaker._sounding[60]
        sound = channel.get_sound()
        assert sound is not None
        loudest = float(np.abs(np.frombuffer(sound.get_raw(), np.int16).astype(int)).max())
        return channel.get_volume() * sound.get_volume() * loudest

    volumes = [volume(v) for v in (1, 25, 40, 60, 75, 95, 110, 127)]
    assert volumes == sorted(volumes)
    assert volumes[-1] > 5 * volumes[0] > 0
    speaker.set_volumes(1.0, 1.0, 0.5)
    assert volume(127) == pytest.approx(volumes[-1] / 4, rel=0.05)


def test_keys_at_volume_0_are_silent(speaker: Speaker) -> None:
    speaker.set_volumes(1.0, 1.0, 0.0)
    speaker.press(60, 127)
    assert busy() == 0


def test_all_off_silences_keys_and_backing(speaker: Speaker) -> None:
    speaker.play_backing(speaker.load(render(level(waltz(12)), 1.0)))
    for pitch in (60, 64, 67):
        speaker.press(pitch, 80)
    assert busy() == 4
    speaker.all_off()
    assert settles_at(0)


def test_a_new_backing_takes_the_place_of_the_old_one(speaker: Speaker) -> None:
    track = speaker.load(render(level(waltz(12)), 1.0))
    speaker.play_backing(track)
    speaker.play_backing(track)
    assert settles_at(1)


def test_a_closed_speaker_sounds_nothing_and_raises_nothing() -> None:
    opened: Output = open_speaker()
    opened.prepare(range(60, 72))
    opened.press(60, 80)
    opened.close()
    for _ in range(2):
        opened.press(60, 80)
        opened.release(60)
        opened.play_backing(None)
        opened.all_off()
        opened.close()


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
    )


PLAYED = """
import os, sys, time
from game.audio.loudness import Volumes
from game.audio.render import render
from game.audio.speaker import open_speaker
from tests.audio.levels import level

speaker = open_speaker(Volumes(1.0, 1.0, 1.0))
track = speaker.load(render(level(end_beat=24.0), 1.0, 0.0, 4.0, speaker.volumes))

def written(samples):
    while os.path.getsize(os.environ["SDL_DISKAUDIOFILE"]) < 4 * samples:
        time.sleep(0.002)

speaker.prepare([60])
while not speaker._shelf.has(60, 127):
    time.sleep(0.002)
speaker.play_backing(track)
written(1)
from pygame import mixer
while speaker._backing[0].get_busy():
    time.sleep(0.002)
speaker.press(60, 127)
while speaker._sounding[60].get_busy():
    time.sleep(0.002)
speaker.close()
"""


def test_the_mixer_writes_clicks_at_exact_spacing_and_then_the_key(tmp_path: Path) -> None:
    written = tmp_path / "played.raw"
    written.touch()
    run(
        PLAYED,
        SDL_AUDIODRIVER="disk",
        SDL_DISKAUDIOFILE=str(written),
        SDL_DISKAUDIODELAY="0",
    )
    left = np.fromfile(written, np.int16).reshape(-1, 2)[:, 0].astype(int)
    sounding = np.flatnonzero(np.abs(left) > 2)
    onsets = sounding[np.flatnonzero(np.diff(sounding, prepend=-48_000) > 12_000)]
    accents, between = onsets[:28:4], np.diff(onsets[:28])
    assert np.all(np.diff(accents) == 4 * 24_000)
    assert np.all(np.abs(between - 24_000) <= 20), "accent and plain click rise differently, by samples"
    clicks, key = left[: onsets[28]], left[onsets[28] :]
    assert np.abs(clicks).max() == pytest.approx(CLICK_PEAK * FULL_SCALE, rel=0.01)
    assert np.abs(key).max() > 3000


NO_DEVICE = """
from game.audio.speaker import open_speaker
speaker = open_speaker()
speaker.prepare([60])
speaker.press(60, 80)
speaker.play_backing(None)
speaker.close()
print(type(speaker).__name__)
print(speaker.error)
"""


@pytest.mark.parametrize("driver", ["nonsense", "alsa"])
def test_without_a_sound_device_one_sentence_says_so_and_the_terminal_stays_clean(driver: str) -> None:
    done = run(NO_DEVICE, SDL_AUDIODRIVER=driver, ALSA_CONFIG_PATH="/nonexistent")
    name, sentence = done.stdout.strip().splitlines()[-2:]
    assert name == SilentSpeaker.__name__
    assert sentence.startswith("No sound device was found (")
    assert "connect or switch on" in sentence
    assert done.stderr == ""


def test_a_lost_device_sounds_nothing_loads_nothing_and_can_be_given_back(speaker: Speaker) -> None:
    track = speaker.load(render(level(), 1.0, volumes=speaker.volumes))
    speaker.device_went()
    speaker.press(60, 80)
    speaker.play_backing(track)
    speaker.release(60)
    assert busy() == 0
    assert speaker.load(render(level(), 1.0)) is None
    assert speaker.position_s() is None
    speaker.close()
    assert mixer.get_init() is None


def test_another_buffer_leaves_a_speaker_that_sounds_what_was_loaded_before() -> None:
    live = LiveSpeaker()
    live.open(256)
    track = live.load(render(level(), 1.0, volumes=live.volumes))
    live.use_buffer(1024)
    assert live.buffer == 1024
    live.press(60, 80)
    live.play_backing(track)
    assert busy() == 2
    assert live.position_s() is None, "a stand-in for a device keeps no time"
    live.close()

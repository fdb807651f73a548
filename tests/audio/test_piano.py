"""What a piano tone must be, whatever its numbers."""

import numpy as np
import pytest

from game.audio import piano
from game.audio.loudness import Samples
from game.audio.piano import RATE, tone

VELOCITIES = (1, 20, 45, 64, 85, 105, 127)
SOME = (21, 33, 48, 60, 69, 84, 96, 108)


def rms(sound: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))


def spectrum(sound: Samples) -> tuple[np.ndarray, np.ndarray]:
    mono = sound.mean(axis=1)
    size = np.abs(np.fft.rfft(mono * np.hanning(mono.size)))
    return np.fft.rfftfreq(mono.size, 1 / RATE), size


def centroid_hz(sound: Samples) -> float:
    hz, size = spectrum(sound)
    return float((hz * size).sum() / size.sum())


def fall_db(sound: Samples, first_s: float, second_s: float) -> float:
    """How far the level falls between two instants."""
    levels = [rms(sound[round(t * RATE) : round((t + 0.05) * RATE)]) for t in (first_s, second_s)]
    return float(20 * np.log10(levels[0] / levels[1]))


def test_every_key_gives_a_finite_tone_within_full_scale_and_without_a_steady_part() -> None:
    for pitch in range(piano.LOWEST, piano.HIGHEST + 1):
        sound = tone(pitch, 127, length_s=0.6)
        assert np.isfinite(sound).all()
        assert 0.2 < np.abs(sound).max() <= 1.0, pitch
        assert np.abs(sound.mean(axis=0)).max() < 2e-3, pitch


@pytest.mark.parametrize("pitch", SOME)
def test_a_harder_press_is_louder_and_brighter(pitch: int) -> None:
    sounds = [tone(pitch, velocity, length_s=1.0) for velocity in VELOCITIES]
    assert np.all(np.diff([rms(s) for s in sounds]) > 0)
    assert np.all(np.diff([centroid_hz(s) for s in sounds]) > 0)


@pytest.mark.parametrize("pitch", SOME)
def test_a_tone_begins_and_ends_in_silence_without_a_jump(pitch: int) -> None:
    sound = tone(pitch, 127)
    steps = np.abs(np.diff(sound, axis=0))
    quiet = 10 ** (-60 / 20) * np.abs(sound).max()
    assert np.abs(sound[0]).max() == 0
    assert np.abs(sound[-RATE // 100 :]).max() < quiet
    assert steps[: RATE // 500].max() <= steps.max()
    assert steps[: RATE // 2000].max() < 0.2 * np.abs(sound).max()
    assert steps[-RATE // 100 :].max() < quiet


def test_bass_rings_for_seconds_and_the_top_for_less_than_one() -> None:
    assert fall_db(tone(28, 90), 0.1, 2.6) < 30
    assert fall_db(tone(60, 90), 0.1, 2.1) < 40
    assert fall_db(tone(108, 90), 0.05, 0.5) > 30
    lengths = [piano.natural_length_s(p) for p in range(21, 109)]
    assert lengths == sorted(lengths, reverse=True)


def test_a_string_first_falls_fast_and_then_lingers() -> None:
    sound = tone(60, 90, length_s=6.0)
    assert fall_db(sound, 0.05, 0.75) > 1.3 * fall_db(sound, 2.0, 2.7)


def test_high_partials_die_before_low_ones() -> None:
    sound = tone(48, 110)
    early, late = centroid_hz(sound[: RATE // 2]), centroid_hz(sound[2 * RATE : 5 * RATE // 2])
    assert late < 0.8 * early


@pytest.mark.parametrize("pitch", SOME)
def test_the_tone_has_its_pitch(pitch: int) -> None:
    hz, size = spectrum(tone(pitch, 80, length_s=2.0))
    near = np.abs(hz - piano.frequency_hz(pitch)) < 0.03 * piano.frequency_hz(pitch)
    assert hz[near][size[near].argmax()] == pytest.approx(piano.frequency_hz(pitch), rel=0.03, abs=0.5)
    assert size[near].max() > 20 * np.median(size)


@pytest.mark.parametrize("rate", [16_000, 22_050, 48_000])
def test_nothing_folds_back_from_above_the_sample_rate(rate: int) -> None:
    for pitch in (60, 84, 108):
        sound = tone(pitch, 127, rate, 0.5).mean(axis=1)
        size = np.abs(np.fft.rfft(sound * np.hanning(sound.size))) ** 2
        hz = np.fft.rfftfreq(sound.size, 1 / rate)
        assert size[hz > 0.47 * rate].sum() < 1e-6 * size.sum()


def test_partials_are_stretched_as_stiff_strings_stretch_them() -> None:
    f0 = piano.frequency_hz(60)
    hz, size = spectrum(tone(60, 127, length_s=2.0))
    near = np.abs(hz - 6 * f0) < 0.03 * f0 * 6
    sharp_cents = 1200 * np.log2(hz[near][size[near].argmax()] / (6 * f0))
    assert 5 < sharp_cents < 20


def test_neighbouring_keys_are_about_equally_loud() -> None:
    levels = [20 * np.log10(rms(tone(p, 80, length_s=0.5))) for p in range(21, 109)]
    assert np.abs(np.diff(levels)).max() < 2.5
    assert max(levels) - min(levels) < 14


def test_low_keys_lie_to_the_left_and_high_ones_to_the_right() -> None:
    low, high = tone(30, 80), tone(100, 80)
    assert rms(low[:, 0]) > rms(low[:, 1]) > 0
    assert rms(high[:, 1]) > rms(high[:, 0]) > 0


def test_the_same_key_always_sounds_the_same() -> None:
    first = tone(64, 90, length_s=0.5)
    piano._struck.cache_clear()
    assert np.array_equal(first, tone(64, 90, length_s=0.5))


@pytest.mark.parametrize(("asked", "played"), [(0, 24), (9, 21), (20, 32), (109, 97), (127, 103)])
def test_pitches_off_the_keyboard_sound_in_the_nearest_octave(asked: int, played: int) -> None:
    assert np.array_equal(tone(asked, 80, length_s=0.1), tone(played, 80, length_s=0.1))

"""The probes that come with the program: fixed, uncued where they say so, the same for each hand."""

from dataclasses import replace
from itertools import pairwise

import pytest

from game.audio.loudness import Volumes
from game.audio.score import Play, Score
from game.coach.next_step import next_step
from game.library.files import LevelFileError, level_text, parse_level
from game.music.level import HandChoice, Level
from tests.audio.levels import level as silent_level
from tests.levels import LIBRARY

PROBES = tuple(level for level in LIBRARY if level.probe)
LEVELS = {level.id: level for level in PROBES}
RIGHT = [level for level in PROBES if level.hand is HandChoice.RIGHT]
RATE = 8_000


def clicks(level: Level, from_beat: float = 0.0) -> list[float]:
    """Beats at which a click sounds, the count-in left out."""
    play = Play(Score(level, 1.0, Volumes(), RATE), from_beat, 4.0)
    song = [cue for cue in play.cues() if cue.start >= play.lead]
    return [level.tempo.beat((cue.start - play.lead + play.begin) / RATE) for cue in song]


def lasts_s(level: Level) -> float:
    return level.length_s() - level.notes_at()[0].onset_s


@pytest.mark.parametrize("level", PROBES, ids=lambda level: level.id)
def test_a_probe_is_fixed(level: Level) -> None:
    assert level.family == "probe"
    assert level.windows_s is not None
    assert not level.accompaniment
    for hits in (0, 24, 32, 40):
        for speed in (0.5, 1.0, 1.2):
            step = next_step(level, speed, hits, 40, LIBRARY)
            assert (step.level_id, step.speed) == (level.id, 1.0)


def test_no_ramp_leads_to_a_probe() -> None:
    ids = {level.id for level in PROBES}
    assert all(
        next_step(level, 1.0, 40, 40, LIBRARY).level_id not in ids for level in LIBRARY if not level.probe
    )
    steps = [level.step for level in LIBRARY]
    assert min(level.step for level in PROBES) > max(set(steps) - {level.step for level in PROBES})


def test_each_hand_has_the_six_probes() -> None:
    names = {level.id.removesuffix("-right") for level in RIGHT}
    tasks = "probe-tap probe-alternate probe-five probe-chord probe-continue probe-tempo"
    assert names == set(tasks.split())
    assert {level.id for level in PROBES} == {
        f"{name}-{hand}" for name in names for hand in ("left", "right")
    }


def test_free_tapping_lasts_twenty_and_thirty_seconds_and_nothing_paces_it() -> None:
    tap, alternate = LEVELS["probe-tap-right"], LEVELS["probe-alternate-right"]
    assert lasts_s(tap) == pytest.approx(20, abs=0.5)
    assert lasts_s(alternate) == pytest.approx(30, abs=0.5)
    assert tap.fingers == (2,)
    assert [n.finger for n in alternate.notes[:4]] == [2, 3, 2, 3]
    for level in (tap, alternate):
        assert not any(level.cued(n.beat) for n in level.notes)
        assert clicks(level) == []


def test_a_beat_is_kept_alone_after_sixteen_clicks() -> None:
    level = LEVELS["probe-continue-right"]
    cued = [n for n in level.notes if level.cued(n.beat)]
    assert 12 <= len(cued) <= 16
    assert len(level.notes) - len(cued) >= 30
    assert clicks(level) == pytest.approx([n.beat for n in cued], abs=1e-3)
    assert clicks(level, from_beat=20.0) == []


def test_the_tempo_ladder_rises_by_four_every_eight_notes_from_thirty() -> None:
    level = LEVELS["probe-tempo-left"]
    tempi = [bpm for _, bpm in level.tempo.changes]
    assert tempi[0] == 30
    assert {b - a for a, b in pairwise(tempi)} == {4}
    at = [level.tempo.bpm(n.beat) for n in level.notes]
    assert all(at.count(bpm) == 8 for bpm in tempi)


def test_chords_are_asked_at_once_and_every_finger_of_the_sequence_often_enough() -> None:
    beats = [n.beat for n in LEVELS["probe-chord-left"].notes]
    assert len(set(beats)) >= 12
    assert {beats.count(beat) for beat in beats} == {3}
    fingers = [n.finger for n in LEVELS["probe-five-left"].notes]
    assert {fingers.count(finger) for finger in range(1, 6)} == {12}


def test_an_uncued_level_is_still_counted_in() -> None:
    level = LEVELS["probe-tap-left"]
    play = Play(Score(level, 1.0, Volumes(), RATE), 0.0, 4.0)
    assert [cue.start for cue in play.cues()] == [0, RATE, 2 * RATE, 3 * RATE]


def test_clicks_before_the_beat_where_they_stop_keep_their_samples() -> None:
    whole = silent_level(end_beat=32.0)
    beats = clicks(whole)
    for stop in (0.0, 0.5, 4.0, 31.5, 40.0):
        stopping = replace(whole, cue_until_beat=stop)
        assert clicks(stopping) == [beat for beat in beats if beat < stop]


HEAD = """format = 1
id = "mine"
title = "Mine"
family = "probe"
step = 1
hand = "right"
tempo = 60
"""
FIXED = 'windows = { mode = "fixed", perfect_ms = 100, great_ms = 150, good_ms = 200 }\n'
NOTES = 'notes = [ { beat = 0, pitch = "C4", length = 1 } ]\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD + "probe = true\n" + NOTES, "windows: a probe is the same on every day"),
        (HEAD + FIXED + NOTES, "probe: a level of this family measures; write probe = true"),
        (
            HEAD + "probe = true\n" + FIXED + NOTES + '[backing]\nchords = "C"\n',
            "backing: a probe is played alone",
        ),
        (HEAD + "probe = true\ncue_until_beat = -1\n" + FIXED + NOTES, "cue_until_beat"),
    ],
)
def test_a_probe_that_could_change_is_refused(text: str, fault: str) -> None:
    with pytest.raises(LevelFileError) as error:
        parse_level(text, "mine.toml")
    assert any(fault in str(one) for one in error.value.faults), error.value.faults


def test_a_probe_is_kept_and_read_back_the_same() -> None:
    for level in PROBES:
        assert parse_level(level_text(level), "kept", json=True) == level

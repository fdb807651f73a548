"""Watch and listen: a run that plays itself, without fault, and is heard."""

import pytest

from game.app.preview import preview_run, sounded
from game.clock import ManualClock
from game.judge.verdicts import Verdict
from game.music.note import Press
from game.run.run import Run
from tests.scenes import known_levels
from tests.standins import Band


def watched(name: str, speed: float = 1.0, fps: float = 60.0) -> Run:
    clock = ManualClock(500.0)
    level = next(one for one in known_levels() if one.id == name)
    run = preview_run(level, speed, clock, Band(clock), 0.0)
    run.start()
    while run.ended is None:
        clock.advance(1 / fps)
        run.update()
    return run


@pytest.mark.parametrize(
    "name", ["five-steps-right", "triads-in-turn-right", "song-ode-to-joy-both", "echo-2-right"]
)
@pytest.mark.parametrize("speed", [0.7, 1.0])
def test_every_note_is_played_on_time_whatever_the_frames(name: str, speed: float) -> None:
    judgements = watched(name, speed, 23.0).verdicts().judgements
    assert judgements
    assert all(one.verdict is Verdict.HIT for one in judgements)
    assert all(abs(one.asynchrony_s or 0.0) < 1e-6 for one in judgements)


def test_nothing_that_is_to_be_held_back_is_played() -> None:
    run = watched("go-rest-five-right")
    presses = [touch for touch in run.recording().touches if isinstance(touch, Press)]
    assert len(presses) == len(run.notes)


def test_what_is_asked_is_heard_with_the_rest() -> None:
    level = next(one for one in known_levels() if one.id == "song-ode-to-joy-3")
    heard = sounded(level)
    assert heard.notes == level.notes
    assert len(heard.accompaniment) == len(level.accompaniment) + len(level.notes)

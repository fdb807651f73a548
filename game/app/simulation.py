"""A simulated patient plays a level through a normal run on a manual clock."""

from random import Random

from game.app.prepare import Equipment, prepare_run
from game.clock import ManualClock
from game.midi.scripted import ScriptedPort
from game.midi.simulated import Simulated, shifted
from game.music.level import Level
from game.run.run import Run

FRAME_S = 1 / 60


def simulated_run(level: Level, speed: float, patient: Simulated, seed: int) -> Run:
    """The ended run. speed: times the written tempo; the same seed gives the same performance."""
    clock = ManualClock()
    port = ScriptedPort(clock, ())
    run = prepare_run(level, speed, Equipment(clock, port)).run
    begins_s = clock.now_s() - run.song_s()
    port.will_play(shifted(patient.play(run.notes, Random(seed)), begins_s))
    run.start()
    while run.ended is None:
        clock.advance(FRAME_S)
        run.update()
    return run

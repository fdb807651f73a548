"""Plays into a store in real time, and says what it handed over when, until somebody kills it.

Arguments: folder, minute of the run. Each line of output: number of the touch, and the machine's clock.
"""

import sys
import time
from pathlib import Path
from threading import Event

from game.music.note import Press
from game.music.timeline import Anchor
from game.store.store import open_store
from tests.store.played import new_run


def main() -> None:
    store = open_store(Path(sys.argv[1]))
    keeper = store.begin_run(new_run(minute=int(sys.argv[2])))
    keeper.anchor(Anchor(0.0, -2.0))
    beat = Event()
    for count in range(10_000):
        keeper.touch(Press(count * 0.02, count % 128))
        print(count, time.monotonic(), flush=True)
        beat.wait(0.02)


if __name__ == "__main__":
    main()

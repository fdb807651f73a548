"""A run is kept from its first press on, whole; one in which nothing was pressed is not kept."""

from pathlib import Path

import pytest

from game.app.recorder import LazyRecorder
from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.music.device import Device, DeviceKind
from game.music.note import Press, Release
from game.music.recording import Ended, Mark, MarkKind
from game.music.timeline import Anchor
from game.store.records.kept import GUEST_ID
from game.store.store import Store, open_store
from tests.store.played import new_run

PADS = Device(DeviceKind.MIDI, "Pads", "alsa")
FOR_PADS = Conditions(HitWindows(0.05, 0.1, 0.2), audio_offset_s=0.1)


def recorder(store: Store) -> LazyRecorder:
    return LazyRecorder(new_run, store.begin_run)


def test_what_came_before_the_first_press_is_kept_with_it(store: Store) -> None:
    kept = recorder(store)
    kept.anchor(Anchor(10.0, -2.0))
    kept.mark(Mark(11.0, MarkKind.PAUSE))
    kept.touch(Release(11.5, 60))
    run_id = kept.run_id
    assert run_id
    assert store.runs(GUEST_ID).result() == []
    kept.touch(Press(12.0, 60))
    kept.end(Ended.STOPPED, 1.0)
    kept.saved.result(10)
    run = store.run(run_id).result()
    assert (len(run.recording.touches), len(run.recording.marks)) == (2, 1)
    assert run.recording.timeline.anchors == (Anchor(10.0, -2.0),)
    assert run.header.ended is Ended.STOPPED


def test_a_run_in_which_nothing_was_pressed_is_not_kept(store: Store) -> None:
    kept = recorder(store)
    kept.anchor(Anchor(10.0, -2.0))
    kept.end(Ended.STOPPED, 1.0)
    kept.saved.result(10)
    assert store.runs(GUEST_ID).result() == []


def test_a_run_that_began_again_keeps_nothing_of_before(store: Store) -> None:
    kept = recorder(store)
    kept.anchor(Anchor(10.0, -2.0))
    kept.again()
    kept.anchor(Anchor(30.0, -2.0))
    kept.touch(Press(32.0, 60))
    kept.end(Ended.FINISHED, None)
    kept.saved.result(10)
    assert store.run(kept.run_id).result().recording.timeline.anchors == (Anchor(30.0, -2.0),)


@pytest.mark.parametrize("written", [False, True], ids=["at once", "on disk already"])
def test_the_device_that_a_run_turned_out_to_be_played_on_is_kept(
    store: Store, tmp_path: Path, written: bool
) -> None:
    kept = recorder(store)
    kept.anchor(Anchor(10.0, -2.0))
    kept.touch(Press(12.0, 60))
    if written:
        store.profiles().result()
        assert store.run(kept.run_id).result().header.device != PADS
    kept.played_on(PADS, FOR_PADS)
    kept.end(Ended.FINISHED, None)
    kept.saved.result(10)
    with open_store(tmp_path) as again:
        header = again.run(kept.run_id).result().header
        assert (header.device, header.conditions) == (PADS, FOR_PADS)
        assert again.check(thorough=True).result().sound

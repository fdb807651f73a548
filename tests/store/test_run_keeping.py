"""What goes into the store comes out, without anybody waiting for a disk."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from threading import Barrier, Event
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.errors import UserError
from game.music.device import Device, DeviceKind
from game.music.note import Press
from game.music.recording import Ended, Recording
from game.music.timeline import Anchor
from game.store.records.kept import GUEST_ID
from game.store.records.run_recorder import RunRecorder
from game.store.store import Store, open_store
from tests.store.played import new_run, new_runs, play, recorded, recordings


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("shared")) as store:
        yield store


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(recording=recordings, data=st.data())
def test_what_goes_in_comes_out(shared: Store, recording: Recording, data: st.DataObject) -> None:
    new = data.draw(new_runs(recording.device))
    run = shared.run(play(shared, new, recording)).result()
    assert run.recording == recording
    assert run.conditions == new.conditions
    assert run.level_text == new.level_text
    assert run.header.started_at == new.started_at
    assert (run.header.level_id, run.header.level_title) == (new.level_id, new.level_title)
    assert (run.header.device, run.header.version) == (new.device, new.version)


def test_every_run_written_so_far_is_sound(shared: Store) -> None:
    play(shared, new_run(), recorded())
    assert shared.check(thorough=True).result().faults == ()


def test_a_touch_is_on_disk_within_half_a_second(store: Store, tmp_path: Path) -> None:
    keeper = store.begin_run(new_run())
    keeper.anchor(Anchor(0.0, 0.0))
    store.profiles().result()
    with open_store(tmp_path) as onlooker:
        began = perf_counter()
        keeper.touch(Press(1.0, 60))
        while not onlooker.run(keeper.run_id).result().recording.touches:
            assert perf_counter() - began < 0.5
            Event().wait(0.01)


def test_handing_over_never_waits(store: Store) -> None:
    handed_over = Event()
    busy = store._worker.ask(lambda _: handed_over.wait(60))
    keeper = store.begin_run(new_run())
    for touch in recorded(5000).touches:
        keeper.touch(touch)
    keeper.end(Ended.FINISHED, None)
    assert not busy.done()
    handed_over.set()
    keeper.saved.result(10)
    assert len(store.run(keeper.run_id).result().recording.touches) == 10_000


def test_an_open_run_reads_as_unfinished_and_reached_its_last_touch(store: Store) -> None:
    keeper = store.begin_run(new_run())
    keeper.anchor(Anchor(10.0, -2.0))
    keeper.touch(Press(13.5, 60))
    Event().wait(0.4)
    run = store.run(keeper.run_id).result()
    assert run.recording.ended is Ended.UNFINISHED
    assert run.recording.reached_s == 1.5


def test_a_run_without_an_anchor_can_be_read(store: Store) -> None:
    keeper = store.begin_run(new_run())
    run = store.run(keeper.run_id).result()
    assert (run.recording.touches, run.recording.reached_s) == ((), 0.0)


def test_a_run_is_found_by_the_beginning_of_its_id_if_no_other_begins_so(store: Store) -> None:
    first, second = (play(store, new_run(minute=m), recorded()) for m in (0, 10_000))
    assert store.run(first).result().header.id == first
    unlike = next(i for i, (a, b) in enumerate(zip(first, second, strict=True)) if a != b)
    assert store.run(second[: unlike + 1].upper()).result().header.id == second
    with pytest.raises(UserError, match="more than one"):
        store.run(first[:unlike] if unlike else "").result()
    with pytest.raises(UserError, match="no run"):
        store.run("ffff%").result()


def test_runs_are_listed_newest_first_with_their_summaries(store: Store) -> None:
    ids = [play(store, new_run(minute=m), recorded()) for m in range(3)]
    store.keep_summary(ids[1], {"hits": 7, "late_ms": [1.5, None]}).result()
    listed = store.runs(GUEST_ID).result()
    assert [h.id for h in listed] == ids[::-1]
    assert [h.summary for h in listed] == [None, {"hits": 7, "late_ms": [1.5, None]}, None]
    assert store.check().result().sound
    with pytest.raises(UserError):
        store.keep_summary("nobody's", {}).result()


def test_a_summary_that_cannot_be_kept_says_so_at_once(store: Store) -> None:
    with pytest.raises(TypeError):
        store.keep_summary("any", {"x": object()})


def test_a_cut_off_run_is_sealed_when_the_same_player_begins_again(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        cut_off = store.begin_run(new_run())
        cut_off.anchor(Anchor(0.0, -2.0))
        cut_off.touch(Press(3.0, 60))
    with open_store(tmp_path) as store:
        assert store.check().result().open_runs == 1
        play(store, new_run(minute=1), recorded())
        found = store.check().result()
        assert (found.open_runs, found.runs, found.faults) == (0, 2, ())
        old = store.run(cut_off.run_id).result().recording
        assert (old.ended, old.reached_s, old.touches) == (Ended.UNFINISHED, 1.0, (Press(3.0, 60),))


def test_a_run_under_way_in_another_program_is_not_sealed(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, open_store(tmp_path) as other:
        keeper = store.begin_run(new_run())
        store.profiles().result()
        play(other, new_run(minute=1), recorded())
        assert other.check().result().open_runs == 1
        keeper.touch(Press(1.0, 60))
        keeper.end(Ended.STOPPED, 1.0)
        keeper.saved.result(5)
        assert other.check().result().sound


def test_two_runs_of_one_player_at_once_hang_together(store: Store) -> None:
    keepers = [store.begin_run(new_run(minute=m)) for m in (0, 1)]
    for keeper in keepers:
        keeper.touch(Press(1.0, 60))
        keeper.end(Ended.FINISHED, None)
    for keeper in keepers:
        keeper.saved.result(5)
    found = store.check().result()
    assert (found.runs, found.touches, found.faults) == (2, 2, ())


def test_text_that_no_database_can_hold_does_not_stop_a_run(store: Store) -> None:
    device = Device(DeviceKind.MIDI, "Keys\0 \udce4", "alsa")
    keeper = store.begin_run(replace(new_run(), device=device, level_title="a\0b\ud800"))
    keeper.end(Ended.FINISHED, None)
    keeper.saved.result(5)
    header = store.run(keeper.run_id).result().header
    assert (header.device.name, header.level_title) == (
        "Keys\N{REPLACEMENT CHARACTER} ?",
        "a\N{REPLACEMENT CHARACTER}b?",
    )


def test_a_store_can_be_used_before_it_is_open(tmp_path: Path) -> None:
    began = perf_counter()
    store = Store(tmp_path)
    keeper = store.begin_run(new_run())
    listed = store.profiles()
    assert perf_counter() - began < 0.5
    keeper.end(Ended.FINISHED, None)
    keeper.saved.result(10)
    assert [p.id for p in listed.result()] == [GUEST_ID]
    store.close()
    with pytest.raises(RuntimeError):
        store.profiles()


def test_a_long_list_of_runs_comes_quickly(store: Store) -> None:
    for minute in range(100):
        keeper = store.begin_run(new_run(minute=minute))
        keeper.end(Ended.FINISHED, None)
    keeper.saved.result(30)
    began = perf_counter()
    assert len(store.runs(GUEST_ID).result()) == 100
    assert perf_counter() - began < 0.5


def test_runs_sort_by_their_start_whatever_the_offset(store: Store) -> None:
    run = new_run()
    east = (run.started_at - timedelta(seconds=1)).astimezone(timezone(timedelta(hours=9)))
    ids = [play(store, r, recorded()) for r in (run, replace(run, started_at=east))]
    assert [h.id for h in store.runs(GUEST_ID).result()] == ids


def test_a_cut_off_run_on_several_devices_reached_its_last_touch(store: Store) -> None:
    keeper = store.begin_run(new_run())
    keeper.anchor(Anchor(10.0, 0.0, 1.0))
    keeper.touch(Press(12.0, 60, channel=0, device=Device(DeviceKind.MIDI, "Keys", "alsa")))
    while not store.run(keeper.run_id).result().recording.touches:
        Event().wait(0.01)
    assert store.run(keeper.run_id).result().recording.reached_s == 2.0


def test_two_threads_that_gather_lose_nothing_and_take_nothing_twice() -> None:
    touches = recorded(5000).touches
    keeper, begin = RunRecorder("a run", new_run(), lambda: None), Barrier(2)
    for touch in touches:
        keeper.touch(touch)

    def gather() -> None:
        begin.wait()
        keeper.gather()

    interval_s = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(2) as both:
            for gathered in [both.submit(gather) for _ in range(2)]:
                gathered.result()
    finally:
        sys.setswitchinterval(interval_s)
    assert keeper.batch.touches == list(enumerate(touches))

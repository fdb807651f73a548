"""Profiles, and what belongs to a station."""

from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.errors import UserError
from game.settings import Plan, Settings
from game.store.records.kept import GUEST_ID, ErasedCounts
from game.store.store import Store, open_store
from tests.store.played import MORNING, new_run, play, recorded


def test_there_is_always_a_guest(store: Store) -> None:
    assert [p.id for p in store.profiles().result()] == [GUEST_ID]
    store.erase_profile(GUEST_ID).result()
    assert [p.id for p in store.profiles().result()] == [GUEST_ID]
    for change in (store.rename_profile(GUEST_ID, "Ann"), store.archive_profile(GUEST_ID)):
        with pytest.raises(UserError, match="guest"):
            change.result()


def test_a_profile_comes_back_as_it_was_made(store: Store, tmp_path: Path) -> None:
    when = MORNING.astimezone(timezone(timedelta(hours=5, minutes=30)))
    made = store.add_profile("  P-014  Żółw ", when).result()
    assert (made.name, made.created_at, made.settings, made.plan) == ("P-014 Żółw", when, Settings(), Plan())
    store.close()
    with open_store(tmp_path) as again:
        assert again.profile(made.id).result() == made
        assert again.profile("p-014 żółw").result() == made


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Settings, text_scale=st.floats(1, 2), bounce_ms=st.integers(0, 250), reduced_motion=st.booleans()
    ),
    st.builds(Plan, hand=st.sampled_from(["left", "both"]), levels=st.lists(st.text()).map(tuple)),
)
def test_settings_and_plan_come_back_as_they_were_saved(store: Store, chosen: Settings, plan: Plan) -> None:
    store.save_settings(GUEST_ID, chosen)
    store.save_plan(GUEST_ID, plan)
    guest = store.profile(GUEST_ID).result()
    assert (guest.settings, guest.plan) == (chosen, plan)


def test_a_name_belongs_to_one_profile(store: Store) -> None:
    ann = store.add_profile("Ann", MORNING).result()
    bob = store.add_profile("Bob", MORNING).result()
    for clash in (store.add_profile("ANN ", MORNING), store.rename_profile(bob.id, "ann")):
        with pytest.raises(UserError, match="Ann"):
            clash.result()
    store.rename_profile(ann.id, "ann").result()
    store.archive_profile(bob.id).result()
    assert [(p.name, p.archived) for p in store.profiles().result()][1:] == [("ann", False), ("Bob", True)]


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_profile_needs_a_name(store: Store, name: str) -> None:
    with pytest.raises(UserError, match="name"):
        store.add_profile(name, MORNING).result()


def test_nobody_is_changed_by_a_wrong_id(store: Store) -> None:
    for wrong in (
        store.profile("Zoe"),
        store.rename_profile("x", "Zoe"),
        store.erase_profile("x"),
        store.save_plan("x", Plan()),
    ):
        with pytest.raises(UserError, match="profile"):
            wrong.result()
    assert len(store.profiles().result()) == 1


def test_erasing_deletes_every_run_and_leaves_no_trace_on_disk(store: Store, tmp_path: Path) -> None:
    ann = store.add_profile("Annabella-Q", MORNING).result()
    kept = play(store, new_run(), recorded())
    for minute in (1, 2):
        play(store, new_run(ann.id, minute), recorded(20))
    assert b"Annabella-Q" in _on_disk(tmp_path)
    assert store.erase_profile(ann.id).result() == ErasedCounts(runs=2, touches=80)
    assert b"Annabella-Q" not in _on_disk(tmp_path)
    assert ann.id.encode() not in _on_disk(tmp_path)
    assert [h.id for h in store.runs(GUEST_ID).result()] == [kept]
    assert store.check().result().sound


def _on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("fingerfall.db*"))


def test_a_run_of_a_profile_erased_meanwhile_is_not_kept_and_says_so(store: Store, tmp_path: Path) -> None:
    ann = store.add_profile("Ann", MORNING).result()
    keeper = store.begin_run(new_run(ann.id))
    store.profiles().result()
    with open_store(tmp_path) as other:
        assert other.erase_profile(ann.id).result().runs == 1
    for touch in recorded().touches:
        keeper.touch(touch)
    with pytest.raises(UserError, match="erased"):
        keeper.saved.result(5)
    assert store.error is None
    assert [str(n) for n in store.notices if "erased" in str(n)]
    assert store.check().result().runs == 0


def test_each_run_of_somebody_erased_is_told_by_the_time_it_is_known_not_to_be_saved(
    store: Store, tmp_path: Path
) -> None:
    people = [store.add_profile(name, MORNING).result() for name in ("Ann", "Bob")]
    keepers = [store.begin_run(new_run(one.id)) for one in people]
    store.profiles().result()
    with open_store(tmp_path) as other:
        for one in people:
            other.erase_profile(one.id).result()
    for told, keeper in enumerate(keepers, start=1):
        keeper.touch(recorded().touches[0])
        with pytest.raises(UserError, match="erased"):
            keeper.saved.result(5)
        assert ["erased" in str(notice) for notice in store.notices] == [True] * told


def test_a_station_keeps_its_own_settings(store: Store) -> None:
    assert store.station("station").result() is None
    store.save_station("station", {"input_offset_ms": 4.25, "device": "Tasten ü"}).result()
    store.save_station("station", {"input_offset_ms": 4.5}).result()
    assert store.station("station").result() == {"input_offset_ms": 4.5}

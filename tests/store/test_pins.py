"""PINs: right or wrong, counted, and locked for a while."""

from datetime import timedelta
from pathlib import Path

import argon2
import pytest

from game.errors import UserError
from game.store.records.kept import PinAttempt
from game.store.store import Store, open_store
from tests.store.played import MORNING

SECOND = timedelta(seconds=1)
LOCK = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    # The real thing at a cost that lets a test make fourteen tries.
    quick = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(argon2, "PasswordHasher", lambda: quick)


def test_only_the_right_pin_is_right(store: Store) -> None:
    store.set_pin("geheim Ü").result()
    assert store.check_pin("geheim Ü", MORNING).result() == PinAttempt(True, 5)
    assert store.check_pin("geheim U", MORNING).result() == PinAttempt(False, 4)
    assert store.check_pin("", MORNING).result() == PinAttempt(False, 3)
    assert store.check_pin("geheim Ü", MORNING).result() == PinAttempt(True, 5)


def test_five_wrong_tries_lock_for_five_minutes_even_across_a_restart(store: Store, tmp_path: Path) -> None:
    store.set_pin("123456").result()
    for _ in range(4):
        assert store.check_pin("654321", MORNING).result().locked_until is None
    assert store.check_pin("654321", MORNING).result() == PinAttempt(False, 0, MORNING + LOCK)
    store.close()
    with open_store(tmp_path) as again:
        last = MORNING + LOCK - SECOND
        assert again.check_pin("123456", last).result() == PinAttempt(False, 0, MORNING + LOCK)
        assert again.check_pin("123456", MORNING + LOCK).result().right


def test_a_lock_never_lasts_longer_than_five_minutes_of_the_clock_as_it_is(store: Store) -> None:
    store.set_pin("123456").result()
    for _ in range(5):
        store.check_pin("x", MORNING).result()
    yesterday = MORNING - timedelta(days=1)
    assert store.check_pin("123456", yesterday).result() == PinAttempt(False, 0, yesterday + LOCK)
    assert store.check_pin("123456", yesterday + LOCK).result().right


def test_a_pin_of_three_characters_is_refused(store: Store) -> None:
    with pytest.raises(UserError, match="4"):
        store.set_pin("123").result()
    assert not store.has_pin().result()
    with pytest.raises(UserError, match="set one"):
        store.check_pin("1234", MORNING).result()


def test_a_pin_can_be_changed_and_cleared_and_is_nobody_elses(store: Store) -> None:
    store.set_pin("1234").result()
    store.set_pin("4321").result()
    assert not store.check_pin("1234", MORNING).result().right
    assert not store.has_pin("someone").result()
    store.clear_pin().result()
    assert not store.has_pin().result()


def test_the_pin_itself_is_nowhere_on_disk_and_its_hash_is_argon2id(store: Store, tmp_path: Path) -> None:
    store.set_pin("open-sesame-77").result()
    store.close()
    content = (tmp_path / "fingerfall.db").read_bytes()
    assert b"open-sesame-77" not in content
    assert b"$argon2id$" in content


def test_an_old_weak_hash_is_made_anew_by_the_next_right_try(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.set_pin("123456").result()
    dearer = type(argon2.PasswordHasher())(time_cost=2, memory_cost=64, parallelism=1)
    monkeypatch.setattr(argon2, "PasswordHasher", lambda: dearer)
    assert store.check_pin("123456", MORNING).result().right
    assert store.check_pin("123456", MORNING).result().right
    store.close()
    assert b"t=2" in (tmp_path / "fingerfall.db").read_bytes()

"""Watching ports come and go."""

from game.midi.ports import POLL_S, PortChange, Ports
from tests.midi.fakes import FakeDriver


def test_nothing_changes_while_nothing_changes() -> None:
    ports = Ports(FakeDriver(["a", "b"]))
    assert ports.names() == ["a", "b"]
    assert [ports.changes(now_s) for now_s in (0.0, 1.0, 2.0)] == [[], [], []]


def test_each_coming_and_going_is_said_once() -> None:
    driver = FakeDriver(["a", "b"])
    ports = Ports(driver)
    driver.there = ["b", "c"]
    assert ports.changes(5.0) == [PortChange("a", came=False), PortChange("c", came=True)]
    assert ports.changes(5.0 + POLL_S) == []


def test_the_driver_is_not_asked_between_two_looks() -> None:
    driver = FakeDriver(["a"])
    ports = Ports(driver)
    ports.changes(0.0)
    driver.there = []
    assert ports.changes(POLL_S * 0.9) == []
    assert ports.changes(POLL_S) == [PortChange("a", came=False)]

"""One law for many things in one test, which names every thing that breaks it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing")


def each(
    things: Iterable[Thing], named: Callable[[Thing], str]
) -> Callable[[Callable[[Thing], None]], Callable[[], None]]:
    """Make a test of one thing a test of them all: to hand out and report hundreds of tests takes seconds."""
    known = [*things]

    def of_all(law: Callable[[Thing], None]) -> Callable[[], None]:
        def test() -> None:
            found = {named(thing): _fault(law, thing, named(thing)) for thing in known}
            broken = [f"{name}: {fault}" for name, fault in found.items() if fault]
            assert not broken, "\n".join(broken)

        test.__name__, test.__doc__, test.__module__ = law.__name__, law.__doc__, law.__module__
        return test

    assert known, "there is nothing to look at"
    return of_all


def _fault(law: Callable[[Thing], None], thing: Thing, name: str) -> str:
    """What is said of a thing that breaks a law, "" of one that keeps it."""
    try:
        law(thing)
    except AssertionError as fault:
        return str(fault) or "does not hold"
    except Exception as fault:
        fault.add_note(name)
        raise
    return ""

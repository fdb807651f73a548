"""Kinds of marks and devices: text where they are kept, and a kind that nobody knows is read as it came."""

from json import dumps

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.music.device import Device, DeviceKind
from game.music.open_enum import OpenStrEnum
from game.music.recording import Mark, MarkKind
from game.store.records import plain

KINDS: tuple[type[OpenStrEnum], ...] = (MarkKind, DeviceKind)


@pytest.mark.parametrize("kinds", KINDS)
@given(text=st.text())
def test_any_text_is_read_and_written_as_it_came(kinds: type[OpenStrEnum], text: str) -> None:
    kind = kinds(text)
    assert (kind, str(kind), f"{kind}", kind.value) == (text, text, text, text)
    assert hash(kind) == hash(text)
    assert dumps(kind) == dumps(text)


@pytest.mark.parametrize("kinds", KINDS)
def test_what_is_not_known_is_none_of_the_members(kinds: type[OpenStrEnum]) -> None:
    before = list(kinds)
    kind = kinds("of a newer version")
    assert all(kind is not member and kind != member for member in kinds)
    assert list(kinds) == before
    assert kind in {kinds("of a newer version")}
    with pytest.raises(ValueError, match="5"):
        kinds(5)  # type: ignore[arg-type]


@pytest.mark.parametrize("kinds", KINDS)
def test_what_is_known_is_the_member_itself(kinds: type[OpenStrEnum]) -> None:
    assert all(kinds(member.value) is member for member in kinds)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_mark_and_a_device_of_any_kind_come_back_from_what_is_kept(text: str) -> None:
    mark, device = Mark(1.0, MarkKind(text), "why"), Device(DeviceKind(text), "name", "api")
    assert plain.to_mark(plain.from_mark(mark)) == mark
    assert plain.to_device(plain.from_device(device)) == device
    assert plain.from_mark(mark)["kind"] == text

"""Kinds that are kept as text and may grow: what a newer version or another program wrote is read too."""

from enum import StrEnum
from typing import Self


class OpenStrEnum(StrEnum):
    """A StrEnum that reads any text.

    A text that is no member becomes a value of its own: it is shown, compared and written as it came, and
    equals the same text. It is not among the members, so nothing that asks for a member takes it for one.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        unknown = str.__new__(cls, value)
        unknown._name_, unknown._value_ = "UNKNOWN", value
        return unknown

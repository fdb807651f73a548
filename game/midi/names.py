"""Finds the port that a person means: by exact name first, then without the numbers that drivers add."""

import re
from collections.abc import Sequence

from game.errors import Listing, UserError

CLIENT = "Fingerfall"
"""What this program is called among the ports."""

NOT_INSTRUMENTS = ("midi through", CLIENT.lower())

# The kernel's `client:port` in front of nothing else; Windows' position in the list of devices.
_ADDED = {"alsa": re.compile(r"\s+\d+:\d+$"), "winmm": re.compile(r"\s+\d+$")}


def stable_name(name: str, api: str) -> str:
    """A port's name without what changes when devices come and go.

    ALSA adds `20:0`, RtMidi on Windows the place in the list; elsewhere a number belongs to the name.
    """
    added = _ADDED.get(api)
    return added.sub("", name) if added else name


def chosen(wanted: str, names: Sequence[str], api: str = "alsa") -> str:
    """The one of `names` that `wanted` means; `auto` is the first instrument.

    Equal names win over equal names without their numbers, these over the only name that begins with
    `wanted`, and that over the only one that has it inside; capitals do not matter to the last two.
    Raises `UserError` when no name fits or several do.
    """
    if wanted == "auto":
        found = instruments(names)
        if not found:
            raise no_instrument()
        return found[0]
    for fitting in _fits(wanted, names, api):
        if len(fitting) > 1:
            raise UserError(
                "{port}: this could be {names}; write more of the name.", port=wanted, names=_listed(fitting)
            )
        if fitting:
            return fitting[0]
    raise _no_such(wanted, names)


def _fits(wanted: str, names: Sequence[str], api: str) -> list[list[str]]:
    stable, low = stable_name(wanted, api), wanted.casefold()
    exact = [n for n in names if n == wanted][:1]
    if exact or not wanted:
        return [exact]
    return [
        [n for n in names if stable_name(n, api) == stable],
        [n for n in names if n.casefold().startswith(low)],
        [n for n in names if low in n.casefold()],
    ]


def instruments(names: Sequence[str]) -> list[str]:
    """Those of the names that can be an instrument."""
    return [n for n in names if not any(other in n.casefold() for other in NOT_INSTRUMENTS)]


def no_instrument() -> UserError:
    """That nothing is plugged in."""
    return UserError(
        "No MIDI instrument was found: plug it in, switch it on and try again, "
        "or play on the computer's own keys with --input keyboard.",
        failed=True,
    )


def _no_such(wanted: str, names: Sequence[str]) -> UserError:
    if not names:
        return UserError(
            "{port}: there is no MIDI input at all; plug the instrument in and switch it on.",
            port=wanted,
            failed=True,
        )
    return UserError(
        "{port}: no MIDI input has this name; choose from {names}.", port=wanted, names=_listed(names)
    )


def _listed(names: Sequence[str]) -> Listing:
    return Listing(f"“{name}”" for name in names)

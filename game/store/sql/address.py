"""The address of a database, read so that no sentence about it can give its password away."""

import re

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from game.errors import UserError

KINDS = ("postgresql", "postgres", "sqlite")
HIGHEST_PORT = 65_535

_HOST = re.compile(r"[\w.-]*|[\da-f:.%]+", re.IGNORECASE)


def address_of(text: str) -> URL:
    """The address that a text is. `UserError`, which never repeats the text, where it is none."""
    written = text.strip()
    machine, _, asked = written.partition("://")[2].partition("?")
    if machine.count("@") > 1 or "@" in asked:
        raise UserError(
            "the address of the database has an @ where none can stand; in a name or a password write %40 "
            "for @, %3A for :, %2F for / and %3F for ?"
        )
    _refuse_bad_port(machine)
    try:
        address = make_url(written)
    except (ArgumentError, ValueError) as error:
        raise UserError(
            "not an address of a database; write it as `sqlite:///FILE` or `postgresql://…`"
        ) from error
    if address.get_backend_name() not in KINDS:
        raise UserError("not a database that can be used; give `sqlite:///FILE` or `postgresql://…`")
    if not _HOST.fullmatch(address.host or ""):
        raise UserError(
            "the host in the address of the database is no name of a machine; correct the address"
        )
    return address


def _refuse_bad_port(machine: str) -> None:
    """machine: what stands behind the `://`."""
    name = machine.rpartition("@")[2].partition("/")[0]
    port = name.rpartition("]")[2].partition(":")[2]
    if not port or (port.isascii() and port.isdigit() and 0 < int(port[:9]) <= HIGHEST_PORT):
        return
    raise UserError(
        "the port in the address of the database is not a number from 1 to {most}; correct what stands "
        "behind the last colon",
        most=HIGHEST_PORT,
    )


def shown(address: URL) -> str:
    """An address as it may be shown: the machine and the database, not who asks nor with what password."""
    port = f":{address.port}" if address.port else ""
    host = f"[{address.host}]" if ":" in (address.host or "") else address.host or ""
    return f"postgresql://{host}{port}/{address.database or ''}"


def secrets_of(address: URL) -> tuple[str, ...]:
    """What must not be shown, wherever a driver repeats it: passwords."""
    asked = (address.query.get(name) for name in ("password", "sslpassword"))
    values = [v for one in asked if one for v in ([one] if isinstance(one, str) else one)]
    return tuple(s for s in (address.password, *values) if s)

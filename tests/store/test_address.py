"""The address of a database is read or refused, and no sentence about it holds its password."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.errors import UserError
from game.store.sql.address import address_of
from game.store.store import open_store

PASSWORD = "s3cr3t"


def refused(address: str, folder: Path) -> str:
    with pytest.raises(UserError) as caught:
        open_store(folder, address)
    return str(caught.value)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://ann:s3cr3t@host:54x/db", "port"),
        ("postgresql://ann:s3cr3t@host:0/db", "port"),
        ("postgresql://ann:s3cr3t@host:99999999999999999999/db", "port"),
        ("postgresql://ann:s3cr3t@host:²/db", "port"),
        ("postgresql://ann:s3cr3t", "port"),
        ("postgresql://ann:s3cr3t host/db", "port"),
        ("postgresql://ann:x@s3cr3t@host/db", "%40"),
        ("postgresql://ann:x@y/s3cr3t@host/db", "%40"),
        ("postgresql://ann:x@y?s3cr3t@host/db", "%40"),
        ("postgresql://ann:s3cr3t@ho st/db", "host"),
        ("postgresql:ann:s3cr3t@host/db", "not an address"),
        ("postgresql:/ann:s3cr3t@host/db", "not an address"),
        ("s3cr3t", "not an address"),
        ("mysql://ann:s3cr3t@host/db", "not a database"),
        ("sqlite://ann:s3cr3t@host/file", "names no file"),
        ("sqlite://", "names no file"),
        ("postgresql://127.0.0.1:1/db?s3cr3t=1", "behind the ?"),
        ("postgresql://127.0.0.1:1/db?plugin=s3cr3t", "behind the ?"),
        ("postgresql://ann:s3cr3t@127.0.0.1:1/db", "127.0.0.1:1/db: the database server does not answer"),
        ("postgresql://ann@127.0.0.1:1/db?password=s3cr3t", "does not answer"),
        ("postgresql://ann:s3cr3t@127.0.0.1:1/db?sslmode=s3cr3t", "sslmode"),
        ("  postgresql://ann:s3cr3t@127.0.0.1:1/db ", "does not answer"),
    ],
)
def test_a_mistyped_address_is_one_sentence_without_its_password(
    address: str, said: str, tmp_path: Path
) -> None:
    sentence = refused(address, tmp_path)
    assert said in sentence
    assert PASSWORD not in sentence
    assert "\n" not in sentence
    assert not [p for p in tmp_path.rglob("*") if PASSWORD in p.name]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.sampled_from(
        ["postgresql://", "postgres:", "postgresql:/", "mysql://", "://", "sqlite://", " "]
    ),
    name=st.text("ann:@/%[] ", max_size=5),
    after=st.text("host.:@/?=&#[]% 5", max_size=12),
)
def test_whatever_the_typing_error_the_password_is_not_told(before: str, name: str, after: str) -> None:
    said = ""
    try:
        address_of(f"{before}{name}:{PASSWORD}@{after}")
    except UserError as error:
        said = str(error)
    assert PASSWORD not in said


def test_a_wrong_password_is_not_told_by_the_driver_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    from game.store.sql.faults import trouble_of

    fault = OperationalError("", {}, Exception(f'FATAL: "{PASSWORD}" is not the password'))
    assert PASSWORD not in str(trouble_of(fault, "server", (PASSWORD,)))


def test_a_good_address_is_read_as_it_stands() -> None:
    address = address_of("postgresql://ann:p%40ss@[::1]:5433/db?sslmode=require")
    assert (address.password, address.host, address.port) == ("p@ss", "::1", 5433)
    assert address_of(f"sqlite:///{os.sep}a folder/x.db").database == f"{os.sep}a folder/x.db"

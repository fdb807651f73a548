"""Text that somebody else wrote can neither steer a terminal, nor end a line, nor tell a password."""

import json
from unicodedata import bidirectional, category

from hypothesis import given
from hypothesis import strategies as st

from game.errors import UserError
from game.harmless import MARKS, discreet, harmless, one_line, seen

anything = st.text(
    st.characters()
    | st.sampled_from(
        "\x00\x07\x08\r\n\t\x1b\x7f\x9b\u061c\u200b\u200e\u202e\u2028\u2066\ufeff\U000e0001\ud800"
    )
)
TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def steers(letter: str) -> bool:
    """By the tables of Unicode: a control, a line end, a lone surrogate, or a turn of direction."""
    return category(letter) in {"Cc", "Cs", "Zl", "Zp"} or bidirectional(letter) in TURNS or letter in MARKS


@given(anything)
def test_nothing_that_is_left_steers(text: str) -> None:
    assert not [letter for letter in harmless(text) if steers(letter) and letter not in "\t\n"]
    assert not [letter for letter in one_line(text) if steers(letter)]
    assert not [letter for letter in seen(text) if steers(letter) and letter not in MARKS]


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == one_line(text) == seen(text) == text


@given(st.recursive(anything, lambda inner: st.lists(inner) | st.dictionaries(anything, inner)))
def test_a_json_document_means_the_same_afterwards(data: object) -> None:
    assert json.loads(harmless(json.dumps(data, ensure_ascii=False))) == data


@given(anything)
def test_every_part_of_an_error_is_one_harmless_line(text: str) -> None:
    said = str(UserError("{file}: {fault}; {count}", file=text, fault=ValueError(text), count=2))
    assert not [letter for letter in said if steers(letter)]
    assert str(UserError("{all}", all=(text, text))).count("\n") == 1


@given(st.text(st.characters(exclude_characters='"`\n', exclude_categories=["Cs"]), min_size=3))
def test_an_address_is_told_without_its_password(password: str) -> None:
    hidden = f"<{password}>"
    for address in (
        f"postgresql://ann:{hidden}@host/db",
        f"postgresql:ann:{hidden}@host",
        f"x://{hidden}@host",
    ):
        assert hidden not in discreet(f"cannot use {address} here")
        assert "host" in discreet(address)


def test_other_text_with_an_at_sign_is_left_alone() -> None:
    for text in ("ann@home.org", "a note: c@4, and x://y", '{"a": "x://y", "b": "c@d"}'):
        assert discreet(text) == text

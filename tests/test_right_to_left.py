"""Lines from right to left: numbers, names and lists in them stand as a reader of Arabic expects them."""

from collections.abc import Iterator

import pytest
from bidi.algorithm import get_display
from hypothesis import given
from hypothesis import strategies as st

from game.errors import Listing, Phrase
from game.screens.ui.text_renderer import _shaped
from game.words import LRM, RLM, _, directed, isolated, listed, number, percent, use_language

NAME = "Yamaha P-45 (USB)"


@pytest.fixture(autouse=True)
def _arabic() -> Iterator[None]:
    use_language("ar")
    yield
    use_language("en")


def drawn(text: str) -> str:
    """A line as it stands on the screen, from left to right."""
    return _shaped(text, True)[0]


def printed(text: str) -> str:
    """A line as a terminal shows it that puts right-to-left text in order by itself."""
    return str(get_display(text, base_dir="R")).replace(LRM, "").replace(RLM, "")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("تأخر +34 م.ث", "+34"),
        ("تأخر -34 م.ث", "-34"),
        ("تأخر −34 م.ث", "−34"),
        ("+34 ± 8.3 م.ث", "+34 ± 8.3"),
        ("المتوسط 34 ± 8 م.ث", "34 ± 8"),
        ("آخر مرة 92%", "92%"),
        ("آخر مرة 92 %", "92 %"),
        ("عبر 44100 Hz الآن", "44100 Hz"),
        ("بتاريخ 2026-10-03", "2026-10-03"),
        ("بتاريخ 2026-10-03 14:05 اليوم", "2026-10-03 14:05"),
        (f"مع {NAME}", NAME),
        (f"{NAME} · لوحات نقر", NAME),
        ("من -5 إلى +20", "-5"),
        ("من -5 إلى +20", "+20"),
    ],
)
def test_a_figure_or_a_name_is_read_from_the_left(text: str, whole: str) -> None:
    assert whole in drawn(text)
    assert whole in printed(directed(text))


def test_a_range_is_read_from_the_right() -> None:
    assert "4–1" in drawn("المازورات 1–4")


def test_what_stands_behind_a_figure_stays_behind_it() -> None:
    shown = drawn("16–20 · 92% · 5 أيام")
    assert shown.index("5 ") < shown.index("92%") < shown.index("20–16")


@pytest.mark.parametrize("option", ["--bars 5-8", "--start-beat", "-o", "FILE-2.mid"])
def test_what_is_typed_is_left_as_it_is(option: str) -> None:
    assert directed(f"يلزم {option}") == f"يلزم {option}"


HIDDEN = "\u200e\u200f\u2066\u2069\u202e\u200c"


def signs(text: str) -> list[str]:
    """The signs of a text but spaces and Arabic ones, which are shaped; a bracket may be mirrored."""
    return sorted(sign for sign in text.replace(")", "(") if sign not in HIDDEN and " " < sign < "\u0600")


@given(st.text(alphabet="ab 1+-−±%.·()\u0627\u0628\u200e\u200f\u2066\u2069\u202e", max_size=30))
def test_a_line_of_any_letters_can_be_set_and_shows_each_of_them(text: str) -> None:
    assert signs(drawn(text)) == signs(text)
    assert not set(drawn(text)) & set(HIDDEN[:-1])


def test_a_name_in_a_sentence_keeps_its_last_bracket() -> None:
    assert NAME in drawn(_("With {name}", name=NAME))
    assert NAME in printed(_("With {name}", name=NAME))
    assert isolated("مازن") == "مازن"


def test_lists_have_the_comma_of_the_language() -> None:
    assert listed(["a", "b"]) == "a، b"
    assert "، " in _("{port}: this could be {names}; write more of the name.", port="x", names=Listing("ab"))


def test_a_phrase_in_a_sentence_is_translated_with_it() -> None:
    template = "{level}: no such level; {cure}"
    cure = Phrase('did you mean "{name}"?', name="five")
    assert template.format(level="fife", cure=cure) == 'fife: no such level; did you mean "five"?'
    assert "five" in _(template, level="fife", cure=cure)
    assert "did you mean" not in _(template, level="fife", cure=cure)


def test_numbers_have_the_decimal_sign_of_the_language() -> None:
    shown = {}
    for language in ("en", "de", "ar"):
        use_language(language)
        shown[language] = (
            number(1.75, "+.1f"),
            percent(92.4),
            _("{ms:.1f} ms", ms=1.75).rstrip("ms م.ث\u00a0"),
        )
    assert shown == {
        "en": ("+1.8", "92%", "1.8"),
        "de": ("+1,8", "92\u00a0%", "1,8"),
        "ar": ("+1.8", shown["ar"][1], "1.8"),
    }
    assert shown["ar"][1].replace(LRM, "").replace(RLM, "") == "92%"

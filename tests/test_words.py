"""Words: every sentence is collected and translated, keeps its places, and on a player's screen is kind."""

import re
from collections.abc import Callable, Iterator
from gettext import c2py
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message

from game import words
from game.screens.ui.screen import VERB_WORDS
from game.words import LOCALE, PSEUDO, _, language, many, right_to_left, titled, use_language
from tests.words import PLURALS, TRANSLATED, Words, extracted, in_step, mo_bytes, texts, translation

MOST_WORDS_OF_A_LINE, MOST_WORDS_BESIDE_THE_FIELD = 9, 3

FOR_OTHERS = {"therapist.py", "pin.py", "window.py"}
FOR_OTHERS |= {"calibrate.py", "calibration.py", "device_keys.py", "device_tests.py", "station.py"}
FOR_OTHERS |= {"tapping.py"}
"""Screens that a player does not read; what window.py says stands on the terminal."""

VERDICTS = {
    "en": re.compile(
        r"""\b(wrong\w*|miss(ed|es|ing)?|late|early|slow\w*|fail\w*|bad(ly)?|oops|errors?|incorrect\w*
        |poor\w*|weak\w*|worse|worst|too\ \w+)\b|time['’]s\ up""",
        re.VERBOSE | re.IGNORECASE,
    ),
    "de": re.compile(
        r"""\b(falsch\w*|verfehl\w*|verpass\w*|spät|früh|langsam\w*|versag\w*|gescheitert|schlecht\w*|hoppla
        |fehler\w*|inkorrekt\w*|mangelhaft\w*|schwach\w*|schwäch\w*|schlimm\w*|ungenügend\w*|leider|daneben
        |zu\ (viel|wenig|schnell|laut|leise|schwer|kurz|lang)\w*)\b|zeit\ ist\ um""",
        re.VERBOSE | re.IGNORECASE,
    ),
    "ar": re.compile(
        "خط[أا]|خاطئ|غلط|فشل|فاشل|ت[أا]خر|متأخر|مبكر|بطيء|بطء|سيئ|سيء|ضعيف|ضعف|أسوأ|فات(ت)?ك|للأسف|جدًا|جدا"
        "|انتهى الوقت|أكثر من اللازم"
    ),
}
"""Words that judge a player, and what a language has for them."""

CONTRACTION = re.compile(
    r"\w['’](t|re|ll|ve|d|m)\b|\b(it|that|what|here|there|let|who|s?he|how|where)['’]s\b", re.IGNORECASE
)

ARABIC_FORMS = {0: (0,), 1: (1,), 2: (2,), 3: (3, 10, 103), 4: (11, 99, 111), 5: (100, 101, 202)}
GERMAN_FORMS = {0: (1,), 1: (0, 2, 3, 11, 100)}


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


@pytest.fixture(scope="module")
def template() -> Words:
    return extracted()


@pytest.fixture(scope="module")
def translations() -> dict[str, Words]:
    return {name: translation(name) for name in TRANSLATED}


def on_screens(file: str) -> bool:
    """Whether what is said in a file stands on a screen, and not on the terminal alone."""
    return file.startswith(("game/screens/", "levels/")) or file == "game/words.py"


def said_in(catalogue: Words, chosen: Callable[[str], bool]) -> list[Message]:
    return [m for m in catalogue if m.id and any(chosen(file) for file, _line in m.locations)]


def read_by_players(catalogue: Words) -> list[Message]:
    return said_in(catalogue, lambda file: on_screens(file) and Path(file).name not in FOR_OTHERS)


def said_to_players(name: str, template: Words, translations: dict[str, Words]) -> list[str]:
    """Every text that a player reads in a language."""
    if name == "en":
        return [text for m in read_by_players(template) for text in texts(m.id)]
    return [text for m in read_by_players(translations[name]) for text in texts(m.string)]


def places(text: str) -> list[tuple[str, str]]:
    """The places of a text with their formats."""
    return sorted((name, form or "") for _before, name, form, _how in Formatter().parse(text) if name)


def count(line: str) -> int:
    return len([word for word in line.split() if re.search(r"\w", word)])


def test_what_is_in_locale_is_in_step_with_the_program(template: Words) -> None:
    stale = [path for path, data in in_step(template).items() if path.read_bytes() != data]
    assert not stale, f"{stale}: run `make words`, then translate what it lists"


@pytest.mark.parametrize("name", TRANSLATED)
def test_all_that_players_and_therapists_see_is_translated(name: str, translations: dict[str, Words]) -> None:
    seen = said_in(translations[name], on_screens)
    assert seen
    assert not [m.id for m in seen if m.fuzzy or not all(texts(m.string))]


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_translation_has_the_places_of_its_sentence(name: str, translations: dict[str, Words]) -> None:
    for message in translations[name]:
        if message.id and isinstance(message.id, str) and message.string:
            assert places(str(message.string)) == places(message.id), message.id


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_counting_translation_leaves_out_no_number_but_one_that_its_form_says(
    name: str, translations: dict[str, Words]
) -> None:
    amount, expression = PLURALS[name]
    numbers = [c2py(expression)(n) for n in range(1000)]
    for message in translations[name]:
        if not message.id or isinstance(message.id, str):
            continue
        wanted = set(places(message.id[1]))
        forms = texts(message.string)
        assert len(forms) == amount, message.id
        for index, form in enumerate(forms):
            missing = wanted - set(places(form))
            assert set(places(form)) <= wanted, form
            assert missing <= ({("n", "")} if numbers.count(index) == 1 else set()), form


@pytest.mark.parametrize("name", TRANSLATED)
def test_every_translation_can_be_filled(name: str, translations: dict[str, Words]) -> None:
    for message in translations[name]:
        for text in (*texts(message.id), *texts(message.string)) if message.id else ():
            values = {place: 1.5 if form else "‹x›" for place, form in places(text)}
            assert "{" not in text.format(**values), text


@pytest.mark.parametrize(("name", "forms"), [("ar", ARABIC_FORMS), ("de", GERMAN_FORMS)])
def test_a_number_takes_the_plural_form_of_the_language(
    name: str, forms: dict[int, tuple[int, ...]], translations: dict[str, Words]
) -> None:
    found = translations[name]["{n} profile"]
    assert found is not None
    use_language(name)
    for form, numbers in forms.items():
        for n in numbers:
            assert many("{n} profile", "{n} profiles", n) == texts(found.string)[form].format(n=n)
    assert len(set(texts(found.string))) == len(forms)


@pytest.mark.parametrize("name", ["en", *TRANSLATED])
def test_no_word_on_a_players_screen_judges(
    name: str, template: Words, translations: dict[str, Words]
) -> None:
    said = said_to_players(name, template, translations)
    assert not [text for text in said if VERDICTS[name].search(text)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("en", "Three notes missed"),
        ("en", "A little too fast"),
        ("en", "Time’s up"),
        ("de", "Leider falsche Taste"),
        ("de", "etwas zu schnell"),
        ("ar", "المفتاح خاطئ"),
        ("ar", "كنت متأخرًا"),
    ],
)
def test_a_word_that_judges_is_known(name: str, text: str) -> None:
    assert VERDICTS[name].search(text)


def test_players_read_no_contractions(template: Words) -> None:
    assert CONTRACTION.search("It's done")
    assert CONTRACTION.search("We don’t")
    assert not [text for text in said_to_players("en", template, {}) if CONTRACTION.search(text)]


@pytest.mark.parametrize("name", ["en", *TRANSLATED])
def test_a_line_for_players_is_short(name: str, template: Words, translations: dict[str, Words]) -> None:
    said = said_to_players(name, template, translations)
    assert not [text for text in said if count(text) > MOST_WORDS_OF_A_LINE]


@pytest.mark.parametrize("name", ["en", *TRANSLATED])
def test_words_beside_the_field_are_three_at_most(name: str, template: Words) -> None:
    use_language(name)
    praise = [str(m.id) for m in said_in(template, lambda file: file == "game/screens/playing/praise.py")]
    assert praise
    assert not [_(one) for one in praise if count(_(one)) > MOST_WORDS_BESIDE_THE_FIELD]


@pytest.mark.parametrize("name", ["en", *TRANSLATED])
def test_each_verb_of_the_legend_is_one_word_of_its_own(name: str) -> None:
    use_language(name)
    said = [_(word) for word in VERB_WORDS.values()]
    assert all(count(word) == 1 for word in said)
    assert len(set(said)) == len(said)


def test_titles_and_aims_of_levels_are_collected(template: Words) -> None:
    assert template["Ode to Joy, calm, five fingers"]
    assert template["A well-known tune with all five fingers."]


def test_a_song_s_title_is_collected_once_and_said_with_what_stands_behind_it(template: Words) -> None:
    assert template["Frère Jacques"]
    assert template["three fingers"]
    assert not template["Frère Jacques · three fingers"]
    use_language(PSEUDO)
    assert titled("Frère Jacques · three fingers") == f"{_('Frère Jacques')} · {_('three fingers')}"
    assert titled("One finger") == _("One finger")


@pytest.mark.parametrize("name", ["xx", "he", "", "C", "../de"])
def test_an_unknown_language_speaks_english_from_left_to_right(name: str) -> None:
    use_language(name)
    assert language() == "en"
    assert _("Who plays today?") == "Who plays today?"
    assert many("{n} level", "{n} levels", 2) == "2 levels"
    assert not right_to_left()


def test_arabic_is_written_from_right_to_left_and_german_is_not() -> None:
    use_language("ar")
    assert right_to_left()
    use_language("de")
    assert not right_to_left()
    assert _("Who plays today?") == "Wer spielt heute?"


def test_the_made_up_language_keeps_places_and_is_longer(template: Words) -> None:
    use_language(PSEUDO)
    for text in (text for m in template if m.id for text in texts(m.id)):
        assert places(_(text)) == places(text)
        assert len(_(text)) >= 1.4 * len(text)


def test_the_made_up_language_counts() -> None:
    use_language(PSEUDO)
    assert many("played once", "played {n} times", 1).startswith("pláyéd óñçé")
    assert many("{hits} of {n} note", "{hits} of {n} notes", 3, hits=2).startswith("2 óf 3 ñótés")


def test_a_place_may_have_any_name_and_hold_any_text() -> None:
    assert _("{message} {one} {n}", message="a", one="b", n="c") == "a b c"
    assert many("{one} {more}", "{n} {more}", 2, one="a", more="b") == "2 b"
    assert _("{name}", name="{name} 100 %") == "{name} 100 %"
    assert _("Ode to {Joy}") == "Ode to {Joy}"
    assert _("") == ""


def test_a_translation_whose_places_do_not_fit_is_said_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Words("de")
    broken.add("Plan for {name}", "Plan für {who}")
    path = tmp_path / "yy" / "LC_MESSAGES" / "fingerfall.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(mo_bytes(broken))
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    use_language("yy")
    assert language() == "yy"
    assert _("Plan for {name}", name="Wren") == "Plan for Wren"


def test_a_language_that_can_be_chosen_has_its_plural_rule_and_its_files() -> None:
    assert set(TRANSLATED) <= set(PLURALS)
    assert {path.name for path in LOCALE.iterdir() if path.is_dir()} == set(TRANSLATED)

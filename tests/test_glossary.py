"""Glossary: a term has one translation in a language, and no sentence has a word that says something else."""

import re
from pathlib import Path

import pytest

from tests.words import TRANSLATED, Words, extracted, texts, translation

TERMS: dict[str, tuple[str, str]] = {
    r"(?<!space )\bbars?\b": ("takt", "مازور"),
    r"\bpads?\b": ("pad", "لوح[ةات]"),
    r"\bomissions?\b": ("auslassung", "متروك"),
    r"\bwrong keys?\b": ("falsche tasten?", "خاطئ"),
    r"\bextra press(es)?\b": ("zusätzliche", "زائد"),
    r"\bprogress checks?\b": ("messung", "قياس"),
    r"\btherapist area\b": ("therapiebereich", "قسم المعالجين"),
    r"\bmetronome\b|\bclicks?\b(?! anywhere| change)": ("klick", "دق[ةات]"),
    r"\bthumb\b": ("daumen", "إبهام"),
    r"\bindex finger\b": ("zeigefinger", "سبابة"),
    r"\bmiddle finger\b": ("mittelfinger", "وسطى"),
    r"\bring finger\b": ("ringfinger", "بنصر"),
    r"\blittle finger\b": ("kleine[rmn]? finger", "خنصر"),
    r"\b(levels?|exercises?)\b(?! the)": ("übung", "تمرين|تمارين"),
    r"(?<!usually )\bruns?\b(?! (`|ahead|out|$))": ("durchg[aä]ng|im lauf|über den lauf", "جول"),
    r"\bsongs?\b(?!\.toml|\")": ("lied", "أغني|أغان"),
    r"\bchords?\b": ("akkord", "تآلف"),
    r"\bplan\b": ("plan", "خط[ةت]"),
    r"\bcalibrat": ("kalibr", "عاير|عوير"),
    r"\bPIN\b": ("pin", "رقم"),
    r"\bsteadi(er|est|ness)\b": ("gleichmäßig|ruhiger", "انتظام|أثبت"),
    r"\bbeats?\b(?!-)": ("schl[aä]g|takt|vorgabe|timing|taktschlag", "نبض|مترونوم"),
    r"\bbounce filter\b": ("prellfilter", "مرشح التكرار"),
    r"\bdetectable change\b": ("nachweisbare änderung", "تغير يمكن رصده"),
    r"\busual range\b": ("üblichen bereich", "النطاق المعتاد"),
    r"\bleft hand\b(?! comes)": ("linke hand", "يسرى"),
    r"\bright hand\b": ("rechte hand", "يمنى"),
    r"\baffected\b": ("betroffen", "متأثر"),
    r"\bdifficulty\b": ("schwierigkeit", "صعوبة"),
    r"\b(profile)s?\b": ("profil", "ملف|ملفات"),
    r"\bwatch and listen\b": ("zuhören|hören", "مشاهدة واستماع"),
}
"""English term: what its German and its Arabic translation have in them, in whatever form."""

OTHER_WORDS: dict[str, str] = {
    "en": r"""\bstrokes?\b|\bcheck-ups?\b|therapists.\ door|\b(is|are|be|not)\ kept\b|\bmend(ed)?\b|\bmild\b
        |\blands?\ as\ one
        |\blook\ closer\b|\bover\ the\ air\b|\bdata\ is\b|\bis\ no\ (list|JSON|MIDI\ file)""",
    "de": r"""\bdu\b|\bdein\w*|\brunter\b|hinken|zitter|per\ Funk|\bruht\b|\bauf\ gutem\ Weg|nachprell
        |\bverbessern\ Sie
        |\blanden\b|der\ Patient\b|den\ Patienten|\bzurückgehalten\b|stetig""",
    "ar": r"""إمساك|إصاب|سكت[ةات]|وساد|موازير|ارتجاف|رمز(ًا)?\ سري|باب\ المعالج|إفلات|إغفال|على\ الطريق|يرتاح
        |(?<!\w)(معا|رقما|مجلدا|قليلا|ثلاثا|واحدا|أزواجا|تمرينا|حرفا|اسما)(?!\w)|[٠-٩]
        |(?<!\w)(اختر|اضغط|أضف|أعط|أعطِ|شغّل|صدّر|اسمح|حاول|استرح|اعزف|انقر|صِل|وصّل|أغلق|حدّد|اترك|اسأل|احذف|ضع
        |غيّر|وفّر|أصلح|صحّح|حدّث|ثبّت|اكتب|أمسك|أفلت|شاهد|استمع|انظر|اسند|أوقف)(?!\w)""",
}
"""Words that are no good in any sentence: they mean something else besides (constipation, injury, the illness
`stroke`, pillows), speak to a man alone, or had a better word chosen for them."""


@pytest.fixture(scope="module")
def template() -> Words:
    return extracted()


@pytest.fixture(scope="module")
def translations() -> dict[str, Words]:
    return {name: translation(name) for name in TRANSLATED}


def words_of(text: str) -> str:
    """A text without its places, options of a command and what is typed."""
    return re.sub(r"`[^`]*`|\{[^}]*\}|--?[a-z][\w-]*( [A-Z]+\b)?", "", text)


def plain(text: str) -> str:
    """An Arabic text without vowel signs, which are not drawn; the one of endings (tanwin) stays."""
    return re.sub("[\u064c-\u0652]", "", text)


def title_of_song(files: list[str]) -> bool:
    return all(Path(file).parent.name == "songs" for file in files)


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("name", TRANSLATED)
def test_a_term_has_one_translation(name: str, term: str, translations: dict[str, Words]) -> None:
    wanted = re.compile(TERMS[term][TRANSLATED.index(name)], re.IGNORECASE)
    found = []
    for message in translations[name]:
        if message.id and not title_of_song([file for file, _line in message.locations]):
            english = words_of(texts(message.id)[0])
            if re.search(term, english, re.IGNORECASE if term.islower() else 0):
                found += [text for text in texts(message.string) if not wanted.search(plain(text))]
    assert not found


@pytest.mark.parametrize("name", OTHER_WORDS)
def test_no_sentence_has_a_word_that_says_something_else(
    name: str, template: Words, translations: dict[str, Words]
) -> None:
    odd = re.compile(OTHER_WORDS[name], re.VERBOSE | re.IGNORECASE)
    every = template if name == "en" else translations[name]
    messages = [m for m in every if m.id and not title_of_song([file for file, _line in m.locations])]
    said = [text for m in messages for text in texts(m.id if name == "en" else m.string)]
    assert said
    assert not [text for text in said if odd.search(plain(words_of(text)))]


@pytest.mark.parametrize(
    ("name", "text"),
    [("en", "The first stroke of four"), ("de", "Jetzt hinkt der Ton nach: hinken"), ("ar", "إمساك وإفلات")],
)
def test_a_word_that_says_something_else_is_known(name: str, text: str) -> None:
    assert re.search(OTHER_WORDS[name], text, re.VERBOSE | re.IGNORECASE)

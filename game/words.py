"""Translates every sentence that a person reads (gettext; catalogues in `locale/`)."""

import gettext
import re
from collections.abc import Iterable
from functools import cache
from math import ceil
from pathlib import Path
from string import Formatter

from game.errors import Listing, Phrase

LOCALE = Path(__file__).with_name("locale")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
PSEUDO = "pseudo"
"""A pseudo-language for testing layouts: English with accents, 40 % longer."""

_language = "en"


def use_language(language: str) -> None:
    """Set the language; one without a translation falls back to English and its layout."""
    global _language
    translated = gettext.find("fingerfall", LOCALE, [language]) is not None
    _language = language if translated or language == PSEUDO else "en"


def language() -> str:
    """The language in use."""
    return _language


def right_to_left() -> bool:
    """Whether the language in use is written from right to left."""
    return _language in RIGHT_TO_LEFT


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for marking a sentence
    """Mark a sentence for extraction; it is translated later, where it is shown."""
    return message


@cache
def _translation(language: str) -> gettext.NullTranslations:
    return gettext.translation("fingerfall", LOCALE, [language], fallback=True)


def _(message: str, /, **parts: object) -> str:
    """A sentence in the current language, with its named places filled."""
    if not message:
        return ""
    return _fill(_translation(_language).gettext(message), message, parts)


BETWEEN = " · "
"""Stands between the parts of a title."""


def title_parts(title: str) -> list[str]:
    """What of a title is translated by itself: `Ode to Joy · one finger` has the song's name and the rest, so
    that a name is translated once for all the levels that bear it."""
    return title.split(BETWEEN)


def titled(title: str) -> str:
    """A level's title in the language in use."""
    return BETWEEN.join(map(_, title_parts(title)))


def many(one: str, more: str, n: int, /, **parts: object) -> str:
    """A sentence with a count, in the plural form of the current language; `{n}` is the number."""
    found = _translation(_language).ngettext(one, more, n)
    return _fill(found, one if n == 1 else more, {"n": n, **parts})


def _fill(found: str, message: str, parts: dict[str, object]) -> str:
    text = _lengthened(message) if _language == PSEUDO else found
    try:
        filled = _FILLER.vformat(text, (), parts) if parts else text
    except (KeyError, IndexError, ValueError):
        return message.format(**parts)
    return directed(filled) if right_to_left() else filled


class _Filler(Formatter):
    """Fills places with values formatted for the current language."""

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, float):
            return number(value, format_spec)
        text = format(_said(value), format_spec)
        return isolated(text) if isinstance(value, str) and right_to_left() else text


_FILLER = _Filler()


def _said(value: object) -> object:
    """A value with its own words (`Phrase`, `Listing`) in the current language; others unchanged."""
    if isinstance(value, Phrase):
        return _(value.template, **value.parts)
    return listed(value.items) if isinstance(value, Listing) else value


DECIMAL_COMMA = frozenset({"de"})


def number(value: float, form: str = "") -> str:
    """A number in a format such as `+.1f`, with the decimal sign of the language in use."""
    text = format(value, form)
    return text.replace(".", ",") if _language in DECIMAL_COMMA else text


def percent(value: float) -> str:
    """A share of 0–100 as a whole number with its sign."""
    return _("{n}%", n=round(value))


def listed(parts: Iterable[object]) -> str:
    """Parts joined by the comma of the current language."""
    return _(", ").join(str(_said(part)) for part in parts)


def dotted(parts: Iterable[str]) -> str:
    """The non-empty parts, joined by dots."""
    return BETWEEN.join(filter(None, parts))


MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)


def day_words(day: str, *, year: bool = False) -> str:
    """An ISO date as people write it, such as `3 Oct`, or `3 Oct 2026` with its year."""
    years, months, days = (int(part) for part in day.split("-"))
    month = _(MONTHS[months - 1])
    return (
        _("{day} {month} {year}", day=days, month=month, year=years)
        if year
        else _("{day} {month}", day=days, month=month)
    )


LRM, RLM = "\u200e", "\u200f"
"""Invisible characters with the direction of a Latin letter, or of an Arabic one."""

_LEFT_TO_RIGHT = re.compile(r"[A-Za-zÀ-ɏ]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_FIGURES = re.compile(
    r"""(?<![\w.,:+\-−±\u200e])(?:
    \d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?        # a date
    |[+\-−]\d+(?:[.,]\d+)?(?:\s?±\s?\d+(?:[.,]\d+)?)?(?:\s?(?:%|UNIT\b))?
    |\d+(?:[.,]\d+)?\s?±\s?\d+(?:[.,]\d+)?(?:\s?(?:%|UNIT\b))?
    |±\s?\d+(?:[.,]\d+)?(?:\s?(?:%|UNIT\b))?
    |\d+(?:[.,]\d+)?\s?(?:%|UNIT\b)
    )(?!\w)""".replace("UNIT", "(?:ms|s|Hz|kHz|MB|GB|kB|dB|bpm)"),
    re.VERBOSE,
)
"""Always read from left to right: dates, and numbers with a sign, a percent sign or a Latin unit."""

_BRACKETS = re.compile(r"(?<![\w\u200e])[A-Za-z][^\n·،؛:\u0590-\u08ff\u200e]*\([^()\n\u0590-\u08ff\u200e]*\)")
"""Latin words that end in brackets, such as `Yamaha P-45 (USB)`."""


def isolated(text: str) -> str:
    """A Latin text, marked so that it keeps its own direction inside a right-to-left line.

    Uses marks instead of isolates (U+2066), which python-bidi 0.6 refuses.
    """
    if _RIGHT_TO_LEFT.search(text) or not _LEFT_TO_RIGHT.search(text):
        return text
    return f"{LRM}{text}{LRM}{RLM}"


def directed(text: str) -> str:
    """A right-to-left line with marks, so that its numbers and Latin names read from left to right.

    Follows CLDR for Arabic with Latin digits: the sign stands left of the number, the percent sign right of
    it.
    """
    marked = _FIGURES.sub(lambda found: f"{LRM}{found[0]}{LRM}{RLM}", text)
    return _BRACKETS.sub(lambda found: f"{LRM}{found[0]}{LRM}{RLM}", marked)


_ACCENTS = str.maketrans("aeiouAEIOUcn", "áéíóúÁÉÍÓÚçñ")
_PLACES = re.compile(r"({[^{}]*})")


def _lengthened(message: str) -> str:
    """The sentence with accents outside its `{places}` and 40 % longer."""
    pieces = _PLACES.split(message)  # texts and places in turn
    pieces[::2] = [text.translate(_ACCENTS) for text in pieces[::2]]
    return "".join(pieces) + "·" * ceil(0.4 * len(message))


FINGER_NAMES: dict[int, str] = {
    1: N_("thumb"),
    2: N_("index finger"),
    3: N_("middle finger"),
    4: N_("ring finger"),
    5: N_("little finger"),
}

HAND_NAMES: dict[str, str] = {
    "left": N_("left hand"),
    "right": N_("right hand"),
    "both": N_("both hands"),
}

_CHANGES: dict[str, str] = {
    "within": N_("within the usual range"),
    "beyond": N_("changed, beyond the usual range"),
    "beyond_better": N_("better than before, beyond the usual range"),
    "beyond_worse": N_("not as good as before, beyond the usual range"),
    "not_enough": N_("always the same so far"),
}


def change_words(change: str, days_needed: int, practice: bool = False) -> str:
    """Whether a probe's newest day lies beyond day-to-day variation; change: a `metrics.trend.Change`.

    practice: whether some of the days are practice, which is said while more days are needed.
    """
    if days_needed:
        needed = many("one more day is needed", "{n} more days are needed", days_needed)
        return dotted((_("the first three days are practice"), needed)) if practice else needed
    return _(_CHANGES[change])


def share_words(share_pct: float, coarse: bool) -> str:
    """How large the smallest detectable change is beside the start value."""
    share = percent(share_pct)
    if coarse:
        return _("that is {share} of the start value: coarse", share=share)
    return _("that is {share} of the start value", share=share)


MEASURE_NAMES: dict[str, str] = {
    "hit_rate_pct": N_("notes played"),
    "asynchrony_sd_ms": N_("how uneven the timing is"),
    "asynchrony_mean_ms": N_("ahead of or behind the beat"),
    "tap_rate_best_10s_hz": N_("taps a second"),
    "tap_iti_cv_pct": N_("how uneven the taps are"),
    "continuation_iti_cv_pct": N_("how uneven without the beat"),
    "continuation_drift_pct": N_("change of pace without the beat"),
    "independence_index": N_("fingers moving alone"),
    "chord_span_median_ms": N_("how far apart chord notes are"),
    "held_tempo_bpm": N_("fastest speed kept"),
    "velocity_mean": N_("strength of presses"),
    "dwell_median_ms": N_("how long keys are down"),
}

SONG_LEVELS: dict[str, str] = {
    N_("one finger"): N_("One finger plays the strong notes of a tune."),
    N_("three fingers"): N_("Three fingers play along with a tune."),
    N_("five fingers"): N_("Five fingers play a tune in one position."),
    N_("two hands"): N_("One hand plays the tune, the other accompanies."),
}
"""Second part of a song level's title, and the level's aim."""

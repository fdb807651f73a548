"""Every sentence a person reads goes through here into their language (gettext, `locale/` beside it)."""

import gettext
import re
from functools import cache
from math import ceil
from pathlib import Path

LOCALE = Path(__file__).with_name("locale")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
PSEUDO = "pseudo"
"""A made-up language: English with accents, 40 % longer, to try layouts with."""

_language = "en"


def use_language(language: str) -> None:
    """Speak a language from now on; one without a translation speaks English, and is laid out as English."""
    global _language
    translated = gettext.find("fingerfall", LOCALE, [language]) is not None
    _language = language if translated or language == PSEUDO else "en"


def language() -> str:
    """The language in use."""
    return _language


def right_to_left() -> bool:
    """Whether the language in use is written from right to left."""
    return _language in RIGHT_TO_LEFT


@cache
def _translation(language: str) -> gettext.NullTranslations:
    return gettext.translation("fingerfall", LOCALE, [language], fallback=True)


def _(message: str, /, **parts: object) -> str:
    """A sentence in the language in use, its named places filled."""
    if not message:
        return ""
    return _fill(_translation(_language).gettext(message), message, parts)


BETWEEN = " · "
"""Stands between the parts of a title."""


def title_parts(title: str) -> list[str]:
    """What of a title is translated by itself: `Ode to Joy · one finger` has the song's name and the rest, so
    that a name is translated once for all the levels that bear it."""
    return title.split(BETWEEN)


def titled(title: str, *more: str) -> str:
    """A level's title in the language in use; more: what is said behind it, translated already."""
    return BETWEEN.join((*map(_, title_parts(title)), *more))


def many(one: str, more: str, n: int, /, **parts: object) -> str:
    """A sentence that counts, in the plural form of the language in use; `{n}` is the number."""
    found = _translation(_language).ngettext(one, more, n)
    return _fill(found, one if n == 1 else more, {"n": n, **parts})


def _fill(found: str, message: str, parts: dict[str, object]) -> str:
    text = _lengthened(message) if _language == PSEUDO else found
    try:
        return text.format(**parts) if parts else text
    except (KeyError, IndexError, ValueError):
        return message.format(**parts)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for marking a sentence
    """Mark a sentence for translation that is translated later, where it is shown."""
    return message


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
    "within": N_("within day-to-day variation"),
    "beyond": N_("changed beyond day-to-day variation"),
    "beyond_better": N_("better, beyond day-to-day variation"),
    "beyond_worse": N_("less than before, beyond day-to-day variation"),
    "not_enough": N_("always the same so far"),
}


def change_words(change: str, days_needed: int) -> str:
    """Whether a probe's newest day lies beyond day-to-day variation; change: a `metrics.trend.Change`."""
    if days_needed:
        return many("one more day is needed", "{n} more days are needed", days_needed)
    return _(_CHANGES[change])


MEASURE_NAMES: dict[str, str] = {
    "hit_rate_pct": N_("notes played"),
    "asynchrony_sd_ms": N_("spread of timing"),
    "asynchrony_mean_ms": N_("ahead of or behind the beat"),
    "tap_rate_best_10s_hz": N_("taps a second"),
    "tap_iti_cv_pct": N_("unevenness of taps"),
    "continuation_iti_cv_pct": N_("unevenness without the beat"),
    "continuation_drift_pct": N_("change of pace without the beat"),
    "independence_index": N_("fingers moving alone"),
    "chord_span_median_ms": N_("spread of chords"),
    "held_tempo_bpm": N_("quickest tempo held"),
    "velocity_mean": N_("strength of presses"),
    "dwell_median_ms": N_("how long keys are down"),
}

SONG_LEVELS: dict[str, str] = {
    N_("one finger"): N_("One finger plays the strong notes of a tune."),
    N_("three fingers"): N_("Three fingers play along with a tune."),
    N_("five fingers"): N_("Five fingers play a tune, lying still."),
    N_("two hands"): N_("One hand sings, the other carries."),
}
"""What stands behind a song's title, and what such a level is for."""

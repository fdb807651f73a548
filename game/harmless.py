"""Text that somebody else wrote, made so that it can steer no terminal, hide no line and tell no password."""

import re

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Controls, line ends but the plain one, bidirectional controls, unseen letters, lone surrogates."""

_STEERING_A_LINE = re.compile(f"[\t\n{_STEERING.pattern[1:-1]}]")

MARKS = "\u061c\u200e\u200f"
"""They say which way a sign leans. Sentences in Arabic need them; they turn no text round."""

_LOGIN = re.compile(r'(://|\bpostgres\w*(?:\+\w+)?:)[^"`\n]*@')


def harmless(text: str, keep: str = "") -> str:
    r"""The same text with each steering character as its JSON escape, `\u001b`; line ends and tabs stay.

    A JSON document means the same afterwards. keep: characters that may stay as they are.
    """
    return _STEERING.sub(lambda found: found[0] if found[0] in keep else escaped(found[0]), text)


def one_line(text: str) -> str:
    """The same for a part of a sentence, which has no line end of its own either."""
    return _STEERING_A_LINE.sub(lambda found: escaped(found[0]), text)


def seen(text: str) -> str:
    """The same for a picture of text: what steers is left out, and a line end or tab is a space."""
    return _STEERING.sub(lambda found: found[0] if found[0] in MARKS else "", text.translate(_SPACES))


_SPACES = {0x09: " ", 0x0A: " "}


def discreet(text: str) -> str:
    """The same text with user name and password left out of every address in it."""
    return _LOGIN.sub(r"\1…@", text) if "@" in text else text


def escaped(letters: str) -> str:
    """Letters as JSON escapes them."""
    units = letters.encode("utf-16-be", "surrogatepass")
    named = {0x09: "\\t", 0x0A: "\\n"}
    codes = (int.from_bytes(units[i : i + 2], "big") for i in range(0, len(units), 2))
    return "".join(named.get(code) or f"\\u{code:04x}" for code in codes)

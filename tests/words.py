"""Keeps the translations in step with the program: `python -m tests.words` extracts, updates and compiles.

Nobody's clock, folders or line numbers stand in what it writes: the same tree gives the same bytes.
"""

import io
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from game.settings import LANGUAGES
from game.words import LOCALE, title_parts
from tests.sentences import Sentence, sentences

ROOT = Path(__file__).parents[1]
TEMPLATE = LOCALE / "fingerfall.pot"
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")

PLURALS = {
    "en": (2, "(n != 1)"),
    "de": (2, "(n != 1)"),
    "ar": (6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"),
}
"""How many plural forms a language has and which one a number takes: zero, one, two, few, many, other."""


class Words(Catalog):
    """A catalogue whose head says only what a reader of it needs."""

    def __init__(self, language: str | None = None) -> None:
        about = f"Fingerfall in the language {language}." if language else "Every sentence of Fingerfall."
        super().__init__(language, header_comment=f"# {about}", fuzzy=False)

    @property
    def num_plurals(self) -> int:
        return PLURALS[self.locale_identifier or "en"][0]

    @property
    def plural_expr(self) -> str:
        return PLURALS[self.locale_identifier or "en"][1]

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The lines of the head."""
        head = [("Project-Id-Version", "fingerfall")]
        if self.locale_identifier:
            head += [("Language", self.locale_identifier), ("Plural-Forms", self.plural_forms)]
        head += [("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8")]
        return [*head, ("Content-Transfer-Encoding", "8bit\n")]


def spoken(root: Path = ROOT) -> Iterator[Sentence]:
    """Every sentence of the program, file by file, then of the levels."""
    for path in sorted((root / "game").rglob("*.py")):
        yield from sentences(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    for path in sorted((root / "levels").rglob("*.toml")):
        level = tomllib.loads(path.read_text(encoding="utf-8"))
        for name in ("title", "aim", "caution"):
            if name in level:
                for part in title_parts(level[name]) if name == "title" else (level[name],):
                    if any(letter.isalpha() for letter in part):  # fingers in digits are the same everywhere
                        yield Sentence(part, None, path.relative_to(root).as_posix())


def extracted() -> Words:
    """The sentences of the program as a template, sorted by file and text."""
    words = Words()
    for sentence in sorted(spoken(), key=lambda s: (s.file, s.one)):
        words.add(sentence.msgid, locations=[(sentence.file, 0)])
    return words


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "fingerfall.po"


def translation(language: str) -> Words:
    """What is translated into a language, as its file stands; empty where there is none yet."""
    words, path = Words(language), po_path(language)
    if path.exists():
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    # Babel reads what a sentence was before (`#|`) as a comment, which would grow each time.
                    message.user_comments = [c for c in message.user_comments if not c.startswith("|")]
                    words[message.id] = message
    return words


def po_text(words: Words) -> bytes:
    """A catalogue as it stands in its file."""
    file = io.BytesIO()
    write_po(file, words, width=100, include_lineno=False, ignore_obsolete=True, include_previous=True)
    return file.getvalue()


def mo_bytes(words: Words) -> bytes:
    """A catalogue as the program reads it; what is empty or fuzzy is left out."""
    file = io.BytesIO()
    write_mo(file, words)
    return file.getvalue()


def in_step(template: Words) -> Mapping[Path, bytes]:
    """What every file of `game/locale/` should hold; a sentence that changed keeps its translation, fuzzy."""
    files = {TEMPLATE: po_text(template)}
    for language in TRANSLATED:
        words = translation(language)
        words.update(template)
        path = po_path(language)
        files[path], files[path.with_suffix(".mo")] = po_text(words), mo_bytes(words)
    return files


def main() -> None:
    """Write what changed and say how much is left to translate."""
    for path, data in in_step(extracted()).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
    for language in TRANSLATED:
        left = [m for m in translation(language) if m.id and (m.fuzzy or not all(texts(m.string)))]
        print(f"{language}: {len(left)} of {len(translation(language))} left to translate")
        for message in left:
            print(f"  {message.id}")


def texts(string: object) -> tuple[str, ...]:
    """A message's text, or its plural forms."""
    return tuple(string) if isinstance(string, list | tuple) else (str(string or ""),)


if __name__ == "__main__":
    main()

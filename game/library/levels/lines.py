"""Finds the line of a value in a TOML or JSON text, which the standard library does not report."""

import re

DataPath = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"""'
    r"|'''[\s\S]*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|\n"
    r"|[\[\]{},=:]"
    r"""|[^\s\[\]{},=:#"']+"""
)
_DEEPEST = 40


def line_of(lines: dict[DataPath, int], path: DataPath) -> int:
    """The line of a value, or of the nearest table around it; the first one where nothing is known."""
    known = (lines[path[:size]] for size in range(len(path), 0, -1) if path[:size] in lines)
    return next(known, 1)


def lines_of(text: str, *, json: bool = False) -> dict[DataPath, int]:
    """The line on which each value starts, by its path. The text is one that was read without a fault."""
    reader = _ValueLines(text)
    try:
        if json:
            reader.value((), 0)
        else:
            reader.document()
    except IndexError:
        pass  # an unusual text gives fewer lines, never an error
    return reader.lines


class _ValueLines:
    """Scans the tokens of a text and notes where values start."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, int]] = []
        self._at = 0
        self._sizes: dict[DataPath, int] = {}
        self.lines: dict[DataPath, int] = {}
        line = 1
        for found in _TOKEN.finditer(text):
            token = found.group()
            if not token.startswith("#"):
                self._tokens.append((token, line))
            line += token.count("\n")

    def document(self) -> None:
        """A TOML document: headers and lines `key = value`."""
        table: DataPath = ()
        while self._at < len(self._tokens):
            token, line = self._tokens[self._at]
            if token == "\n":
                self._at += 1
            elif token == "[":
                table = self._header(line)
            else:
                self._pair(table, 0)

    def value(self, path: DataPath, depth: int) -> None:
        """One value of any kind, from the mark it starts with to the mark behind it."""
        self._skip_lines()
        token, line = self._next()
        self.lines.setdefault(path, line)
        if depth > _DEEPEST:
            raise IndexError
        if token == "[":
            self._items(path, depth)
        elif token == "{":
            self._pairs(path, depth)
        else:
            while self._at < len(self._tokens) and self._tokens[self._at][0] not in ",]}\n":
                self._at += 1

    def _items(self, path: DataPath, depth: int) -> None:
        index = 0
        while not self._closes("]"):
            self.value((*path, index), depth + 1)
            index += 1

    def _pairs(self, path: DataPath, depth: int) -> None:
        while not self._closes("}"):
            self._pair(path, depth + 1)

    def _pair(self, table: DataPath, depth: int) -> None:
        line = self._tokens[self._at][1]
        path = table
        for part in self._key("=:"):
            path = (*path, part)
            self.lines.setdefault(path, line)
        self.value(path, depth)

    def _header(self, line: int) -> DataPath:
        """`[table]`, or `[[table]]` for one more of a list; a list on the way means its last one."""
        many = self._tokens[self._at + 1][0] == "["
        self._at += 2 if many else 1
        path: DataPath = ()
        parts = self._key("]")
        for number, part in enumerate(parts, start=1):
            path = (*path, part)
            last = number == len(parts)
            self.lines.setdefault(path, line)
            if last and many:
                self._sizes[path] = self._sizes.get(path, 0) + 1
            if path in self._sizes:
                path = (*path, self._sizes[path] - 1)
                self.lines.setdefault(path, line)
        if many:
            self._at += 1
        return path

    def _key(self, ends: str) -> list[str]:
        """The parts of a key, up to the mark behind it."""
        parts: list[str] = []
        while (token := self._next()[0]) not in ends:
            parts += [token[1:-1]] if token[0] in "\"'" else [p for p in token.split(".") if p]
            if len(parts) > _DEEPEST:
                raise IndexError
        return parts

    def _closes(self, mark: str) -> bool:
        """Whether a list or table ends here; commas and line ends on the way are passed over."""
        while self._tokens[self._at][0] in ",\n":
            self._at += 1
        if self._tokens[self._at][0] != mark:
            return False
        self._at += 1
        return True

    def _skip_lines(self) -> None:
        while self._tokens[self._at][0] == "\n":
            self._at += 1

    def _next(self) -> tuple[str, int]:
        token = self._tokens[self._at]
        self._at += 1
        return token

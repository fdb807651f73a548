"""What a level file holds, before anything is known of levels: names and values, from TOML or JSON."""

import re
from json import JSONDecodeError, loads
from typing import Any

from game.library.levels.collector import FaultCollector

MOST_DOTS = 40


def read_data(faults: FaultCollector) -> dict[str, Any]:
    """The names and values in the file's text; LevelFileError where it is no TOML, or no JSON."""
    from tomllib import TOMLDecodeError
    from tomllib import loads as toml_loads

    try:
        if not faults.json:
            _refuse_endless_names(faults)
        data = loads(faults.text) if faults.json else toml_loads(faults.text)
    except JSONDecodeError as error:
        faults.stop(
            f"this is not JSON at column {error.colno}: {error.msg}; correct the text there", error.lineno
        )
    except TOMLDecodeError as error:
        _stop_at(faults, str(error))
    except (RecursionError, ValueError):
        faults.stop("tables in tables, or a number, beyond all measure; write a level as the guide shows it")
    if not isinstance(data, dict):
        faults.stop("this is not a table of names and values; start with {", 1)
    return data


def _refuse_endless_names(faults: FaultCollector) -> None:
    """Names of many parts, `a.a.a.…`: a reader of TOML can take minutes over them."""
    for number, line in enumerate(faults.text.split("\n"), start=1):
        for key in line.split("="):
            if key.count(".") > MOST_DOTS and all(part.strip() for part in key.split(".")):
                faults.stop("a name of so many parts is in no level; write names without dots", number)


_PLACE = re.compile(r"(.*) \(at line (\d+), column (\d+)\)", re.DOTALL)


def _stop_at(faults: FaultCollector, message: str) -> None:
    """What the reader of TOML says, with the line and a cure for what is often behind it."""
    lines = faults.text.split("\n")
    found = _PLACE.fullmatch(message)
    if found is None:
        what, line, column = message.replace(" (at end of document)", ""), len(lines), len(lines[-1]) + 1
    else:
        what, line, column = found.group(1), int(found.group(2)), int(found.group(3))
    written = lines[min(line, len(lines)) - 1]
    cure = _cure(what, written, column)
    what = what[:1].lower() + what[1:]
    faults.stop(f"this is not TOML at column {column}: {what}; {cure}", line)


_DECIMAL_COMMA = re.compile(r"[\w-]+\s*=\s*([+-]?\d+),\s?(\d+)(?=\s*(?:$|#|}|,\s*[\w-]+\s*=))")
"""`tempo = 60,5` up to what may follow a number; `[60, 5]` and `50,60,70` are none."""


def _cure(what: str, written: str, column: int) -> str:
    decimal = _decimal_comma(written, column)
    if decimal:
        return f"write {decimal}"
    if re.match(r"\s*[\w-]+\s*=\s*[A-Za-z♯]", written) and "value" in what.lower():
        return 'put words in quotation marks, as in hand = "left"'
    if "{" in written and column > len(written) and ("key" in what or "inline table" in what):
        return "write each { … } on one line"
    if "Unclosed array" in what or "inline table" in what:
        return "see that a comma stands between two notes and every bracket is closed"
    if "overwrite" in what or "twice" in what:
        return "the same name is there twice; keep one"
    if "after a key" in what:
        return "write name = value, as in tempo = 60"
    return "see that every line reads name = value and that quotation marks and brackets are closed"


def _decimal_comma(written: str, column: int) -> str:
    """The number, with a point, at whose comma the reader of TOML stopped; "" where it was none."""
    numbers = (f for f in _DECIMAL_COMMA.finditer(written) if f.start() < column <= f.end() + 3)
    return next((f"{found[1]}.{found[2]}" for found in numbers), "")

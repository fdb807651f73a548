"""The page on measures, the catalogue, the docstrings and the JSON say the same."""

import re
from pathlib import Path

import pytest

from game.metrics import independence
from game.metrics.catalogue import BY_NAME, KINDS, TOPICS, measured
from game.metrics.kit.kind import Kind, Scope
from game.metrics.trends import trend
from game.report.measures import measured_data
from tests.metrics.runs import table, varied

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"

BESIDE = {"overflow", "sem", "mdc95"}
"""On the page and in docstrings, but not measures of a run."""

SUFFIXES = {
    "ms": "_ms", "%": "_pct", "Hz": "_hz", "ms/s": "_ms_per_s", "ms²": "_ms2", "bpm": "_bpm",
    "per min": "_per_min", "per 100": "_per_100", "MIDI units per 100": "_per_100",
    "ms per 100": "_ms_per_100", "points": "_pct",
}  # fmt: skip
WITHOUT = {"", "MIDI units", "notes", "presses", "taps"}
"""Units that a name does not end in."""


def entries() -> dict[str, str]:
    """The text of the page under each measure's heading."""
    parts = re.split(r"^(#+) (.+)\n", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    return {title: text for level, title, text in found if level == "###"}


def listed(text: str, name: str) -> str:
    """What an entry says behind `- name:`."""
    found = re.search(rf"^- {name}: (.+(?:\n  .+)*)", text, re.MULTILINE)
    assert found, f"no {name} in {text}"
    return " ".join(found.group(1).split())


def documented(module: object) -> list[str]:
    """The measures that a module's docstring lists."""
    block = re.search(r"^Measures?\n((?:    .+\n)+)", str(module.__doc__), re.MULTILINE)
    assert block, module
    return re.findall(r"^    (\w+): ", block.group(1), re.MULTILINE)


def test_every_measure_has_its_entry_on_the_page_and_no_other_has() -> None:
    assert set(entries()) == set(BY_NAME) | BESIDE


def disagreements(kind: Kind, entry: str) -> list[str]:
    """In what a measure's entry on the page is not what the catalogue says."""
    scopes = {name for name in ("run", "finger", "hand", "block") if Scope[name.upper()] in kind.scopes}
    agree = {
        "meaning": entry.lstrip().startswith(f"*{kind.meaning}*\n"),
        "unit": listed(entry, "unit") == (kind.unit or "none"),
        "minimum": listed(entry, "minimum") == f"{kind.minimum} {kind.of}",
        "source": listed(entry, "source") == kind.source,
        "scopes": set(listed(entry, "for each").split(", ")) == scopes,
        "limits": all(limit.casefold() in listed(entry, "limits").casefold() for limit in kind.limits),
    }
    return [what for what, agrees in agree.items() if not agrees]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_page_and_the_catalogue_agree(kind: Kind) -> None:
    assert disagreements(kind, entries()[kind.name]) == []


@pytest.mark.parametrize(
    ("said", "changed", "named"),
    [
        ("- unit: ms", "- unit: s", "unit"),
        ("- minimum: 12 hits", "- minimum: 11 hits", "minimum"),
        ("- minimum: 12 hits", "- minimum: 12 notes", "minimum"),
        ("- source: Repp", "- source: somebody", "source"),
        ("finger, hand, block", "finger, hand", "scopes"),
        ("*On average", "*Mostly", "meaning"),
    ],
)
def test_a_page_that_says_something_else_is_found_out(said: str, changed: str, named: str) -> None:
    entry = entries()["asynchrony_mean_ms"]
    assert said in entry
    assert disagreements(BY_NAME["asynchrony_mean_ms"], entry.replace(said, changed)) == [named]


def test_docstrings_list_what_their_modules_measure() -> None:
    for topic in TOPICS:
        own = [kind.name for kind in topic.KINDS]
        said = [name for name in documented(topic) if name not in BESIDE]
        assert said == own, topic.__name__
    assert "overflow" in documented(independence)
    assert set(documented(trend)) == BESIDE - {"overflow"}


def test_no_name_stands_twice_and_each_ends_in_its_unit() -> None:
    assert len(BY_NAME) == len(KINDS)
    for kind in KINDS:
        assert kind.unit in WITHOUT or kind.name.endswith(SUFFIXES[kind.unit]), kind.name


def test_a_measure_is_asked_for_by_name_and_one_that_a_run_has_not_is_a_key_error() -> None:
    found = measured(table(*varied(80)))
    assert found["hit_rate_pct"] in found.run
    for name in ("stillness_index", "no_such_measure"):
        with pytest.raises(KeyError, match=name):
            found[name]


def test_each_measure_is_given_for_its_scopes_and_no_others() -> None:
    found = measured(table(*varied(80)))
    scopes = {Scope.RUN: [found.run], Scope.FINGER: found.by_finger.values()}
    scopes |= {Scope.HAND: found.by_hand.values(), Scope.BLOCK: found.by_block.values()}
    for scope, parts in scopes.items():
        assert parts
        for part in parts:
            assert all(scope in BY_NAME[measure.name].scopes for measure in part)


def test_json_gives_the_names_of_the_catalogue() -> None:
    data = measured_data(measured(table(*varied(80))))
    names = set(data) - {"by_finger", "by_hand", "by_block", "overflow"}
    assert len(names) > 40
    parts = [part for group in ("by_finger", "by_hand", "by_block") for part in data[group].values()]
    for name in names.union(*parts):
        assert name in BY_NAME


def test_json_gives_the_units_of_the_catalogue_and_a_value_only_from_its_minimum_on() -> None:
    data = measured_data(measured(table(*varied(80))))
    parts = [part for group in ("by_finger", "by_hand", "by_block") for part in data[group].values()]
    run = {name: one for name, one in data.items() if name in BY_NAME}
    for part in (run, *parts):
        for name, one in part.items():
            assert one["unit"] == BY_NAME[name].unit, name
            assert one["value"] is None or one["n"] >= BY_NAME[name].minimum, name


def test_no_line_leans_on_the_one_before_it() -> None:
    """Each may stand alone on a screen."""
    assert len({kind.meaning for kind in KINDS}) == len(KINDS)
    assert not [kind.name for kind in KINDS if "the same in" in kind.meaning.casefold()]


def test_every_measure_is_one_plain_line_and_has_a_source() -> None:
    for kind in KINDS:
        assert kind.meaning.endswith("."), kind.name
        assert len(kind.meaning.split()) <= 14, kind.name
        assert "\n" not in kind.meaning
        assert kind.source
        assert kind.minimum >= 1

"""Sentences for people are found in a file however they are said."""

import pytest

from tests.sentences import Sentence, sentences


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('_("Go on")', ["Go on"]),
        ('verb_parser(verbs, shared, "levels", "list all levels")', ["list all levels"]),
        ('add("--taps", help="read taps")', ["read taps"]),
        ('Parser(prog="fingerfall", description="A game.")', ["A game."]),
        ('parser.add_argument_group("options of all commands")', ["options of all commands"]),
        ('Field(default=1, description="not for people")', []),
        ('_("Plan for {name}", name=who)', ["Plan for {name}"]),
        ('NAME = N_("Robin")', ["Robin"]),
        ("_(level.title)", []),
        ('_(WHY["again"])', []),
        ('UserError("{file}: is empty", file=path)', ["{file}: is empty"]),
        ('FULL = "{file}: is full"\ndef f():\n    raise UserError(FULL, file=path)', ["{file}: is full"]),
        ('SAID = {"a": "one thing"}\nUserError(SAID["a"])', ["one thing"]),
        ('UserError("it is gone" if gone else "it is odd")', ["it is gone", "it is odd"]),
        (
            'SAID = {"a": "one thing"}\nODD = "odd thing"\n'
            "def f():\n    known = (s for c, s in SAID.items() if c in x)\n    UserError(next(known, ODD))",
            ["one thing", "odd thing"],
        ),
        (
            'class Kind(UserError):\n    def __init__(self):\n        super().__init__("{file}: two things")',
            ["{file}: two things"],
        ),
        ('class Other:\n    def __init__(self):\n        super().__init__("not for people")', []),
        ('UserError("{fault}", fault=fault)', []),
    ],
)
def test_a_sentence_is_found_where_it_is_said(source: str, said: list[str]) -> None:
    assert [sentence.one for sentence in sentences(source, "game/a.py")] == said


def test_a_counting_sentence_is_found_with_its_plural() -> None:
    found = list(sentences('many("{n} run", "{n} runs", n)', "game/a.py"))
    assert found == [Sentence("{n} run", "{n} runs", "game/a.py")]


def test_a_trouble_that_hides_its_sentence_is_named() -> None:
    with pytest.raises(ValueError, match=r"game/a\.py:2"):
        list(sentences("def f(said):\n    raise UserError(said)", "game/a.py"))

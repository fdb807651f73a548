"""Finds the sentences for people in Python: arguments of `_`, `many`, `N_`, `Phrase` and `UserError`."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """A sentence and where it is said; more: its plural, where it counts."""

    one: str
    more: str | None
    file: str

    @property
    def msgid(self) -> str | tuple[str, str]:
        return self.one if self.more is None else (self.one, self.more)


def sentences(source: str, file: str) -> Iterator[Sentence]:
    """Every sentence in a file. ValueError names the line where a `UserError` hides its own."""
    tree = ast.parse(source)
    yield from (Sentence(one, more, file) for one, more in _said(tree))
    for call, around in _errors(tree):
        templates = list(dict.fromkeys(_templates(call.args[0], [*around, tree])))
        if not templates:
            raise ValueError(f"{file}:{call.lineno}: no sentence of this UserError can be found")
        yield from (Sentence(one, None, file) for one in templates if any(map(str.isspace, one)))


def _said(tree: ast.AST) -> Iterator[tuple[str, str | None]]:
    """What is marked for translation where it stands, and its plural."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.args:
            plain = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if call.func.id in ("_", "N_", "Phrase") and plain:
                yield plain[0], None
            elif call.func.id == "many":
                yield plain[0], plain[1]
            elif call.func.id == "verb_parser" and len(plain) > 1:
                yield plain[-1], None
        if isinstance(call, ast.Call):
            yield from ((text, None) for text in _help_of(call))


def _help_of(call: ast.Call) -> Iterator[str]:
    """Help texts of the command line: of an option, of a group of options, of the program."""
    named = ("help", "description") if ast.unparse(call.func) == "Parser" else ("help",)
    for keyword in call.keywords:
        if keyword.arg in named and isinstance(keyword.value, ast.Constant) and keyword.value.value:
            yield str(keyword.value.value)
    if ast.unparse(call.func).endswith(".add_argument_group") and isinstance(call.args[0], ast.Constant):
        yield str(call.args[0].value)


Around = list[ast.AST]


def _errors(node: ast.AST, around: Around | None = None) -> Iterator[tuple[ast.Call, Around]]:
    """Calls that make a `UserError`, each with the functions and classes around it, the innermost first."""
    around = around or []
    if isinstance(node, ast.Call) and node.args and _makes_an_error(node, around):
        yield node, around
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        around = [node, *around]
    for child in ast.iter_child_nodes(node):
        yield from _errors(child, around)


def _makes_an_error(call: ast.Call, around: Around) -> bool:
    kinds = [base for outer in around if isinstance(outer, ast.ClassDef) for base in outer.bases]
    from_a_kind = any(ast.unparse(kind) == "UserError" for kind in kinds)
    said = ast.unparse(call.func)
    return said == "UserError" or (from_a_kind and said == "super().__init__")


def _templates(node: ast.AST, around: Around) -> Iterator[str]:
    """The texts that an expression may stand for; a name stands for what is bound to it around there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Name):
        for value in _bound(node.id, around):
            yield from _templates(value, around)
    else:
        for part in _parts(node):
            yield from _templates(part, around)


def _parts(node: ast.AST) -> list[ast.expr]:
    """Where in an expression its value may come from; conditions, keys and indices say nothing."""
    match node:
        case ast.IfExp(body=body, orelse=other):
            return [body, other]
        case ast.Dict(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
            return values
        case ast.Subscript(value=value) | ast.Attribute(value=value):
            return [value]
        case ast.GeneratorExp(generators=generators):
            return [one.iter for one in generators]
        case ast.Call(func=ast.Attribute(value=value), args=values):
            return [value, *values]
        case ast.Call(args=values):
            return values
    return []


def _bound(name: str, around: Around) -> list[ast.expr]:
    """What a name is bound to in the innermost place that binds it."""
    for outer in around:
        found: list[ast.expr] = []
        for node in ast.walk(outer):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                found += [node.value for t in targets if isinstance(t, ast.Name) and t.id == name]
        if found:
            return found
    return []

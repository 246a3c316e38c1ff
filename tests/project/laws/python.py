"""Habits of Python, decided on the syntax tree. Every function takes texts by file."""

import ast
from collections.abc import Iterator, Mapping

from tests.project.laws.breach import Breach
from tests.project.laws.imports import at_import

MOST_LINES, MANY_LINES = 200, 150

Texts = Mapping[str, str]


def size_breaches(texts: Texts, most: int = MOST_LINES) -> list[Breach]:
    """Modules with more lines than `most`; key is the file."""
    return [
        Breach(file, f"{len(text.splitlines())} lines", f"split it: at most {most}", file)
        for file, text in texts.items()
        if len(text.splitlines()) > most
    ]


def drawer_breaches(texts: Texts) -> list[Breach]:
    """Modules that are named like a drawer, not like a thing."""
    drawers = ("utils", "util", "constants", "helpers", "common", "misc")
    return [
        Breach(file, "is a drawer, not a noun", "put each thing where it is used")
        for file in texts
        if file.rpartition("/")[2].removesuffix(".py") in drawers
    ]


def silence_breaches(texts: Texts) -> list[Breach]:
    """Handlers that catch everything, or that do nothing and do not say why."""
    found = []
    for file, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.ExceptHandler):
                continue
            place = f"{file}:{node.lineno}"
            if node.type is None:
                found.append(Breach(place, "catches everything", "name the exception", file))
            reason = "#" in text.splitlines()[node.body[0].lineno - 1]
            if all(isinstance(step, ast.Pass) for step in node.body) and not reason:
                remedy = "say it to the reader, or say why in a comment on the line"
                found.append(Breach(place, "passes over an error", remedy, file))
    return found


def public_of(
    owner: ast.Module | ast.ClassDef,
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public functions, classes and methods of a module or class."""
    for node in owner.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef) and not node.bases:
                yield from public_of(node)


def docstring_breaches(texts: Texts) -> list[Breach]:
    """Public modules, functions, classes and their methods without a docstring.

    Methods of a class with a base are left out: the base says what they are.
    """
    found = []
    for file, text in texts.items():
        tree = ast.parse(text)
        if tree.body and not ast.get_docstring(tree):
            found.append(Breach(f"{file}:1", "the module says nothing", "give it a docstring"))
        for node in public_of(tree):
            if not ast.get_docstring(node):
                remedy = "give it a docstring: meaning, units, errors"
                found.append(Breach(f"{file}:{node.lineno}", f"{node.name} says nothing", remedy))
    return found


def environment_breaches(texts: Texts) -> list[Breach]:
    """Reads of the environment while a module is imported."""
    found = []
    for file, text in texts.items():
        for node in at_import(ast.parse(text)):
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
            if name in ("environ", "getenv", "environb"):
                place = f"{file}:{getattr(node, 'lineno', 0)}"
                found.append(Breach(place, f"{name} at import", "read it inside a function"))
    return found

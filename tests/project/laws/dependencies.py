"""What the project imports from others, and what it declares that it needs."""

import ast
import sys
from collections.abc import Iterable, Mapping

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project.laws.breach import Breach
from tests.project.laws.imports import imported

YAML_LIBRARIES = frozenset({"ruamel", "yaml", "strictyaml", "oyaml", "poyo"})

Texts = Mapping[str, str]


def own_modules(files: Iterable[str]) -> set[str]:
    """First words of the project's own imports: its folders, and modules that tests import bare."""
    paths = [file.removesuffix(".py").split("/") for file in files]
    return {path[0] for path in paths} | {path[-1] for path in paths if path[0] == "tests"}


def foreign_imports(texts: Texts, ours: Iterable[str] = ()) -> list[tuple[str, int, str]]:
    """File, line and first word of every import that is neither ours nor the language's."""
    known = own_modules({*texts, *ours}) | sys.stdlib_module_names
    return [
        (file, getattr(node, "lineno", 0), word)
        for file, text in texts.items()
        for node in ast.walk(ast.parse(text))
        for module in imported(node)
        if (word := module.split(".")[0]) and word not in known
    ]


def declared_names(requirements: Iterable[str]) -> set[str]:
    """Normalised names of the packages, and of extras that are named like the package they add."""
    wanted = [Requirement(text) for text in requirements]
    names = {one.name for one in wanted} | {extra for one in wanted for extra in one.extras}
    return {canonicalize_name(name) for name in names}


def undeclared_breaches(
    texts: Texts,
    requirements: Iterable[str],
    packages: Mapping[str, list[str]],
    ours: Iterable[str] = (),
) -> list[Breach]:
    """Imports of a package that is here only because another package wants it.

    `packages` gives the names of the packages that hold a module, by the module's first word;
    `ours` are files of the project beside `texts`.
    """
    declared = declared_names(requirements)
    return [
        Breach(f"{file}:{line}", f"imports {word}, undeclared", "name it in pyproject.toml", word)
        for file, line, word in foreign_imports(texts, ours)
        if not declared & {canonicalize_name(name) for name in packages.get(word, [word])}
    ]


def yaml_breaches(texts: Texts) -> list[Breach]:
    """Imports of a YAML library that is not the one dbt reads the same files with."""
    return [
        Breach(f"{file}:{line}", f"imports {word}", "use yaml (PyYAML), as dbt does", word)
        for file, line, word in foreign_imports(texts)
        if word in YAML_LIBRARIES - {"yaml"}
    ]


def missing_packages(
    wanted: Iterable[str], needs: Mapping[str, Iterable[str]]
) -> dict[str, set[str]]:
    """Packages that are wanted, directly or by another, and not here, with those who want them.

    `needs` gives the requirements of every package that is here, by its normalised name.
    """
    missing: dict[str, set[str]] = {}
    waiting, seen = [("pyproject.toml", text) for text in wanted], set()
    while waiting:
        asker, text = waiting.pop()
        asked = Requirement(text)
        name = canonicalize_name(asked.name)
        extras = frozenset({"", *asked.extras})
        if (name, extras) in seen:
            continue
        if name not in needs:
            missing.setdefault(name, set()).add(asker)
            continue
        seen.add((name, extras))
        for further in needs[name]:
            marker = Requirement(further).marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append((name, further))
    return missing

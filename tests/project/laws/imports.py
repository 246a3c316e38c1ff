"""What a module imports, and when."""

import ast
from collections.abc import Iterator, Mapping

from tests.project.laws.breach import Breach

HEAVY = ("dbt", "great_expectations", "dagster")
"""Slow to import: only inside functions, so that `telltale --help` answers at once."""

WITHOUT_DAGSTER = (
    "orchestration/landing/", "orchestration/building/", "orchestration/publication/",
    "expectations/", "simulation/",
)  # fmt: skip

Texts = Mapping[str, str]


def imported(node: ast.AST) -> list[str]:
    """Dotted names of modules that one statement imports; a relative import keeps its dots."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return ["." * node.level + (node.module or "")]
    return []


def of_package(module: str, package: str) -> bool:
    """Whether a module is of a package, or of a package of the same family (`dagster_dbt`)."""
    return module == package or module.startswith((f"{package}.", f"{package}_"))


def at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes that run when the module is imported: not the bodies of functions.

    Decorators and default values do run. What only a type checker reads does not.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            defaults = [*node.args.defaults, *(value for value in node.args.kw_defaults if value)]
            for outer in [*getattr(node, "decorator_list", []), *defaults]:
                yield outer
                yield from at_import(outer)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        else:
            yield node
            yield from at_import(node)


def dagster_breaches(texts: Texts) -> list[Breach]:
    """Imports of Dagster, anywhere, in the packages that both callers share."""
    return [
        Breach(
            f"{file}:{getattr(node, 'lineno', 0)}",
            f"imports {module}",
            "only the wiring in orchestration/ knows Dagster",
        )
        for file, text in texts.items()
        if file.startswith(WITHOUT_DAGSTER)
        for node in ast.walk(ast.parse(text))
        for module in imported(node)
        if of_package(module, "dagster")
    ]


def heavy_breaches(texts: Texts) -> list[Breach]:
    """Heavy imports at the top of a module that is not the wiring of Dagster."""
    found = []
    for file, text in texts.items():
        tops = [(node, name) for node in at_import(ast.parse(text)) for name in imported(node)]
        is_wiring = not file.startswith(WITHOUT_DAGSTER) and any(
            of_package(name, "dagster") for _, name in tops
        )
        for node, name in tops:
            if any(of_package(name, package) for package in HEAVY) and not is_wiring:
                place = f"{file}:{getattr(node, 'lineno', 0)}"
                found.append(Breach(place, f"imports {name} at its top", "import it in a function"))
    return found


def reached(start: str, texts: Texts) -> set[str]:
    """Files that importing a module imports, itself included; `start` is a file."""
    seen, waiting = set(), [start]
    while waiting:
        file = waiting.pop()
        if file in seen or file not in texts:
            continue
        seen.add(file)
        for node in at_import(ast.parse(texts[file])):
            modules = imported(node)
            if isinstance(node, ast.ImportFrom):
                modules += [f"{node.module}.{alias.name}" for alias in node.names]
            for module in modules:
                path = module.replace(".", "/")
                waiting += [f"{path}.py", f"{path}/__init__.py"]
    return seen


def slow_start_breaches(texts: Texts, start: str) -> list[Breach]:
    """Dagster's wiring within reach of the command's own imports."""
    return [
        Breach(
            f"{file}:{getattr(node, 'lineno', 0)}",
            f"imports {module} when {start} is imported",
            "let the command import its wiring in a function",
        )
        for file in sorted(reached(start, texts))
        for node in at_import(ast.parse(texts[file]))
        for module in imported(node)
        if any(of_package(module, package) for package in HEAVY)
    ]

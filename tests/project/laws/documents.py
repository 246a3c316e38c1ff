"""What documents name must be there: files, commands with their options, marts, KPIs."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from tests.project.laws.breach import Breach, line_of

FENCE = re.compile(r"^```.*?^```$", re.M | re.S)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
EXAMPLE = re.compile(r"^\*\*`([^`]+)`\*\*", re.M)
FILE = re.compile(r"(?<![\w/.*<>{}-])[\w-]+\.(?:md|py|sql|ya?ml|csv|toml|lock|svg)\b(?![\w/(*])")
TELLTALE = re.compile(r"(?:^\s*|[;&(]\s*|/bin/)telltale ([a-z][a-z-]*)([^|;&]*)")
MART = re.compile(r"(?:dim|fct|agg|rpt)_\w*[a-z]")

Texts = Mapping[str, str]


def is_there(path: str, files: Collection[str]) -> bool:
    """Whether a path, perhaps with `*`, `<word>` or `...` in it, is a file or folder of `files`."""
    pattern = re.sub(r"<[^>]*>|\.\.\.", "*", path).rstrip("/")
    return any(fnmatchcase(file, pattern) or fnmatchcase(file, f"{pattern}/*") for file in files)


def path_breaches(documents: Texts, files: Collection[str]) -> list[Breach]:
    """Paths in code spans and links that are neither in the repository nor made by an example.

    A code span is a path of the repository when its first folder is one. Keys are
    `<document>: <path>`.
    """
    roots = {file.split("/")[0] for file in files if "/" in file}
    found = []
    for name, text in documents.items():
        made = EXAMPLE.findall(text)
        bare = FENCE.sub(lambda block: re.sub(r"[^\n]", " ", block.group()), text)
        for match in [*SPAN.finditer(bare), *LINK.finditer(bare)]:
            path = match.group(1)
            if match.re is LINK:
                path = normal(PurePosixPath(name).parent / path)
            elif "/" not in path or " " in path or path.split("/")[0] not in roots:
                continue
            if not is_there(path, [*files, *made]):
                place = f"{name}:{line_of(text, match.start())}"
                remedy = "name a file of the repository"
                found.append(Breach(place, f"{path} is not there", remedy, f"{name}: {path}"))
    return found


def normal(path: PurePosixPath) -> str:
    """The path without `..`."""
    parts: list[str] = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def file_breaches(texts: Texts, files: Collection[str], known: Collection[str]) -> list[Breach]:
    """Bare file names that are no file of the repository, nor one of those `known` in a home."""
    names = {PurePosixPath(file).name for file in files} | set(known)
    names |= {PurePosixPath(path).name for text in texts.values() for path in EXAMPLE.findall(text)}
    return [
        Breach(
            f"{name}:{line_of(text, match.start())}",
            f"{match.group()} is not there",
            "name a file of the repository",
            f"{name}: {match.group()}",
        )
        for name, text in texts.items()
        for match in FILE.finditer(text)
        if match.group() not in names
    ]


def code_of(text: str) -> Iterator[tuple[int, str]]:
    """Position and text of every code span and line of a fenced block."""
    fences = list(FENCE.finditer(text))
    for block in fences:
        at = block.start()
        for line in block.group().splitlines(keepends=True):
            yield at, line.split("#")[0]
            at += len(line)
    inside = [range(block.start(), block.end()) for block in fences]
    for span in SPAN.finditer(text):
        if not any(span.start() in block for block in inside):
            yield span.start(), span.group(1)


def command_breaches(
    documents: Texts, targets: Collection[str], commands: Mapping[str, Iterable[str]]
) -> list[Breach]:
    """`make x` without such a target, `telltale x --y` without such a command or option."""
    found = []
    for name, text in documents.items():
        for at, code in code_of(text):
            place = f"{name}:{line_of(text, at)}"
            for target in re.findall(r"(?<![\w-])make ([a-z][a-z-]*)", code):
                if target not in targets:
                    found.append(Breach(place, f"make {target} is no target", "see the Makefile"))
            for word, rest in TELLTALE.findall(code):
                options = set(re.findall(r"(?<!\S)--[a-z][a-z-]*", rest))
                if word not in commands:
                    remedy = "see telltale --help"
                    found.append(Breach(place, f"telltale {word} is no command", remedy))
                elif wrong := sorted(options - set(commands[word])):
                    remedy = f"see telltale {word} --help"
                    found.append(Breach(place, f"telltale {word} has no {wrong[0]}", remedy))
    return found


def mart_breaches(documents: Texts, models: Collection[str]) -> list[Breach]:
    """Code spans that look like a mart and are none."""
    return [
        Breach(f"{name}:{line_of(text, at)}", f"{code} is no model", "name one", f"{name}: {code}")
        for name, text in documents.items()
        for at, code in code_of(text)
        if MART.fullmatch(code) and code not in models
    ]

"""What holds for every file of the repository, and for the lock."""

import re
import subprocess
from collections.abc import Iterable, Mapping

from tests.project.laws.breach import ROOT, Breach, line_of

MOST_BYTES = 1024 * 1024

REGISTRIES = (
    r"(?i)\b(?:py[p]i|python[h]osted|np[m]js|ana[c]onda|crat[e]s|ruby[g]ems)\.(?:org|com|io)\b"
)
MACHINE = r"(?<![\w.~{}$<>*/-])/(?:w[o]rk|r[o]ot|h[o]me|f[a]rm|U[s]ers|m[n]t)/[\w.]"
UNFINISHED = r"\b(?:T[O]DO|F[I]XME|X[X]X)\b"
PEOPLE = r"\b(?:[Hh][e]|[Hh][i]s|[Hh][i]m(?:self)?)\b"
PRIVATE = r"(?i)\b(?:wrong t[u]rns?|un[a]sked)\b"
"""Each pattern has a class of one letter in it, so that this file does not match itself."""

Texts = Mapping[str, str]


def repository_files() -> dict[str, bytes]:
    """Bytes of every file that is tracked, or neither tracked nor ignored, by path."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    return {name: (ROOT / name).read_bytes() for name in paths}


def texts_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Those files that are text."""
    return {
        name: held.decode("utf-8", "replace") for name, held in files.items() if b"\0" not in held
    }


def word_breaches(texts: Texts, pattern: str, what: str, remedy: str) -> list[Breach]:
    """Places where a pattern occurs; key is the file."""
    return [
        Breach(f"{file}:{line_of(text, match.start())}", f"{what} ({match.group()})", remedy, file)
        for file, text in texts.items()
        for match in re.finditer(pattern, text)
    ]


def registry_breaches(texts: Texts) -> list[Breach]:
    """Hosts of package registries: which one is used is the reader's own setting."""
    remedy = "leave the host to the reader's own settings"
    return word_breaches(texts, REGISTRIES, "names a package registry", remedy)


def machine_breaches(texts: Texts) -> list[Breach]:
    """Absolute paths of a person's machine."""
    return word_breaches(texts, MACHINE, "a path of one machine", "write it from the root")


def unfinished_breaches(texts: Texts) -> list[Breach]:
    """Notes of unfinished work."""
    return word_breaches(texts, UNFINISHED, "a note of unfinished work", "do it or delete it")


def plain_word_breaches(texts: Texts) -> list[Breach]:
    """Words for customers and agents that leave half of them out, and words of nobody's field."""
    found = word_breaches(texts, PEOPLE, "one of two sexes", "say they, them, their")
    remedy = "say mutant, untested, undetected"
    return found + word_breaches(texts, PRIVATE, "a private word", remedy)


def weight_breaches(files: Mapping[str, bytes]) -> list[Breach]:
    """Files over one MiB, and files whose only sense is to keep an empty folder."""
    found = [
        Breach(name, f"{len(held)} bytes", "make it when it is needed", name)
        for name, held in files.items()
        if len(held) > MOST_BYTES
    ]
    return found + [
        Breach(name, "keeps an empty folder", "remove the folder", name)
        for name in files
        if name.rpartition("/")[2] in (".gitkeep", ".keep")
    ]


def locked(lock: str) -> dict[str, tuple[str, int]]:
    """Version and number of hashes of every requirement of a lock, by normalised name."""
    found = {}
    for match in re.finditer(
        r"^([^\s#-][^\n]*?)(?:\\\n|\n|$)((?:[ \t]+[^\n]*(?:\n|$))*)", lock, re.M
    ):
        name, _, version = match.group(1).partition(";")[0].strip().partition("==")
        hashes = len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", match.group(2)))
        found[normalised(name)] = (version.strip(), hashes)
    return found


def normalised(name: str) -> str:
    """A distribution's name without extras, in the form in which names are compared."""
    return re.sub(r"[-_.]+", "-", name.partition("[")[0].strip()).lower()


def lock_breaches(lock: str, dependencies: Iterable[str]) -> list[Breach]:
    """Requirements of the lock without a pin or a hash, and dependencies that it lacks."""
    from packaging.requirements import Requirement

    held = locked(lock)
    found = [
        Breach(f"requirements.lock, {name}", "has no exact version", "make lock")
        for name, (version, _) in held.items()
        if not version
    ]
    found += [
        Breach(f"requirements.lock, {name}", "has no hash", "make lock")
        for name, (_, hashes) in held.items()
        if not hashes
    ]
    for dependency in dependencies:
        wanted = Requirement(dependency)
        version = held.get(normalised(wanted.name), ("", 0))[0]
        if not version or not wanted.specifier.contains(version, prereleases=True):
            what = f"{dependency} is not met by the lock ({version or 'absent'})"
            found.append(Breach("pyproject.toml", what, "make lock"))
    return found

"""What is wrong with settings.toml, in words by which a person can correct it."""

from collections.abc import Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from orchestration.errors import TelltaleError, explained
from orchestration.settings_values import SettingError
from orchestration.spelling import nearest


def settings_error(file: str, model: type[BaseModel], error: ValidationError) -> TelltaleError:
    """All faults that `model` found in the file, in the file's order."""
    return TelltaleError("\n".join(_words(file, model, fault) for fault in error.errors()))


def _words(file: str, model: type[BaseModel], fault: Any) -> str:
    *place, key = (str(one) for one in fault["loc"])
    error, found = (fault.get("ctx") or {}).get("error"), fault["input"]
    if fault["type"] == "extra_forbidden":
        known = _keys(model, place)
        what = f"[{'.'.join(place)}] has an unknown key" if place else "an unknown key"
        return explained(
            f"{file}: {what}",
            expected="one of " + ", ".join(sorted(known)),
            found=f'"{key}"{nearest(key, known)}',
        )
    if not isinstance(error, SettingError):
        whole = ".".join([*place, key])
        example = f"a table such as [{whole if whole != 'sources' else 'sources.call_list'}]"
        return explained(f"{file}: [{whole}] is no table", expected=example, found=repr(found))
    if error.entry:
        place, (key, found) = [*place, key], error.entry
    return explained(
        f"{file}: [{'.'.join(place)}] {key} cannot be read",
        expected=error.expected,
        found=f"{found!r}{error.meant}",
    )


def _keys(model: type[BaseModel], place: Sequence[str]) -> list[str]:
    """The keys that the table at `place` may have."""
    kind: Any = model
    for name in place:
        kind = kind.model_fields[name].annotation if _is_model(kind) else get_args(kind)[1]
    return list(kind.model_fields) if _is_model(kind) else []


def _is_model(kind: Any) -> bool:
    return get_origin(kind) is None and issubclass(kind, BaseModel)

"""Pseudonyms: HMAC-SHA256 under a key that never lies inside a home."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Set
from pathlib import Path

import duckdb

from orchestration.errors import TelltaleError, explained
from orchestration.home import Home

KEY_BYTES = 32
PSEUDONYM_LENGTH = 32
"""Hexadecimal digits that are kept: 128 bits, so that no two customers ever meet."""


def key_file() -> Path:
    """The file that `TELLTALE_KEY_FILE` names, else `key` in the user's configuration folder."""
    named = os.environ.get("TELLTALE_KEY_FILE")
    if named:
        return Path(named).expanduser().resolve()
    from platformdirs import user_config_path

    return user_config_path("telltale") / "key"


def read_key(home: Home) -> bytes:
    """The key's bytes; the file is made at first use, readable by its owner alone.

    Raises TelltaleError if the key would lie inside the home, or is too short to be one.
    """
    path = key_file()
    if path.is_relative_to(home.root):
        raise TelltaleError(
            explained(
                f"{path}: the key of the pseudonyms lies inside the home",
                expected=f"a place outside {home.root}, as a copy of the home must not hold it",
                to_do="set TELLTALE_KEY_FILE to a file elsewhere",
            )
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) < KEY_BYTES:
            raise TelltaleError(
                explained(
                    f"{path}: this is no key",
                    expected=f"{KEY_BYTES} bytes",
                    found=f"{len(key)} bytes",
                    to_do="restore the file: another key gives every customer another pseudonym",
                )
            ) from None
        return key
    except OSError as error:
        raise TelltaleError(
            explained(
                f"{path}: the key of the pseudonyms cannot be made here ({error.strerror})",
                to_do="set TELLTALE_KEY_FILE to a file outside the home that you may write",
            )
        ) from None
    key = secrets.token_bytes(KEY_BYTES)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key


def key_id(key: bytes) -> str:
    """A name of the key that tells two keys apart and nothing else: 16 hexadecimal digits."""
    return hmac.digest(key, b"telltale key id", "sha256").hex()[:16]


def check_key(key: bytes, made_with: Set[str]) -> None:
    """Raises TelltaleError unless all of a home's `key_id` that are `made_with` name this key."""
    if made_with - {key_id(key)}:
        raise TelltaleError(
            explained(
                f"{key_file()}: this is not the key with which this home's pseudonyms were made",
                expected="the first one, as another gives every customer another pseudonym",
                to_do="set TELLTALE_KEY_FILE to the first key",
            )
        )


def pseudonym(key: bytes, text: str) -> str:
    """The pseudonym of one identifier: 32 hexadecimal digits."""
    return hmac.digest(key, text.encode(), "sha256").hex()[:PSEUDONYM_LENGTH]


def define_pseudonym(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Make `pseudonym(text)` known to a DuckDB: HMAC in its own sha256, column by column.

    The two padded keys are variables of the connection, so that no statement holds them.
    """
    block = key if len(key) <= 64 else hashlib.sha256(key).digest()
    for name, byte in (("inner_pad", 0x36), ("outer_pad", 0x5C)):
        pad = bytes(one ^ byte for one in block.ljust(64, b"\0"))
        connection.execute(f"set variable {name} = ?", [pad])
    connection.execute(
        "create or replace temp macro pseudonym(identifier) as "
        "left(sha256(getvariable('outer_pad') || unhex(sha256("
        f"getvariable('inner_pad') || encode(identifier)))), {PSEUDONYM_LENGTH})"
    )

"""Which failures of a step pass by themselves, and are tried again."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from orchestration.errors import HomeHeldError, TelltaleError

MOST_RETRIES = 3
WAIT_SECONDS = 300


@contextmanager
def retried() -> Iterator[None]:
    """Try a step again later while somebody else holds the home; fail in plain words otherwise.

    A failed audit or an unreadable file stays what it is until a person acts.
    """
    try:
        yield
    except HomeHeldError as error:
        raise dg.RetryRequested(MOST_RETRIES, WAIT_SECONDS) from error
    except TelltaleError as error:
        raise dg.Failure(str(error), allow_retries=False) from error

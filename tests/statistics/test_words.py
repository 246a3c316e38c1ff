"""Words of closed lists are compared alike in the warehouse and at the door."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from expectations.channels import word_key


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("E-Mail", "email"),
        ("  Web\u00a0Form ", "webform"),
        ("web_form", "webform"),
        ("TÉLÉPHONE", "telephone"),
        ("Te\u0301le\u0301phone", "telephone"),
        ("Ελληνικά", "ελληνικά"),
        (None, None),
    ],
)
def test_case_accents_and_blanks_do_not_matter(
    select: Callable[..., list[dict[str, Any]]], said: str | None, key: str | None
) -> None:
    words = pa.table({"word_text": pa.array([said], pa.string())})
    query = f"select {{{{ word_key('word_text') }}}} as own, {word_key('word_text')} as at_the_door"
    found = select(f"{query} from words", words=words)
    assert found == [{"own": key, "at_the_door": key}]

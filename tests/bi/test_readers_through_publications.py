"""A reader on `published/current` sees one whole version after another, and never an error."""

from pathlib import Path

import duckdb
import pytest

from orchestration.home import Home
from orchestration.publication.pointer import rollback, undo_rollback
from orchestration.publication.publish import publish
from orchestration.publication.versions import versions
from tests.bi.readers import reading
from tests.bi.tiny_home import build_tiny

PUBLICATIONS = 10


@pytest.mark.soak
def test_through_ten_publications_no_reader_meets_an_error_or_a_mix(
    home: Home, tmp_path: Path
) -> None:
    build_tiny(home, 1)
    publish(home)
    with reading(home, tmp_path) as readers:
        readers.wait(1, ("reopen", "hold"))
        for number in range(2, PUBLICATIONS + 2):
            build_tiny(home, number)
            assert publish(home).is_new
            readers.wait(number, ("reopen",))
        rollback(home)
        readers.wait(PUBLICATIONS, ("reopen",))
        undo_rollback(home)
        readers.wait(PUBLICATIONS + 1, ("reopen",))
        found = readers.finish()
    # The version that some hold open left the disk long ago: they read on.
    assert "v000001" not in versions(home)
    for reader in found:
        expected = [1] if reader["habit"] == "hold" else list(range(1, PUBLICATIONS + 2))
        assert (reader["errors"], reader["mixes"]) == ([], 0), reader
        assert reader["numbers"] == expected
        assert reader["reads"] >= len(expected)
    print(f"\n{'driver':<10}{'habit':<10}{'reads':>8}{'versions':>10}{'errors':>8}{'mixes':>7}")
    for reader in found:
        print(
            f"{reader['driver']:<10}{reader['habit']:<10}{reader['reads']:>8,}"
            f"{len(reader['numbers']):>10}{len(reader['errors']):>8}{reader['mixes']:>7}"
        )
    assert any(reader["driver"] == duckdb.__version__ for reader in found)

"""Which published figures the suite compares with an independent oracle, and in which columns."""

from dataclasses import dataclass

from tests.kpis.followed_marts import FOLLOWED_MARTS
from tests.kpis.issue_marts import ISSUE_MARTS
from tests.kpis.test_kpis_equal_the_oracle import CLOSE, EXACT, PUBLISHED
from tests.kpis.visit_marts import VISIT_MARTS


@dataclass(frozen=True)
class Guarded:
    """A mart under an oracle: its key, the columns compared, the rows compared (SQL)."""

    key: tuple[str, ...]
    exact: tuple[str, ...]
    close: tuple[str, ...]
    rows: str = "true"


GUARDED = {
    "kpi_values": Guarded(
        key=("kpi_id", "period_code", "period_start_date", "scope_code", "scope_id"),
        exact=EXACT,
        close=(*CLOSE, "change_p_value"),
        rows="kpi_id in ({})".format(", ".join(f"'{kpi}'" for kpi in sorted(PUBLISHED))),
    ),
    **{
        name: Guarded(key=mart.key, exact=mart.exact, close=mart.close, rows=mart.rows)
        for name, mart in {**FOLLOWED_MARTS, **ISSUE_MARTS, **VISIT_MARTS}.items()
    },
}
"""A mart stands here once a test of `tests/kpis/` compares it with the oracle; not before: what
nobody compares is a missing test, and a mutant should say so."""

TOLERANCE = 1e-9


def differences_sql(guarded: Guarded, expected: str, found: str) -> str:
    """Rows of two relations that the oracle's test would report: missing, unexpected, other."""
    joined = " and ".join(
        f"expected.{column} is not distinct from found.{column}" for column in guarded.key
    )
    said = [
        *(f"expected.{column} is distinct from found.{column}" for column in guarded.exact),
        *(_is_far(f"expected.{column}", f"found.{column}") for column in guarded.close),
    ]
    return f"""
        select 1
        from (select *, true as is_here from {expected} where {guarded.rows}) as expected
        full outer join (select *, true as is_here from {found} where {guarded.rows}) as found
            on {joined}
        where
            expected.is_here is null
            or found.is_here is null
            or {" or ".join(said)}
    """


def _is_far(one: str, other: str) -> str:
    # No room for what is not a number: to this engine it is greater than all.
    a, b = f"cast({one} as double)", f"cast({other} as double)"
    room = f"{TOLERANCE} * greatest(1, abs({a}))"
    return f"(({one} is null) != ({other} is null) or coalesce(abs({a} - {b}) > {room}, false))"

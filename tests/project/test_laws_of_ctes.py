"""A model imports first."""

import pytest

from tests.project.laws.breach import demand, texts_under
from tests.project.laws.ctes import cte_breaches, ctes_of


def test_a_model_imports_first() -> None:
    demand(cte_breaches(texts_under("models")))


GOOD = """with

contacts as (
    select * from {{ ref('fct_contacts') }}
    where not is_test
),

built_legs as (
    {{ built_fact('fct_contact_legs', {'contact_id': 'string'}) }}
),

-- Why.
counted as (
    select contact_id, count(*) as leg_count
    from contacts
    inner join built_legs using (contact_id)
    group by contact_id
)

select * from counted
"""


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("    from contacts\n", "    from {{ ref('fct_issues') }}\n", "past the imports"),
        ("select * from counted", "select * from {{ ref('dim_kpis') }}", "last select"),
        ("contacts as (", "calls as (", "imports fct_contacts"),
        ("    where not is_test\n", "    inner join b using (c)\n", "past the imports"),
        (GOOD, "select 1 as contact_count\n", "no CTE"),
        (
            "\n\nselect * from counted",
            "".join(f",\n\nstep_{step} as (\n    select 1\n)" for step in "abcd") + "\n\nselect 1",
            "takes 5 steps",
        ),
    ],
)
def test_a_model_that_does_not_import_first_is_seen(old: str, new: str, what: str) -> None:
    (breach,) = cte_breaches({"a.sql": GOOD.replace(old, new)})
    assert what in breach.what


def test_an_import_after_a_step_is_seen() -> None:
    late = ",\n\nissues as (\n    select * from {{ ref('fct_issues') }}\n)\n\nselect 1"
    (breach,) = cte_breaches({"a.sql": GOOD.replace("\n\nselect * from counted", late)})
    assert breach.place == "a.sql:20"


def test_a_model_that_imports_first_is_no_breach() -> None:
    assert not cte_breaches({"a.sql": GOOD, "b.sql": "{{ union_sources('agents') }}\n"})
    ctes, rest = ctes_of("a.sql", GOOD)
    assert [cte.name for cte in ctes] == ["contacts", "built_legs", "counted"]
    assert rest.strip() == "select * from counted"

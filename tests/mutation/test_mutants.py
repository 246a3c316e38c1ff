"""Which mutants a select has, and that they keep their names."""

from tests.mutation.mutants import Mutant, mutants


def turned(sql: str, operator: str) -> list[str]:
    """Whole selects after every mutant of one operator, in the order of the text."""
    return [
        " ".join(one.sql.split()) for one in mutants("m", sql, None) if one.operator == operator
    ]


def named(found: list[Mutant]) -> set[str]:
    """Names of mutants."""
    return {one.name for one in found}


def test_words_are_turned_around() -> None:
    assert turned("select a from t where a <= 1", "comparison") == ["select a from t where a < 1"]
    assert turned("select a from t where a != 1", "comparison") == ["select a from t where a = 1"]
    assert turned("select a and b or c", "logic") == ["select a or b or c", "select a and b and c"]
    assert turned("select a - 1, count(*), t.* from t", "arithmetic") == [
        "select a + 1, count(*), t.* from t"
    ]
    assert turned("select -1", "arithmetic") == []
    assert turned("select cast(a as decimal(38, 12)) + 7", "number") == [
        "select cast(a as decimal(38, 12)) + 8"
    ]
    assert turned("select max(a), lag(b) over (order by c)", "function") == [
        "select min(a), lag(b) over (order by c)",
        "select max(a), lead(b) over (order by c)",
    ]
    assert turned("select coalesce(f(a, b), c, 0)", "coalesce") == ["select (f(a, b))"]
    assert turned("select a is not null, b is null, true", "null test") == [
        "select a is null, b is null, true",
        "select a is not null, b is not null, true",
    ]
    assert turned("select a from t where not b and c not in (1)", "not") == [
        "select a from t where b and c not in (1)",
        "select a from t where not b and c in (1)",
    ]
    assert turned("select a from t left join u on true inner join v on true", "join") == [
        "select a from t inner join u on true inner join v on true",
        "select a from t left join u on true left join v on true",
    ]


def test_an_and_of_between_is_not_a_condition() -> None:
    sql = "select a from t where a between 1 and 2 and b is distinct from c group by a"
    assert turned(sql, "logic") == [sql.replace("2 and", "2 or")]
    assert turned(sql, "condition") == [
        "select a from t where true and b is distinct from c group by a",
        "select a from t where a between 1 and 2 and true group by a",
    ]


def test_conditions_branches_and_directions_are_left_out() -> None:
    assert turned("select sum(a) filter (where b and c) from t", "condition") == [
        "select sum(a) filter (where true and c) from t",
        "select sum(a) filter (where b and true) from t",
    ]
    assert turned("select case when a then 1 when b then 2 else 3 end", "case") == [
        "select case when false then 1 when b then 2 else 3 end",
        "select case when a then 1 when false then 2 else 3 end",
        "select case when a then 1 when b then 2 end",
    ]
    simple = "select case a when 1 then 2 end"
    assert turned(simple, "case") == [simple.replace("1", "null")]
    ordered = "select rank() over (partition by a order by b, c desc rows unbounded preceding)"
    assert turned(ordered, "order") == [
        ordered.replace("by b,", "by b desc,"),
        ordered.replace("c desc", "c asc"),
    ]
    united = "with a as (select 1 union all select 2 union all select 3) select * from a"
    assert turned(united, "union") == [
        "with a as ( select 2 union all select 3) select * from a",
        "with a as (select 1 union all select 3) select * from a",
        "with a as (select 1 union all select 2 ) select * from a",
    ]


def test_what_a_full_build_cannot_tell_stays() -> None:
    days = "select d from days where f = 'x' and d between date '0002-02-02' and date '9998-08-08'"
    sql = f"select a from t where d in ({days}) and a > b group by a + 1"
    found = mutants("m", sql, None)
    assert {one.operator for one in found} == {"comparison", "condition", "logic"}
    assert all(days in one.sql and "group by a + 1" in one.sql for one in found)


def test_a_counted_one_stays() -> None:
    assert turned("select count(case when a then 1 end)", "number") == []
    assert turned("select sum(case when a then 1 end)", "number") != []


def test_expansions_of_one_macro_give_few_mutants() -> None:
    many = ", ".join("coalesce(sum(a), 0) as a" for _ in range(9))
    found = mutants("m", f"select {many} from t")
    assert len([one for one in found if one.operator == "number"]) <= 4
    assert len(named(mutants("m", f"select {many} from t", None))) == 27


def test_names_outlive_unrelated_edits_and_the_fixtures_of_a_unit_test() -> None:
    table, other = 'a as (select * from "w"."s"."t" where x > 1)', "b as (select 2 as y)"
    sql = f"with {table}, {other} select * from a, b"
    edited = sql.replace("select 2 as y", "select 2 as y, 3 as z where 4 < 5")
    fixture = sql.replace('"w"."s"."t"', "__dbt__cte__t")
    names = named([one for one in mutants("m", sql) if one.operator == "comparison"])
    assert names and names <= named(mutants("m", edited))
    assert named(mutants("m", sql)) == named(mutants("m", fixture))

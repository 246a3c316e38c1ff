"""The meaning of every shim that makes an expression, on both engines."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from orchestration.spark.local import Cluster
from orchestration.spark.thrift import connected
from tests.spark.shims import rendered, shim_texts

AWKWARD = "it's \\ \"so\" \\' 😀 ''"

D, T = "cast('{}' as date)", "cast('{}' as timestamp)"
SPRING, SUMMER = T.format("2026-03-29 00:59:59"), T.format("2026-06-30 22:30:00")
EARLY, LATE = T.format("2026-01-01 00:00:00.9"), T.format("2026-01-01 00:00:02.1")
JSON = """'{"said": "it''s 😀", "none": null, "price": 1.5, "is_new": true}'"""


def md5(text: str) -> str:
    """32 hexadecimal digits."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


MEANINGS: list[tuple[str, Any]] = [
    (f'{{{{ local_date("{SUMMER}", "\'Europe/Paris\'") }}}}', date(2026, 7, 1)),
    (f'{{{{ local_date("{SUMMER}", "\'America/New_York\'") }}}}', date(2026, 6, 30)),
    (f'{{{{ local_date("{SPRING}", "\'Europe/Paris\'") }}}}', date(2026, 3, 29)),
    ("{{ local_date(\"cast(null as timestamp)\", \"'Europe/Paris'\") }}", None),
    (f'{{{{ seconds_between("{EARLY}", "{LATE}") }}}}', 1),
    (f'{{{{ seconds_between("{LATE}", "{EARLY}") }}}}', -1),
    (f'{{{{ seconds_between("{EARLY}", "cast(null as timestamp)") }}}}', None),
    (f'{{{{ microseconds_between("{EARLY}", "{LATE}") }}}}', 1_200_000),
    (f'{{{{ add_seconds("{SPRING}", "90") }}}}', datetime(2026, 3, 29, 1, 1, 29)),
    (f'{{{{ add_seconds("{SPRING}", "3000000000") }}}}', datetime(2121, 4, 22, 6, 19, 59)),
    (f'{{{{ add_seconds("{SPRING}", "cast(null as bigint)") }}}}', None),
    (f'{{{{ add_days("{D.format("2026-02-28")}", "1") }}}}', date(2026, 3, 1)),
    (f'{{{{ add_days("{D.format("2026-03-01")}", "cast(-1 as bigint)") }}}}', date(2026, 2, 28)),
    (f'{{{{ add_months("{D.format("2026-12-01")}", "2") }}}}', date(2027, 2, 1)),
    (f'{{{{ iso_weekday("{D.format("2026-11-22")}") }}}}', 7),
    (f'{{{{ iso_weekday("{D.format("2026-11-23")}") }}}}', 1),
    (f'{{{{ week_start("{D.format("2026-11-22")}") }}}}', date(2026, 11, 16)),
    (f'{{{{ week_start("{D.format("2027-01-01")}") }}}}', date(2026, 12, 28)),
    (f'{{{{ month_start("{D.format("2026-11-22")}") }}}}', date(2026, 11, 1)),
    *[
        (f"{{{{ safe_cast(\"'{text}'\", 'decimal(18, 6)') }}}}", value and Decimal(value))
        for text, value in {
            "4": "4", "-.5": "-0.5", "4.": "4", "+4": "4", "2.5e1": "25", "4.0000005": "4.000001",
            "-4.0000005": "-4.000001", "1_000": None, "٤": None, "4,5": None, "": None, "NaN": None,
            "0x10": None, "1e400": None, "1e999999999": None, "four": None, "4 5": None,
        }.items()
    ],
    ("{{ safe_cast(\"'2026-02-30'\", 'date') }}", None),
    ("{{ safe_cast(\"'2026-02-28'\", 'date') }}", date(2026, 2, 28)),
    *[
        (f'{{{{ utc_instant("{T.format(clock)}", "\'Europe/Paris\'") }}}}', utc)
        for clock, utc in {
            "2026-06-30 12:00:00": datetime(2026, 6, 30, 10, 0),
            "2026-10-25 01:59:59": datetime(2026, 10, 24, 23, 59, 59),
            "2026-10-25 02:30:00": datetime(2026, 10, 25, 0, 30),
            "2026-10-25 03:00:00": datetime(2026, 10, 25, 2, 0),
            "2026-03-29 01:59:59": datetime(2026, 3, 29, 0, 59, 59),
            "2026-03-29 02:30:00": datetime(2026, 3, 29, 1, 30),
            "2026-03-29 03:00:00": datetime(2026, 3, 29, 1, 0),
        }.items()
    ],
    (f'{{{{ local_instant("{SUMMER}", "\'Europe/Paris\'") }}}}', datetime(2026, 7, 1, 0, 30)),
    (f'{{{{ local_instant("{SUMMER}", "\'Asia/Kolkata\'") }}}}', datetime(2026, 7, 1, 4, 0)),
    (f'{{{{ epoch_seconds("{T.format("2026-01-01 00:00:00.9")}") }}}}', 1767225600),
    (f'{{{{ epoch_seconds("{T.format("1969-12-31 23:59:59")}") }}}}', -1),
    ("{{ epoch_instant('1767225600') }}", datetime(2026, 1, 1)),
    ("{{ joined_texts([\"'a'\", 'null', '7', \"''\", \"'b'\"]) }}", "a7b"),
    ("{{ hash_key([\"'ab'\", \"'c'\"]) }}", md5("2:ab1:c")),
    ("{{ hash_key([\"'é'\", 'null', \"''\", '12']) }}", md5("1:é-0:2:12")),
    ("{{ hash_key([\"cast('2026-02-28' as date)\", 'true']) }}", md5("10:2026-02-284:true")),
    ("{{ matches_pattern(\"'a.b-12'\", '[.]b-[0-9]+$') }}", True),
    ("{{ matches_pattern(\"'a.b-12'\", '^b') }}", False),
    ("{{ matches_pattern('cast(null as string)', '^b') }}", None),
    *[
        (f"{{{{ json_field({JSON!r}, '{name}') }}}}", value)
        for name, value in {
            "said": "it's 😀", "none": None, "absent": None, "price": "1.5", "is_new": "true",
        }.items()
    ],
    ("{{ json_field(\"'no json'\", 'said') }}", None),
    ("{{ total('2') }}", 2),
    ("{{ total_points('cast(0.1 as decimal(18, 12))') }}", Decimal("0.1")),
    ("{{ count_where('false') }}", 0),
    ("{{ total_where('cast(null as bigint)', 'true') }}", 0),
    (f"{{{{ text_literal({AWKWARD!r}) }}}}", AWKWARD),
    ("'b' in ({{ listed_texts(['a', 'b']) }})", True),
]  # fmt: skip

VALUES = "(values (4), (1), (3), (2), (cast(null as int))) as listed (x)"
TEXTS = (
    "(values (2, 'y', 'a'), (1, 'z', 'it''s'), (1, 'a', 'é'), (1, 'a', 'b'), (0, 'a', null)) "
    "as listed (x, y, t)"
)

SERIES: list[tuple[str, list[Any]]] = [
    (
        f'{{{{ days_between("{D.format("2026-02-27")}", "{D.format("2026-03-01")}") }}}}',
        [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)],
    ),
    ("{{ numbers_between('-1', '2') }}", [-1, 0, 1, 2]),
    ("{{ numbers_between('2', '1') }}", []),
    (f"select {{{{ ordered_texts('t', ['x', 'y'], ' > ') }}}} from {TEXTS}", ["b > é > it's > a"]),
    (
        f"select {{{{ ordered_texts('t', ['x', 'y'], ' > ') }}}} from {TEXTS} where t is null",
        [None],
    ),
    (f"select {{{{ exact_percentile('x', '0.5') }}}} from {VALUES}", [2.5]),
    (f"select {{{{ exact_percentile('x', '0.9') }}}} from {VALUES}", [pytest.approx(3.7)]),
    (f"select {{{{ exact_percentile('x', '0.5') }}}} from {VALUES} where x is null", [None]),
]


def faults(engine: str, texts: dict[str, str], ask: Any) -> list[str]:
    """Every line whose value on an engine is not its meaning, in words."""
    said = []
    values = ask("select " + ", ".join(rendered(line, engine, texts) for line, _ in MEANINGS))[0]
    for (line, meaning), value in zip(MEANINGS, values, strict=True):
        if plain(value) != meaning:
            said.append(f"{line}: {meaning!r} but {value!r}")
    for line, meaning in SERIES:
        found = [plain(row[0]) for row in ask(rendered(line, engine, texts))]
        if (found if len(found) < 2 else sorted(found)) != meaning:
            said.append(f"{line}: {meaning} but {found}")
    return said


def plain(value: Any) -> Any:
    """A date that the Thrift driver gives as text is a date."""
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-":
        return date.fromisoformat(value)
    return value


def ask_duckdb(query: str) -> list[tuple[Any, ...]]:
    """Rows of the default engine, whose clock is set as profiles.yml sets it."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        return connection.execute(query).fetchall()


def test_shims_mean_the_same_on_duckdb() -> None:
    assert faults("duckdb", shim_texts(), ask_duckdb) == []


def test_shims_mean_the_same_on_spark(cluster: Cluster) -> None:
    with connected(cluster.server) as cursor:

        def ask(query: str) -> list[tuple[Any, ...]]:
            cursor.execute(query)
            return cursor.fetchall()

        # dbt's connections are not strict about casts.
        ask("set spark.sql.ansi.enabled = false")
        assert faults("spark", shim_texts(), ask) == []
        wrong = shim_texts()
        wrong["time.sql"] = wrong["time.sql"].replace(
            "weekday({{ day }}) + 1", "dayofweek({{ day }})"
        )
        assert len(faults("spark", wrong, ask)) == 2
        cursor.execute("select cast(%s as string), cast(%s as string)", (AWKWARD, None))
        assert cursor.fetchall() == [(AWKWARD, None)]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("weekday", "isodow({{ day }})=>dayofweek({{ day }})"),
        ("seconds", "date_sub('second'=>date_diff('second'"),
    ],
)
def test_a_wrong_shim_is_caught(right: str, wrong: str) -> None:
    old, new = wrong.split("=>")
    texts = shim_texts()
    assert old in texts["time.sql"]
    texts["time.sql"] = texts["time.sql"].replace(old, new)
    assert any(right in fault for fault in faults("duckdb", texts, ask_duckdb))

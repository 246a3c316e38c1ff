"""What holds for every macro of the folder: one division, portable words, nulls, doubles."""

import re
from collections.abc import Callable

import numpy as np
import pytest

PORTABLE = {
    "abs", "and", "case", "cast", "exp", "floor", "greatest", "least", "ln", "nullif", "power",
    "sqrt", "then", "when", "else",
}  # fmt: skip
IN_SELECTS = PORTABLE | {
    "as", "by", "ceil", "coalesce", "count", "decimal", "distinct", "end", "exists", "from", "join",
    "lead", "max", "min", "over", "row_number", "sum", "where",
}  # fmt: skip
SHIMS = {
    "add_days", "add_seconds", "fold", "iso_weekday", "local_date", "local_instant",
    "microseconds_between", "number_series", "seconds_between",
}  # fmt: skip
COUNTS = {"successes": 7, "n": 10, "previous_successes": 4, "previous_n": 12, "deff": 1.5}
SUMS = {
    "total": 700, "squares": 60000, "n": 10, "previous_total": 600, "previous_squares": 45000,
    "previous_n": 12, "deff": 1.5,
}  # fmt: skip
ANSWERS = {
    "promoters": 20, "passives": 10, "detractors": 5, "previous_promoters": 15,
    "previous_passives": 9, "previous_detractors": 8, "deff": 1.5,
}  # fmt: skip
STRATA = {"gap_points": 7.5, "weight_points": 37.5, "slope_points": 0.4, "spread_points": 16.5}


def arguments(values: dict[str, float], *left_out: str, **more: float) -> dict[str, float]:
    """The values without those named, and with the others."""
    return {name: value for name, value in values.items() if name not in left_out} | more


def now(values: dict[str, float]) -> dict[str, float]:
    """The arguments of this period only."""
    return {name: value for name, value in values.items() if "previous" not in name}


MACROS: dict[str, dict[str, float]] = {
    "ratio": {"numerator": 1, "denominator": 4},
    "polynomial": {"x": 2},
    "normal_upper_tail": {"z": 1.5},
    "normal_cdf": {"z": 1.5},
    "normal_two_sided": {"z": -1.5},
    "whole_degrees": {"df": 12.5},
    "t_quantile_975": {"df": 12.5, "seeded": 2.17},
    "t_two_sided": {"t": -2.5, "df": 12.5},
    "t_normal_score": {"t": -2.5, "df": 12.5},
    "wilson_low": now(COUNTS),
    "wilson_high": now(COUNTS),
    "newcombe_low": COUNTS,
    "newcombe_high": COUNTS,
    "two_proportion_z": COUNTS,
    "two_proportion_p": COUNTS,
    "mean_variance": arguments(now(SUMS), "deff"),
    "mean_squared_error": now(SUMS),
    "mean_degrees": {"n": 10, "deff": 1.5},
    "mean_low": arguments(now(SUMS), quantile=2.2),
    "mean_high": arguments(now(SUMS), quantile=2.2),
    "welch_t": SUMS,
    "welch_df": SUMS,
    "welch_low": arguments(SUMS, quantile=2.2),
    "welch_high": arguments(SUMS, quantile=2.2),
    "nps_centre": arguments(now(ANSWERS), "deff"),
    "nps_squared_error": now(ANSWERS),
    "nps_low": now(ANSWERS),
    "nps_high": now(ANSWERS),
    "nps_difference_low": ANSWERS,
    "nps_difference_high": ANSWERS,
    "nps_difference_z": ANSWERS,
    "cohen_kappa": {"both_yes": 8, "yes_no": 2, "no_yes": 3, "both_no": 6},
    "erlang_c": {"load": 10, "agents": 14, "loss": 0.08},
    "mantel_haenszel_gap": arguments(STRATA, "slope_points", "spread_points"),
    "mantel_haenszel_squared_error": STRATA,
    "mantel_haenszel_low": STRATA,
    "mantel_haenszel_high": STRATA,
}
"""Every macro whose arguments are SQL, with one ordinary row."""

CALLS = "'calls', ['row_id'], 'rate', 'handle', 'theta', 'threshold', "
UNITS = "'units', ['queue_id'], 'elapsed_seconds', 'is_repeated'"
SELECTS: dict[str, str] = {
    "kaplan_meier": "{{ kaplan_meier(" + UNITS + ") }}",
    "kaplan_meier_at": "{{ kaplan_meier_at(" + UNITS + ", [86400, 604800]) }}",
    "erlang_rows": "{{ erlang_rows(" + CALLS + "'target') }}",
    "erlang_at": "{{ erlang_at(" + CALLS + "'agents') }}",
    "erlang_b": "{{ erlang_b('load', 'agents') }}",
    "business_seconds": "{{ business_seconds('spans', 'hours', 'closed', 'last') }}",
    "fisher_rows": "{{ fisher_rows('pairs', 'x', 'n', 'y', 'm', 'deff') }}",
    "mantel_haenszel_points": "{{ mantel_haenszel_points('a', 'n', 'b', 'm') }}",
    "quantile_low_rank": "{{ quantile_low_rank('n', 0.9) }}",
    "quantile_high_rank": "{{ quantile_high_rank('n', 0.9) }}",
}
"""Macros that give a select, several columns, a whole number or call a shim: an ordinary call."""

PARTS = {
    "binomial_quantile", "clock_instant", "clock_offset", "erlang_a_measured", "erlang_both",
    "erlang_c_least", "erlang_carried", "erlang_inputs", "fisher_count", "fisher_nested",
    "fisher_search", "fisher_size", "fisher_sound", "fisher_step_up", "hill_score",
    "kaplan_meier_moments", "mantel_haenszel_end", "nps_end", "palm_excess", "palm_log",
    "palm_terms", "stratum_points",
}  # fmt: skip
"""Macros that take a sign, or that know no limits; the macros above cover them."""


def call(macro: str, values: dict[str, float]) -> str:
    """The Jinja line that gives each argument the column of its own name."""
    names = ", ".join(f"{name}='{name}'" for name in values)
    first = "['2e0', '1e0'], " if macro == "polynomial" else ""
    return "{{ " + f"{macro}({first}{names})" + " }}"


def without_comments(text: str) -> str:
    """Macro text less its Jinja comments."""
    return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)


def files_that_divide(texts: dict[str, str]) -> list[str]:
    """Files with a division sign outside Jinja comments."""
    return [name for name, text in texts.items() if "/" in without_comments(text)]


def test_only_ratio_divides(macro_texts: dict[str, str]) -> None:
    assert files_that_divide(macro_texts) == ["ratio.sql"]


def test_a_second_division_would_be_seen() -> None:
    texts = {"a.sql": "{#- a / b -#}\n(a / b)", "b.sql": "{#- a / b -#}\nratio"}
    assert files_that_divide(texts) == ["a.sql"]


def test_every_macro_is_listed_here_and_says_what_it_is(macro_texts: dict[str, str]) -> None:
    text = "".join(macro_texts.values())
    every = set(MACROS) | set(SELECTS) | PARTS
    assert set(re.findall(r"macro (\w+)", without_comments(text))) == every
    explained = re.findall(r"#\}\s*\{%- macro (\w+)", text)
    assert set(explained) == every


@pytest.mark.parametrize("macro", MACROS)
def test_sql_is_portable(render: Callable[[str], str], macro: str) -> None:
    """Functions that both engines have, and no decimal literal: theirs have different widths."""
    sql = render(call(macro, MACROS[macro]))
    assert set(re.findall(r"([a-z_]+)\s*\(", sql)) <= PORTABLE
    assert not re.findall(r"(?<![\w.])\d*\.\d*(?![\d.e])", sql)
    assert len(sql) < 40_000


@pytest.mark.parametrize("line", SELECTS.values(), ids=SELECTS)
def test_selects_are_portable_and_leave_the_rest_to_shims(
    render_shims: Callable[[str], str], line: str
) -> None:
    sql = render_shims(line)
    functions = set(re.findall(r"([a-z_]+)\s*\(", sql)) - {"date_trunc"}
    assert functions <= IN_SELECTS | SHIMS
    assert not re.findall(r"(?<![\w.])\d*\.\d*(?![\d.e])", sql)
    assert len(sql) < 40_000


@pytest.mark.parametrize("macro", MACROS)
def test_null_in_is_null_out(calculate: Callable[..., np.ndarray], macro: str) -> None:
    values = MACROS[macro]
    rows = [values, *({**values, name: None} for name in values)]
    if macro == "t_quantile_975":
        rows.append({"df": 250, "seeded": 2.17})
    columns = {name: [row[name] for row in rows] for name in values}
    results = calculate(call(macro, values), **columns)
    assert np.isfinite(results[0])
    assert np.isnan(results[1 : 1 + len(values)]).all()


@pytest.mark.parametrize("macro", MACROS)
def test_arguments_may_be_formulas(calculate: Callable[..., np.ndarray], macro: str) -> None:
    """An argument `a - b` must not fall apart inside a product, a power or a comparison."""
    values = MACROS[macro]
    columns = {name: [value + 3.0] for name, value in values.items()}
    plain = calculate(call(macro, values), **{name: [value] for name, value in values.items()})
    formula = call(macro, values)
    for name in values:
        formula = formula.replace(f"='{name}'", f"='{name} - 3'")
    assert calculate(formula, **columns) == pytest.approx(plain, rel=1e-12)


@pytest.mark.parametrize("macro", [name for name in MACROS if name != "whole_degrees"])
def test_zeros_give_no_error(calculate: Callable[..., np.ndarray], macro: str) -> None:
    values = MACROS[macro]
    for constant in (0, 1, -1):
        calculate(call(macro, values), **{name: [constant] for name in values})


def test_ratio_of_nothing_is_unknown(calculate: Callable[..., np.ndarray]) -> None:
    results = calculate("{{ ratio('a', 'b') }}", a=[1, 0, 3, 1], b=[0, 0, 4, 3])
    np.testing.assert_array_equal(results, [np.nan, np.nan, 0.75, 1 / 3])

"""The few rules from which every suite is made: each says what follows from a failure."""

from collections.abc import Iterable
from typing import Any

DAY_SECONDS = 86_400


def _meta(on_failure: str, reason: str, expected: str, **more: str) -> dict[str, str]:
    return {"on_failure": on_failure, "reason": reason, "expected": expected, **more}


def _expectations() -> Any:
    import great_expectations.expectations as expectations

    return expectations


def closed_set(column: str, codes: Iterable[str], reason: str = "E_CODE") -> Any:
    """Only these codes; null is judged by `known_share` or by the contract."""
    codes = list(codes)
    return _expectations().ExpectColumnValuesToBeInSet(
        column=column,
        value_set=codes,
        severity="warning",
        meta=_meta("quarantine_row", reason, "one of " + ", ".join(codes)),
    )


def at_most_a_day(column: str) -> Any:
    """Seconds of one stay: from 0 to 24 hours."""
    return within(column, 0, DAY_SECONDS, "E_TIME_DURATION", "0 to 86400 seconds")


def possible_wait() -> Any:
    """Seconds of a wait: at most a day where the customer stays until the answer."""
    expected = "0 to 86400 seconds, or more on a channel where the customer does not stay"
    return holds("is_wait_possible", "wait_seconds", "E_TIME_DURATION", expected)


def not_negative(column: str, reason: str = "E_NEGATIVE") -> Any:
    """A count, or seconds of more than a day."""
    return within(column, 0, None, reason, "0 or more")


def within(column: str, low: float | None, high: float | None, reason: str, expected: str) -> Any:
    """A number between two inclusive ends."""
    return _expectations().ExpectColumnValuesToBeBetween(
        column=column,
        min_value=low,
        max_value=high,
        severity="warning",
        meta=_meta("quarantine_row", reason, expected),
    )


def in_order(earlier: str, later: str, reason: str = "E_TIME_ORDER") -> Any:
    """`later` is not before `earlier`; nothing is said where one of them is null."""
    return _expectations().ExpectColumnPairValuesAToBeGreaterThanB(
        column_A=later,
        column_B=earlier,
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        severity="warning",
        meta=_meta("quarantine_row", reason, f"{later} not before {earlier}", column=later),
    )


def holds(helper: str, column: str, reason: str, expected: str) -> Any:
    """A boolean that the suite's own `view` computes is never false (null says nothing)."""
    return _expectations().ExpectColumnValuesToBeInSet(
        column=helper,
        value_set=[True],
        severity="warning",
        meta=_meta("quarantine_row", reason, expected, column=column),
    )


def hopefully(helper: str, column: str, reason: str, expected: str) -> Any:
    """The same, reported only: the row comes in and waits for a list to be completed."""
    return _expectations().ExpectColumnValuesToBeInSet(
        column=helper,
        value_set=[True],
        severity="warning",
        meta=_meta("report", reason, expected, column=column),
    )


def some_rows() -> Any:
    """A value rule passes on nothing, so that nothing is itself reported."""
    return _expectations().ExpectTableRowCountToBeBetween(
        min_value=1, severity="critical", meta=_meta("report", "E_EMPTY", "at least one row")
    )


def known_share(column: str, share: float) -> Any:
    """At least this share of rows carries a value; fewer is reported, no row is refused."""
    return _expectations().ExpectColumnValuesToNotBeNull(
        column=column,
        mostly=share,
        severity="info",
        meta=_meta("report", "E_NULL_SHARE", f"a value in at least {share:.0%} of rows"),
    )

"""What is wrong with rows that do not cast, as SQL that quarantine keeps."""

from collections.abc import Iterator, Sequence

from orchestration.landing.ahead import AHEAD
from orchestration.landing.contract import Contract
from orchestration.landing.places import Place
from orchestration.landing.relations import quoted
from orchestration.landing.texts import TEXT_LIMIT, expected_text


def is_faulty(places: Sequence[Place]) -> str:
    """SQL condition of a row with at least one fault."""
    conditions = [
        f"coalesce({condition}, false)" if "strlen" in condition else condition
        for place in places
        for _, condition in place.faults
    ]
    return " or ".join(f"({condition})" for condition in conditions) or "false"


def faults(places: Sequence[Place], contract: Contract) -> str:
    """SQL list of a row's faults: reason_code, column_name, expected_text, found_text."""
    listed = ", ".join(
        f"case when {condition} then {{'reason_code': {quoted(code)}, "
        f"'column_name': {quoted(place.column.name)}, "
        f"'expected_text': {quoted(_expected(code, place, contract))}, "
        f"'found_text': {_found(code, place)}}} end"
        for place in places
        for code, condition in place.faults
    )
    return f"list_filter([{listed}], lambda fault: fault is not null)"


def row_text(places: Sequence[Place]) -> str:
    """SQL of the delivered texts of the contract's columns as one JSON object."""

    def pairs() -> Iterator[str]:
        for place in places:
            if place.field.indices:
                text = f"cast(t{place.position} as varchar)"
                hidden = f"pseudonym({text})" if place.column.pseudonymise else text
                yield f"{place.column.name} := left({hidden}, {TEXT_LIMIT // 16})"

    packed = ", ".join(pairs())
    return f"cast(to_json(struct_pack({packed})) as varchar)" if packed else "'{}'"


def _expected(code: str, place: Place, contract: Contract) -> str:
    if code == "E_REQUIRED":
        return f"a value in {place.column.name}, which is required"
    if code == "E_TEXT_SIZE":
        return f"at most {TEXT_LIMIT} bytes"
    if code == "E_TIME_GAP":
        return f"a local time that exists in {contract.zone}; give the offset or UTC"
    if code == "E_TIME_FUTURE":
        return f"a time at most {AHEAD.days} days after the delivery"
    return expected_text(place.column, contract)


def _found(code: str, place: Place) -> str:
    text = f"t{place.position}"
    if code == "E_REQUIRED":
        return "cast(null as varchar)"
    if code == "E_TEXT_SIZE":
        return f"strlen({text}) || ' bytes'"
    if place.column.pseudonymise:
        return "cast(null as varchar)"
    return f"left(cast({text} as varchar), 200)"

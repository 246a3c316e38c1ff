"""Larger changes of a select: a condition, a branch or a direction left out."""

from collections.abc import Iterator

from tests.mutation.edits import Edit
from tests.mutation.words import Statement

GROUP_ENDS = {"HAVING", "QUALIFY", "UNION", "ORDER BY"}
CONDITIONS = {"WHERE", "ON", "HAVING", "QUALIFY"}
ITEM_ENDS = {",", "ROWS", "RANGE", "LIMIT", "UNION"}


def conditions(select: Statement) -> list[tuple[int, int]]:
    """Words [first, last) of each conjunct of a `where`, `on`, `having`, `qualify` or `filter`."""
    return [
        part
        for index in range(len(select))
        if select.kind(index) in CONDITIONS
        for part in select.split(index + 1, select.clause_end(index), "AND")
        if part[1] > part[0]
    ]


def dropped_conditions(select: Statement) -> Iterator[Edit]:
    """One conjunct of a condition left out."""
    for first, last in conditions(select):
        if select.source(first, last).lower() != "true":
            yield Edit("condition", first, last, "true")


def dropped_cases(select: Statement) -> Iterator[Edit]:
    """One branch of a `case` that never holds, or its `else` left out."""
    for index in range(len(select)):
        if select.kind(index) != "CASE":
            continue
        end, is_simple = select.close(index), select.kind(index + 1) != "WHEN"
        for place in range(index + 1, end):
            if select.depths[place] != select.depths[index] + 1:
                continue
            if select.kind(place) == "WHEN":
                then = select.following(place, lambda at: select.kind(at) == "THEN")
                yield Edit("case", place + 1, then, "null" if is_simple else "false")
            elif select.kind(place) == "ELSE" and select.kind(place + 1) != "NULL":
                yield Edit("case", place, end, "")


def turned_orders(select: Statement) -> Iterator[Edit]:
    """One item of an `order by`, sorted the other way."""
    for index in range(len(select)):
        if select.kind(index) != "ORDER BY":
            continue
        first, last = index + 1, index
        while last == index or select.kind(last) == ",":
            first = last + 1
            last = select.following(last, lambda place: select.kind(place) in ITEM_ENDS)
            words = [select.kind(place) for place in range(first, last)]
            if "DESC" in words:
                place = first + words.index("DESC")
                yield Edit("order", place, place + 1, "asc")
            elif "ASC" in words:
                place = first + words.index("ASC")
                yield Edit("order", place, place + 1, "desc")
            elif words and "nulls" not in [select.words[at].text for at in range(first, last)]:
                yield Edit("order", first, last, f"{select.source(first, last)} desc")


def dropped_branches(select: Statement) -> Iterator[Edit]:
    """One select of a `union` left out."""
    for index in range(len(select)):
        if select.kind(index) != "UNION":
            continue
        has_all = select.kind(index + 1) == "ALL"
        last = select.following(index, lambda place: select.kind(place) == "UNION")
        yield Edit("union", index, last, "")
        depth = select.depths[index]
        first = index
        while first > 0 and select.depths[first - 1] >= depth:
            first -= 1
            if select.depths[first] == depth and select.kind(first) == "UNION":
                break
        if select.kind(first) != "UNION" and select.kind(first) == "SELECT":
            yield Edit("union", first, index + 1 + has_all, "")


def group_by_words(select: Statement) -> set[int]:
    """Places of the words of every `group by`: they stay as they are."""
    found: set[int] = set()
    for index in range(len(select)):
        if select.kind(index) == "GROUP BY":
            end = select.following(index, lambda place: select.kind(place) in GROUP_ENDS)
            found |= set(range(index, end))
    return found

"""Too many rejected rows stop the build, until a person acts; a few are only told."""

from collections.abc import Callable
from typing import Any

import pytest

from orchestration.errors import TelltaleError
from orchestration.home import Home
from orchestration.landing import land, withdraw
from orchestration.landing.summary import LandingSummary
from orchestration.landing.tolerance import is_too_much
from orchestration.publication.versions import current_version
from orchestration.run import demand_few_rejected

HEADER = "call_id,entered_at,is_answered,customer_id,csat\n"
SECRET = "0611111111"


def put(home: Home, name: str, good: int, bad: int, when: str = "soon") -> None:
    folder = home.deliveries / "call_list" / "calls"
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{name}{at},2026-02-03 09:00:00,Y,{SECRET},5\n" for at in range(good)]
    lines += [f"{name}w{at},{when},Y,{SECRET},5\n" for at in range(bad)]
    (folder / f"{name}.csv").write_text(HEADER + "".join(lines), "utf-8")


@pytest.mark.parametrize(
    ("rejected", "read", "limit", "is_refused"),
    [
        (9, 9, 0.1, False),
        (10, 100, 0.1, False),
        (11, 100, 0.1, True),
        (10, 10, 1.0, False),
        (10, 1000, 0.0, True),
    ],
)
def test_the_share_counts_from_ten_rows_on(
    rejected: int, read: int, limit: float, is_refused: bool
) -> None:
    assert is_too_much(rejected, read, limit) == is_refused


def test_too_many_rejected_rows_are_refused_until_a_person_acts(home: Home) -> None:
    put(home, "good", 20, 0)
    put(home, "bad", 20, 10)
    for _ in range(2):
        land(home)
        with pytest.raises(TelltaleError) as refusal:
            demand_few_rejected(home)
        message = str(refusal.value)
        for words in (
            "call_list/calls: 10 rejected, 20.0 % of 50",
            "bad.csv: 10 of 30",
            "such as line",
            "10 %",
        ):
            assert words in message
        assert "good.csv" not in message
    home.settings_file.write_text("[home]\nrejected_share_limit = 0.2\n", "utf-8")
    demand_few_rejected(home)
    home.settings_file.unlink()
    withdraw(home, "bad.csv")
    demand_few_rejected(home)


def test_readers_keep_their_version_when_a_run_is_refused(
    home: Home, run_replayed: Callable[..., Any]
) -> None:
    put(home, "good", 20, 2)
    run_replayed(home)
    before = current_version(home)
    assert before
    put(home, "bad", 5, 20)
    with pytest.raises(TelltaleError, match="readers keep"):
        run_replayed(home)
    assert current_version(home) == before
    (home.deliveries / "call_list" / "calls" / "bad.csv").unlink()
    put(home, "better", 30, 0)
    withdraw(home, "bad.csv")
    assert run_replayed(home).is_complete


def lines(summary: LandingSummary) -> list[str]:
    return list(summary.lines())


def test_a_person_sees_what_is_wrong_with_rejected_rows(home: Home) -> None:
    put(home, "a", 1, 5, "so\x1b[31mon")
    said = lines(land(home))
    assert said[0] == "landed    call_list/calls/a.csv: 1 accepted, 5 rejected"
    assert said[1].startswith("  line 3, entered_at: expected 2026-12-31 23:59:59")
    text = "\n".join(said)
    assert 'found "so\\x1b[31mon"' in text.replace("\n    ", " ")
    assert "  and 2 more; see quarantine/call_list/calls/" in text
    assert all(len(line) <= 100 for line in said if "quarantine/" not in line)


def test_different_faults_are_shown_before_equal_ones(home: Home) -> None:
    put(home, "a", 1, 5)
    file = home.deliveries / "call_list" / "calls" / "a.csv"
    with file.open("a", encoding="utf-8") as more:
        more.write("x,2026-02-03 09:00:00,perhaps,,\nshort\n")
    shown = [line for line in lines(land(home)) if line.startswith("  line ")]
    assert [line.split(":")[0] for line in shown] == [
        "  line 3, entered_at", "  line 8, is_answered", "  line 9",
    ]  # fmt: skip


def test_persons_and_free_texts_are_never_shown(home: Home) -> None:
    put(home, "a", 1, 0)
    folder = home.deliveries / "call_list" / "calls"
    (folder / "a.csv").write_text(
        HEADER + f"c1,2026-02-03 09:00:00,Y,{SECRET},5\n"
        f"c2,2026-02-03 09:00:00,Y,{'0622222222' * 200_000},text\n"
        f"c3,2026-02-03 09:00:00,Y,{SECRET},secret words\n",
        "utf-8",
    )
    text = "\n".join(lines(land(home)))
    assert "line 3, customer_id" in text
    assert "line 4, csat_answer_text" in text
    assert "06222" not in text
    assert "secret" not in text

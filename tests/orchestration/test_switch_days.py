"""Half hours on the two days of a year that have 46 and 50 of them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from orchestration.home import Home
from tests.kpis.deliver import deliver

HALF_HOUR = timedelta(minutes=30)


def test_switch_days_have_46_and_50_half_hours_that_add_up_to_the_day(
    home: Home, run_replayed: Callable[..., Any]
) -> None:
    home.root.mkdir(parents=True)
    home.settings_file.write_text('[home]\nzone = "Europe/Paris"\nsite = "main"\n', "utf-8")
    begins = [datetime(2026, 3, 28, 12), datetime(2026, 10, 24, 12)]
    arrivals = [first + step * HALF_HOUR for first in begins for step in range(120)]
    legs = [
        {
            "contact_id": f"c{number}", "leg_number": 1, "direction_code": "inbound",
            "channel_code": "phone", "queue_id": "q1", "outcome_code": "answered",
            "entered_at": entered, "answered_at": entered + timedelta(seconds=7),
            "ended_at": entered + timedelta(seconds=90),
            "talk_seconds": 80, "hold_seconds": 3, "wrap_up_seconds": 10,
        }
        for number, entered in enumerate(arrivals)
    ]  # fmt: skip
    deliver(home, "contact_legs", "legs.parquet", legs)
    run_replayed(home)

    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        days = connection.execute(
            "select entered_date, count(*), sum(received_count), sum(answered_wait_seconds),"
            " sum(handle_seconds), count(distinct half_hour_name)"
            " from marts.agg_queue_intervals join marts.rpt_queue_intervals"
            " using (half_hour_at, entered_date, site_id, queue_id)"
            " where entered_date in ('2026-03-29', '2026-10-25') group by 1 order by 1"
        ).fetchall()
        sums = connection.execute(
            "select entered_date, sum(received_count), sum(answered_wait_seconds),"
            " sum(handle_seconds) from marts.agg_transactional_daily"
            " where entered_date in ('2026-03-29', '2026-10-25') group by 1 order by 1"
        ).fetchall()

    assert [row[:3] for row in days] == [(date(2026, 3, 29), 46, 46), (date(2026, 10, 25), 50, 50)]
    assert [row[5] for row in days] == [46, 50]
    assert [(row[0], *row[2:5]) for row in days] == sums

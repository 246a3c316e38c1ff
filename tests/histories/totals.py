"""What the switch of a random centre says that it counted."""

from datetime import timedelta
from random import Random

from tests.histories.centre import Mood, chance
from tests.histories.rows import Row, delivered_row, hashed


def control_total_rows(rng: Random, mood: Mood) -> list[Row]:
    """Return figures of two queues around the switch of the clocks, on some days.

    They are of measures that nobody knows here: a build stops where known ones are far from ours.
    Some were corrected, by their stamp or by the day of their delivery.
    """
    rows = [
        delivered_row(
            "control_totals",
            checked_source_code="standard",
            queue_id=queue,
            measured_date=mood.switch_at.date() + timedelta(days=rng.randint(-1, 1)),
            measure_code=measure,
            measured_count=rng.randint(0, 5),
        )
        for queue in ("q1", "q4")
        for measure in ("calls", "seated", "rung")
        if chance(rng, 40)
    ]
    day = mood.switch_at.date() + timedelta(days=2)
    later = [{"updated_at": mood.switch_at}, {"delivered_date": day}]
    corrected = [
        hashed(row | said | {"measured_count": row["measured_count"] + 1})
        for row, said in zip(rows, later, strict=False)
    ]
    elsewhere = [hashed(row | {"checked_source_code": "other"}) for row in rows[:1]]
    return rows + corrected + elsewhere

"""What the switch of a random centre says that it counted."""

from datetime import timedelta
from random import Random

from tests.kpis.histories_centre import Mood, chance
from tests.kpis.histories_rows import Row, delivered_row


def control_total_rows(rng: Random, mood: Mood) -> list[Row]:
    """Return figures of two queues around the switch of the clocks, on some days."""
    return [
        delivered_row(
            "control_totals",
            source_code="standard",
            queue_id=queue,
            measured_date=mood.switch_at.date() + timedelta(days=rng.randint(-1, 1)),
            measure_code=measure,
            measured_count=rng.randint(0, 5),
        )
        for queue in ("q1", "q4")
        for measure in ("offered", "answered", "abandoned")
        if chance(rng, 40)
    ]

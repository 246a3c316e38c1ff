"""How long a visit waits and how it ends, on phone and chat, and what that is expected to be.

An agent would be free after `ring + delay` seconds, where the delay is 0 or geometric with the
load of the hour; a customer hangs up at a geometric patience. Whole seconds make every
expectation below exact. Three doors open for those still waiting on the phone: voicemail,
a callback, an overflow to another queue. A few visits are lost by the system.
"""

import numpy as np
from numpy.typing import NDArray

from simulation.centre import (
    ABANDONED,
    ABANDONED_RINGING,
    ANSWERED,
    CALLBACK_TAKEN,
    CHAT,
    OVERFLOW_OUT,
    PHONE,
    SERVICE_LEVEL_SECONDS,
    SHORT_ABANDON_SECONDS,
    SYSTEM_LOSS,
    VOICEMAIL,
    Columns,
)

RING_SECONDS = {PHONE: 4, CHAT: 2}
PATIENCE_SECONDS = {PHONE: 180.0, CHAT: 150.0}
DELAY_SECONDS = 9.0
LOSS_PROBABILITY = 0.003
RINGING_SHARE = 0.05
DOORS = ((30, VOICEMAIL, 0.02), (45, CALLBACK_TAKEN, 0.08), (240, OVERFLOW_OUT, 0.5))
CALLBACK_OFFER_SECONDS = 45
NEVER = np.iinfo(np.int64).max // 4

Floats = NDArray[np.float64]


def delays(load: Floats) -> tuple[Floats, Floats]:
    """Chance that nobody is free, and the mean delay in seconds when so."""
    return load**4, DELAY_SECONDS / (1.0 - load)


def wait(rng: np.random.Generator, channel: int, load: Floats, may_overflow: bool) -> Columns:
    """Draw `outcome` and `wait_seconds` of visits of one live channel under these loads."""
    size = len(load)
    delayed, mean = delays(load)
    delay = np.floor(rng.exponential(mean)).astype(np.int64)
    answer = RING_SECONDS[channel] + np.where(rng.random(size) < delayed, delay, 0)
    patience = np.floor(rng.exponential(PATIENCE_SECONDS[channel], size)).astype(np.int64)
    outcome = np.full(size, ANSWERED, dtype=np.int8)
    ends = answer.copy()
    for second, code, probability in doors(channel, may_overflow):
        leaves = (rng.random(size) < probability) & (second < ends)
        outcome[leaves], ends[leaves] = code, second
    leaves = (patience < answer) & (patience <= ends)
    outcome[leaves], ends[leaves] = ABANDONED, patience[leaves]
    ringing = leaves & (ends > SHORT_ABANDON_SECONDS) & (rng.random(size) < RINGING_SHARE)
    outcome[ringing & (channel == PHONE)] = ABANDONED_RINGING
    lost = rng.random(size) < LOSS_PROBABILITY
    outcome[lost] = SYSTEM_LOSS
    ends[lost] = np.floor(rng.random(int(lost.sum())) * (ends[lost] + 1)).astype(np.int64)
    return {"outcome": outcome, "wait_seconds": ends}


def doors(channel: int, may_overflow: bool) -> list[tuple[int, int, float]]:
    """The doors of a channel: second, outcome, share of those still waiting who take it."""
    return [
        door for door in DOORS if channel == PHONE and (may_overflow or door[1] != OVERFLOW_OUT)
    ]


def expected(channel: int, load: Floats, may_overflow: bool) -> dict[str, Floats]:
    """Exact expectations of each visit, given its load.

    Returns probabilities `answered`, `answered_in_20`, `short_abandon`, `abandoned` (longer
    than short, ringing included) and `answered_wait_seconds` = E[wait x answered].
    """
    delayed, mean = delays(load)
    ring = RING_SECONDS[channel]
    stays, holds = np.exp(-1.0 / mean), float(np.exp(-1.0 / PATIENCE_SECONDS[channel]))
    kept = 1.0 - LOSS_PROBABILITY
    both = stays * holds
    at_once = (1.0 - delayed) * holds**ring
    answered, seconds = at_once.copy(), at_once * ring
    left = np.zeros_like(load)
    opens = [(second, share) for second, _, share in doors(channel, may_overflow)]
    first, still = 0, 1.0
    for second, share in [*opens, (NEVER, 0.0)]:
        # Answers from `first` up to and with `second`: those doors are behind that opened before.
        low, high = max(first - ring, 0), second - ring + 1
        mass = delayed * (1.0 - stays) * holds**ring * still
        answered += mass * (powers(both, low) - powers(both, high))
        for end, sign in ((low, 1.0), (high, -1.0)):
            seconds += sign * mass * (ring * powers(both, end) + counted_powers(both, end))
        late = delayed * (1.0 - holds) * still * holds**ring * stays
        left += late * (powers(both, low) - powers(both, high))
        first, still = second + 1, still * (1.0 - share)
    before_ring = 1.0 - holds**ring
    upto = SHORT_ABANDON_SECONDS - ring + 1
    short = before_ring + delayed * (1.0 - holds) * holds**ring * stays * (
        powers(both, 0) - powers(both, upto)
    )
    prompt = at_once + delayed * (1.0 - stays) * holds**ring * (
        powers(both, 0) - powers(both, SERVICE_LEVEL_SECONDS - ring + 1)
    )
    return {
        "answered": kept * answered,
        "answered_in_20": kept * prompt,
        "short_abandon": kept * short,
        "abandoned": kept * (before_ring + left - short),
        "answered_wait_seconds": kept * seconds,
    }


def powers(base: Floats, low: int) -> Floats:
    """Sum of base^k over k >= low."""
    return base**low / (1.0 - base)


def counted_powers(base: Floats, low: int) -> Floats:
    """Sum of k base^k over k >= low (0 where low is out of sight)."""
    if low >= NEVER // 2:
        return np.zeros_like(base)
    return base**low * (low + base / (1.0 - base)) / (1.0 - base)

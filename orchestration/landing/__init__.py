"""Landing: a row is judged once, at the door; nothing is ever dropped."""

from orchestration.landing.arrival import land
from orchestration.landing.contract import Contract, read_contracts
from orchestration.landing.ledger import DeliveryRecord
from orchestration.landing.summary import FileOutcome, LandingSummary
from orchestration.landing.withdrawal import WithdrawalRecord, undo, withdraw

__all__ = [
    "Contract",
    "DeliveryRecord",
    "FileOutcome",
    "LandingSummary",
    "WithdrawalRecord",
    "land",
    "read_contracts",
    "undo",
    "withdraw",
]

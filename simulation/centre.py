"""The fixed world: sites, queues, teams, reasons and the effects that are planted in it.

Shares are 0..1, durations are seconds, probabilities are those that the simulation draws with.
"""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]
"""Columns of one table, equally long; -1 is a missing code, duration or instant."""

CHANNELS = ("phone", "chat", "email", "messaging")
PHONE, CHAT, EMAIL, MESSAGING = range(4)
LIVE = (PHONE, CHAT)
"""Channels on which a customer waits for the answer; on the others a reply comes later."""

OUTCOMES = (
    "answered", "abandoned", "abandoned_ringing", "callback_taken", "voicemail", "overflow_out",
    "system_loss", "dissuaded", "closed", "ivr_abandoned", "ivr_only",
)  # fmt: skip
(
    ANSWERED, ABANDONED, ABANDONED_RINGING, CALLBACK_TAKEN, VOICEMAIL, OVERFLOW_OUT,
    SYSTEM_LOSS, DISSUADED, CLOSED, IVR_ABANDONED, IVR_ONLY,
) = range(len(OUTCOMES))  # fmt: skip

TRANSFER_KINDS = ("blind", "consult", "external")
EXTERNAL = 2

SHORT_ABANDON_SECONDS = 5
SERVICE_LEVEL_SECONDS = 20
CALLBACK_PROMISE_SECONDS = 86_400
LOST_RECORD_SECONDS = 86_400
ANSWER_WINDOW_SECONDS = 14 * 86_400

# What is planted, so that a build can be asked to find it again.
NEW_AGENT_SECONDS = 8 * 7 * 86_400
NEW_AGENT_TALK_FACTOR = 1.25
HURRIED_TEAM_ID = "casablanca_phone_b"
HURRIED_TALK_FACTOR = 0.88
HURRIED_RESOLUTION_EFFECT = -0.08
HURRIED_HAPPY_EFFECT = -0.10
HARDER_REASON_CODE = "outage"
HARDER_TALK_FACTOR = 1.2
HARDER_RESOLUTION_EFFECT = -0.20
WAIT_HAPPY_EFFECT_PER_MINUTE = -0.03
QUALITY_HAPPY_EFFECT = 0.05
QUALITY_RESOLUTION_EFFECT = 0.05


@dataclass(frozen=True)
class Site:
    """One site; `share` of all demand, `english_share` of its customers speak English."""

    site_id: str
    site_name: str
    zone_name: str
    country_code: str
    share: float
    english_share: float


@dataclass(frozen=True)
class Queue:
    """One queue; `other` is the queue of the same site that takes transfers and overflow."""

    queue_id: str
    queue_name: str
    site: int
    channel: int
    calendar_code: str
    share: float
    load: float
    is_technical: bool = False
    other: int = -1


@dataclass(frozen=True)
class Team:
    """One team of a pool; a pool is the phone or the digital agents of one site."""

    team_id: str
    team_name: str
    site: int
    is_digital: bool


@dataclass(frozen=True)
class Reason:
    """A reason under its issue reason; `resolution` is the true chance to solve it at once."""

    reason_code: str
    issue_reason_code: str
    reason_name_fr: str
    reason_name_en: str
    share: float
    talk_seconds: float
    resolution: float
    is_selfcare_eligible: bool
    is_promotion_eligible: bool
    is_sale_eligible: bool


SITES = (
    Site("paris", "Paris", "Europe/Paris", "FR", 0.50, 0.04),
    Site("casablanca", "Casablanca", "Africa/Casablanca", "MA", 0.27, 0.02),
    Site("montreal", "Montréal", "America/Toronto", "CA", 0.23, 0.35),
)

QUEUES = (
    Queue("paris_phone_general", "Paris, téléphone", 0, PHONE, "paris_live", 0.43, 0.74, other=1),
    Queue("paris_phone_technical", "Paris, technique", 0, PHONE, "paris_live", 0.21, 0.80, True, 0),
    Queue("paris_chat", "Paris, chat", 0, CHAT, "paris_live", 0.16, 0.72),
    Queue("paris_email", "Paris, courriel", 0, EMAIL, "paris_email", 0.14, 0.0),
    Queue("casablanca_phone_general", "Casablanca, téléphone", 1, PHONE, "casablanca_live", 0.63,
          0.70, other=5),
    Queue("casablanca_phone_technical", "Casablanca, technique", 1, PHONE, "casablanca_live", 0.29,
          0.76, True, 4),
    Queue("montreal_phone_general", "Montréal, téléphone", 2, PHONE, "montreal_live", 0.45, 0.76,
          other=7),
    Queue("montreal_phone_technical", "Montréal, technique", 2, PHONE, "montreal_live", 0.20,
          0.78, True, 6),
    Queue("montreal_chat", "Montréal, chat", 2, CHAT, "montreal_live", 0.19, 0.70),
    Queue("montreal_email", "Montréal, courriel", 2, EMAIL, "montreal_email", 0.16, 0.0),
    Queue("paris_messaging", "Paris, messagerie", 0, MESSAGING, "paris_live", 0.06, 0.0),
    Queue("casablanca_messaging", "Casablanca, messagerie", 1, MESSAGING, "casablanca_live", 0.08,
          0.0),
)  # fmt: skip

TEAMS = (
    Team("paris_phone_a", "Paris voix A", 0, False),
    Team("paris_phone_b", "Paris voix B", 0, False),
    Team("paris_digital", "Paris digital", 0, True),
    Team("casablanca_phone_a", "Casablanca voix A", 1, False),
    Team("casablanca_phone_b", "Casablanca voix B", 1, False),
    Team("casablanca_digital", "Casablanca digital", 1, True),
    Team("montreal_phone", "Montréal voix", 2, False),
    Team("montreal_digital", "Montréal digital", 2, True),
)

ISSUES = {
    "billing": ("Facturation", "Billing"),
    "delivery": ("Livraison", "Delivery"),
    "technical": ("Technique", "Technical"),
    "contract": ("Contrat", "Contract"),
}

REASONS = (
    Reason("invoice_question", "billing", "Question de facture", "Invoice question",
           0.16, 240, 0.86, True, True, False),
    Reason("payment_dispute", "billing", "Litige de paiement", "Payment dispute",
           0.07, 420, 0.66, False, False, False),
    Reason("late_delivery", "delivery", "Retard de livraison", "Late delivery",
           0.17, 260, 0.72, True, True, False),
    Reason("damaged_parcel", "delivery", "Colis abîmé", "Damaged parcel",
           0.06, 330, 0.78, False, True, False),
    Reason("outage", "technical", "Panne", "Outage",
           0.13, 480, 0.68, False, False, False),
    Reason("setup_help", "technical", "Aide à la mise en service", "Help with set-up",
           0.10, 540, 0.80, True, True, True),
    Reason("password", "technical", "Mot de passe", "Password",
           0.08, 150, 0.93, True, True, False),
    Reason("address_change", "contract", "Changement d'adresse", "Change of address",
           0.08, 180, 0.94, True, True, False),
    Reason("new_offer", "contract", "Nouvelle offre", "New offer",
           0.09, 400, 0.88, False, True, True),
    Reason("cancellation", "contract", "Résiliation", "Cancellation",
           0.06, 360, 0.83, False, False, True),
)  # fmt: skip

ISSUE_GAP_SECONDS = 30 * 86_400
REASON_CODES = tuple(ISSUES) + tuple(reason.reason_code for reason in REASONS)
"""Codes as delivered: the issue reasons (menu) first, then the declared ones."""

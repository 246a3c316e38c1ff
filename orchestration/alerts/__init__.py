"""What telltale says to people who are not looking: by a web hook, by mail, or not at all."""

from orchestration.alerts.message import Alert
from orchestration.alerts.ways import is_wanted, send, send_trial

__all__ = ["Alert", "is_wanted", "send", "send_trial"]

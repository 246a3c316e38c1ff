"""The table [alerts] of settings.toml: who is told of failures, and how. Off while it is empty."""

from datetime import time
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from orchestration.settings_values import Text, Texts, Truth, fault, filled_text

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _url(value: Any) -> str:
    url = filled_text(value)
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise fault("an address such as https://chat.example.org/hook")
    return url


def _clock(value: Any) -> str:
    text = filled_text(value)
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or f"{found:%H:%M}" != text:
        raise fault("a time of day such as 10:00")
    return text


def _port(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 65536:
        raise fault("a port from 1 to 65535")
    return value


def _weekdays(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not value or not set(value) <= set(WEEKDAYS):
        raise fault("a list of " + ", ".join(WEEKDAYS))
    return tuple(value)


Url = Annotated[str, PlainValidator(_url)]
Clock = Annotated[str, PlainValidator(_clock)]
Port = Annotated[int, PlainValidator(_port)]
Weekdays = Annotated[tuple[str, ...], PlainValidator(_weekdays)]


def _unfit(key: str, found: Any, expected: str) -> PydanticCustomError:
    """The fault of a key that does not go with the others of its table."""
    context = {"expected": expected, "meant": "", "key": key, "found": found}
    return PydanticCustomError("value", "{expected}", context)


class SmtpSettings(BaseModel):
    """`[alerts.smtp]`: the mail server. The environment holds the password, never this file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: Text | None = None
    port: Port = 587
    starttls: Truth = True
    sender: Text | None = None
    recipients: Texts = ()
    user: Text | None = None
    password_variable: Text | None = None

    @model_validator(mode="after")
    def _demand_a_whole_table(self) -> Self:
        if self.model_fields_set and not self.host:
            raise _unfit("host", self.host, "the name of a mail server")
        if self.host and not self.sender:
            raise _unfit("sender", self.sender, "the address from which alerts come")
        if self.host and not self.recipients:
            raise _unfit("recipients", list(self.recipients), "at least one address")
        if self.user and not self.password_variable:
            expected = "the name of the environment variable that holds the password"
            raise _unfit("password_variable", None, expected)
        if self.user and not self.starttls:
            raise _unfit("starttls", False, "true: a password is not sent in clear")
        return self


class AlertSettings(BaseModel):
    """`[alerts]`: the web hook, and when a day without a delivery is reported.

    `nothing_by` is a time of the home's zone; None reports no such day.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    webhook_url: Url | None = None
    webhook_url_variable: Text | None = None
    nothing_by: Clock | None = None
    weekdays: Weekdays = WEEKDAYS
    smtp: SmtpSettings = SmtpSettings()

    @model_validator(mode="after")
    def _demand_one_address(self) -> Self:
        if self.webhook_url and self.webhook_url_variable:
            expected = "either webhook_url or webhook_url_variable"
            raise _unfit("webhook_url_variable", self.webhook_url_variable, expected)
        return self

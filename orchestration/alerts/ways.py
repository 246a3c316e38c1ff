"""The two ways of an alert: a POST of JSON, and a mail. Both are off until settings name them."""

import json
import os
import smtplib
import ssl
import time
from collections.abc import Callable
from email.message import EmailMessage
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from orchestration.alerts.message import Alert
from orchestration.errors import TelltaleError, explained
from orchestration.home import Home
from orchestration.settings import read_settings
from orchestration.settings_alerts import AlertSettings, SmtpSettings

TIMEOUT_SECONDS = 10
ATTEMPTS = 3
PAUSE_SECONDS = 2


class _NoRedirect(HTTPRedirectHandler):
    """A redirected POST would arrive as a GET without its text: it is an error instead."""

    def redirect_request(self, *args: Any, **options: Any) -> None:
        return None


def is_wanted(settings: AlertSettings) -> bool:
    """Whether the home names any way to send an alert."""
    return bool(settings.webhook_url or settings.webhook_url_variable or settings.smtp.host)


def send(
    home: Home, settings: AlertSettings, alert: Alert, pause_seconds: float = PAUSE_SECONDS
) -> None:
    """Send the alert by every way that the settings name; each is tried three times.

    Raises TelltaleError with every way that failed, after the others were tried.
    """
    ways: dict[str, Callable[[], None]] = {}
    if settings.webhook_url or settings.webhook_url_variable:
        ways["web hook"] = lambda: _post(settings, alert.json(home))
    if settings.smtp.host:
        ways["mail"] = lambda: _mail(settings.smtp, alert.title, alert.text(home))
    failures = [why for name, way in ways.items() if (why := _tried(name, way, pause_seconds))]
    if failures:
        raise TelltaleError(
            explained(
                f"The alert `{alert.title}` could not be sent.",
                *failures,
                to_do=f"correct [alerts] in {home.settings_file}, then try `telltale alert`",
            )
        )


def send_trial(home: Home) -> None:
    """Send a trial by every way. Raises TelltaleError if there is none, or if one fails."""
    settings = read_settings(home).alerts
    if not is_wanted(settings):
        raise TelltaleError(
            explained(
                "No alert is sent.",
                expected=f"a web hook or a mail server in [alerts] of {home.settings_file}",
            )
        )
    send(home, settings, Alert("trial", "a trial", ("Somebody tried the alerts of this home.",)))


def _tried(name: str, way: Callable[[], None], pause_seconds: float) -> str | None:
    """Why a way failed at every attempt, without its address, which may be a secret."""
    why = ""
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(pause_seconds)
        try:
            way()
            return None
        except TelltaleError as error:
            return f"{name}: {str(error).splitlines()[0]}"
        except HTTPError as error:
            why = f"the server answered {error.code}"
        except (OSError, HTTPException, smtplib.SMTPException) as error:
            cause = getattr(error, "reason", error)
            why = getattr(cause, "strerror", None) or type(cause).__name__
    return f"{name}: {why}, {ATTEMPTS} times"


def _post(settings: AlertSettings, values: dict[str, Any]) -> None:
    url = settings.webhook_url or _secret(settings.webhook_url_variable)
    request = Request(
        url,
        data=json.dumps(values, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "telltale"},
        method="POST",
    )
    with build_opener(_NoRedirect).open(request, timeout=TIMEOUT_SECONDS) as answer:
        answer.read()


def _mail(smtp: SmtpSettings, title: str, text: str) -> None:
    message = EmailMessage()
    message["Subject"] = f"telltale: {title}"
    message["From"] = smtp.sender
    message["To"] = ", ".join(smtp.recipients)
    message.set_content(text)
    with smtplib.SMTP(smtp.host or "", smtp.port, timeout=TIMEOUT_SECONDS) as server:
        if smtp.starttls:
            server.starttls(context=ssl.create_default_context())
        if smtp.user:
            server.login(smtp.user, _secret(smtp.password_variable))
        server.send_message(message)


def _secret(variable: str | None) -> str:
    """A secret lies in the environment; the settings hold the name of its variable."""
    value = os.environ.get(variable or "", "")
    if not value:
        raise TelltaleError(
            explained(
                f"The environment variable {variable} is empty.",
                expected="the secret that [alerts] in settings.toml names by it",
                to_do="set it where `telltale dev` starts",
            )
        )
    return value

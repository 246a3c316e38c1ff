"""Alerts reach a web hook and a mail server on loopback, and hold no value of a row."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from click.testing import CliRunner

from orchestration.alerts import Alert, is_wanted, send
from orchestration.alerts.absence import absence
from orchestration.cli import main
from orchestration.errors import TelltaleError
from orchestration.home import Home
from orchestration.landing.ledger import DeliveryRecord
from orchestration.settings import read_settings
from orchestration.settings_alerts import WEEKDAYS, AlertSettings

ALERT = Alert("run_failed", "the run 1a2b failed", ("An audit failed.",), {"run_id": "1a2b"})


class Hook(BaseHTTPRequestHandler):
    """Keeps what it is sent; answers with the codes that the test gives, then 204."""

    received: list[dict[str, Any]]
    codes: list[int]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        code = self.codes.pop(0) if self.codes else 204
        if code < 300:
            self.received.append(json.loads(body))
        self.send_response(code)
        if code == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal."""


class Mailbox(socketserver.StreamRequestHandler):
    """A mail server that takes one message without encryption."""

    received: list[str]

    def handle(self) -> None:
        self.say("220 mailbox")
        lines: list[str] = []
        is_text = False
        while line := self.rfile.readline().decode():
            line = line.rstrip("\r\n")
            if is_text:
                if line == ".":
                    is_text = False
                    self.received.append("\n".join(lines))
                    self.say("250 kept")
                else:
                    lines.append(line)
            elif line.upper() == "DATA":
                is_text = True
                self.say("354 go on")
            elif line.upper() == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 yes")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def served(server: socketserver.TCPServer) -> Iterator[int]:
    """The server's port on loopback, while it runs."""
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict[str, Any]], list[int]]]:
    """Address of a web hook, what it received, and the codes that it is to answer first."""
    handler = type("OneHook", (Hook,), {"received": [], "codes": []})
    with served(HTTPServer(("127.0.0.1", 0), handler)) as port:
        yield f"http://127.0.0.1:{port}/hook", handler.received, handler.codes


@pytest.fixture
def mailbox() -> Iterator[tuple[int, list[str]]]:
    """Port of a mail server and the messages that it received."""
    handler = type("OneMailbox", (Mailbox,), {"received": []})
    with served(socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)) as port:
        yield port, handler.received


def alerts(home: Home, text: str) -> AlertSettings:
    """The settings of [alerts] as a file says them."""
    home.root.mkdir(parents=True, exist_ok=True)
    home.settings_file.write_text(text, "utf-8")
    return read_settings(home).alerts


def smtp_text(port: int, more: str = "starttls = false") -> str:
    return (
        f'[alerts.smtp]\nhost = "127.0.0.1"\nport = {port}\nsender = "telltale@example.org"\n'
        f'recipients = ["ops@example.org", "quality@example.org"]\n{more}\n'
    )


def test_no_settings_send_nothing(home: Home) -> None:
    settings = alerts(home, "")
    assert not is_wanted(settings)
    send(home, settings, ALERT)


def test_a_web_hook_gets_json(home: Home, hook: tuple[str, list[Any], list[int]]) -> None:
    url, received, _ = hook
    settings = alerts(home, f'[alerts]\nwebhook_url = "{url}"\n')
    assert is_wanted(settings)
    send(home, settings, ALERT)
    (found,) = received
    assert (found["kind_code"], found["title"]) == ("run_failed", "the run 1a2b failed")
    assert found["run_id"] == "1a2b"
    assert "An audit failed." in found["text"]
    assert "Nothing is published yet." in found["text"]


def test_a_secret_address_comes_from_the_environment(
    home: Home, hook: tuple[str, list[Any], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, received, _ = hook
    settings = alerts(home, '[alerts]\nwebhook_url_variable = "TELLTALE_TEST_HOOK"\n')
    with pytest.raises(TelltaleError, match="TELLTALE_TEST_HOOK is empty"):
        send(home, settings, ALERT, pause_seconds=0)
    monkeypatch.setenv("TELLTALE_TEST_HOOK", url)
    send(home, settings, ALERT)
    assert len(received) == 1


def test_a_hook_that_stumbles_is_asked_three_times(
    home: Home, hook: tuple[str, list[Any], list[int]]
) -> None:
    url, received, codes = hook
    settings = alerts(home, f'[alerts]\nwebhook_url = "{url}"\n')
    codes += [500, 503]
    send(home, settings, ALERT, pause_seconds=0)
    assert len(received) == 1
    codes += [500, 500, 403]
    with pytest.raises(TelltaleError) as raised:
        send(home, settings, ALERT, pause_seconds=0)
    assert "web hook: the server answered 403, 3 times" in str(raised.value)
    assert url not in str(raised.value), "an address may be a secret"


def test_a_redirect_is_no_arrival(home: Home, hook: tuple[str, list[Any], list[int]]) -> None:
    url, _, codes = hook
    codes += [302] * 3
    with pytest.raises(TelltaleError, match="answered 302"):
        send(home, alerts(home, f'[alerts]\nwebhook_url = "{url}"\n'), ALERT, pause_seconds=0)


def test_a_mail_reaches_its_recipients(home: Home, mailbox: tuple[int, list[str]]) -> None:
    port, received = mailbox
    send(home, alerts(home, smtp_text(port)), ALERT)
    (found,) = received
    assert "Subject: telltale: the run 1a2b failed" in found
    assert "To: ops@example.org, quality@example.org" in found
    assert "An audit failed." in found


def test_a_dead_way_does_not_silence_the_other(home: Home, mailbox: tuple[int, list[str]]) -> None:
    port, received = mailbox
    settings = alerts(home, '[alerts]\nwebhook_url = "http://127.0.0.1:9/"\n' + smtp_text(port))
    with pytest.raises(TelltaleError, match="web hook: Connection refused, 3 times"):
        send(home, settings, ALERT, pause_seconds=0)
    assert len(received) == 1


def test_a_mail_is_not_sent_in_clear_where_encryption_is_asked(
    home: Home, mailbox: tuple[int, list[str]]
) -> None:
    port, received = mailbox
    with pytest.raises(TelltaleError, match="mail: SMTPNotSupportedError"):
        send(home, alerts(home, smtp_text(port, "")), ALERT, pause_seconds=0)
    assert not received


@pytest.mark.parametrize(
    "text",
    [
        '[alerts]\nwebhook_url = "ftp://example.org"\n',
        '[alerts]\nwebhook_url = "https://a.example"\nwebhook_url_variable = "A"\n',
        '[alerts]\nnothing_by = "ten"\n',
        '[alerts]\nweekdays = ["montag"]\n',
        '[alerts]\nwebhook = "https://a.example"\n',
        smtp_text(25, 'user = "telltale"'),
        smtp_text(25, 'user = "telltale"\npassword_variable = "A"\nstarttls = false'),
        smtp_text(0),
    ],
)
def test_settings_that_cannot_work_are_refused(home: Home, text: str) -> None:
    with pytest.raises(TelltaleError, match="alerts"):
        alerts(home, text)


def test_alerts_change_no_figure(home: Home) -> None:
    before = read_settings(home).fingerprint()
    alerts(home, '[alerts]\nwebhook_url = "https://a.example"\nnothing_by = "10:00"\n')
    assert read_settings(home).fingerprint() == before


def landed(moment: str, verdict: str = "accepted") -> DeliveryRecord:
    return DeliveryRecord(
        delivery_id="d1",
        source_code="standard",
        table_code="contact_legs",
        file_name="anna.csv",
        byte_count=1,
        line_count=1,
        read_count=1,
        accepted_count=1,
        rejected_count=0,
        duplicate_count=0,
        verdict_code=verdict,
        reason_code=None,
        message_text=None,
        warnings=(),
        ignored_columns=(),
        delivered_date=None,
        raw_path=None,
        quarantine_path=None,
        contract_fingerprint="c",
        key_id=None,
        telltale_version="0",
        landed_at=moment,
    )


YESTERDAY = landed("2026-06-29T07:00:00+00:00")


def missed(now: str, *records: DeliveryRecord, weekdays: tuple[str, ...] = WEEKDAYS) -> bool:
    """Whether Paris misses a delivery at `now` (UTC; Paris is two hours ahead)."""
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    return absence(records, moment, "Europe/Paris", "10:00", weekdays) is not None


def test_a_day_without_a_delivery_is_missed_from_its_hour_on() -> None:
    assert not missed("2026-06-30T07:59:59", YESTERDAY)
    assert missed("2026-06-30T08:00:00", YESTERDAY)
    assert missed("2026-06-30T21:59:00", YESTERDAY)
    assert not missed("2026-06-30T22:01:00", YESTERDAY), "there it is tomorrow, before ten"


def test_a_delivery_of_the_local_day_is_enough() -> None:
    assert not missed("2026-06-30T08:00:00", landed("2026-06-29T22:00:00+00:00"))
    assert missed("2026-06-30T08:00:00", landed("2026-06-29T21:59:59+00:00"))


def test_a_refused_file_is_no_delivery() -> None:
    assert missed("2026-06-30T08:00:00", landed("2026-06-30T06:00:00+00:00", "refused"))


def test_days_on_which_nothing_is_expected_are_not_missed() -> None:
    assert missed("2026-06-30T08:00:00", weekdays=("tuesday",))
    assert not missed("2026-06-30T08:00:00", weekdays=("monday",))


def test_the_alert_says_when_something_last_came_and_no_name_of_a_file() -> None:
    moment = datetime(2026, 6, 30, 8, tzinfo=UTC)
    alert = absence([YESTERDAY], moment, "Europe/Paris", "10:00", WEEKDAYS)
    assert alert is not None
    assert alert.title == "nothing arrived by 10:00"
    assert "2026-06-29" in alert.lines[1]
    assert "anna" not in repr(alert)


def test_a_person_tries_the_ways_at_the_command_line(
    home: Home, hook: tuple[str, list[Any], list[int]]
) -> None:
    url, received, _ = hook
    arguments = ["alert", "--home", str(home.root)]
    assert CliRunner().invoke(main, arguments).exit_code == 1
    alerts(home, f'[alerts]\nwebhook_url = "{url}"\n')
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert [one["kind_code"] for one in received] == ["trial"]

"""What settings.toml may say, and what is said of what it may not."""

import pytest

from orchestration.errors import TelltaleError
from orchestration.home import Home
from orchestration.settings import Settings, read_settings


def reads(home: Home, text: str) -> Settings:
    home.root.mkdir(parents=True, exist_ok=True)
    home.settings_file.write_text(text, "utf-8")
    return read_settings(home)


def refusal(home: Home, text: str) -> str:
    with pytest.raises(TelltaleError) as caught:
        reads(home, text)
    assert str(home.settings_file) in str(caught.value)
    return " ".join(str(caught.value).split())


def test_no_file_and_an_empty_one_are_the_defaults(home: Home) -> None:
    assert read_settings(home) == reads(home, "") == Settings()
    assert Settings().home.zone == "Europe/Paris"


def test_values_arrive_as_they_are_needed(home: Home) -> None:
    source = reads(
        home,
        "[sources.call_list]\nnull_tokens = ['']\n"
        "[sources.call_list.aliases]\ntalk_seconds = ['billed']\nentered_at.time = ['heure']\n"
        "[sources.call_list.constants]\nis_answered = true\nentered_at = 2026-02-03 09:00:00\n",
    ).source("call_list")
    assert source.null_tokens == ("",)
    assert source.aliases == {"talk_seconds": ("billed",), "entered_at.time": ("heure",)}
    assert source.constants == {"is_answered": "true", "entered_at": "2026-02-03 09:00:00"}


def test_only_what_decides_a_figure_changes_the_fingerprint(home: Home) -> None:
    plain = Settings().fingerprint()
    assert reads(home, "[home]\nrejected_share_limit = 0.5").fingerprint() == plain
    assert reads(home, "[home]\nversions_kept = 9").fingerprint() == plain
    assert reads(home, '[home]\nsite = "north"').fingerprint() != plain
    assert reads(home, '[sources.x]\ndelimiter = ";"').fingerprint() != plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[hom]",
            'expected: one of alerts, home, sources found: "hom"; did you mean "home"',
        ),
        ("home = 3", "[home] is no table"),
        ("sources = 3", "[sources] is no table expected: a table such as [sources.call_list]"),
        ("[sources]\nx = 3", "[sources.x] is no table expected: a table such as [sources.x]"),
        ('[home]\nzon = "UTC"', "[home] has an unknown key expected: one of currency, languages"),
        ('[home]\nzone = "Europe/Pariss"', "[home] zone cannot be read expected: a time zone such"),
        ('[home]\nzone = "Europe/Pariss"', "found: 'Europe/Pariss'; did you mean \"Europe/Paris\""),
        ("[home]\nsite = ''", "[home] site cannot be read expected: a text found: ''"),
        ("[home]\nlanguages = 'fr'", "expected: a list of texts found: 'fr'"),
        ("[home]\nrejected_share_limit = 2", "expected: a share from 0 to 1 found: 2"),
        ("[home]\nrejected_share_limit = true", "expected: a share from 0 to 1 found: True"),
        ("[home]\nzone = {}", "[home] zone cannot be read expected: a text found: {}"),
        ("[sources.x]\ndate_ordre = 'dmy'", 'found: "date_ordre"; did you mean "date_order"?'),
        ("[sources.x]\ndate_order = 'dym'", "expected: one of 'ymd', 'dmy', 'mdy' found: 'dym'"),
        ("[sources.x]\nencoding = 'utf-9'", "expected: an encoding such as utf-8 or cp1252"),
        ("[sources.x]\nfile_date = '(a)(b)'", "a regular expression with one group"),
        ("[sources.x]\nmay_be_empty = 1", "expected: true or false found: 1"),
        ("[sources.x]\naliases = 3", "[sources.x] aliases cannot be read"),
        ("[sources.x.aliases]\na = 'b'", "[sources.x.aliases] a cannot be read expected: a list"),
        ("[sources.x.aliases]\na.tim = ['b']", "a.tim cannot be read expected: a.date or a.time"),
        ("[sources.x.constants]\na = [1]", "[sources.x.constants] a cannot be read expected: one"),
        ("[home", "not TOML"),
    ],
)
def test_a_wrong_value_is_reported_with_its_place(home: Home, text: str, said: str) -> None:
    assert said in refusal(home, text)


def test_all_faults_are_reported_at_once(home: Home) -> None:
    message = refusal(home, "[home]\nzone = 3\nsite = 4\n[sources.x]\nencoding = 5\n")
    assert message.count("cannot be read") == 3


def test_a_file_that_is_no_utf8_is_reported(home: Home) -> None:
    home.root.mkdir(parents=True)
    home.settings_file.write_bytes(b'[home]\nsite = "caf\xe9"\n')
    with pytest.raises(TelltaleError, match="not utf-8 at byte"):
        read_settings(home)

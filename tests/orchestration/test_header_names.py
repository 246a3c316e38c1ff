"""How names of a header are compared, in any script, and what is said of those that lack."""

import pytest

from orchestration.errors import TelltaleError
from orchestration.landing.contract import Contract, read_contracts
from orchestration.landing.faults import FileFaultError
from orchestration.landing.header.header import match_header
from orchestration.landing.header.names import Names, normalised
from orchestration.landing.header.overrides import check_settings
from orchestration.settings import Settings

CALLS = ("call_list", "calls")


def contract(**source: object) -> Contract:
    settings = Settings.model_validate({"sources": {"call_list": source}})
    contracts = read_contracts()
    check_settings(settings, contracts)
    return contracts[CALLS].under(settings)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Décroché (O/N)", "decroche_o_n"),
        ("Αριθμός κλήσης", "αριθμοσ_κλησησ"),
        ("Номер звонка", "номер-звонка"),
        ("رقم المكالمة", "رقم_المكالمة"),
        ("通話番号", " 通話番号 "),
        ("\uff43\uff41\uff4c\uff4c\uff3f\uff49\uff44", "Call ID"),
        ("\uff2eº d\u2019appel", "no d'appel"),
    ],
)
def test_case_width_accents_and_punctuation_do_not_matter(first: str, second: str) -> None:
    assert normalised(first) == normalised(second) != ""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Αριθμός 1", "Χρόνος 1"),
        ("وقت 2", "رقم 2"),
        ("開始", "終了"),
        ("ハク", "パク"),
        ("कि", "की"),
        ("สี", "สี่"),
    ],
)
def test_other_letters_are_another_name(first: str, second: str) -> None:
    assert normalised(first) != normalised(second)


@pytest.mark.parametrize(
    "names",
    [
        ("Αριθμός 1", "Έναρξη 1", "Απαντήθηκε 1"),
        ("رقم المكالمة", "وقت المكالمة", "تم الرد"),
        ("通話番号", "開始日時", "応答"),
        ("कॉल", "समय", "उत्तर"),
    ],
)
def test_a_header_in_any_script_is_read_by_aliases(names: tuple[str, ...]) -> None:
    columns = ("call_id", "entered_at", "is_answered")
    aliases = {column: [name] for column, name in zip(columns, names, strict=True)}
    match = match_header(names, contract(aliases=aliases))
    fed = {field.column.name: field.indices for field in match.fields if field.indices}
    assert fed == {"call_id": (0,), "entered_at": (1,), "is_answered": (2,)}


def test_a_name_in_any_script_may_be_shown() -> None:
    header = ["call_id", "समय", "0611111111"]
    names = Names(header, contract())
    assert [names.shown(name) for name in header] == ["call_id", "समय", None]


def test_no_message_proposes_one_value_for_a_key() -> None:
    with pytest.raises(FileFaultError) as caught:
        match_header(["entered_at", "is_answered"], contract())
    message = " ".join(caught.value.message.split())
    assert 'under [sources.call_list.aliases] (call_id = ["..."])' in message
    assert "constants" not in message
    with pytest.raises(FileFaultError) as caught:
        match_header(["entered_at"], contract())
    message = " ".join(caught.value.message.split())
    assert 'under [sources.call_list.aliases] (call_id = ["..."])' in message
    assert 'under [sources.call_list.constants] (is_answered = "...")' in message


def test_one_value_for_a_key_is_refused() -> None:
    with pytest.raises(TelltaleError) as caught:
        contract(constants={"call_id": "x"})
    message = " ".join(str(caught.value).split())
    assert "[sources.call_list.constants] call_id cannot be used" in message
    assert "it tells rows apart" in message
    assert 'under [sources.call_list.aliases] (call_id = ["..."])' in message
    assert 'found: the constant "x"' in message


def test_no_contract_has_a_default_for_a_key() -> None:
    for one in read_contracts().values():
        defaults = {column.name: column.default for column in one.columns}
        assert all(defaults[name] is None for name in one.key)

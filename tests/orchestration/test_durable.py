"""Small files are complete or absent, and what an interrupted write leaves is no record."""

import json
from pathlib import Path

import pytest

from orchestration import durable
from orchestration.home import Home
from orchestration.landing import ledger


def test_a_reader_sees_the_old_or_the_new_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "folder" / "values.json"
    durable.write_json(path, {"name": "é"})
    assert json.loads(path.read_text("utf-8")) == {"name": "é"}

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            durable.write_json(path, {"name": "other"})
    assert json.loads(path.read_text("utf-8")) == {"name": "é"}
    durable.write_json(path, {"name": "other"})
    assert [one.name for one in path.parent.iterdir()] == ["values.json"]


def test_what_an_interrupted_write_leaves_is_no_record_and_is_swept(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.withdrawals.mkdir(parents=True)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", stop)
        for folder in (home.ledger, home.withdrawals):
            with pytest.raises(KeyboardInterrupt):
                durable.write_json(folder / "d.json", {})
    assert len(list(home.ledger.rglob("*.aside"))) == 2
    assert ledger.read(home) == []
    ledger.sweep(home, [])
    assert not list(home.ledger.rglob("*.aside"))

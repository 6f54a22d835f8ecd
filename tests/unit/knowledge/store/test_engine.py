"""What is wrong with a database is said in one sentence, without the password."""

import sys

import pytest

from knowledge.errors import SettingError, StoreError
from knowledge.store import Store, open_engine, upgrade

NOWHERE = "postgresql://anna:geheim@127.0.0.1:1/lotse?application_name=geheim"


def test_a_server_that_is_away_is_named_without_the_password() -> None:
    with pytest.raises(StoreError) as raised:
        upgrade(open_engine(NOWHERE))
    assert "PostgreSQL, lotse on 127.0.0.1:1 cannot be used" in str(raised.value)
    assert "geheim" not in str(raised.value)


def test_the_address_tells_database_and_host_only() -> None:
    assert Store(open_engine(NOWHERE)).address == "PostgreSQL, lotse on 127.0.0.1:1"
    assert Store(open_engine("postgresql+psycopg:///lotse?host=/run/pg")).address == "PostgreSQL, lotse on /run/pg"


@pytest.mark.parametrize("url", ["mysql://anna:geheim@db/lotse", "geheim", "postgresql+asyncpg://anna:geheim@db/lotse"])
def test_another_database_is_no_setting(url: str) -> None:
    with pytest.raises(SettingError, match="LOTSE_DATABASE_URL") as raised:
        open_engine(url)
    assert "geheim" not in str(raised.value)


def test_without_the_driver_the_command_that_installs_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match="bootstrap"):
        open_engine(NOWHERE)

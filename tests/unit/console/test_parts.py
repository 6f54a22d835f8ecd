"""The console's parts without pages: the index that follows, the secret, its setting."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from console.reindexing import Reindexing
from knowledge import SettingError
from widget.secret import secret_key
from widget.settings import read_web_settings


def test_edits_that_come_while_the_index_is_built_are_built_together_afterwards() -> None:
    began, go_on, built = threading.Semaphore(0), threading.Semaphore(0), []

    def build() -> None:
        began.release()
        assert go_on.acquire(timeout=5)
        built.append(len(built))

    index = Reindexing(build)
    index.soon()
    assert began.acquire(timeout=5)
    for _ in range(5):
        index.soon()
    go_on.release()
    assert began.acquire(timeout=5)
    go_on.release()
    assert not began.acquire(timeout=0.2)
    assert built == [0, 1]


def test_an_index_that_can_not_be_built_is_built_at_the_next_edit() -> None:
    tried = threading.Semaphore(0)

    def build() -> None:
        tried.release()
        raise OSError("the disk is full")

    index = Reindexing(build)
    for _ in range(3):
        index.soon()
        assert tried.acquire(timeout=5)


def test_servers_that_start_at_once_have_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        (secret,) = set(threads.map(lambda _: secret_key(tmp_path), range(32)))
    assert len(secret) >= 48
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
    assert secret_key(tmp_path, "x" * 40) == "x" * 40


def test_a_secret_that_is_too_short_is_refused_without_being_told() -> None:
    with pytest.raises(SettingError, match="32 random letters") as refused:
        read_web_settings({"LOTSE_SECRET_KEY": "kurz-und-geheim"})
    assert "kurz" not in str(refused.value)


def test_the_public_address_has_the_form_of_one() -> None:
    assert (
        read_web_settings({"LOTSE_PUBLIC_URL": "https://lotse.example.org/"}).public_url == "https://lotse.example.org"
    )
    assert read_web_settings({}).public_url is None
    with pytest.raises(SettingError, match="LOTSE_PUBLIC_URL"):
        read_web_settings({"LOTSE_PUBLIC_URL": "lotse.example.org"})

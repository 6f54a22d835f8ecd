"""Every kind of Update is read as what the user did, or as nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from widget.channels.channel import UnreadableUpdateError
from widget.channels.telegram.reading import read_body

RECORDED = yaml.safe_load(Path(__file__).with_name("telegram_updates.yml").read_text(encoding="utf-8"))


def button(key: str) -> str | None:
    return "a long command" if key == "known" else None


@pytest.mark.parametrize("recorded", RECORDED, ids=[one["what"] for one in RECORDED])
def test_an_update_is_what_the_user_did(recorded: dict[str, Any]) -> None:
    read = read_body(json.dumps(recorded["update"]).encode(), button)
    expected = recorded.get("incoming")
    assert [{name: getattr(one, name) for name in (expected or {})} for one in read] == ([expected] if expected else [])
    for one in read:
        rest = {"text", "language", "handle"} - set(expected or {})
        assert {getattr(one, name) for name in rest} <= {"", None}


def test_the_time_of_a_corrected_text_is_that_of_its_correction() -> None:
    by_name = {one["what"]: one["update"] for one in RECORDED}
    (read,) = read_body(json.dumps(by_name["a corrected text is a new one"]).encode(), button)
    assert read.sent_at
    assert read.sent_at.timestamp() == 1795000060


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b'"text"', b"{", b"{}", b'{"update_id": "1"}', b'{"update_id": true}', b'{"update_id": 1.5}',
        b'{"update_id": 1, "message": {"date": -1}}', b'{"update_id": 1, "message": {"text": "x"}}',
        b'{"update_id": 1, "message": {"date": 1, "chat": {"id": 1, "type": "private"}, "from": {"id": 1}, '
        b'"location": {"latitude": 91, "longitude": 0}}}',
        b"[" * 100_000, b"\xff\xfe",
    ],
)  # fmt: skip
def test_what_is_no_update_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableUpdateError):
        read_body(body, button)

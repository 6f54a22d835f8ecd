"""Every postbox takes mails whole, keeps others when it refuses one, and says when it is away."""

import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from lotse.ports import free_port
from widget.mail.postbox import (
    FolderPostbox,
    MailRefusedError,
    Postbox,
    PostboxAwayError,
    SmtpPostbox,
    mailbox_folder,
    postbox_of,
    send_one,
)
from widget.settings import MailSettings


@dataclass
class Kind:
    """A postbox, how to read what it took, and how to take it away."""

    postbox: Postbox
    taken: Callable[[], list[EmailMessage]]
    take_away: Callable[[], None]


@dataclass
class Server:
    mails: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802  # aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[attr-defined, arg-type]
        return "250 OK"


@pytest.fixture(params=["server", "folder"])
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kind]:
    if request.param == "folder":
        folder = mailbox_folder(tmp_path)

        def taken() -> list[EmailMessage]:
            return [message_from_bytes(one.read_bytes(), policy=policy.default) for one in folder.glob("*.eml")]  # type: ignore[arg-type, misc]

        def take_away() -> None:
            for one in folder.glob("*"):
                one.unlink()
            if folder.exists():
                folder.rmdir()
            folder.touch()

        yield Kind(postbox_of(None, tmp_path), taken, take_away)
        return
    server = Server()
    controller = Controller(server, "127.0.0.1", free_port(8495), enable_SMTPUTF8=True)
    controller.start()
    mail = MailSettings(host="127.0.0.1", port=controller.port, sender="lotse@example.org")
    yield Kind(postbox_of(mail, tmp_path), lambda: server.mails, controller.stop)
    if controller.loop.is_running():
        controller.stop()


def _mail(postbox: Postbox, to: str = "anna@example.org", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = postbox.sender, to, "Prüfen: Kita „Sonne“"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Guten Tag,\n\n.\nهل توجد حضانة؟\n")
    return mail


def test_what_is_sent_arrives_as_it_was_written(kind: Kind) -> None:
    with kind.postbox.opened() as counter:
        counter.send(_mail(kind.postbox))
        counter.send(_mail(kind.postbox, "ben@example.org"))
    assert sorted(mail["To"] for mail in kind.taken()) == ["anna@example.org", "ben@example.org"]
    assert kind.taken()[0]["Subject"] == "Prüfen: Kita „Sonne“"
    assert kind.taken()[0].get_content().replace("\r\n", "\n") == "Guten Tag,\n\n.\nهل توجد حضانة؟\n"


def test_a_mail_that_cannot_be_written_keeps_no_other_back(kind: Kind) -> None:
    broken = _mail(kind.postbox)
    broken.set_payload("\ud800 no text at all", None)
    with kind.postbox.opened() as counter:
        with pytest.raises(MailRefusedError):
            counter.send(broken)
        counter.send(_mail(kind.postbox))
    assert len(kind.taken()) == 1


def test_an_address_that_the_server_cannot_write_keeps_no_other_back(tmp_path: Path) -> None:
    server = Server()
    controller = Controller(server, "127.0.0.1", free_port(8495), enable_SMTPUTF8=False)
    controller.start()
    postbox = postbox_of(MailSettings(host="127.0.0.1", port=controller.port, sender="lotse@example.org"), tmp_path)
    try:
        with postbox.opened() as counter:
            with pytest.raises(MailRefusedError):
                counter.send(_mail(postbox, "jürgen@example.org"))
            counter.send(_mail(postbox))
    finally:
        controller.stop()
    assert [mail["To"] for mail in server.mails] == ["anna@example.org"]


def test_a_postbox_that_is_away_says_so(kind: Kind) -> None:
    kind.take_away()
    with pytest.raises(PostboxAwayError), kind.postbox.opened():
        pytest.fail("it was opened")
    assert send_one(kind.postbox, _mail(kind.postbox)) is False


def test_only_a_mail_server_delivers(kind: Kind) -> None:
    assert kind.postbox.delivers is isinstance(kind.postbox, SmtpPostbox)


def test_the_folder_keeps_the_same_mail_once_and_lets_nobody_else_read_it(tmp_path: Path) -> None:
    box = FolderPostbox(tmp_path / "mailbox")
    same = [_mail(box, Message_ID="<7-1@lotse.example.org>") for _ in range(8)]
    threads = [threading.Thread(target=send_one, args=(box, mail)) for mail in same]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    (file,) = (tmp_path / "mailbox").iterdir()
    assert (box.count(), stat.S_IMODE(file.stat().st_mode)) == (1, 0o600)
    assert stat.S_IMODE((tmp_path / "mailbox").stat().st_mode) == 0o700


def test_old_mails_and_half_written_ones_are_deleted(tmp_path: Path) -> None:
    box = FolderPostbox(tmp_path / "mailbox")
    assert box.delete_older_than(timedelta(days=30)) == 0
    send_one(box, _mail(box))
    (new,) = (tmp_path / "mailbox").iterdir()
    for name in ("old.eml", "old.aa.partial"):
        path = tmp_path / "mailbox" / name
        path.touch()
        os.utime(path, (time.time() - 31 * 86_400,) * 2)
    assert box.delete_older_than(timedelta(days=30)) == 2
    assert list((tmp_path / "mailbox").iterdir()) == [new]

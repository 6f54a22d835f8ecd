"""Where all mails go out: a mail server, or, where none is set, a folder of files. What sends a mail knows neither."""

import hashlib
import logging
import os
import secrets
import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from widget.settings import MailSettings

_log = logging.getLogger(__name__)
_TIMEOUT_S = 20.0
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
_FOLDER = "mailbox"
# The last but two: an address with letters that this server does not take.
_OF_THIS_MAIL = (
    smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError, MessageError, ValueError,
)  # fmt: skip
# The folder's mails reach nobody, so that it needs no address of ours.
_NOBODY = "lotse@localhost"


class PostboxAwayError(Exception):
    """No mail can be sent now: the server is away, does not accept us or is not safe, or the disk is full."""


class MailRefusedError(Exception):
    """This one mail was not taken; others may be."""


class Counter(Protocol):
    """An open postbox."""

    def send(self, mail: EmailMessage) -> None:
        """Hand a mail over; once this returns, it is on its way.

        Raises:
            MailRefusedError: This mail is not taken.
            PostboxAwayError: No mail is taken any more.
        """


class Postbox(Protocol):
    """A way for mails to go out.

    Attributes:
        sender: The address that mails come from.
        delivers: Whether mails reach the people they are for.
    """

    sender: str
    delivers: bool

    def opened(self) -> AbstractContextManager[Counter]:
        """Open it for any number of mails.

        Raises:
            PostboxAwayError: It cannot be opened now.
        """


def postbox_of(mail: MailSettings | None, data_dir: Path) -> Postbox:
    """Return the mail server of the settings, or else the folder in the data folder."""
    return FolderPostbox(mailbox_folder(data_dir)) if mail is None else SmtpPostbox(mail)


def mailbox_folder(data_dir: Path) -> Path:
    """Return where mails are kept that no mail server takes."""
    return data_dir / _FOLDER


def send_one(postbox: Postbox, mail: EmailMessage) -> bool:
    """Send a mail and return whether it was taken; the log says why not, without a word of it."""
    try:
        with postbox.opened() as counter:
            counter.send(mail)
    except (MailRefusedError, PostboxAwayError) as error:
        _log.warning("a mail was not sent: %s", error)
        return False
    return True


class SmtpPostbox:
    """A mail server, over an encrypted connection unless it is this machine."""

    delivers = True

    def __init__(self, mail: MailSettings) -> None:
        self.sender = mail.sender
        self._mail = mail

    @contextmanager
    def opened(self) -> Iterator[Counter]:
        """Connect and sign in (see `Postbox`)."""
        try:
            server = self._connected()
        except OSError as error:  # smtplib's errors are of this kind, and may quote what was sent
            raise PostboxAwayError(type(error).__name__) from error
        try:
            yield _SmtpCounter(server)
        finally:
            _leave(server)

    def _connected(self) -> smtplib.SMTP:
        mail, context = self._mail, ssl.create_default_context()
        if mail.tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=_TIMEOUT_S, context=context)
        else:
            server = smtplib.SMTP(mail.host, mail.port, timeout=_TIMEOUT_S)
        try:
            server.ehlo()
            if not mail.tls and mail.host not in _THIS_MACHINE:
                if not server.has_extn("starttls"):
                    raise PostboxAwayError(f"{mail.host} offers no encryption")
                server.starttls(context=context)
                server.ehlo()
            if mail.user:
                server.login(mail.user, mail.password)
        except BaseException:
            server.close()
            raise
        return server


class _SmtpCounter:
    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server

    def send(self, mail: EmailMessage) -> None:
        try:
            self._server.send_message(mail)
        except _OF_THIS_MAIL as error:
            raise MailRefusedError(type(error).__name__) from error
        except OSError as error:
            raise PostboxAwayError(type(error).__name__) from error


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except OSError:
        server.close()


class FolderPostbox:
    """A folder that keeps each mail as a file, which its owner alone can read. The same mail (Message-ID) is kept once."""

    sender = _NOBODY
    delivers = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def opened(self) -> Iterator[Counter]:
        """Make the folder (see `Postbox`)."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise PostboxAwayError(type(error).__name__) from error
        yield self

    def send(self, mail: EmailMessage) -> None:
        """Write a mail whole or not at all (see `Counter`)."""
        try:
            content = bytes(mail)
        except (MessageError, ValueError) as error:
            raise MailRefusedError(type(error).__name__) from error
        id_ = str(mail["Message-ID"] or secrets.token_hex(16))
        path = self._folder / f"{hashlib.sha256(id_.encode()).hexdigest()[:24]}.eml"
        partial = path.with_suffix(f".{secrets.token_hex(4)}.partial")
        try:
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            partial.replace(path)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise PostboxAwayError(type(error).__name__) from error

    def count(self) -> int:
        """Return how many mails are kept."""
        return sum(1 for _ in self._folder.glob("*.eml"))

    def delete_older_than(self, age: timedelta) -> int:
        """Delete the mails written longer ago than `age`, and what was left half-written; return how many files there were."""
        old = [one for one in self._files() if _written_at(one) < time.time() - age.total_seconds()]
        for one in old:
            one.unlink(missing_ok=True)
        return len(old)

    def _files(self) -> Iterator[Path]:
        yield from self._folder.glob("*.eml")
        yield from self._folder.glob("*.partial")


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another process was quicker
        return time.time()

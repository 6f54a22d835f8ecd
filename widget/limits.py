"""How many requests one address may make, and questions leave, so that one sender cannot take the service from all others."""

import hashlib
import logging
import secrets

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.middleware.proxy_fix import ProxyFix

_log = logging.getLogger(__name__)
_FREE = {
    "files.static_file", "files.widget_script", "files.leaflet_file", "health.alive", "health.ready",
    "channels.take_delivery",  # messengers deliver from few addresses, and prove that it is they
}  # fmt: skip
# Several families may share an address, as in a hostel.
_MOST_QUESTIONS_A_DAY = 10
_THIS_MACHINE = {"127.0.0.1", "::1"}


def limit_requests(app: Flask, rate: str, *, trusted_proxies: int) -> Limiter:
    """Limit each address to a rate such as "120 per minute"; more gets 429 with Retry-After. Return what limits, for stricter ones.

    Args:
        trusted_proxies: How many proxies tell the sender's address in X-Forwarded-For.
    """
    if trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted_proxies, x_proto=trusted_proxies)  # type: ignore[method-assign]
    limiter = Limiter(get_remote_address, app=app, default_limits=[rate], headers_enabled=True, storage_uri="memory://")
    limiter.request_filter(_is_free)
    return limiter


def sender() -> str | None:
    """Return the address that the present request came from; None for programs on this machine itself."""
    if request.remote_addr in _THIS_MACHINE and "X-Forwarded-For" not in request.headers:
        return None
    return get_remote_address()


class QuestionsADay:
    """Counts the questions that each address leaves for alliances; senders None are not counted.

    Of an address a keyed hash is kept, in this process's memory, for a day at most.
    """

    def __init__(self, most: int = _MOST_QUESTIONS_A_DAY) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._rate = parse(f"{most} per day")
        self._key = secrets.token_bytes(32)

    def may_leave(self, sender: str | None) -> bool:
        """Return whether an address may leave another question today."""
        return sender is None or self._limiter.test(self._rate, self._hashed(sender))

    def count(self, sender: str | None) -> None:
        """Note that an address has left a question."""
        if sender is not None:
            self._limiter.hit(self._rate, self._hashed(sender))

    def _hashed(self, sender: str) -> str:
        return hashlib.blake2b(sender.encode(), key=self._key, digest_size=16).hexdigest()


def _is_free() -> bool:
    """Let pass what costs nothing, and programs on this machine itself: checks, tests, measurements."""
    return request.endpoint in _FREE or sender() is None

"""How many requests one address may make, so that one sender cannot take the service from all others."""

import logging

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

_log = logging.getLogger(__name__)
_FREE = {"static", "health.alive", "health.ready"}
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


def _is_free() -> bool:
    """Let pass what costs nothing, and programs on this machine itself: checks, tests, measurements."""
    if request.endpoint in _FREE:
        return True
    return request.remote_addr in _THIS_MACHINE and "X-Forwarded-For" not in request.headers

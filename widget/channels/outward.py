"""Our way to the platforms' servers: one set of connections for all of them."""

import logging
from functools import cache

import httpx

_TIMEOUT = httpx.Timeout(15.0, connect=5.0)

# httpx logs each address at INFO, and a token or an account can be part of it.
logging.getLogger("httpx").setLevel(logging.WARNING)


@cache
def outward() -> httpx.Client:
    """Return what calls them; several threads may use it at once. It follows no redirects: none of them sends any."""
    return httpx.Client(timeout=_TIMEOUT)

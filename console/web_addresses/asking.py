"""Asks a web address whether it is still there: politely, within limits, and never a machine of our own network.

The host is resolved here and the connection goes to the very address that was looked at, after each redirect again: a name
that answers otherwise the second time (DNS rebinding) gains nothing. No body is read.
"""

import asyncio
import ipaddress
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx

from console.web_addresses.public_hosts import IpAddress, MayAsk, is_public
from knowledge.store import LinkResult

_MOST_REDIRECTS = 5
_TIMEOUT = httpx.Timeout(10.0)
# Whoever sends a letter every few seconds must not hold up all others.
_TOGETHER_S = 60.0
_BETWEEN_REQUESTS_S = 1.0
_FOREVER = {301, 308}
_ELSEWHERE = {301, 302, 303, 307, 308}
# Pages that are there, but not for programs, or not for so many.
_THERE = {401, 403, 405, 406, 429}
_MOST_HOSTS = 10_000


@dataclass(frozen=True, kw_only=True)
class Found:
    """What came of asking; `moved_to` where the page has another address for good."""

    result: LinkResult
    moved_to: str | None = None


class _NotPublicError(Exception):
    """A host of no public network, or none that has a name."""


class Asker:
    """Asks web addresses, each host once a second at most.

    Args:
        agent: Who asks, as the asked site reads it.
        may_ask: Which addresses may be asked.
        clock: Seconds, as `time.monotonic`.
        pause: Waits for so many seconds.
    """

    def __init__(
        self,
        agent: str,
        *,
        may_ask: MayAsk = is_public,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._headers = {"User-Agent": agent, "Accept": "text/html, */*;q=0.5"}
        self._may_ask, self._clock, self._pause = may_ask, clock, pause
        self._free_at: dict[str, float] = {}
        self._tls = httpx.create_ssl_context(trust_env=False)  # made once: it reads all certificates

    def ask(self, url: str) -> Found:
        """Return what became of a web address."""
        return asyncio.run(self._ask(url))

    async def _ask(self, url: str) -> Found:
        try:
            async with asyncio.timeout(_TOGETHER_S):
                return await self._followed(url)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, ValueError, _NotPublicError):
            return Found(result="unreachable")  # TimeoutError is an OSError

    async def _followed(self, url: str) -> Found:
        at, for_good = httpx.URL(url), True
        async with httpx.AsyncClient(verify=self._tls, timeout=_TIMEOUT, trust_env=False) as client:
            for _ in range(_MOST_REDIRECTS + 1):
                answer = await self._answer(client, at)
                location = answer.headers.get("Location")
                if answer.status_code in _ELSEWHERE and location:
                    for_good = for_good and answer.status_code in _FOREVER
                    at = at.join(location)
                    continue
                if not answer.is_success and answer.status_code not in _THERE:
                    return Found(result="unreachable" if answer.is_server_error else "broken")
                moved = for_good and at.copy_with(fragment=None) != httpx.URL(url).copy_with(fragment=None)
                return Found(result="moved", moved_to=str(at)) if moved else Found(result="ok")
        return Found(result="broken")  # it leads round in a circle

    async def _answer(self, client: httpx.AsyncClient, url: httpx.URL) -> httpx.Response:
        """Return the answer to HEAD, or to GET where HEAD is not liked; its body is not read."""
        answer = await self._sent(client, "HEAD", url)
        if answer.is_success or (answer.status_code in _ELSEWHERE and "Location" in answer.headers):
            return answer
        return await self._sent(client, "GET", url)

    async def _sent(self, client: httpx.AsyncClient, method: str, url: httpx.URL) -> httpx.Response:
        address = await self._address(url)
        await self._wait_for(url.host)
        request = client.build_request(
            method, url.copy_with(host=str(address), username=None, password=None), extensions={"sni_hostname": url.raw_host.decode()},
            headers={**self._headers, "Host": url.netloc.decode()},
        )  # fmt: skip
        answer = await client.send(request, stream=True)
        await answer.aclose()
        return answer

    async def _address(self, url: httpx.URL) -> IpAddress:
        """Return the address to connect to; every address of the host must be one that may be asked.

        Raises:
            _NotPublicError: It is not, or the host has none.
        """
        if url.scheme not in {"http", "https"} or not url.host:
            raise _NotPublicError
        port = url.port or (443 if url.scheme == "https" else 80)
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(url.raw_host.decode(), port, type=socket.SOCK_STREAM)
        addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
        if not addresses or not all(self._may_ask(address, port) for address in addresses):
            raise _NotPublicError
        return next((one for one in addresses if one.version == 4), addresses[0])

    async def _wait_for(self, host: str) -> None:
        """Wait until a second has passed since the last request to a host."""
        now = self._clock()
        if len(self._free_at) > _MOST_HOSTS:
            self._free_at = {name: at for name, at in self._free_at.items() if at > now}
        free_at = self._free_at.get(host, now)
        self._free_at[host] = max(now, free_at) + _BETWEEN_REQUESTS_S
        if free_at > now:
            await self._pause(free_at - now)

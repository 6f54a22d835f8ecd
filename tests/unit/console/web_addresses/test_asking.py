"""Asking web addresses: over a real server on loopback, which a rule of the test allows."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from console.web_addresses.asking import Asker, Found
from console.web_addresses.public_hosts import IpAddress, is_public
from lotse.ports import free_port


@dataclass
class Site:
    """A website whose pages are (status, headers); it notes who asked for what."""

    url: str
    pages: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Time:
    """A clock that only goes on while somebody waits."""

    now: float = 100.0
    waited: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def pause(self, seconds: float) -> None:
        self.waited.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append((self.command, self.path))
            here.headers.append(dict(self.headers))
            status, headers = here.pages.get(f"{self.command} {self.path}", here.pages.get(self.path, (404, {})))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = Site(f"http://localhost:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield here
    server.shutdown()
    server.server_close()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def asker(site: Site, time: Time) -> Asker:
    port = int(site.url.rpartition(":")[2])

    def only_this_site(address: IpAddress, asked: int) -> bool:
        return address.is_loopback and asked == port

    return Asker("Buendnislotse/1.0", may_ask=only_this_site, clock=time, pause=time.pause)


def test_a_page_that_is_there_is_asked_once_by_its_head_and_told_who_asks(asker: Asker, site: Site) -> None:
    site.pages["/kita?x=1"] = (200, {})
    assert asker.ask(f"{site.url}/kita?x=1#top") == Found(result="ok")
    assert site.asked == [("HEAD", "/kita?x=1")]
    assert site.headers[0]["User-Agent"] == "Buendnislotse/1.0"
    assert site.headers[0]["Host"] == site.url.removeprefix("http://")


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_where_the_head_is_not_liked_the_page_itself_is_asked_for(asker: Asker, site: Site, status: int) -> None:
    site.pages |= {"HEAD /": (status, {}), "GET /": (200, {})}
    assert asker.ask(f"{site.url}/") == Found(result="ok")
    assert site.asked == [("HEAD", "/"), ("GET", "/")]


@pytest.mark.parametrize(
    ("status", "result"), [(404, "broken"), (410, "broken"), (403, "ok"), (429, "ok"), (500, "unreachable"), (503, "unreachable")]
)  # fmt: skip
def test_answers_are_told_apart(asker: Asker, site: Site, status: int, result: str) -> None:
    site.pages["/"] = (status, {})
    assert asker.ask(f"{site.url}/").result == result


def test_what_leads_on_for_good_has_moved_and_what_leads_on_for_now_has_not(asker: Asker, site: Site) -> None:
    site.pages |= {
        "/old": (301, {"Location": "/older"}), "/older": (308, {"Location": f"{site.url}/new"}),
        "/now": (302, {"Location": "/new"}), "/mixed": (301, {"Location": "/now"}), "/new": (200, {}),
    }  # fmt: skip
    assert asker.ask(f"{site.url}/old") == Found(result="moved", moved_to=f"{site.url}/new")
    assert asker.ask(f"{site.url}/now") == Found(result="ok")
    assert asker.ask(f"{site.url}/mixed") == Found(result="ok")


def test_a_circle_ends(asker: Asker, site: Site) -> None:
    site.pages["/"] = (302, {"Location": "/"})
    assert asker.ask(f"{site.url}/") == Found(result="broken")
    assert len(site.asked) == 6


def test_a_host_is_asked_once_a_second(asker: Asker, site: Site, time: Time) -> None:
    site.pages |= {"/": (301, {"Location": "/new"}), "HEAD /new": (405, {}), "GET /new": (200, {})}
    asker.ask(f"{site.url}/")
    asker.ask(f"{site.url}/")
    assert len(site.asked) == 6
    assert time.waited == [1.0] * 5


@pytest.mark.parametrize(
    "target",
    ["http://localhost:{other}/secret", "http://10.0.0.1/", "http://[::1]:{other}/", "file:///etc/passwd", "ftp://localhost/"],
)  # fmt: skip
def test_nobody_is_led_into_our_own_network(asker: Asker, site: Site, target: str) -> None:
    other = free_port(8555)
    to = target.format(other=other)
    site.pages["/"] = (302, {"Location": to})
    assert asker.ask(f"{site.url}/") == Found(result="unreachable")
    assert asker.ask(to) == Found(result="unreachable")
    assert site.asked == [("HEAD", "/")]


def test_by_default_this_machine_is_not_asked(site: Site) -> None:
    site.pages["/"] = (200, {})
    assert Asker("x").ask(f"{site.url}/") == Found(result="unreachable")
    assert site.asked == []


@pytest.mark.parametrize(
    "url",
    ["https://does-not-exist.invalid/", "http://user@", "https://" + "a" * 300 + ".de/", "http://[", "http://x:99999/"],
)
def test_what_is_no_address_is_unreachable(asker: Asker, url: str) -> None:
    assert asker.ask(url) == Found(result="unreachable")


@pytest.mark.parametrize(
    ("address", "port", "public"),
    [
        ("93.184.216.34", 443, True), ("2606:2800:220:1::1", 80, True), ("93.184.216.34", 22, False),
        ("127.0.0.1", 80, False), ("10.1.2.3", 80, False), ("192.168.0.1", 443, False), ("172.16.0.1", 80, False),
        ("169.254.169.254", 80, False), ("100.64.0.1", 80, False), ("0.0.0.0", 80, False), ("224.0.0.1", 80, False),
        ("255.255.255.255", 80, False), ("240.0.0.1", 80, False), ("::1", 80, False), ("::", 80, False), ("fe80::1", 80, False),
        ("fd00::1", 443, False), ("ff02::1", 80, False), ("::ffff:127.0.0.1", 80, False), ("::ffff:93.184.216.34", 80, True),
        ("64:ff9b::7f00:1", 80, False), ("64:ff9b::5db8:d822", 443, True), ("2002:7f00:1::", 80, False),
        ("2002:a00:1::1", 80, False),
    ],
)  # fmt: skip
def test_only_public_addresses_may_be_asked(address: str, port: int, public: bool) -> None:
    assert is_public(ip_address(address), port) is public

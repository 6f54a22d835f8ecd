"""Looks at the web addresses of all that is published, one after the other, and remembers what came of it."""

from collections.abc import Callable
from datetime import UTC, datetime

from console.web_addresses.asking import Found
from knowledge import Knowledge

# So that a round ends, and the next one knows the addresses that came meanwhile.
_MOST_A_ROUND = 500


def look_at_links(
    knowledge: Knowledge, ask: Callable[[str], Found], *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> None:
    """Ask the addresses whose time has come."""
    checks = knowledge.link_checks
    offerings = (one.content.get("url") for one in knowledge.reviews.published())
    guides = (one.url for one in knowledge.store.guides())
    checks.follow({url for url in (*offerings, *guides) if url}, now=now())
    for _ in range(_MOST_A_ROUND):
        url = checks.claim(now=now())
        if url is None:
            return
        found = ask(url)
        checks.note(url, found.result, now=now(), moved_to=found.moved_to)

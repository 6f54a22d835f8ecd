"""What a chat page or widget costs and keeps to: `python -m benchmarks.widgets http://localhost:8000/` (docs/widget-comparison.md).

Third-party requests are counted and never sent, so that a run needs no internet.
"""

import argparse
import gzip
import json
import shutil
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Locator, Page, Response, Route, sync_playwright

STRICT = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"  # no inline code, no eval
TRUSTED_TYPES = f"{STRICT}; require-trusted-types-for 'script'"
_POLICY = "content-security-policy"
_FIELD = "textarea, input[type=text], input:not([type]), [contenteditable=true], [role=textbox]"
_LIVE = "[role=log], [role=status], [role=alert], [aria-live]"
_SETTLE_MS = 1_500  # what is fetched right after opening, such as fonts, still counts
_KEEP_VIOLATIONS = """window.policyViolations = [];
document.addEventListener('securitypolicyviolation', event =>
    window.policyViolations.push(`${event.effectiveDirective}: ${event.blockedURI.split('?')[0]}`));"""
_HAS_FOCUS = """node => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused === node || node.contains(focused);
}"""
_IS_SEEN = "node => node.checkVisibility({opacityProperty: true, visibilityProperty: true})"


@dataclass(frozen=True)
class Widget:
    """What was found until a message could be written; bytes are those of bodies, as gzip level 6 would send them.

    That it works under a policy means that a message can be written, not that it looks right: see the styles in `reported`.
    """

    requests: int
    gzipped: int
    gzipped_page: int
    third_parties: tuple[str, ...]
    axe: tuple[str, ...]
    live_regions: tuple[str, ...]
    direction: str
    works_under_strict_policy: bool
    works_under_trusted_types: bool
    reported: dict[str, int]
    works_without_script: bool
    keyboard: dict[str, bool]


@dataclass(frozen=True)
class Visit:
    """How a visitor comes to write: the address, and selectors of what has to be pressed (launcher first) and of the field."""

    browser: Browser
    address: str
    clicks: Sequence[str]
    field: str


def main() -> None:
    """Print what was found as JSON."""
    options = argparse.ArgumentParser(description="Measure a chat page, or a page with nothing but a chat widget.")
    options.add_argument("address")
    pressed = "what to press before a message can be written, the launcher first; may be given again"
    options.add_argument("--click", action="append", default=[], metavar="SELECTOR", help=pressed)
    options.add_argument("--field", default=_FIELD, metavar="SELECTOR", help="where a message is written")
    chosen = options.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        found = measure(Visit(browser, chosen.address, chosen.click, chosen.field))
    print(json.dumps(asdict(found), indent=2, ensure_ascii=False))


def measure(visit: Visit) -> Widget:
    """Load the address in fresh browser contexts; raise a RuntimeError when no message can be written within ten seconds."""
    page, asked, answers = _new_page(visit), list[str](), list[tuple[str, Response]]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: answers.append((answer.url, answer)))
    page.goto(visit.address)
    place = _open(page, visit.clicks, visit.field)
    if place is None:
        raise RuntimeError("no message can be written; say what to press (--click) or where to write (--field)")
    page.wait_for_timeout(_SETTLE_MS)
    urls = [url for url in asked if url.startswith("http")]  # before axe, which fetches style sheets again
    sizes = [(url, _gzipped(answer)) for url, answer in answers if url.startswith("http")]
    frames = [frame for frame in page.frames if frame.url.startswith("http")]
    faults = [one for frame in frames for one in Axe().run(frame, options={"iframes": False}).response["violations"]]
    live = [one for frame in frames for one in frame.locator(_LIVE).all()]
    scriptless = _new_page(visit, script=False)
    scriptless.goto(visit.address)
    return Widget(
        requests=len(urls),
        gzipped=sum(size for _, size in sizes),
        gzipped_page=sum(size for url, size in sizes if url == page.url),
        third_parties=tuple(sorted({urlsplit(url).netloc for url in urls if not _same_origin(url, visit.address)})),
        axe=tuple(f"{one['id']} ({one['impact']}, {len(one['nodes'])} nodes)" for one in faults),
        live_regions=tuple(one.evaluate("node => `${node.role ?? ''} ${node.ariaLive ?? ''}`.trim()") for one in live),
        direction=place.evaluate("node => getComputedStyle(node.parentElement).direction"),
        works_under_strict_policy=_under(visit, {_POLICY: STRICT})[0],
        works_under_trusted_types=_under(visit, {_POLICY: TRUSTED_TYPES})[0],
        reported=_under(visit, {f"{_POLICY}-report-only": TRUSTED_TYPES})[1],
        works_without_script=any(one.is_visible() for one in scriptless.locator(visit.field).all()),
        keyboard=_keyboard(visit) if visit.clicks else {},
    )


def _keyboard(visit: Visit) -> dict[str, bool]:
    """Return whether Tab and Enter open the widget, Escape closes it from the field, and the launcher then has the focus."""
    page = _new_page(visit)
    page.goto(visit.address)
    launcher = _find(page, visit.clicks[0])
    for _ in range(12):  # Tab in search of it
        if launcher and not launcher.evaluate(_HAS_FOCUS):
            page.keyboard.press("Tab")
    opens = bool(launcher and launcher.evaluate(_HAS_FOCUS))
    if opens:
        page.keyboard.press("Enter")
    place = _open(page, visit.clicks[1:] if opens else visit.clicks, visit.field)
    if not (place and launcher):
        return {"opens": False}
    place.focus()
    page.keyboard.press("Escape")
    page.wait_for_timeout(_SETTLE_MS)
    closes = not _is_seen(place)
    return {"opens": opens, "escape closes": closes, "focus returns": closes and bool(launcher.evaluate(_HAS_FOCUS))}


def _under(visit: Visit, policy: dict[str, str]) -> tuple[bool, dict[str, int]]:
    """Return whether a message can be written on the page with this header for its own, and the violations."""
    page = _new_page(visit)
    page.add_init_script(_KEEP_VIOLATIONS)

    def with_policy(route: Route) -> None:
        if not route.request.is_navigation_request() or route.request.frame != page.main_frame:
            return route.fallback()
        answer = route.fetch()
        kept = {name: text for name, text in answer.headers.items() if not name.startswith(_POLICY)}
        return route.fulfill(response=answer, headers=kept | policy)

    page.route("**/*", with_policy)
    page.goto(visit.address)
    place = _open(page, visit.clicks, visit.field)
    page.wait_for_timeout(_SETTLE_MS)
    found = Counter(one for frame in page.frames for one in frame.evaluate("window.policyViolations || []"))
    return place is not None, dict(found)


def _new_page(visit: Visit, *, script: bool = True) -> Page:
    page = visit.browser.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 900}).new_page()
    page.route(lambda url: url.startswith("http") and not _same_origin(url, visit.address), lambda route: route.abort())
    return page


def _open(page: Page, clicks: Sequence[str], field: str) -> Locator | None:
    for selector in clicks:
        target = _find(page, selector)
        if target is None:
            return None
        with suppress(Error):  # what lies under something else cannot be pressed: then there is no field either
            target.click(timeout=2_000)
    return _find(page, field)


def _find(page: Page, selector: str) -> Locator | None:
    """Return the first match in any frame that can be seen and is not disabled, or None after ten seconds."""
    for _ in range(100):
        for one in [one for frame in page.frames for one in frame.locator(selector).all()]:
            if _is_seen(one) and one.is_enabled():
                return one
        page.wait_for_timeout(100)
    return None


def _is_seen(one: Locator) -> bool:
    with suppress(Error):  # it is gone
        return bool(one.evaluate(_IS_SEEN, timeout=1_000))
    return False


def _same_origin(url: str, address: str) -> bool:
    return urlsplit(url)[:2] == urlsplit(address)[:2]


def _gzipped(answer: Response) -> int:
    with suppress(Error):  # a redirection, or an answer without a body
        body = answer.body()
        return min(len(body), len(gzip.compress(body, 6)))
    return 0


if __name__ == "__main__":
    main()

"""The console's areas, as its header lists them; a new page gets its line here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.policy import Action


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page that the header leads to: its endpoint, the key of its name, and what one must be allowed to do.

    The other pages of its blueprint belong to it, and those of the blueprints in `also`.
    """

    endpoint: str
    name: str
    action: Action
    also: Sequence[str] = ()

    def holds(self, endpoint: str | None) -> bool:
        """Return whether a page is this one, or belongs to it."""
        of = (endpoint or "").rpartition(".")[0]
        return of in {self.endpoint.rpartition(".")[0], *self.also}


@dataclass(frozen=True, kw_only=True)
class Area:
    """Pages that belong together; the key of its name, and its pages, the first of which the area opens."""

    name: str
    pages: Sequence[Entry]


AREAS: Sequence[Area] = (
    Area(name="nav_start", pages=(Entry(endpoint="console.welcome.start", name="nav_start", action="own.account"),)),
    Area(
        name="nav_offerings",
        pages=(
            Entry(
                endpoint="console.offerings.listing",
                name="nav_offerings_list",
                action="offering.read",
                also=("console.editing", "console.freshness"),
            ),
            Entry(endpoint="console.trying.show", name="nav_try", action="offering.read"),
            Entry(endpoint="console.bench.listing", name="nav_bench", action="offering.read"),
            Entry(
                endpoint="console.translations.overview",
                name="nav_translations",
                action="offering.read",
                also=("console.xliff", "console.machine"),
            ),
            Entry(
                endpoint="console.guides.listing",
                name="nav_guides",
                action="guide.write",
                also=("console.guide_editing",),
            ),
            Entry(endpoint="console.imports.listing", name="nav_imports", action="offering.import"),
            Entry(endpoint="console.exports.choose", name="nav_exports", action="offering.read"),
        ),
    ),
    Area(
        name="nav_families",
        pages=(
            Entry(endpoint="console.inbox.listing", name="nav_inbox", action="question.read"),
            Entry(endpoint="console.in_vain.listing", name="nav_in_vain", action="question.read"),
            Entry(endpoint="console.naming.listing", name="nav_names", action="question.read"),
            Entry(endpoint="console.figures.show", name="nav_figures", action="figures.read"),
        ),
    ),
    Area(
        name="nav_accounts",
        pages=(
            Entry(endpoint="console.managing.listing", name="nav_accounts_all", action="account.manage"),
            Entry(endpoint="console.own.show", name="nav_own", action="own.account"),
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An area or a page as the header shows it to somebody: the key of its name, where it leads, what lies under it.

    `current` is `page` for the page on which one is, `true` for what that page belongs to, else empty (aria-current).
    """

    name: str
    endpoint: str
    current: str
    pages: Sequence["Shown"] = ()


def areas(may: Callable[[str], bool], endpoint: str | None) -> list[Shown]:
    """Return the areas that a visitor may enter, each with the pages that they may see."""
    shown = []
    for area in AREAS:
        entries = [entry for entry in area.pages if may(entry.action)]
        if entries:
            pages = [Shown(name=one.name, endpoint=one.endpoint, current=_current(one, endpoint)) for one in entries]
            current = pages[0].current or ("true" if any(entry.holds(endpoint) for entry in area.pages) else "")
            shown.append(Shown(name=area.name, endpoint=pages[0].endpoint, current=current, pages=pages))
    return shown


def _current(entry: Entry, endpoint: str | None) -> str:
    return "page" if entry.endpoint == endpoint else "true" if entry.holds(endpoint) else ""

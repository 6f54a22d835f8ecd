"""The console's areas, as its header lists them; a new page gets its line here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.policy import Action


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page that the header leads to: its endpoint, the key of its name, and what one must be allowed to do."""

    endpoint: str
    name: str
    action: Action


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
            Entry(endpoint="console.offerings.listing", name="nav_offerings_list", action="offering.read"),
            Entry(endpoint="console.trying.show", name="nav_try", action="offering.read"),
            Entry(endpoint="console.bench.listing", name="nav_bench", action="offering.read"),
            Entry(endpoint="console.translations.overview", name="nav_translations", action="offering.read"),
            Entry(endpoint="console.guides.listing", name="nav_guides", action="guide.write"),
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


def areas(may: Callable[[str], bool], endpoint: str | None) -> list[tuple[Area, list[Entry], bool]]:
    """Return the areas that a visitor may enter, each with the pages that they may see and whether it is the present one.

    A page that the header does not list belongs to the area of the listed page of its blueprint.
    """
    of = (endpoint or "").rpartition(".")[0]
    shown = []
    for area in AREAS:
        pages = [page for page in area.pages if may(page.action)]
        if pages:
            here = any(page.endpoint == endpoint or page.endpoint.rpartition(".")[0] == of for page in area.pages)
            shown.append((area, pages, here))
    return shown

"""README and docs are true: targets and links exist. Their commands are run in tests/journeys."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_make_has_the_targets_that_the_readme_names() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z-]+)", readme)) - {"sure"}
    assert {target for target in named if not re.search(rf"^{target}:", makefile, re.M)} == set()


def test_the_readme_names_each_setting_once() -> None:
    rows = re.findall(r"^\| (`LOTSE_[^|]*) \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    named = [name for row in rows for name in re.findall(r"LOTSE_[A-Z_]+", row)]
    assert [name for name, times in Counter(named).items() if times > 1] == []


def test_a_heading_stands_once_in_its_page_after_a_blank_line() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        prose = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
        headings = Counter(re.findall(r"^#+ (.*)", prose, re.M))
        assert [text for text, times in headings.items() if times > 1] == [], page.name
        assert re.findall(r"[^\n]\n(#+ .*)", prose) == [], page.name


def test_decisions_are_numbered_without_gaps_and_alike_in_name_and_title() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(one.name[:4]) for one in decisions] == list(range(1, len(decisions) + 1))
    titles = [one.read_text(encoding="utf-8").split("\n", 1)[0] for one in decisions]
    assert [title for at, title in enumerate(titles, 1) if not title.startswith(f"# {at}. ")] == []


@pytest.mark.parametrize(
    "page", [p.relative_to(ROOT).as_posix() for p in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]]
)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not ((ROOT / page).parent / link).exists()] == []

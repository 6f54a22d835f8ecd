"""GET /hsds/taxonomies, /hsds/taxonomy_terms and each by id: our categories and finer needs."""

from flask import Blueprint, Response, request

from knowledge.hsds import TAXONOMY_ID, taxonomy_terms
from knowledge.hsds import taxonomies as all_taxonomies
from knowledge.text import fold, words
from widget.hsds.answers import answer, unchanged
from widget.hsds.feed import present_feed
from widget.hsds.paging import page_of
from widget.parameters import text, yes_or_no
from widget.problems import ProblemError

taxonomies = Blueprint("taxonomies", __name__)
_LONGEST = 200


@taxonomies.get("/taxonomies")
def list_taxonomies() -> Response:
    """Return a page of taxonomies; there is one."""
    feed = present_feed()
    asked = words(text(request.args, "search", longest=_LONGEST) or "")
    found = [one for one in all_taxonomies() if all(word in fold(one["name"]) for word in asked)]
    page = page_of(found, request.args, lambda one: one)
    return unchanged(feed) or answer(page, feed)


@taxonomies.get("/taxonomies/<taxonomy_id>")
def show_taxonomy(taxonomy_id: str) -> Response:
    """Return a taxonomy."""
    feed = present_feed()
    found = next((one for one in all_taxonomies() if one["id"] == taxonomy_id), None)
    if found is None:
        raise ProblemError(404, "No such taxonomy", "/hsds/taxonomies lists the one there is")
    return unchanged(feed) or answer(found, feed)


@taxonomies.get("/taxonomy_terms")
def list_terms() -> Response:
    """Return a page of terms, of the whole taxonomy, of the top alone (`top_only`), or beneath one term (`parent_id`)."""
    feed, args = present_feed(), request.args
    found = taxonomy_terms(feed.directory.taxonomy)
    taxonomy, parent = (text(args, name, longest=_LONGEST) for name in ("taxonomy_id", "parent_id"))
    if taxonomy and taxonomy != TAXONOMY_ID:
        found = []
    if yes_or_no(args, "top_only"):
        found = [one for one in found if "parent_id" not in one]
    if parent:
        found = [one for one in found if one.get("parent_id") == parent]
    asked = words(text(args, "search", longest=_LONGEST) or "")
    found = [one for one in found if all(word in fold(f"{one['name']} {one['description']}") for word in asked)]
    page = page_of(found, args, lambda one: one)
    return unchanged(feed) or answer(page, feed)


@taxonomies.get("/taxonomy_terms/<term_id>")
def show_term(term_id: str) -> Response:
    """Return a term with the taxonomy that it is of."""
    feed = present_feed()
    found = next((one for one in taxonomy_terms(feed.directory.taxonomy) if one["id"] == term_id), None)
    if found is None:
        raise ProblemError(404, "No such term", "/hsds/taxonomy_terms lists those there are")
    return unchanged(feed) or answer({**found, "taxonomy_detail": all_taxonomies()[0]}, feed)

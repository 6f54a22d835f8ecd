"""Addresses of the public pages: paths within this site, and absolute ones for paper, calendars and search engines."""

from urllib.parse import quote

from flask import current_app, request


def offering_path(offering_id: str, language: str) -> str:
    """Return the path of an offering's page in a reply language."""
    return f"/offerings/{quote(offering_id, safe='')}?lang={language}"


def calendar_path(offering_id: str, language: str) -> str:
    """Return the path of a dated offering's calendar entry in a reply language."""
    return f"/offerings/{quote(offering_id, safe='')}.ics?lang={language}"


def absolute(path: str) -> str:
    """Return a path as the world reaches it: under LOTSE_PUBLIC_URL, else where the request came to."""
    base = current_app.config["PUBLIC_URL"] or request.host_url
    return base.rstrip("/") + path

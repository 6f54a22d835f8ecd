"""An alliance's address on paper: its QR code, and a poster with one sentence in each language."""

import io

import segno
from flask import Blueprint, Response, url_for

from knowledge import LANGUAGES, Alliance
from widget.addresses import absolute
from widget.texts import direction, sentence
from widget.visitor import page_alliance, page_language, rendered

poster = Blueprint("poster", __name__)
# Scanners need this much white around it, in modules (ISO/IEC 18004).
_QUIET_ZONE = 4


@poster.get("/a/<alliance_id>/qr.svg")
def show_qr_code(alliance_id: str) -> Response:
    """Show the QR code that opens an alliance's page."""
    return Response(qr_code(_address(page_alliance(alliance_id))), content_type="image/svg+xml")


@poster.get("/a/<alliance_id>/poster")
def show_poster(alliance_id: str) -> Response:
    """Show a page for A4 paper: who asks to be asked, where, and that every language will do."""
    alliance = page_alliance(alliance_id)
    return rendered(
        "poster.html",
        page_language(),
        alliance=alliance,
        address=_address(alliance),
        sentences=[(code, direction(code), sentence(code, "poster_sentence")) for code in LANGUAGES],
    )


def qr_code(address: str) -> bytes:
    """Return an SVG image of the QR code of an address; a seventh of it may be soiled or torn."""
    image = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    # Without a size of its own it is as sharp on a poster as on a card. White paper of its own: dark pages must not shine through.
    code.save(image, kind="svg", border=_QUIET_ZONE, light="#fff", omitsize=True)
    return image.getvalue()


def _address(alliance: Alliance) -> str:
    """Return the address without a language: each phone opens it in its own."""
    return absolute(url_for("page.of_alliance", alliance_id=alliance.id))

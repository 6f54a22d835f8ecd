"""Files for translators: out, and back in after a look at what they would change."""

import base64
import binascii
import zlib
from collections import Counter

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from console.downloads import XLIFF, attached
from console.names import language_name
from console.pages import rendered
from console.parts import parts
from console.policy import may, needs, takes_files
from console.translations.standing import TRANSLATED
from console.translations.taking import FAULTY, WRITTEN, Step, plan, take
from console.translations.views import own_entries
from console.visitor import signed_in
from knowledge.xliff import MOST_BYTES, ToTranslate, XliffError, XliffFile, read_xliff, write_xliff

xliff = Blueprint("xliff", __name__, url_prefix="/translations/files")
_CHOSEN_AT_MOST = 1000


@xliff.get("/download")
@needs("offering.read")
def download() -> ResponseReturnValue:
    """Give the offerings that lack a translation, or those chosen, as XLIFF."""
    language, alliance = request.args.get("language", ""), request.args.get("alliance", "")
    if language not in TRANSLATED:
        return redirect(url_for("console.translations.overview"))
    chosen = set(request.args.getlist("offering")[:_CHOSEN_AT_MOST])
    wanted = [
        one
        for one in own_entries(language)
        if (one.offering.id in chosen if chosen else one.standing != "done")
        and (not alliance or one.offering.alliance == alliance)
    ]
    if not wanted:
        return redirect(url_for("console.translations.overview", language=language, said="xliff_nothing"))
    items = [ToTranslate(offering=one.offering, outdated=one.standing == "outdated") for one in wanted]
    name = f"{parts().knowledge.settings.current_date()}-angebote-{language}.xlf"
    return attached(lambda out: write_xliff(items, language, out), name, XLIFF)


@xliff.get("/")
@needs("offering.draft")
def begin() -> Response:
    """Show the form for a file that comes back."""
    return rendered("xliff.html")


@xliff.post("/")
@needs("offering.draft")
@takes_files(2 * MOST_BYTES, in_fields=True)
def bring_back() -> Response:
    """Show what a file would change; when that has been seen, change it."""
    content, packed = _content()
    if content is None:
        return rendered("xliff.html", status=422, fault="fault_file_missing")
    try:
        file = read_xliff(content)
    except XliffError as error:
        return rendered("xliff.html", status=422, fault=f"fault_xliff_{error.fault}")
    if file.language not in TRANSLATED:
        return rendered("xliff.html", status=422, fault="fault_xliff_target")
    knowledge = parts().knowledge
    steps = plan(file, knowledge.editions.all(signed_in().tenants), knowledge)
    is_done = request.form.get("do") == "take"
    if is_done:
        may_publish = may(signed_in(), "offering.publish")
        steps, seen = take(steps, file.language, knowledge, editor=signed_in().email, may_publish=may_publish)
        if seen:
            parts().reindex()
    return _report(file, steps, packed, is_done=is_done)


def _report(file: XliffFile, steps: list[Step], packed: str, *, is_done: bool) -> Response:
    return rendered(
        "xliff.html", language_name=language_name(file.language), target=file.language,
        counts=Counter(one.kind for one in steps),
        faults=FAULTY,
        steps=[one for one in steps if one.kind in WRITTEN], faulty=[one for one in steps if one.kind in FAULTY], packed=packed,
        is_done=is_done,
    )  # fmt: skip


def _content() -> tuple[bytes | None, str]:
    """Return the file sent, or the one that was looked at before, and how it is carried through the page."""
    file = request.files.get("file")
    if file and file.filename:
        content = file.stream.read(MOST_BYTES + 1)
        return content, base64.b64encode(zlib.compress(content)).decode()
    packed = request.form.get("packed", "")
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(base64.b64decode(packed, validate=True), MOST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        return None, ""
    return (content or None), packed

"""Renders the console's pages, its problems among them."""

from typing import Any

from flask import Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from console.navigation import areas
from console.policy import may
from console.texts import CONSOLE_LANGUAGES, say, texts
from console.visitor import form_token, page_language, visitor
from knowledge.german_time import GERMANY
from widget.texts import day

_SAID = "said_"


def rendered(template: str, *, status: int = 200, **values: Any) -> Response:
    """Return a page in the visitor's language; `?said=` names a sentence of the catalogue to show above it."""
    language = page_language()
    said = texts(language)
    account = visitor().account
    page = render_template(
        f"console/{template}",
        t=said,
        say=lambda key, /, **given: say(language, key, **given),
        day=lambda value: day(language, value),
        moment=lambda value: f"{day(language, value.astimezone(GERMANY))} {value.astimezone(GERMANY):%H:%M}",
        weekday=lambda value: texts(language)[f"weekday_{value.weekday()}"],
        language=language,
        languages=CONSOLE_LANGUAGES,
        account=account,
        may=lambda action: may(account, action),
        areas=areas(lambda action: may(account, action), request.endpoint) if account else [],
        form_token=form_token,
        said=values.pop("said", None) or said.get(_SAID + request.args.get("said", "")),
        **values,
    )
    response = make_response(page, status)
    response.headers["Content-Language"] = language
    return response


def problem_page(error: HTTPException) -> Response:
    """Answer an error of the console with a page that says what to do."""
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect or a ready answer
    key = f"problem_{error.code}" if f"problem_{error.code}" in texts("de") else "problem_other"
    return rendered("problem.html", status=error.code, key=key)

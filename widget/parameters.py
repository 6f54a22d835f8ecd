"""Reads what a program sends: query parameters each in its form, or a 400 that names it and says what it takes; and JSON."""

import math
from collections.abc import Collection
from datetime import date
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from widget.problems import ProblemError

Parameters = MultiDict[str, str]


def text(parameters: Parameters, name: str, *, longest: int) -> str | None:
    """Return a text without spaces around it; None when it is empty or missing."""
    value = (parameters.get(name) or "").strip()
    if len(value) > longest:
        raise ProblemError(400, "Bad parameter", f"{name} has at most {longest} characters")
    return value or None


def number(parameters: Parameters, name: str, *, least: float, most: float) -> float | None:
    """Return a number between two bounds."""
    value = parameters.get(name)
    if not value:
        return None
    try:
        result = float(value)
    except ValueError:
        result = math.nan
    if not least <= result <= most:
        raise ProblemError(400, "Bad parameter", f"{name} is a number from {least:g} to {most:g}")
    return result


def whole(parameters: Parameters, name: str, *, least: int, most: int, default: int) -> int:
    """Return a whole number between two bounds."""
    result = number(parameters, name, least=least, most=most)
    if result is None:
        return default
    if result != int(result):
        raise ProblemError(400, "Bad parameter", f"{name} is a whole number from {least} to {most}")
    return int(result)


def yes_or_no(parameters: Parameters, name: str) -> bool | None:
    """Return true or false as written in a query."""
    value = (parameters.get(name) or "").casefold()
    if not value:
        return None
    if value not in {"true", "false", "1", "0"}:
        raise ProblemError(400, "Bad parameter", f"{name} is true or false")
    return value in {"true", "1"}


def day(parameters: Parameters, name: str) -> date | None:
    """Return a day written as 2026-11-22."""
    value = parameters.get(name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ProblemError(400, "Bad parameter", f"{name} is a day such as 2026-11-22") from None


def each_of(parameters: Parameters, name: str, *, allowed: Collection[str]) -> tuple[str, ...]:
    """Return the values of a parameter that may be repeated or hold a list separated by commas."""
    values = tuple(
        dict.fromkeys(v.strip() for given in parameters.getlist(name) for v in given.split(",") if v.strip())
    )
    if not set(values) <= set(allowed):
        raise ProblemError(400, "Bad parameter", f"{name} is one of {', '.join(allowed)}")
    return values


def one_of(parameters: Parameters, name: str, *, allowed: Collection[str]) -> str | None:
    """Return a value out of a list."""
    value = parameters.get(name)
    if not value:
        return None
    if value not in allowed:
        raise ProblemError(400, "Bad parameter", f"{name} is one of {', '.join(allowed)}")
    return value


def json_sent() -> Any:
    """Return the request's JSON, whatever it holds."""
    try:
        return request.get_json()
    except RecursionError:  # brackets within brackets without end
        raise ProblemError(400, "Bad JSON", "send JSON that is not nested") from None

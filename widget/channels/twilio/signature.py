"""Twilio's signature: over the address as Twilio knows it and every field of the form, sorted."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from urllib.parse import parse_qsl

_MOST_FIELDS = 200

Fields = Sequence[tuple[str, str]]


def form_fields(body: bytes) -> Fields | None:
    """Return the fields of a form in order, or None where it is none."""
    try:
        # Strict in all: what two readers could read in two ways has no signature that we believe.
        return parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        return None


def signature_of(url: str, fields: Fields, auth_token: str) -> str:
    """Return what Twilio's header holds for a request (docs: "Security", validating signatures)."""
    signed = url + "".join(name + value for name, value in sorted(set(fields)))
    return base64.b64encode(hmac.new(auth_token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def is_signed(url: str, body: bytes, signature: str | None, auth_token: str) -> bool:
    """Return whether a form that came to an address carries Twilio's signature."""
    fields = form_fields(body)
    if not fields or not signature or not auth_token:
        return False
    return hmac.compare_digest(signature_of(url, fields, auth_token).encode(), signature.encode(errors="replace"))

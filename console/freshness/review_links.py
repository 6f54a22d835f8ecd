"""The links of a reminder: signed, for one recipient, one offering in one published version, and for a time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer

from console.freshness.recipients import Recipient

LASTS = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class ReviewLink:
    """What a link is about; `stamp` is its recipient's."""

    offering_id: str
    version: int
    stamp: str
    expired: bool = False


def review_token(key: str, offering_id: str, version: int, recipient: Recipient) -> str:
    """Return the signed part of a link."""
    return _serializer(key).dumps([offering_id, version, recipient.stamp])


def read_token(key: str, token: str, *, now: datetime | None = None) -> ReviewLink | None:
    """Return what a link is about, or None when we have not signed it."""
    try:
        (offering_id, version, stamp), made_at = _serializer(key).loads(token, return_timestamp=True)
    except BadSignature:
        return None
    expired = (now or datetime.now(UTC)) - made_at >= LASTS
    return ReviewLink(offering_id=offering_id, version=version, stamp=stamp, expired=expired)


def _serializer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="console review link")

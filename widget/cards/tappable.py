"""Makes addresses and telephone numbers in a text tappable; static/chat.js does the same where scripts run."""

import re

from markupsafe import Markup

from widget.cards.display import email_link, phone_link, web_link

# E-mail addresses, web addresses, and telephone numbers: hotlines, and what begins with 0 or +.
_LINKS = re.compile(
    r"""(?P<email>[^\s@<>()"',;]+@[^\s@<>()"',;]+\.[a-z]{2,})"""
    r"""|(?P<web>https?://[^\s<>()"']*[^\s<>()"'.,;:!?])"""
    r"""|(?P<phone>(?:\+|(?<![0-9a-z_])0)[1-9][0-9][0-9 /()-]{4,}[0-9]|(?<![0-9a-z_])(?:116 ?[0-9]{3}|11[02])(?![0-9a-z_]))""",
    re.IGNORECASE,
)


def linked(text: str) -> Markup:
    """Return a text as safe HTML with links; whatever else is in it stays text."""
    html, end = Markup(""), 0
    for found in _LINKS.finditer(text):
        html += text[end : found.start()]  # Markup escapes what is added to it
        html += _link(found)
        end = found.end()
    return html + text[end:]


def _link(found: re.Match[str]) -> Markup | str:
    href = email_link(found["email"]) or web_link(found["web"]) or phone_link(found["phone"])
    return Markup('<a href="{}"><bdi dir="ltr">{}</bdi></a>').format(href, found[0]) if href else found[0]

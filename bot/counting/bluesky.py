"""What Bluesky counts: the text with its links as they are shown, which is short.

The network's own app finds links that begin with http:// or https://, leaves out the scheme and all of a long path but its
beginning, and counts and keeps the text so (bluesky-social/social-app, src/lib/strings: rich-text-manip.ts, url-helpers.ts;
bluesky-social/atproto, packages/api/src/rich-text/detection.ts). A domain without a scheme is a link too, and stays whole.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

import regex

LONGEST_PATH = 15
"""Characters of a path that is shown in full."""
SHOWN_PATH = 13
"""Characters that are left of a longer one, before three dots."""

_SPACE = r"[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"
_LINK = regex.compile(rf"(?<=^|{_SPACE}|\()https?://(?:(?!{_SPACE}).)++", regex.DOTALL)
_LONGEST_NAME = 253
"""Characters of the longest name that a server can have."""
_KEPT = "?#!$%&'()*+,-./:;=@[]^_|~"
_PORTS = {"http": ":80", "https": ":443"}


def shown(text: str) -> str:
    """The text with its links as the app shows them."""
    return str(_LINK.sub(_shown, text)) if "://" in text else text


def _shown(match: Any) -> str:
    link, after = match.group(), ""
    if link[-1] in ".,;!?":
        link, after = link[:-1], link[-1]
    if link.endswith(")") and "(" not in link:
        link, after = link[:-1], ")" + after
    return _short(link) + after


def _short(link: str) -> str:
    """Server and path; a link that can't be read stays whole."""
    try:
        parts = urlsplit(link)
        name = parts.netloc.rpartition("@")[2].lower()
        host = name if name.isascii() or len(name) > _LONGEST_NAME else name.encode("idna").decode("ascii")
    except ValueError:
        return link
    if not host or len(host) > _LONGEST_NAME:
        return link
    path = "" if parts.path == "/" else parts.path
    asked = f"?{parts.query}" if parts.query else ""
    place = f"#{parts.fragment}" if parts.fragment else ""
    rest = quote(path + asked + place, safe=_KEPT, errors="replace")
    host = host.removesuffix(_PORTS[parts.scheme])
    return host + (f"{rest[:SHOWN_PATH]}..." if len(rest) > LONGEST_PATH else rest)

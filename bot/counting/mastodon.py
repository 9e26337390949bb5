"""What Mastodon counts: every link as 23, every mention without its server, and then what readers see as characters.

As its server judges it (mastodon/mastodon, app/validators/status_length_validator.rb): a link needs its scheme, and a name
with a top level that exists; brackets in a path belong to it where they are balanced, and punctuation at its end does not.
What is no link or mention there counts in full.
"""

from __future__ import annotations

import regex

from bot.counting.weights import top_levels

MASTODON_LINK = 23
"""What any link costs on Mastodon (mastodon/documentation, user/posting)."""

_PATH = r"/(?:[^\s<>()?]++|\((?:[^\s<>()?]++|\([^\s<>()?]+\))+\))*+"
_QUERY = r"\?[a-z0-9!?*'();:&=+$/%#\[\]\-_.,~|@^\xa0-\U0010fffd]*+"
_ENTITY = regex.compile(
    r"""
    (?<![a-z0-9@＠$\#＃\u202a-\u202e])(?:https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini)://
        (?P<host>[\p{L}\p{M}\p{N}_.-]{1,512}+)
    |
    (?<![=/\w])(?P<local>@(?>[a-z0-9_]++(?:[.-]++[a-z0-9_]++)*+))(?>(?:@\w++(?:[.-]++\w++)*+)?)(?![@＠À-ÖØ-öø-ɏ]|://)
    """,
    regex.IGNORECASE | regex.VERBOSE,
)
_REST = regex.compile(rf"(?P<port>(?::\d++)?+)(?P<path>(?:{_PATH})?+)(?P<query>(?:{_QUERY})?+)", regex.IGNORECASE)
_ENDS_NO_PATH = "!*\"'「」;:=,.$%[]~&|@"
_ENDS_NO_QUERY = "!?*'();:+$%[].,~|@^"
_NAME = regex.compile(r"(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}])?\.)+")
_AFTER_DOT = regex.compile(r"\.([^.]*)")
_PLAIN_LETTERS = regex.compile(r"[a-z0-9-]+")


def shortened(text: str) -> str:
    """The text as Mastodon counts it: 23 signs for each link, `@name` for `@name@server`."""
    if "://" not in text and "@" not in text:
        return text
    pieces, end = [], 0
    while (entity := _ENTITY.search(text, end)) is not None:
        pieces.append(text[end : entity.start()])
        if entity["local"] is not None:
            pieces.append(entity["local"])
            end = entity.end()
            continue
        name = _name_end(entity["host"])
        pieces.append("x" * MASTODON_LINK if name else entity.group())
        whole = name == len(entity["host"])
        end = _link_end(text, entity.end()) if whole else entity.start("host") + (name or len(entity["host"]))
    return "".join((*pieces, text[end:]))


def _name_end(host: str) -> int:
    """Where the name of a server ends: after the last top level that exists and that no letter of a name follows; 0 for none."""
    end, top = 0, 0
    for label in _AFTER_DOT.finditer(host):
        name = label.group(1).lower()
        plain = _PLAIN_LETTERS.match(name)
        if plain is not None and (plain.group() in top_levels() or plain.group().startswith("xn--")):
            top, end = label.start(1), label.start(1) + plain.end()
        elif name in top_levels():
            top, end = label.start(1), label.end()
    before = host[:top]
    own = before.rstrip(".").rpartition(".")[2]
    return end if _NAME.fullmatch(before) and "_" not in own else 0


def _link_end(text: str, place: int) -> int:
    """Where a link ends whose server's name ends at `place`: after port, path and query, without the punctuation after it."""
    rest = _REST.match(text, place)
    if rest is None:
        return place
    if len(rest["query"].rstrip(_ENDS_NO_QUERY)) > 1:
        return int(rest.start("query")) + len(rest["query"].rstrip(_ENDS_NO_QUERY))
    return int(rest.start("path")) + len(rest["path"].rstrip(_ENDS_NO_PATH))

"""Kind `links`: where a link leads, told from its address alone; nothing is ever fetched."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.model import Edit
from bot.playbook import Playbook
from bot.playbook.values import RuleSpec, Shape
from bot.rules.kind import Check, Hit, PatternFault, Reading, Screened, Span
from bot.rules.patterns import Pattern, compile_pattern, compile_patterns, likely, places

WORDS = "Hosts of links, such as files.example.com; *.example.com takes all its subdomains."

_LINK = (
    r"(?i)\b[a-z][a-z0-9+.-]{1,20}://[^\s<>\"']+"
    r"|\b(?:[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*(?::\d+)?(?:/[^\s<>\"']*)?"
    r"|\blocalhost(?::\d+)?(?:/[^\s<>\"']*)?"
    r"|\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d+)?(?:/[^\s<>\"']*)?"
)
_LONGEST_HOST = 253
"""Characters of the longest name that a host can have (RFC 1035)."""

_CLOSING = ".,;:!?)]}'\"…"
_TRACKED = "tracking in the link"


class Params(Shape):
    """Keys of the kind `links`.

    `hosts` are host names; `*.x.y` takes its subdomains, and `host/path` only addresses whose path begins so. A host
    alone is a name, not a link into it, unless it stands under `whole_hosts`. `internal` adds the organisation's
    internal domains and addresses that no outsider reaches, and passes its `public_links`. `query` are
    beginnings of a link's parameters, `plain_http` means links without encryption. `patterns` are other
    secrets, found anywhere; `exceptions` take back a place that they overlap.
    """

    hosts: tuple[str, ...] = ()
    whole_hosts: tuple[str, ...] = ()
    internal: bool = False
    query: tuple[str, ...] = ()
    plain_http: bool = False
    patterns: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Link:
    span: Span
    scheme: str
    host: str
    path: str
    query: str
    address: str


class _Hosts:
    """Hosts to be looked up by name: the time does not grow with their number."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self._exact: dict[str, list[str]] = {}
        self._under: dict[str, list[str]] = {}
        for host in hosts:
            name, slash, path = host.casefold().partition("/")
            if name.startswith("*."):
                self._under.setdefault(name[2:], []).append(slash + path)
            else:
                for one in (name, f"www.{name}"):
                    self._exact.setdefault(one, []).append(slash + path)

    def hold(self, link: _Link) -> bool:
        """Whether the link is on one of the hosts, and its path begins as theirs does."""
        paths = [*self._exact.get(link.host, ())]
        if self._under and len(link.host) <= _LONGEST_HOST:
            paths += (path for domain in _domains(link.host) for path in self._under.get(domain, ()))
        return any(link.path.casefold().startswith(path.rstrip("/") and path) for path in paths)


@dataclass(frozen=True, slots=True)
class _Links:
    params: Params
    domains: _Hosts
    whole: _Hosts
    inside: _Hosts
    public: frozenset[str]
    patterns: tuple[Pattern, ...]
    exceptions: tuple[Pattern, ...]


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Raises PatternFault for a pattern that RE2 refuses, or a host that is written as a link."""
    for key in ("hosts", "whole_hosts", "words"):
        for host in getattr(params, key):
            if "://" in host or not host.strip("/"):
                raise PatternFault(key, f"“{host}” is no host. Write it without https://, such as *.example.com.")
    organisation = playbook.organisation
    rule = _Links(
        params=params,
        domains=_Hosts(f"*.{domain.lstrip('*.')}" for domain in organisation.internal_domains if domain.strip()),
        whole=_Hosts((*params.whole_hosts, *params.words)),
        inside=_Hosts(params.hosts),
        public=frozenset(_bare(link) for link in organisation.public_links),
        patterns=compile_patterns("patterns", params.patterns),
        exceptions=compile_patterns("exceptions", params.exceptions),
    )

    def check(reading: Reading) -> Iterator[Hit]:
        found = [(span, "secret") for span in places(likely(rule.patterns, reading), reading.plain)]
        found += [(link.span, says) for link in _links(reading) if (says := _fault(link, rule)) is not None]
        excepted = tuple(places(rule.exceptions, reading.plain)) if found else ()
        for span, says in sorted(found, key=lambda one: one[0].start):
            if not any(span.start < one.end and one.start < span.end for one in excepted):
                place = reading.original(span.start, span.end)
                edits = _untracked(reading.text, place, params.query) if says == _TRACKED else ()
                yield Hit(place.start, place.end, evidence=says, values=(("kind", says),), edits=edits)

    looked_for = frozenset((*rule.patterns, _link()))
    return Screened(check, looked_for, (looked_for,))


def _link() -> Pattern:
    return compile_pattern("kind", _LINK)


def _links(reading: Reading) -> Iterator[_Link]:
    plain = str(reading.plain)
    for start, end in _link().spans(reading.plain) if _link() not in reading.absent else ():
        if start and plain[start - 1] == "@":
            continue
        address = plain[start:end].rstrip(_CLOSING)
        scheme, split, rest = address.rpartition("://") if "://" in address else ("", "", address)
        rest = rest.split("#", 1)[0]
        rest, _, query = rest.partition("?")
        host, slash, path = rest.partition("/")
        host = _without_port(host.rsplit("@", 1)[-1]).casefold().rstrip(".")
        span = Span(start, start + len(address))
        yield _Link(span, (scheme + split).casefold(), host, slash + path, query, address)


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isascii() and port.isdigit() else host


def _fault(link: _Link, rule: _Links) -> str | None:
    """What is wrong with a link, in a word or two; None where nothing is."""
    params = rule.params
    if params.internal and _bare(link.address) in rule.public:
        return None
    if params.internal and (_inside(link) or rule.domains.hold(link)):
        return "internal link"
    if rule.whole.hold(link):
        return "internal link" if params.internal else "link"
    if len(link.path) > 1 and rule.inside.hold(link):
        return "internal link" if params.internal else "shortened link"
    if any(one.casefold().startswith(params.query) for one in link.query.split("&") if params.query):
        return _TRACKED
    return "link without encryption" if params.plain_http and link.scheme == "http://" else None


def _domains(host: str) -> Iterator[str]:
    """The host, and all that it is a subdomain of."""
    yield host
    while "." in host:
        host = host.partition(".")[2]
        yield host


def _untracked(text: str, place: Span, tracking: tuple[str, ...]) -> tuple[Edit, ...]:
    """The link without the parameters that track, and with all others."""
    link, mark, fragment = text[place.start : place.end].partition("#")
    address, _, query = link.partition("?")
    kept = [one for one in query.split("&") if one and not one.casefold().startswith(tracking)]
    return (Edit(place.start, place.end, address + ("?" + "&".join(kept) if kept else "") + mark + fragment),)


def _inside(link: _Link) -> bool:
    """Whether only somebody inside can reach it: local names, and addresses of private networks.

    `localhost:8080` alone is everybody's own computer; with a path or a scheme it is somebody's system.
    """
    host = link.host
    if host == "localhost":
        return bool(link.scheme) or len(link.path) > 1
    if host.endswith((".internal", ".corp", ".local", ".lan", ".intranet", ".localhost")):
        return True
    if not host[-1:].isdigit():
        return False
    try:
        address = ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return address.is_private


def _bare(link: str) -> str:
    bare = link.strip().casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare.rstrip("/")

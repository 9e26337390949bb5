"""Kind `names`: lists of the playbook, such as codenames or portfolio brands, found as whole words in any script.

Capitals matter unless `any_case` is set: "Juniper" is a project, "juniper" is a plant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import re2
from pydantic import Field

from bot.model import Severity
from bot.playbook import Playbook
from bot.playbook.values import Organisation, RuleSpec, Shape
from bot.rules.companions import Companions
from bot.rules.kind import Check, Hit, PatternFault, Reading, Screened, Span
from bot.rules.patterns import Pattern, compile_pattern, compile_patterns, found, places, whole_word
from bot.rules.places import Places

WORDS = "Names as whole words, with capitals as they are written."

Names = Literal["codenames", "portfolio_brands", "competitors", "public_projects", "peers", "own_tickers", "acronyms"]


class Params(Shape):
    """Keys of the kind `names`.

    `lists` are lists of organisation.toml, `words` are further names. `after` are words that make the capitalised word
    behind them a name too (Project Juniper), unless it is one of `no_names` or on a list of `known`. `needs` wants one
    of its patterns in the text, or within `needs_within` characters of the name; `unless` none of its
    patterns. Where a rule of `raised_by` fires on the same text, the severity is `raised`; entries are names of rules,
    or families by their letter. `routes` names the team by patterns within `needs_within` characters of the name.
    """

    lists: tuple[Names, ...] = ()
    words: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    no_names: tuple[str, ...] = ()
    known: tuple[Names, ...] = ()
    any_case: bool = False
    exceptions: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    needs_within: int = Field(default=0, ge=0)
    unless: tuple[str, ...] = ()
    raised: Severity | None = None
    raised_by: tuple[str, ...] = ()
    routes: dict[str, tuple[str, ...]] = Field(default_factory=dict)


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Raises PatternFault where there is nowhere to look for a name, or a pattern can't be used."""
    known_teams = {route.id for route in playbook.routes}
    for team in params.routes:
        if known_teams and team not in known_teams:
            raise PatternFault("routes", f"“{team}” is not a team. Use the id of a file in prompts/routes.")
    if not (params.lists or params.words or params.after):
        raise PatternFault(
            "lists", "there is nothing to look for. Name a list of organisation.toml, such as codenames."
        )
    listed = _listed(params, playbook.organisation)
    after = _after(params)
    known = frozenset(name.casefold() for name in _of(params.known, playbook.organisation))
    no_names = frozenset(word.casefold() for word in params.no_names)
    exceptions = compile_patterns("exceptions", params.exceptions)
    needs, unless = compile_patterns("needs", params.needs), compile_patterns("unless", params.unless)
    companions = Companions(playbook, params.raised_by, besides=spec.name)
    routes = {team: compile_patterns(f"routes.{team}", patterns) for team, patterns in params.routes.items()}

    def team_for(span: Span, plain: str) -> str | None:
        around = plain[max(span.start - params.needs_within, 0) : span.end + params.needs_within]
        return next((team for team, patterns in routes.items() if found(patterns, around)), None)

    def check(reading: Reading) -> Iterator[Hit]:
        plain = reading.plain
        spans = [*_find_listed(listed, plain), *_find_after(after, plain, known, no_names)]
        if not spans or (needs and not found(needs, plain)) or found(unless, plain):
            return
        excepted = tuple(places(exceptions, plain))
        beside = Places(places(needs, plain)) if params.needs_within else None
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            if beside is not None and not beside.near(span.start, span.end, params.needs_within):
                continue
            if not any(span.start < one.end and one.start < span.end for one in excepted):
                severity = params.raised if params.raised and companions.fire(reading) else None
                place = reading.original(span.start, span.end)
                values = (("name", reading.text[place.start : place.end]),)
                yield Hit(place.start, place.end, severity=severity, route=team_for(span, plain), values=values)

    names = frozenset(pattern for pattern in (listed, after) if pattern is not None)
    gates = (names, frozenset(needs)) if needs else (names,)
    return Screened(check, names.union(needs), gates)


def _of(lists: tuple[Names, ...], organisation: Organisation) -> list[str]:
    return [name.strip() for one in lists for name in getattr(organisation, one) if name.strip()]


def _listed(params: Params, organisation: Organisation) -> Pattern | None:
    names = sorted({*_of(params.lists, organisation), *params.words}, key=lambda name: (-len(name), name))
    if not names:
        return None
    flag = "(?i)" if params.any_case else ""
    return compile_pattern("lists", flag + "|".join(re2.escape(name) for name in names))


def _after(params: Params) -> Pattern | None:
    if not params.after:
        return None
    words = "|".join(re2.escape(word) for word in params.after)
    return compile_pattern("after", rf"\b(?:{words}) ([\p{{Lu}}][\p{{L}}\p{{M}}\p{{N}}]+)")


def _find_listed(listed: Pattern | None, plain: str) -> Iterator[Span]:
    if listed is None:
        return
    for match in listed.finditer(plain):
        if whole_word(plain, match.start(), match.end()):
            yield Span(match.start(), match.end())


def _find_after(after: Pattern | None, plain: str, known: frozenset[str], no_names: frozenset[str]) -> Iterator[Span]:
    if after is None:
        return
    for match in after.finditer(plain):
        name = match.group(1).casefold()
        if name in no_names or name in known or match.group(0).casefold() in known:
            continue
        if whole_word(plain, match.start(), match.end()):
            yield Span(match.start(), match.end())

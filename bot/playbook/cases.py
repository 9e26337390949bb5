"""Evaluation cases: drafts with what is right for each by the guidelines, and the limits that an evaluation must keep.

Cases stand in `cases/*.toml`, shipped and one's own; `gates.toml` among them holds the limits. They are no part of the
playbook: a change of a case changes no review, so nothing of them is in the playbook's version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from bot.errors import InputError, PlaybookError
from bot.model import COMMS, Outcome
from bot.playbook.faults import Fault, known_or_meant
from bot.playbook.files import Source, read_source
from bot.playbook.load import SHIPPED
from bot.playbook.playbook import Playbook
from bot.playbook.shapes import Placed, read_list, read_table
from bot.playbook.values import Organisation, Shape, Window

FOLDER = "cases"
GATES = "gates.toml"

_HANDED_OVER = frozenset((Outcome.REDIRECT, Outcome.HOLD))
_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""Since when the window of a case has been open."""


class Case(Shape):
    """A draft and what is right for it: a `[[case]]` table.

    `outcome` is right, and so are those in `also_right`; `route` is the team of a redirect or a hold (`comms` for a hold
    that no team owns), `also_routes` others that would do. `guidelines` are those that a right review names, `may_name`
    those that it may name without being wrong. `why` says in a sentence why this is right. `same_as` names the same
    draft without the attack in this one. `must` is what has to get this one right: the `rules` by themselves, or the
    whole `review`. `window` is one that is open, with the keys of windows.toml but for its times. `posted` holds the leader's
    earlier posts by platform, in hours ago.
    """

    id: str
    text: str
    outcome: Outcome
    also_right: tuple[Outcome, ...] = ()
    route: str | None = None
    also_routes: tuple[str, ...] = ()
    guidelines: tuple[str, ...] = ()
    may_name: tuple[str, ...] = ()
    why: str
    tags: tuple[str, ...] = ()
    same_as: str | None = None
    must: Literal["rules", "review"] | None = None
    platforms: tuple[str, ...] = ()
    organisation: dict[str, Any] = Field(default_factory=dict)
    window: dict[str, Any] = Field(default_factory=dict)
    posted: dict[str, tuple[float, ...]] = Field(default_factory=dict)
    images: int = 0
    described: int = 0

    @property
    def right(self) -> frozenset[Outcome]:
        """All outcomes that are right."""
        return frozenset((self.outcome, *self.also_right))

    @property
    def routes(self) -> frozenset[str]:
        """All teams that are right; none where the case does not say."""
        return frozenset((self.route, *self.also_routes)) if self.route else frozenset()


Share = Field(default=None, ge=0, le=1)


class Limits(Shape):
    """What an evaluation must keep to, as shares from 0 to 1; what is left out is not looked at.

    `false_ready` is held against the upper end of its 95 % interval, all others against the share itself.
    """

    false_ready: float | None = Share
    let_through: float | None = Share
    wrongly_stopped: float | None = Share
    softened: float | None = Share
    failed: float | None = Share
    half_checked: float | None = Share
    ungrounded: float | None = Share
    invented_shown: float | None = Share


class Gates(Shape):
    """The limits for the rules by themselves, and for whole reviews: gates.toml."""

    rules: Limits = Limits()
    review: Limits = Limits()


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """All cases of the files read, in their order, and the limits."""

    cases: tuple[Case, ...]
    gates: Gates


def load_cases(paths: Sequence[Path], playbook: Playbook, overlay: Path | None = None) -> CaseFiles:
    """The cases of those files and folders; without any, the shipped ones with those of one's own folder laid over them.

    Raises `InputError` for a path that is not there, and `PlaybookError` with every fault, one a line.
    """
    read, faults = read_cases(paths, playbook, overlay)
    if faults:
        raise PlaybookError("\n".join(map(str, faults)))
    return read


def read_cases(
    paths: Sequence[Path], playbook: Playbook, overlay: Path | None = None
) -> tuple[CaseFiles, tuple[Fault, ...]]:
    """The same, with the faults beside what could be read. Raises `InputError` for a path that is not there."""
    found = dict(_named(paths) if paths else _laid_over(overlay))
    gates, faults = _read_gates(found)
    placed: list[Placed[Case]] = []
    for shown, path in found.items():
        if path.name == GATES:
            continue
        source, wrong = read_source(path, shown)
        faults += wrong
        if source.readable:
            cases, wrong = _read_file(source, playbook)
            placed += cases
            faults += wrong
    faults += _check(placed, playbook)
    ordered = tuple(sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line, fault.message)))
    return CaseFiles(tuple(one.value for one in placed), gates), ordered


def _named(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    for path in paths:
        if path.is_dir():
            files = sorted(path.glob("*.toml"))
            if not any(file.name != GATES for file in files):
                raise InputError(f"{path} holds no file with cases. Their names end in .toml.")
            yield from ((str(file), file) for file in files)
        elif path.is_file():
            yield str(path), path
        else:
            raise InputError(f"{path} is not there. Name a file with cases, or a folder of such files.")


def _laid_over(overlay: Path | None) -> Iterator[tuple[str, Path]]:
    """The shipped files, and one's own in place of those of the same name."""
    files = {path.name: (f"{SHIPPED.name}/{FOLDER}/{path.name}", path) for path in (SHIPPED / FOLDER).glob("*.toml")}
    for path in (overlay / FOLDER).glob("*.toml") if overlay else ():
        files[path.name] = (str(path), path)
    yield from (files[name] for name in sorted(files))


def _read_gates(found: Mapping[str, Path]) -> tuple[Gates, list[Fault]]:
    """The limits that stand beside the cases, else the shipped ones."""
    own = next(((shown, path) for shown, path in found.items() if path.name == GATES), None)
    shown, path = own or (f"{SHIPPED.name}/{FOLDER}/{GATES}", SHIPPED / FOLDER / GATES)
    source, faults = read_source(path, shown)
    if not source.readable:
        return Gates(), faults
    gates, wrong = read_table(Gates, source.table, source, (), "the file of limits")
    return (gates.value if gates else Gates()), [*faults, *wrong]


def _read_file(source: Source, playbook: Playbook) -> tuple[list[Placed[Case]], list[Fault]]:
    """The cases of one file. A table `[organisation]` at its top says what the organisation of its drafts is like."""
    whole = source.table.pop("organisation", {})
    if not isinstance(whole, dict):
        return [], [
            source.fault(("organisation",), "write [organisation] as a heading, with name = value lines under it.")
        ]
    placed, faults = read_list(Case, source, "case", "the case")
    cases = []
    for one in placed:
        table = {**whole, **one.value.organisation}
        wrong = _first_wrong(partial(organisation_of, table, playbook))
        if wrong:
            place = "organisation" if one.value.organisation else ()
            faults.append(one.fault(place, f"says what no organisation.toml may hold: {wrong}."))
        cases.append(Placed(one.value.model_copy(update={"organisation": table}), source, one.place, one.thing))
    return cases, faults


def _first_wrong(read: Callable[[], object]) -> str:
    """The first key that does not fit, or nothing."""
    try:
        read()
    except ValidationError as error:
        return str(error.errors(include_url=False, include_input=False)[0]["loc"][0])
    return ""


def organisation_of(table: Mapping[str, Any], playbook: Playbook) -> Organisation:
    """The playbook's organisation, with what a case says of its own laid over it."""
    if not table:
        return playbook.organisation
    return Organisation.model_validate(playbook.organisation.model_dump() | dict(table))


def window_of(table: Mapping[str, Any]) -> Window | None:
    """The open window that a case speaks of. Raises pydantic's `ValidationError` for what no windows.toml may hold."""
    if not table:
        return None
    usual = {"name": "A window", "starts": _ALWAYS, "owner": COMMS, "reason": ""}
    return Window.model_validate(usual | dict(table))


def _check(placed: Sequence[Placed[Case]], playbook: Playbook) -> Iterator[Fault]:
    ids: dict[str, str] = {}
    guidelines = tuple(one.id for one in playbook.guidelines)
    platforms = tuple(one.id for one in playbook.platforms)
    names = {one.value.id for one in placed}
    for one in placed:
        case = one.value
        place = f"{one.source.shown}, line {one.source.line((*one.place, 'id'))}"
        other = ids.setdefault(case.id, place)
        if other != place:
            yield one.fault("id", f"has an id that is already taken in {other}. Change one of them.")
        if not case.text.strip():
            yield one.fault("text", "has no text. Give the words of the draft.")
        yield from _routes(one, tuple(route.id for route in playbook.routes))
        for key, known in (("guidelines", guidelines), ("may_name", guidelines), ("platforms", platforms)):
            for name in getattr(case, key):
                if name not in known:
                    yield one.fault(key, f"names “{name}”, which is in no file. {known_or_meant(name, known)}")
        if case.same_as is not None and (case.same_as not in names or case.same_as == case.id):
            yield one.fault("same_as", f"names the case “{case.same_as}”, which is no other one. Correct the name.")
        wrong = _first_wrong(partial(window_of, case.window))
        if wrong:
            yield one.fault("window", f"says of its window what no windows.toml may hold: {wrong}.")


def _routes(one: Placed[Case], known: tuple[str, ...]) -> Iterator[Fault]:
    case = one.value
    handed = bool(_HANDED_OVER & case.right)
    if case.route and not handed:
        yield one.fault(
            "route", "names a team, and its outcome goes to nobody. Take the line out, or say redirect or hold."
        )
    if case.outcome is Outcome.REDIRECT and not case.route:
        yield one.fault((), f"is a redirect to nobody. Add a line route = with one of: {', '.join(known)}.")
    for name in case.routes:
        if name not in (*known, COMMS):
            yield one.fault(
                "route", f"names the team “{name}”, which is in no file. {known_or_meant(name, (*known, COMMS))}"
            )

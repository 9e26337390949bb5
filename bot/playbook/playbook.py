"""The playbook as a whole: what every other part asks for guidelines, rules, teams, networks and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.errors import PlaybookError
from bot.playbook.faults import Fault
from bot.playbook.replies import Replies
from bot.playbook.values import (
    Guideline,
    KeyMessage,
    Leader,
    Organisation,
    Platform,
    ProofPoint,
    Route,
    RuleSpec,
    Window,
)

Place = tuple[str, int]


@dataclass(frozen=True)
class Playbook:
    """All that prompts/ holds, loaded and cross-checked. `version` is eight hexadecimal digits
    of a hash over the files in effect.

    `guidelines` stand in the order of their numbers, `routes` by precedence, `rules` by number. `faults` are those that
    did not stop the start: each rule that was left out, and warnings. `places` knows the lines of rules by their names, of
    organisation.toml, and of the platforms' files.
    """

    guidelines: tuple[Guideline, ...]
    rules: tuple[RuleSpec, ...]
    routes: tuple[Route, ...]
    platforms: tuple[Platform, ...]
    messages: tuple[KeyMessage, ...]
    windows: tuple[Window, ...]
    organisation: Organisation
    replies: Replies
    critique_template: str
    version: str
    faults: tuple[Fault, ...] = ()
    places: dict[str, Callable[[str], Place]] = field(default_factory=dict, repr=False, compare=False)

    def guideline(self, id: str) -> Guideline:  # noqa: A002 - the word of the files
        """The guideline with that id. Raises `PlaybookError` where there is none."""
        for guideline in self.guidelines:
            if guideline.id == id:
                return guideline
        raise PlaybookError(f"There is no guideline “{id}” in prompts/guidelines.")

    def route(self, id: str | None) -> Route | None:  # noqa: A002
        """The team with that id; None for `comms` and for what is unknown."""
        return next((route for route in self.routes if route.id == id), None)

    def platform(self, id: str) -> Platform | None:  # noqa: A002
        """The network with that id."""
        return next((platform for platform in self.platforms if platform.id == id), None)

    def find_platform(self, name: str) -> Platform | None:
        """The network that people call `name`: its id, name or an alias, in any case."""
        wanted = name.strip().casefold()
        return next((one for one in self.platforms if wanted in called(one)), None)

    def message(self, id: str) -> KeyMessage | None:  # noqa: A002
        """The key message with that id."""
        return next((message for message in self.messages if message.id == id), None)

    def open_windows(self, now: datetime, leader: str = "", platforms: Iterable[str] = ()) -> tuple[Window, ...]:
        """The windows of the files that are open at `now` for this leader and these platforms. See `is_open`."""
        wanted = tuple(platforms)
        return tuple(window for window in self.windows if is_open(window, now, leader, wanted))

    def approved_facts(self, today: date) -> tuple[tuple[str, ProofPoint], ...]:
        """(message id, fact) of all messages that are live and facts that have not expired; the last day counts."""
        return tuple(
            (message.id, point)
            for message in self.messages
            if is_live(message, today)
            for point in message.proof_points
            if point.expires is None or today <= point.expires
        )

    def locate(self, rule: str, key: str = "") -> Place:
        """File and line of a rule's key, such as `patterns`, or `patterns.2` for its third entry; else of the rule.

        `rule` may also be `organisation.toml`, or a platform's file (`file_of`), with a key such as `rules.hedges`.
        """
        place = self.places.get(rule)
        return place(key) if place else ("prompts/rules", 0)

    def leader(self, id: str) -> Leader | None:  # noqa: A002
        """What comms wrote about the leader with that Slack id or e-mail address, exactly as it stands in the file."""
        wanted = id.casefold()
        return next((leader for leader in self.organisation.leaders if leader.id.casefold() == wanted), None)


def is_open(window: Window, now: datetime, leader: str = "", platforms: tuple[str, ...] = ()) -> bool:
    """Whether a window is open at `now` (aware) for a leader (as the window names them) and platforms.

    Open from `starts` on; over at `ends`, or once `ended` is set, whichever comes first. Where the platforms or the
    leader are not known, a window that is limited to some holds.
    """
    if window.ended or now < window.starts or (window.ends is not None and now >= window.ends):
        return False
    if window.leaders and leader and leader.casefold() not in {name.casefold() for name in window.leaders}:
        return False
    return not (window.platforms and platforms and not set(platforms) & set(window.platforms))


def is_live(message: KeyMessage, today: date) -> bool:
    """Whether a key message may be carried on that day; first and last day count."""
    begun = message.live_from is None or message.live_from <= today
    return begun and (message.live_to is None or today <= message.live_to)


def called(platform: Platform) -> frozenset[str]:
    """All names of a network, in small letters."""
    return frozenset(name.casefold() for name in (platform.id, platform.name, *platform.aliases))

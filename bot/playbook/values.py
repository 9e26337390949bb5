"""What prompts/ holds, as frozen values: the shape of each file, and the words for it.

Every class forbids keys that it does not know, so that a slip of the pen in a file is found and not ignored.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from bot.model import Outcome, Severity

FACTS = ("listed", "private", "sells_to_eu_consumers", "union_activity", "financial", "health", "window")
"""What `severity_when` may name: facts of the organisation, and `window` for an open window."""


def _no_number(value: object) -> object:
    """A bare number is no date: pydantic would read it as seconds since 1970."""
    if isinstance(value, (int, float)):
        raise PydanticCustomError("a_date", "a date or a time is needed")
    return value


Day = Annotated[date, BeforeValidator(_no_number)]
Moment = Annotated[datetime, BeforeValidator(_no_number)]


class Shape(BaseModel):
    """Base of all shapes: frozen, and strict about unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(Shape):
    """A draft that falls short, and the better version; `note` says what the pair shows."""

    draft: str
    better: str
    note: str = ""


Benefit = Literal["strategy", "owners", "clutter", "leader"]


class Guideline(Shape):
    """One piece of leadership policy: the TOML head of a file in guidelines/, and its Markdown body."""

    id: str
    title: str
    principle: str
    benefit: Benefit | None = None
    examples: tuple[Example, ...] = ()
    body: str = ""


class Route(Shape):
    """A team and what it takes: one file in routes/.

    `target_minutes` is how fast the team means to answer, within working hours where `working_hours` says so.
    `precedence` orders the routes when several match; 1 comes first. `channel` is a Slack channel id, or empty
    while nobody has set it. `contacts` are e-mail addresses or Slack ids, first and second contact.
    The loader fills `{team}` and `{contact}` in `reason`, `hold_reason`, `holding_line` and `instead`.
    When a route comes out of the playbook these texts are ready to show.
    """

    id: str
    name: str
    short: str
    precedence: int
    target_minutes: int = Field(gt=0)
    working_hours: bool = False
    approves: bool = False
    channel: str = ""
    contacts: tuple[str, ...] = ()
    contact_name: str = ""
    takes: str
    reason: str
    hold_reason: str = ""
    needs: tuple[str, ...] = ()
    holding_line: str = ""
    instead: str = ""


Counting = Literal["x", "utf16", "threads", "bluesky", "graphemes", "mastodon", "characters"]


class RuleChange(Shape):
    """What an organisation or a platform changes of a rule: `[rules.<name>]` in its file.

    Under a family's letter (`[rules.L]`) only `off` and `severity` may stand. `off = false` switches on again what was
    switched off for the family, or for the organisation.
    """

    off: bool | None = None
    severity: Severity | None = None
    exceptions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Platform(Shape):
    """One social network: one file in platforms/. Gaps are hours, quiet and dormant days.

    `fold` is how many characters stay visible before a reader has to tap, `fold_lines` how many lines, empty ones among
    them; None where it is not known.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    limit: int = Field(gt=0)
    counting: Counting
    byte_limit: int | None = None
    fold: int | None = Field(default=None, gt=0)
    fold_lines: int | None = Field(default=None, gt=0)
    hashtags: int
    links: int = 1
    checked_on: Day
    source: str
    aim: str
    gap_hours: int
    per_day: int
    per_week: int
    quiet_days: int
    dormant_days: int
    rules: dict[str, RuleChange] = {}


class ProofPoint(Shape):
    """An approved fact: what a suggestion may say although the draft does not. Not used after `expires`."""

    fact: str
    source: str
    approved_by: str
    expires: Day | None = None


class KeyMessage(Shape):
    """One message that leaders carry: a table in messages.toml."""

    id: str
    sentence: str
    stakeholders: tuple[str, ...]
    proof_points: tuple[ProofPoint, ...] = ()
    not_to_say: tuple[str, ...] = ()
    example: str = ""
    owner: str
    live_from: Day | None = None
    live_to: Day | None = None


class Window(Shape):
    """A span of time in which some topics need somebody's yes: a table in windows.toml.

    Open from `starts` until `ends`, or until `ended` is set to true where an event ends it (`end_event`).
    `rules` are the names of the rules that hold while it is open; `everything` holds every draft.
    """

    name: str
    kind: Literal["quiet-period", "trading-blackout", "embargo", "election", "deal", "crisis"]
    starts: Moment
    ends: Moment | None = None
    end_event: str = ""
    ended: bool = False
    owner: str
    reason: str
    may_say: str = ""
    topics: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    everything: bool = False
    silent: bool = False


class Leader(Shape):
    """What comms has written about one leader in organisation.toml. `id` is a Slack id or an e-mail address."""

    id: str
    name: str = ""
    platforms: tuple[str, ...] = ()
    voice: str = ""
    delegates: tuple[str, ...] = ()
    final_yes: bool = False
    timezone: str = ""


class Limits(Shape):
    """Upper bounds that protect the model and its bill: reviews an hour, and characters of a draft."""

    drafts_per_leader_hour: int = 30
    drafts_per_hour: int = 300
    draft_characters: int = 8000


class Retention(Shape):
    """How long things are kept: text in days, records without text in months, holds and posts in years."""

    text_days: int = 30
    record_months: int = 13
    decision_years: int = 3


class LegalHold(Shape):
    """Drafts that must not be deleted: those of one leader between two days. `contact` may tell the leader more."""

    leader: str
    starts: Day
    ends: Day | None = None
    contact: str


class Organisation(Shape):
    """What kind of organisation this is: organisation.toml. Its facts set the severity of rules."""

    name: str
    aliases: tuple[str, ...] = ()
    listed: Literal["us", "uk", "eu", "no"] = "no"
    regulated: tuple[Literal["financial", "health"], ...] = ()
    sells_to_eu_consumers: bool = False
    union_activity: bool = False
    peer_replies: Literal["warn", "allow"] = "warn"
    exceptions_per_quarter: int = 1
    languages: tuple[str, ...] = ("en",)
    platforms: tuple[str, ...] = ()
    stakeholders: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    portfolio_brands: tuple[str, ...] = ()
    codenames: tuple[str, ...] = ()
    public_projects: tuple[str, ...] = ()
    internal_domains: tuple[str, ...] = ()
    public_links: tuple[str, ...] = ()
    investor_site: str = ""
    own_handles: tuple[str, ...] = ()
    own_tickers: tuple[str, ...] = ()
    own_contacts: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    phone_regions: tuple[str, ...] = ("GB", "US")
    leaders: tuple[Leader, ...] = ()
    legal_holds: tuple[LegalHold, ...] = ()
    limits: Limits = Limits()
    retention: Retention = Retention()
    rules: dict[str, RuleChange] = {}


class Sample(Shape):
    """A text that a rule must flag, or must pass, with what else the rule looks at.

    `organisation` holds the facts of organisation.toml that this sample needs, for example `{listed = "uk"}`.
    `quote`, on a text that must be flagged, is what the finding has to quote, and `mended` what the text becomes where
    the rule itself puts it right. `posted` holds the leader's earlier posts by platform, in hours ago.
    """

    text: str
    quote: str = ""
    mended: str = ""
    severity: Severity | None = None
    platforms: tuple[str, ...] = ()
    images: int = 0
    described: int = 0
    organisation: dict[str, Any] = {}
    window: str = ""
    posted: dict[str, tuple[float, ...]] = {}


class RuleSpec(Shape):
    """One deterministic check: a `[[rule]]` table in rules/.

    `kind` names the file under bot/rules that knows how to run it; `params` are that kind's own keys, which it
    checks itself. `severity_when` maps a fact of the organisation (`listed`, `private`, `sells_to_eu_consumers`,
    `financial`, `health`, `window`) to the severity that holds then, or to `off`. `owner` is a route id or `comms`.
    `languages` says for which languages its words hold; `any` for all. `other_languages` is for a rule whose shape holds
    in all languages while its words hold in some: in the others it runs too, and a finding weighs that much at most.
    `pause_minutes` marks a hold that ends by itself.
    """

    number: str
    name: str
    title: str
    kind: str
    guideline: str
    severity: Severity
    severity_when: dict[str, Severity | Literal["off"]] = {}
    owner: str | None = None
    copies: tuple[str, ...] = ()
    outcome: Outcome | None = None
    settled_by_critique: bool = False
    waivable: bool = False
    pause_minutes: int = 0
    languages: tuple[str, ...] = ("en",)
    other_languages: Severity | None = None
    reason: str = ""
    message: str
    fix: str
    source: str
    flags: tuple[Sample, ...] = ()
    passes: tuple[Sample, ...] = ()
    params: dict[str, Any] = {}
    file: str
    line: int

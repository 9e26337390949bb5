"""Kind `identifiers`: contact details, and numbers that identify a person or an account.

Checksums alone are weak: most random nine-digit numbers pass as a social security number. So numbers of state need a
word such as "passport" within 30 characters, and cards an issuer's prefix besides the checksum. What was found is
never repeated in a message or in the evidence: these name its kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bot.model import Severity
from bot.playbook import Playbook
from bot.playbook.values import RuleSpec, Shape
from bot.rules.contacts import Contacts, find_emails, find_phones
from bot.rules.kind import Check, Hit, PatternFault, Reading, Screened, Span
from bot.rules.numbers import (
    StateNumberKind,
    account_like,
    card_like,
    find_accounts,
    find_cards,
    find_state_numbers,
    read_state_numbers,
)
from bot.rules.patterns import Pattern, compile_patterns, places

INSTEAD = "Contacts that may be named stand in organisation.toml, under own_contacts."

Found = Literal["emails", "phones", "cards", "accounts", "state-numbers"]


class StateNumber(Shape):
    """A number that a state gives a person: `module` is its checksum in python-stdnum (`gb.nhs`), or empty for none.

    `pattern` is what it looks like, `near` are words of which one must stand within 30 characters.
    """

    says: str
    module: str = ""
    pattern: str
    near: tuple[str, ...]


class Params(Shape):
    """Keys of the kind `identifiers`. `finds` says what to look for.

    `roles` are beginnings of e-mail addresses that belong to a role and not to a person (`press`); those, and addresses
    at the organisation's own domains, have the severity `ours`. `own_contacts` of organisation.toml never fire.
    `exceptions` take back a place that they overlap, or stand within 30 characters before.
    """

    finds: tuple[Found, ...]
    roles: tuple[str, ...] = ()
    ours: Severity = Severity.WARN
    state_numbers: tuple[StateNumber, ...] = ()
    exceptions: tuple[str, ...] = ()


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Raises PatternFault for an unusable pattern or checksum, or where nothing is looked for."""
    if not params.finds:
        raise PatternFault(
            "finds", "there is nothing to look for. Name emails, phones, cards, accounts or state-numbers."
        )
    contacts = Contacts(playbook.organisation, params.roles)
    numbers = read_state_numbers(
        (number.says, number.module, number.pattern, number.near) for number in params.state_numbers
    )
    exceptions = compile_patterns("exceptions", params.exceptions)

    def check(reading: Reading) -> Iterator[Hit]:
        plain = reading.plain
        taken: list[Span] = []
        found = list(_all(reading))
        excepted = list(places(exceptions, plain)) if found else []
        for span, says, ours in found:
            if any(one.start < span.end and span.start < one.end for one in taken):
                continue
            if any(one.start < span.end and span.start - 30 <= one.end for one in excepted):
                continue
            taken.append(span)
            place = reading.original(span.start, span.end)
            severity = params.ours if ours else None
            yield Hit(place.start, place.end, severity=severity, evidence=says, values=(("kind", says),))

    def _all(reading: Reading) -> Iterator[tuple[Span, str, bool]]:
        plain = reading.plain
        if "cards" in params.finds and card_like() not in reading.absent:
            yield from ((span, "card number", False) for span in find_cards(plain))
        if "accounts" in params.finds and account_like() not in reading.absent:
            yield from ((span, "bank account", False) for span in find_accounts(plain))
        if "state-numbers" in params.finds:
            likely = tuple(number for number in numbers if number.near not in reading.absent)
            yield from ((span, says, False) for span, says in find_state_numbers(plain, likely))
        if "emails" in params.finds:
            yield from ((span, "e-mail address", ours) for span, ours in find_emails(plain, contacts))
        if "phones" in params.finds:
            yield from ((span, "phone number", False) for span in find_phones(plain, contacts))

    looked_for = frozenset(_looked_for(params, contacts, numbers))
    return Screened(check, looked_for.union(number.near for number in numbers), (looked_for,))


def _looked_for(params: Params, contacts: Contacts, numbers: tuple[StateNumberKind, ...]) -> Iterator[Pattern]:
    """What a text must hold before there is anything to look at."""
    if "cards" in params.finds:
        yield card_like()
    if "accounts" in params.finds:
        yield account_like()
    if "state-numbers" in params.finds:
        yield from (number.near for number in numbers)
    if "emails" in params.finds:
        yield contacts.email
    if "phones" in params.finds:
        yield from (contacts.digits, contacts.foreign)

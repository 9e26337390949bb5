"""E-mail addresses and phone numbers in a text, and which of them are the organisation's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import phonenumbers
import re2
from phonenumbers import Leniency, PhoneNumber, PhoneNumberMatcher, PhoneNumberType

from bot.playbook.values import Organisation
from bot.rules.kind import Span

_EMAIL = r"[\p{L}\p{N}._%+-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}"
_NOBODYS = frozenset(
    {
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
    }
)
"""Numbers that no private person has: help lines and the like."""
_MOST_TEXT = 20_000
"""Characters that are searched for phone numbers: the library is the slowest part of the rules."""


class Contacts:
    """The organisation's own addresses, numbers and domains. `allowed` are further contacts that never fire."""

    def __init__(self, organisation: Organisation, roles: Iterable[str] = (), allowed: Iterable[str] = ()) -> None:
        own = [contact.strip() for contact in (*organisation.own_contacts, *allowed) if contact.strip()]
        self.regions: tuple[str | None, ...] = (*organisation.phone_regions, None)
        self.emails = frozenset(contact.casefold() for contact in own if "@" in contact)
        self.phones = frozenset(
            number for contact in own if "@" not in contact for number in _digits(contact, self.regions)
        )
        domains = {contact.rsplit("@", 1)[1].casefold() for contact in own if "@" in contact}
        self.domains = frozenset(domains | {domain.casefold().lstrip("*.") for domain in organisation.internal_domains})
        self.roles = frozenset(role.casefold() for role in roles)

    def own_address(self, address: str) -> bool:
        """Whether the address stands on the organisation's list."""
        return address.casefold() in self.emails

    def no_person(self, address: str) -> bool:
        """Whether the address belongs to a role, or to the organisation's own domain."""
        name, domain = address.casefold().rsplit("@", 1)
        return name in self.roles or any(domain == own or domain.endswith("." + own) for own in self.domains)


def find_emails(plain: str, contacts: Contacts) -> Iterator[tuple[Span, bool]]:
    """Each address that is not on the list, and whether it is a role's or the organisation's."""
    for match in re2.finditer(_EMAIL, plain):
        address = match.group(0)
        if not contacts.own_address(address):
            yield Span(match.start(), match.end()), contacts.no_person(address)


def find_phones(plain: str, contacts: Contacts) -> Iterator[Span]:
    """Each phone number that is valid in one of the regions, and that a private person may have.

    National forms are found only for the region that is asked for, hence one pass for each. Links are not looked into.
    """
    if sum(character.isdigit() for character in plain) < 7:
        return
    searched = re2.sub(r"https?://\S+|www\.\S+", lambda match: " " * len(match.group(0)), plain[:_MOST_TEXT])
    seen: set[int] = set()
    for region in contacts.regions:
        for match in PhoneNumberMatcher(searched, region, leniency=Leniency.VALID):
            if match.start in seen or phonenumbers.number_type(match.number) in _NOBODYS:
                continue
            if _written(match.number) not in contacts.phones:
                seen.add(match.start)
                yield Span(match.start, match.end)


def _digits(contact: str, regions: tuple[str | None, ...]) -> Iterator[str]:
    for region in regions:
        try:
            yield _written(phonenumbers.parse(contact, region))
        except phonenumbers.NumberParseException:
            continue


def _written(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

"""E-mail addresses and phone numbers in a text, and which of them are the organisation's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import phonenumbers
from phonenumbers import Leniency, PhoneMetadata, PhoneNumber, PhoneNumberMatcher, PhoneNumberType

from bot.playbook.values import Organisation
from bot.rules.kind import Span
from bot.rules.patterns import blanked, compile_pattern

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
_LINK = r"https?://\S+|www\.\S+"
_LEAST_DIGITS = 7
"""Digits that a text must have at all before it is searched for phone numbers."""

_MOST_TRIES = 150
"""Runs of digits that may turn out to be no phone number before the search ends; each costs up to a millisecond."""

_MOST_TEXT = 20_000
"""Characters that are searched for phone numbers: the library is the slowest part of the rules."""


class Contacts:
    """The organisation's own addresses, numbers and domains."""

    def __init__(self, organisation: Organisation, roles: Iterable[str] = ()) -> None:
        own = [contact.strip() for contact in organisation.own_contacts if contact.strip()]
        self.regions: tuple[str | None, ...] = (*organisation.phone_regions, None)
        self.email = compile_pattern("kind", _EMAIL)
        self.link = compile_pattern("kind", _LINK)
        self.digits = compile_pattern("kind", _digits_in_a_row(self.regions))
        self.foreign = compile_pattern("kind", r"\+")
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
    if "@" not in plain:
        return
    for match in contacts.email.finditer(plain):
        address = match.group()
        if not contacts.own_address(address):
            yield Span(match.start(), match.end()), contacts.no_person(address)


def find_phones(plain: str, contacts: Contacts) -> Iterator[Span]:
    """Each phone number that is valid in one of the regions, and that a private person may have.

    National forms are found only for the region that is asked for, hence one pass for each. Links are not looked into.
    """
    searched = plain[:_MOST_TEXT]
    if "://" in searched or "www." in searched:
        searched = blanked(contacts.link, searched)
    foreign = "+" in searched
    if not foreign and contacts.digits.search(searched) is None:
        return
    if sum(map(str.isdigit, plain)) < _LEAST_DIGITS:
        return
    seen: set[int] = set()
    for region in contacts.regions:
        if region is None and not foreign:
            continue  # without a region only numbers with a country's code are numbers
        for match in PhoneNumberMatcher(searched, region, leniency=Leniency.VALID, max_tries=_MOST_TRIES):
            if match.start in seen or phonenumbers.number_type(match.number) in _NOBODYS:
                continue
            if _written(match.number) not in contacts.phones:
                seen.add(match.start)
                yield Span(match.start, match.end)


def _digits_in_a_row(regions: tuple[str | None, ...]) -> str:
    """A pattern without which no phone number of these regions is there: its digits, with signs between them.

    The library takes up to four signs, an x, or the Japanese long vowel between two digits.
    """
    least = _LEAST_DIGITS
    for region in regions:
        known = PhoneMetadata.metadata_for_region(region) if region else None
        if known is not None and known.general_desc is not None:
            least = min(least, *known.general_desc.possible_length)
    return rf"(?:\pN(?:[^\p{{Lu}}\p{{Ll}}\pN]|x){{0,4}}){{{least - 1}}}\pN"


def _digits(contact: str, regions: tuple[str | None, ...]) -> Iterator[str]:
    for region in regions:
        try:
            yield _written(phonenumbers.parse(contact, region))
        except phonenumbers.NumberParseException:
            continue


def _written(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

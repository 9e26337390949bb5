"""Card numbers, bank accounts and numbers of state in a text.

Of random sixteen-digit numbers, 10.3 % pass the checksum of cards and 2.2 % have an issuer's prefix too; of random
nine-digit numbers 88.7 % pass as a US social security number. So these want words beside them, and cards must not be
parcels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from stdnum import iban, luhn

from bot.rules.kind import PatternFault, Span
from bot.rules.patterns import Pattern, compile_pattern, escape, places, whole_number
from bot.rules.places import Places

NEAR = 30
"""Characters before or after a number within which a word must stand that says what it is."""

_DIGITS = r"\d(?:[ -]?\d){12,18}"
_ISSUER = (
    r"^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}|3[47]\d{13}"
    r"|(?:6011|65\d{2}|64[4-9]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17})$"
)
"""Visa, Mastercard, American Express, Discover, Diners Club, JCB and UnionPay, each with its lengths."""
_PARCEL = r"(?i)\b(?:tracking|parcel|shipment|consignment|isbn|imei|order|serial|reference|ref|ticket|sku)\b"
_CARD = r"(?i)\b(?:card|visa|mastercard|amex|debit|credit|cvv|cvc)\b"
_ACCOUNT = r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{1,4}){3,9}"


@dataclass(frozen=True, slots=True)
class StateNumberKind:
    """One kind of number of a state: what it is called, its checksum, what it looks like, the words near it."""

    says: str
    checksum: ModuleType | None
    pattern: Pattern
    near: Pattern


def card_like() -> Pattern:
    """What every card number matches."""
    return _kind(_DIGITS)


def account_like() -> Pattern:
    """What every bank account matches."""
    return _kind(_ACCOUNT)


def find_cards(plain: str) -> Iterator[Span]:
    """Numbers of 13 to 19 digits with an issuer's prefix and a right check digit, unless a word says parcel."""
    for match in card_like().finditer(plain):
        digits = match.group().replace(" ", "").replace("-", "")
        if not whole_number(plain, match.start(), match.end()) or _kind(_ISSUER).search(digits) is None:
            continue
        if luhn.is_valid(digits) and not _is_parcel(plain, match.start()):
            yield Span(match.start(), match.end())


def find_accounts(plain: str) -> Iterator[Span]:
    """International bank account numbers: country, length and check digits are right."""
    for match in account_like().finditer(plain):
        if not whole_number(plain, match.start(), len(plain)):
            continue
        words = match.group().split(" ")
        for count in range(len(words), 0, -1):
            piece = " ".join(words[:count])
            if iban.is_valid(piece):
                yield Span(match.start(), match.start() + len(piece))
                break


def read_state_numbers(
    wanted: Iterable[tuple[str, str, str, tuple[str, ...]]],
) -> tuple[StateNumberKind, ...]:
    """Make them ready. Raises PatternFault for a pattern, a word list or a checksum that can't be used."""
    return tuple(
        StateNumberKind(says, _checksum(module), compile_pattern("state_numbers", pattern), _one_of(near, says))
        for says, module, pattern, near in wanted
    )


def find_state_numbers(plain: str, numbers: tuple[StateNumberKind, ...]) -> Iterator[tuple[Span, str]]:
    """Each number of state that looks right, has a right checksum, and stands near a word that says what it is."""
    for number in numbers:
        found = [Span(match.start(), match.end()) for match in number.pattern.finditer(plain)]
        right = [span for span in found if whole_number(plain, *span) and _passes(number, plain[span.start : span.end])]
        words = Places(places((number.near,), plain)) if right else Places(())
        for start, end in right:
            if words.within(max(0, start - NEAR), start) or words.within(end, end + NEAR):
                yield Span(start, end), number.says


def _passes(number: StateNumberKind, written: str) -> bool:
    return number.checksum is None or bool(number.checksum.is_valid(written))


def _kind(pattern: str) -> Pattern:
    """A pattern of this kind of rule; the same source is compiled once."""
    return compile_pattern("kind", pattern)


def _is_parcel(plain: str, start: int) -> bool:
    before = plain[max(0, start - NEAR) : start]
    return _kind(_PARCEL).search(before) is not None and _kind(_CARD).search(before) is None


def _one_of(words: tuple[str, ...], says: str) -> Pattern:
    if not words:
        raise PatternFault("state_numbers", f"“{says}” needs words under near, or any number would do.")
    return compile_pattern("state_numbers", r"(?i)\b(?:" + "|".join(escape(word) for word in words) + r")\b")


def _checksum(module: str) -> ModuleType | None:
    if not module:
        return None
    if _kind(r"^[a-z]{2}_?\.[a-z]+$").search(module) is None:
        raise PatternFault(
            "state_numbers", f"“{module}” is no checksum. Write it as country and number, such as gb.nhs."
        )
    try:
        return import_module(f"stdnum.{module}")
    except ImportError as fault:
        raise PatternFault("state_numbers", f"python-stdnum has no “{module}”. Look up its list of formats.") from fault

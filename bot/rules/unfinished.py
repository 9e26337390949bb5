"""Kind `unfinished`: what a writer left open: gaps, words that stand twice, and a weekday that does not go with its date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.playbook import Playbook
from bot.playbook.values import RuleSpec
from bot.rules import phrase
from bot.rules.kind import Check, Hit, Reading, Screened
from bot.rules.patterns import Found, compile_pattern, compile_patterns
from bot.rules.places import Places, spans

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? (?:the )?"
_NUMBER = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (20\d\d))?"
_DATES = (
    rf"(?i)\b{_DAY}{_NUMBER} (?:of )?{_MONTH}{_YEAR}\b",
    rf"(?i)\b{_DAY}{_MONTH} {_NUMBER}{_YEAR}\b",
)
"""“Monday 24 November 2026” and “Monday, November 24, 2026”; the year may be missing."""


class Params(phrase.Params):
    """Keys of the kind `unfinished`: those of the kind `phrase`, for gaps and words that stand twice.

    `weekday` and `weekday_fix` are what is said of a weekday that does not go with its date; {date} and {right} are
    that date and its weekday.
    """

    weekday: str
    weekday_fix: str


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Raises PatternFault as the kind `phrase` does."""
    gaps = phrase.compile(params, spec, playbook)
    day_first, month_first = (compile_pattern("kind", source) for source in _DATES)
    exceptions = compile_patterns("exceptions", params.exceptions)

    def check(reading: Reading) -> Iterator[Hit]:
        yield from gaps(reading)
        plain, today = reading.plain, reading.context.now.date()
        told = [(found, _right_day(found, today, 2, 3)) for found in day_first.finditer(plain)]
        told += [(found, _right_day(found, today, 3, 2)) for found in month_first.finditer(plain)]
        wrong = [(found, right) for found, right in told if right]
        if not wrong:
            return
        excused = Places(span for pattern in exceptions for span in spans(pattern, plain))
        for found, right in wrong:
            if not excused.near(found.start(), found.end()):
                yield _hit(reading, found, right, params)

    if not isinstance(gaps, Screened):
        return check
    dates = frozenset((day_first, month_first))
    return Screened(check, gaps.patterns | dates, tuple(gate | dates for gate in gaps.gates))


def _right_day(found: Found, today: date, number: int, month: int) -> str:
    """The weekday that the date really is on; empty where the one named is right, or there is no such date.

    Without a year, the date before today and the one after it may be meant.
    """
    said = next(day for day in _WEEKDAYS if day.casefold().startswith(found.group(1).casefold()[:3]))
    which = _MONTHS.index(found.group(month).casefold()[:3]) + 1
    years = [int(found.group(4))] if found.group(4) else [today.year - 1, today.year, today.year + 1]
    days = [day for year in years if (day := _day(year, which, int(found.group(number)))) is not None]
    if not found.group(4):
        ahead, behind = [day for day in days if day >= today], [day for day in days if day < today]
        days = [*ahead[:1], *behind[-1:]]
    right = [_WEEKDAYS[day.weekday()] for day in days]
    return "" if said in right or not right else right[0]


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _hit(reading: Reading, found: Found, right: str, params: Params) -> Hit:
    place = reading.original(found.start(), found.end())
    without_day = reading.plain[found.end(1) : found.end()].partition(" ")[2].removeprefix("the ")
    values = (("date", without_day), ("right", right))
    return Hit(place.start, place.end, values=values, message=params.weekday, fix=params.weekday_fix)

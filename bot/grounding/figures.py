"""Numbers, money, shares, spans of time and dates in a text, as keys that can be compared. Pure.

"£40m", "40 million pounds" and "forty million pounds" have one key; so have "14%" and "fourteen per cent". A number
keeps its measure, since "19 weeks" is not "19 days". Words for numbers are known in English, and those of French,
German and Spanish that mean nothing else in English.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

Key = tuple[str, str, str]
"""What is compared: sort, value, measure."""


class Figure(NamedTuple):
    """One figure of a text. `loose` ones ("one", "first") are known when a text has them, and never asked for."""

    key: Key
    start: int
    end: int
    loose: bool = False


_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "zwei": 2, "drei": 3, "vier": 4,
    "fünf": 5, "sechs": 6, "sieben": 7, "neun": 9, "zehn": 10, "zwölf": 12, "tres": 3, "cuatro": 4, "cinco": 5,
    "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "zwanzig": 20, "dreißig": 30,
    "vierzig": 40, "fünfzig": 50, "sechzig": 60, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50,
}  # fmt: skip
_SCALES = {
    "hundred": 100, "dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "mille": 10**3, "hundert": 100, "tausend": 10**3, "millionen": 10**6, "milliarden": 10**9, "milliard": 10**9,
    "milliards": 10**9, "millones": 10**6, "k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9,
    "tn": 10**12, "mio": 10**6, "mrd": 10**9,
}  # fmt: skip
_CROWDS = ("dozens", "hundreds", "thousands", "millions", "billions", "trillions")
_PARTS = {
    "half": "1/2", "halves": "1/2", "halved": "1/2", "third": "1/3", "thirds": "1/3", "quarters": "1/4",
    "double": "x2", "doubled": "x2", "doubles": "x2", "doubling": "x2", "twice": "x2", "triple": "x3",
    "tripled": "x3", "trebled": "x3", "quadrupled": "x4", "tenfold": "x10", "twofold": "x2", "threefold": "x3",
    "fivefold": "x5",
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "fifths": 5, "tenths": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
_MONTHS = (
    "january|jan|janvier|januar|enero", "february|feb|février|februar|febrero", "march|mar|mars|märz|marzo",
    "april|apr|avril|abril", "may|mai|mayo", "june|jun|juin|juni|junio", "july|jul|juillet|juli|julio",
    "august|aug|août|agosto", "september|sept|sep|septembre|septiembre", "october|oct|octobre|oktober|octubre",
    "november|nov|novembre|noviembre", "december|dec|décembre|dezember|diciembre",
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MEASURES = {
    r"%|percent|per cent|percentage points?|pct|pour cent|prozent|por ciento": "%", r"\$|dollars?|usd|bucks": "$",
    r"£|pounds?|gbp|quid": "£", r"€|euros?|eur": "€", r"¥|yen|jpy": "¥", r"₹|rupees?|inr": "₹",
    r"chf|francs?": "chf", r"pence|pennies": "p", r"cents?": "c", r"seconds?|secs?": "second",
    r"minutes?|mins?": "minute", r"hours?|hrs?|heures?|stunden?|horas?": "hour",
    r"days?|jours?|tage?n?|días?": "day", r"weeks?|semaines?|wochen?|semanas?": "week",
    r"months?|mois|monate?n?|mes(?:es)?": "month", r"quarters?": "quarter",
    r"years?|yrs?|ans?|années?|jahre?n?|años?": "year", r"decades?": "decade",
}  # fmt: skip
_STRICT_MEASURES = frozenset(("%", "$", "£", "€", "¥", "₹", "chf", "p", "c"))
_SIGN = r"(?P<sign>us\$|a\$|c\$|[£$€¥₹]|(?:usd|gbp|eur|chf)\s?)"
_UNIT = "|".join(rf"(?P<u{number}>{words})" for number, words in enumerate(_MEASURES))
_KIND = r"[\s-](?:working|business|calendar|full|long|whole)[\s-]"
_AFTER = rf"(?:(?:{_KIND}|[\s-])?(?:{_UNIT})(?![\p{{L}}\d]))?"
_SCALE = rf"(?:[\s-]?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})(?![\p{{L}}\d]))?"
_SPOKEN_SCALES = {word: scale for word, scale in _SCALES.items() if len(word) > 3}
_WORDS = "|".join(sorted((*_ONES, *_TENS, *_SPOKEN_SCALES), key=len, reverse=True))

_NUMBER = r"(?P<number>(?:\d{1,3}(?:[.,'’ ]\d{3}(?!\d))+|\d+)(?:[.,]\d+)?)(?P<ordinal>(?:st|nd|rd|th)(?!\p{L}))?"

_DIGITS = regex.compile(rf"(?i){_SIGN}?(?<![\p{{L}}\d]){_NUMBER}{_SCALE}{_AFTER}(?![\p{{L}}\d])")
_SPELLED = regex.compile(
    rf"(?i)(?<![\p{{L}}\d])(?P<words>(?:{_WORDS})(?:[\s-]+(?:and\s+|und\s+|et\s+)?(?:{_WORDS}))*)"
    rf"(?![\p{{L}}\d]){_AFTER}"
)
_SINGLE = regex.compile(
    rf"(?i)(?<!\p{{L}})(?:{'|'.join((*_CROWDS, *_PARTS, *_ORDINALS))})(?!\p{{L}})|(?<!\p{{L}})quarter(?=\sof\b)"
)
_MONTH_WORD = "|".join(sorted(_MONTH, key=len, reverse=True))
_DATE = regex.compile(
    rf"(?i)(?<![\p{{L}}\d])(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s+(?:of|de))?\s+(?P<month>{_MONTH_WORD})"
    rf"|(?P<month2>{_MONTH_WORD})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,]\d))(?!\p{{L}})"
)
_WRITTEN = regex.compile(
    r"(?<![\p{L}\d])(?:(?P<iso>\d{4}-\d{2}-\d{2})|(?P<slash>\d{1,2}[/.]\d{1,2}[/.]\d{2,4})|(?P<time>\d{1,2}[:h]\d{2}))(?![\p{L}\d])"
)
_CODE = regex.compile(r"(?<![\p{L}\d])(?=\d*\p{L})(?=\p{L}*\d)[\p{L}\d]+(?![\p{L}\d])")
# The lower-case forms mean other things ("may", "march", "mar", "dec"), so a lone month needs its capital letter.
_LONE_MONTH = regex.compile(
    r"(?<!\p{L})(?:January|February|March|April|June|July|August|September|October|November|December|Jan|Feb|Sept|Oct|Nov|Dec"
    r"|janvier|février|avril|juin|juillet|août|septembre|octobre|novembre|décembre|Januar|Februar|März|Oktober|Dezember"
    r"|enero|febrero|abril|septiembre|octubre|noviembre|diciembre)(?!\p{L})|(?<=\b(?:in|by|since|until|till|from|last|next|of|this|early|late|mid|before|after)[\s-])May(?!\p{L})"
)
_LONE_DAY = regex.compile(rf"(?i)(?<!\p{{L}})(?:{'|'.join(_DAYS)})s?(?!\p{{L}})")
_RELATIVE = regex.compile(
    r"(?i)(?<!\p{L})(?:tomorrow|yesterday|tonight|(?:next|last)\s+(?:night|week|weekend|month|quarter|year|spring|summer|autumn|fall|winter))(?!\p{L})"
)


def figures(text: str) -> Iterator[Figure]:
    """Every figure of the text, dates first; one place gives one figure. The text should be NFKC."""
    rest = text
    for find in (_dates, _numbers, _codes, _spelled):
        found = list(find(rest))
        yield from found
        for figure in found:
            rest = rest[: figure.start] + "\0" * (figure.end - figure.start) + rest[figure.end :]


def satisfied(key: Key, known: frozenset[Key] | set[Key]) -> bool:
    """Whether a figure stands on the known ones. A bare number may leave out a span of time, never a share or a sum."""
    if key in known:
        return True
    sort, value, measure = key
    if sort == "month":
        return any(other[0] == "date" and other[1].partition("-")[0] == value for other in known)
    if sort != "number" or measure:
        return False
    return any(other[:2] == (sort, value) and other[2] not in _STRICT_MEASURES for other in known)


def _dates(text: str) -> Iterator[Figure]:
    for match in _DATE.finditer(text):
        month = _MONTH[(match["month"] or match["month2"]).casefold()]
        yield Figure(("date", f"{month}-{int(match['day'] or match['day2'])}", ""), *match.span())
    for match in _WRITTEN.finditer(text):
        yield Figure(("written", match.group().casefold(), ""), *match.span())
    dated = {at for match in _DATE.finditer(text) for at in range(*match.span())}
    for match in _LONE_MONTH.finditer(text):
        if match.start() not in dated:
            yield Figure(("month", str(_MONTH[match.group().casefold()]), ""), *match.span())
    for match in _LONE_DAY.finditer(text):
        yield Figure(("day", match.group().casefold().removesuffix("s"), ""), *match.span())
    for match in _RELATIVE.finditer(text):
        yield Figure(("when", " ".join(match.group().casefold().split()), ""), *match.span())


def _numbers(text: str) -> Iterator[Figure]:
    matches = list(_DIGITS.finditer(text))
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        value = _value(match["number"])
        if match["ordinal"]:
            yield Figure(("ordinal", _plain(value), ""), *match.span())
            continue
        if match["scale"]:
            value *= _SCALES[match["scale"].casefold()]
        measure = _measure(match)
        if (
            not measure
            and following
            and regex.fullmatch(r"\s*(?:-|–|—|to|or|and)\s*", text[match.end() : following.start()])
        ):
            measure = _measure(following)
        yield Figure(("number", _plain(value), measure), *match.span())


def _codes(text: str) -> Iterator[Figure]:
    for match in _CODE.finditer(text):
        yield Figure(("code", match.group().casefold(), ""), *match.span())


def _spelled(text: str) -> Iterator[Figure]:
    for match in _SPELLED.finditer(text):
        words = [word for word in regex.split(r"[\s-]+", match["words"].casefold()) if word not in ("and", "und", "et")]
        measure = _measure(match)
        loose = words == ["one"] and measure not in ("hour", "minute", "week", "month", "year", "%")
        yield Figure(("number", _plain(_spoken(words)), "" if loose else measure), *match.span(), loose)
    for match in _SINGLE.finditer(text):
        word = match.group().casefold()
        if word in _ORDINALS:
            yield Figure(("ordinal", str(_ORDINALS[word]), ""), *match.span(), _ORDINALS[word] <= 2)
        else:
            yield Figure(("part", _PARTS.get(word, "1/4" if word == "quarter" else word), ""), *match.span())


def _spoken(words: list[str]) -> Decimal:
    """The value of a row of number words: "two hundred fifty thousand" is 250000."""
    total, current = 0, 0
    for word in words:
        if word in _SCALES:
            scale = _SCALES[word]
            if scale >= 1000:
                total, current = total + (current or 1) * scale, 0
            else:
                current = (current or 1) * scale
        else:
            current += _ONES.get(word, _TENS.get(word, 0))
    return Decimal(total + current)


def _measure(match: regex.Match[str]) -> str:
    sign = (match.groupdict().get("sign") or "").strip().casefold()
    if sign:
        return {"usd": "$", "us$": "$", "gbp": "£", "eur": "€"}.get(sign, sign)
    for number, measure in enumerate(_MEASURES.values()):
        if match[f"u{number}"]:
            return measure
    return ""


def _value(written: str) -> Decimal:
    """A number as written. The last dot or comma is a decimal mark, unless it is used twice or is a comma and three digits."""
    plain = regex.sub(r"['’\s]", "", written)
    mark = max(plain.rfind("."), plain.rfind(","))
    if mark < 0:
        return Decimal(plain)
    whole, sign, part = plain[:mark], plain[mark], plain[mark + 1 :]
    if sign in whole or (sign == "," and len(part) == 3 and "." not in whole):
        return Decimal(regex.sub(r"[.,]", "", plain))
    return Decimal(regex.sub(r"[.,]", "", whole) + "." + part)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")

"""Slack's emoji names to the characters that a network shows. Custom emoji of a workspace stay as their names."""

from __future__ import annotations

import emoji
import regex

_NAME = regex.compile(r":([a-z0-9_+'-]+):(?::skin-tone-([2-6]):)?")

_TONES = {2: "\U0001f3fb", 3: "\U0001f3fc", 4: "\U0001f3fd", 5: "\U0001f3fe", 6: "\U0001f3ff"}

_SLACK_ONLY = {
    "simple_smile": "🙂",
    "slightly_smiling_face": "🙂",
    "shushing_face": "🤫",
    "flag-england": "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "flag-scotland": "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "flag-wales": "🏴󠁧󠁢󠁷󠁬󠁳󠁿",
}
"""Names that the emoji library does not know, or knows by another name."""

_PROFESSIONS = {
    "doctor": "⚕️",
    "health-worker": "⚕️",
    "student": "🎓",
    "teacher": "🏫",
    "judge": "⚖️",
    "farmer": "🌾",
    "cook": "🍳",
    "mechanic": "🔧",
    "factory-worker": "🏭",
    "office-worker": "💼",
    "scientist": "🔬",
    "technologist": "💻",
    "singer": "🎤",
    "artist": "🎨",
    "pilot": "✈️",
    "astronaut": "🚀",
    "firefighter": "🚒",
}
_PEOPLE = {"male": "👨", "female": "👩"}


def with_characters(text: str) -> str:
    """The text with each emoji name that is known turned into its character."""
    return _NAME.sub(lambda found: character(found[1], int(found[2]) if found[2] else 0) or found[0], text)


def character(name: str, skin_tone: int = 0, points: str = "") -> str | None:
    """The character of one emoji, or None for a custom one. `points` are code points, such as `1f469-200d-1f4bb`."""
    if points:
        try:
            return "".join(chr(int(point, 16)) for point in points.split("-"))
        except (ValueError, OverflowError):
            return None
    found = _SLACK_ONLY.get(name) or _flag(name) or _profession(name) or _known(name)
    return found + _TONES.get(skin_tone, "") if found else None


def _known(name: str) -> str | None:
    text = emoji.emojize(f":{name}:", language="alias")
    if text.startswith(":"):
        text = emoji.emojize(f":{name.replace('-', '_')}:", language="alias")
    return None if text.startswith(":") else text


def _flag(name: str) -> str | None:
    """Flags by country code: two regional letters."""
    country = name.removeprefix("flag-")
    if country == name or len(country) != 2 or not country.isalpha():
        return None
    return "".join(chr(0x1F1E6 + ord(letter) - ord("a")) for letter in country)


def _profession(name: str) -> str | None:
    who, _, work = name.partition("-")
    if who not in _PEOPLE or work not in _PROFESSIONS:
        return None
    return f"{_PEOPLE[who]}\u200d{_PROFESSIONS[work]}"

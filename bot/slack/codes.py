"""How Slack's links and unknown names read outside Slack."""

from __future__ import annotations

SOMEONE = "someone"
"""Stands for a person whose name is not known, after an @."""


def link_text(url: str, label: str) -> str:
    """A link as it was typed: the address, or a label followed by the address where the two differ."""
    if not label:
        return url.removeprefix("mailto:").removeprefix("tel:")
    return label if _bare(label) == _bare(url) else f"{label} ({url})"


def _bare(address: str) -> str:
    short = address.strip().casefold()
    for start in ("https://", "http://", "mailto:", "tel:"):
        short = short.removeprefix(start)
    return short.rstrip("/")

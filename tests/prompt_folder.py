"""A small prompts folder that loads without a fault, for tests that change one thing in it."""

from __future__ import annotations

from pathlib import Path

from bot.playbook import Fault, Playbook, load_playbook, read_playbook

GUIDELINE = """+++
# a remark
id = "G1"
title = "Say one thing"
principle = "A post says one thing."

[[examples]]
draft = "This and that."
better = "This."
+++

## What good looks like

- One thing.
"""

ROUTE = """# a remark
id = "legal"
name = "legal"
short = "legal"
precedence = 1
target_minutes = 240
working_hours = true
approves = true
channel = "C0LEGAL001"
contacts = ["ruth@mill.example", "U0LEGAL001"]
contact_name = "Ruth"
takes = "Deals and cases."
reason = "A phrase may have weight, and {contact} can read it today."
hold_reason = "One part needs a look from {team} first."
needs = ["the draft"]
"""

PLATFORM = """# a remark
id = "linkedin"
name = "LinkedIn"
aliases = ["li"]
limit = 3000
counting = "utf16"
hashtags = 3
checked_on = 2026-11-23
source = "a page"
aim = "2–4 a month"
gap_hours = 24
per_day = 1
per_week = 2
quiet_days = 30
dormant_days = 90
"""

RULES = '''# a remark

[[rule]]
number = "O01"
name = "asks"
title = "Asks the audience"
kind = "phrase"
guideline = "G1"
severity = "warn"
reason = "A post that asks gives the floor away."
message = "This asks on {platform}."
fix = "State it."
source = "a page"
patterns = [
    'thoughts\\?',  # one
    """agree\\\\?""",
]
flags = ["Any thoughts?", {text = "Do you agree?", severity = "info"}]
passes = ["It is done."]

[[rule]]
number = "D01"
name = "results"
title = "Results before they are published"
kind = "together"
guideline = "G1"
severity = "hold"
owner = "legal"
copies = ["comms"]
reason = "Markets hear it first."
message = "This may move a price."
fix = "Link to the page."
source = "a page"

[rule.severity_when]
listed = "hold"
private = "off"

[[rule.flags]]
text = "Revenue is up."
organisation = {listed = "uk"}
'''

MESSAGES = """# a remark

[[message]]
id = "On time"
sentence = "It comes when we said."
stakeholders = ["customers"]
owner = "Priya"
live_from = 2026-03-01
live_to = 2027-12-31

[[message.proof_points]]
fact = "96 of 100 came on time"
source = "https://mill.example/report"
approved_by = "Priya"
expires = 2027-03-31

[[message.proof_points]]
fact = "We publish it each month"
source = "https://mill.example/report"
approved_by = "Priya"
"""

WINDOWS = """# a remark

[[window]]
name = "Quiet period"
kind = "quiet-period"
starts = 2027-01-01T00:00:00+00:00
ends = 2027-02-12T07:00:00+00:00
owner = "legal"
reason = "Results are near."
rules = ["results"]

[[window]]
name = "Merger"
kind = "deal"
starts = 2027-01-10T09:00:00+01:00
end_event = "after the release"
owner = "comms"
reason = "A deal."
leaders = ["dana@mill.example"]
platforms = ["linkedin"]
silent = true
everything = true
"""

ORGANISATION = """# a remark
name = "Mill"
listed = "uk"

[[leaders]]
id = "dana@mill.example"
name = "Dana"
platforms = ["linkedin"]
delegates = ["U0DELEGATE"]
timezone = "Europe/London"

[rules.asks]
severity = "info"
"""

REPLIES = """# a remark
small_talk = ["thanks", "hello"]

[card.redirect]
header = "Better from {team}"

[card.ready]
header = "Ready to post"
braces = "{{ and }} stay, {n} of {limit}"
"""

CRITIQUE = """{# a remark #}
Review for {{ organisation.name }}.
"""

FILES = {
    "guidelines/g01.md": GUIDELINE,
    "routes/legal.toml": ROUTE,
    "platforms/linkedin.toml": PLATFORM,
    "rules/one-way.toml": RULES,
    "messages.toml": MESSAGES,
    "windows.toml": WINDOWS,
    "organisation.toml": ORGANISATION,
    "replies.toml": REPLIES,
    "critique.md": CRITIQUE,
}


def write(root: Path, files: dict[str, str]) -> Path:
    """Writes files below a folder and returns it."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def folder(at: Path, **changes: str | None) -> Path:
    """The small folder at `at`/prompts; `changes` replace or (None) leave out files, `__` for / and `_` for the rest.

    A key is the file's name in FILES with `/` as `__`, `.` and `-` as `_`: `rules__one_way_toml`.
    """
    known = {name.replace("/", "__").replace(".", "_").replace("-", "_"): name for name in FILES}
    files: dict[str, str] = dict(FILES)
    for key, text in changes.items():
        if text is None:
            del files[known[key]]
        else:
            files[known[key]] = text
    return write(at / "prompts", files)


def load(at: Path, **changes: str | None) -> Playbook:
    """The playbook of the small folder."""
    return load_playbook(shipped=folder(at, **changes))


def faults(at: Path, **changes: str | None) -> list[Fault]:
    """All faults of the small folder."""
    return list(read_playbook(shipped=folder(at, **changes))[1])


def sentences(at: Path, **changes: str | None) -> list[str]:
    """All faults of the small folder, as they are told."""
    return [str(fault) for fault in faults(at, **changes)]

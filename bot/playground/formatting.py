"""What Slack does to a text on its way in.

A person's message becomes a `rich_text` block and, beside it, `text` with `& < >` escaped, links and mentions in angle
brackets and emoji as `:codes:`. A bot's text is left as it is, but for bare links and lone `&` (and names, where it
asked for them). Lines that begin with `- ` or `1. ` stay text, as they do in a pasted draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import emoji as emoji_names

from bot.playground.wire import Json
from bot.playground.workspace import Workspace

DOMAIN_ENDS = "com|org|net|io|eu|de|uk|fr|dev|app|ai|co|info|example"
"""Top-level domains after which the composer links a bare name; Slack's own list is longer."""

_TOKEN = re.compile(
    r"(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?'\"”’)\]])"
    r"|(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?P<site>(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:{DOMAIN_ENDS})(?:/[^\s<>|]*[^\s<>|.,;:!?'\"”’)\]])?(?![\w-]))"
    r"|(?P<name>(?<![\w@])@[\w.-]*\w)"
    r"|(?P<room>(?<![\w#&])#[\w-]+)"
    r"|(?P<code>(?<![\w:]):[a-z0-9_+'-]+:(?![\w]))",
    re.IGNORECASE,
)
_STYLE = re.compile(
    r"(?<![\w*`])\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_`])_(?P<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|(?<![\w~`])~(?P<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])"
    r"|`(?P<code>[^`\n]+)`"
)
_FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_BARE_URL = re.compile(r"(?<![<|\w])https?://[^\s<>|]*[^\s<>|.,;:!?'\"”’)\]]")
_LONE_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;)")
_MARKS = {"bold": "*", "italic": "_", "strike": "~", "code": "`"}
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_SLACK_NAMES = {"thumbsup": "+1", "thumbs_up": "+1", "thumbsdown": "-1", "thumbs_down": "-1", "red_heart": "heart"}
"""Where Slack's short name is another than the emoji package's."""


def escape(text: str) -> str:
    """`& < >` as Slack escapes them, and nothing else."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def compose(text: str, workspace: Workspace) -> tuple[str, list[Json]]:
    """A person's composer text as (escaped `text`, blocks)."""
    elements: list[Json] = []
    written: list[str] = []
    for kind, part in _split(text):
        inner = [{"type": "text", "text": part}] if kind == "preformatted" else list(_inline(part, workspace))
        if inner:
            elements.append(
                {"type": f"rich_text_{kind}", "elements": inner} | ({"border": 0} if kind == "preformatted" else {})
            )
        plain = "".join(_written(element) for element in inner)
        if kind == "quote":
            plain = "\n".join("&gt; " + line for line in plain.split("\n"))
        written.append(f"```{plain}```" if kind == "preformatted" else plain)
    block = {"type": "rich_text", "block_id": workspace.new_id("b")[:5], "elements": elements}
    return "\n".join(written), [block] if elements else []


def bot_text(text: str, workspace: Workspace, *, link_names: bool) -> str:
    """A bot's text as Slack keeps it: bare links bracketed, a lone `&` escaped, emoji as codes; names when asked."""
    text = _LONE_AMPERSAND.sub("&amp;", text)
    text = _BARE_URL.sub(lambda match: f"<{match.group()}>", text)
    if link_names:
        text = code_names(text, workspace)
    return codes(text)


def code_names(text: str, workspace: Workspace) -> str:
    """`@name` and `#channel` as `<@U…>` and `<#C…>`, where such a person or channel is."""

    def code(match: re.Match[str]) -> str:
        element = _mention(match.group(), workspace)
        return _written(element) if element else match.group()

    return re.sub(r"(?<![\w@<&#])[@#][\w.-]*\w", code, text)


def command_text(text: str, workspace: Workspace) -> str:
    """What a slash command with `should_escape` gets: `<@U…|name>`, `<#C…|name>` and links in brackets."""

    def code(match: re.Match[str]) -> str:
        word = match.group()
        element = _mention(word, workspace)
        return _written(element)[:-1] + f"|{word[1:]}>" if element and element["type"] in ("user", "channel") else word

    return re.sub(r"(?<![\w@<&#])[@#][\w.-]*\w", code, _BARE_URL.sub(lambda match: f"<{match.group()}>", escape(text)))


def codes(text: str) -> str:
    """Emoji characters as `:codes:`, a skin tone as a code of its own."""
    if text.isascii():
        return text
    return "".join(_written(element) if element["type"] == "emoji" else element["text"] for element in _emoji(text))


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Sections, quotes and fenced parts of a composer text, in order."""
    at = 0
    for fence in _FENCE.finditer(text):
        yield from _quotes(text[at : fence.start()].removesuffix("\n"))
        yield "preformatted", fence.group(1)
        at = fence.end() + (text[fence.end() : fence.end() + 1] == "\n")
    yield from _quotes(text[at:])


def _quotes(text: str) -> Iterator[tuple[str, str]]:
    if not text:
        return
    kind, lines = "", list[str]()
    for line in text.split("\n"):
        now = "quote" if line.startswith("> ") else "section"
        if now != kind and lines:
            yield kind, "\n".join(lines)
            lines = []
        kind = now
        lines.append(line.removeprefix("> ") if now == "quote" else line)
    yield kind, "\n".join(lines)


def _inline(text: str, workspace: Workspace) -> Iterator[Json]:
    at = 0
    for match in _STYLE.finditer(text):
        yield from _tokens(text[at : match.start()], workspace)
        style = str(match.lastgroup)
        inner = [{"type": "text", "text": match[style]}] if style == "code" else _tokens(match[style], workspace)
        yield from (element | {"style": {style: True}} for element in inner)
        at = match.end()
    yield from _tokens(text[at:], workspace)


def _tokens(text: str, workspace: Workspace) -> Iterator[Json]:
    at = 0
    for match in _TOKEN.finditer(text):
        element = _token(str(match.lastgroup), match.group(), workspace)
        if element is None:
            continue
        yield from _emoji(text[at : match.start()])
        yield element
        at = match.end()
    yield from _emoji(text[at:])


def _token(kind: str, found: str, workspace: Workspace) -> Json | None:
    if kind == "url":
        return {"type": "link", "url": found}
    if kind in ("mail", "site"):
        return {"type": "link", "url": ("mailto:" if kind == "mail" else "http://") + found, "text": found}
    if kind == "code":
        name = found.strip(":")
        character = emoji_names.emojize(found, language="alias")
        return {"type": "emoji", "name": name, "unicode": _points(character)} if character != found else None
    return _mention(found, workspace)


def _mention(found: str, workspace: Workspace) -> Json | None:
    name = found[1:]
    if found[0] == "#":
        channel = next((c for c in workspace.channels.values() if c.name == name and c.kind != "dm"), None)
        return {"type": "channel", "channel_id": channel.id} if channel else None
    if name in ("here", "channel", "everyone"):
        return {"type": "broadcast", "range": name}
    person = next((p for p in workspace.people.values() if name in (p.name, p.id)), None)
    if person:
        return {"type": "user", "user_id": person.id}
    group = next((g for g in workspace.groups.values() if g.handle == name), None)
    return {"type": "usergroup", "usergroup_id": group.id} if group else None


def _emoji(text: str) -> Iterator[Json]:
    at = 0
    for found in () if text.isascii() else emoji_names.emoji_list(text):
        start, end, character = found["match_start"], found["match_end"], found["emoji"]
        if start > at:
            yield {"type": "text", "text": text[at:start]}
        yield _emoji_element(character)
        at = end
    if at < len(text):
        yield {"type": "text", "text": text[at:]}


def _emoji_element(character: str) -> Json:
    tones = [ord(point) for point in character if ord(point) in _SKIN_TONES]
    base = "".join(point for point in character if ord(point) not in _SKIN_TONES)
    name = emoji_names.demojize(base if tones else character, language="alias").strip(":")
    element: Json = {"type": "emoji", "name": _SLACK_NAMES.get(name, name), "unicode": _points(character)}
    return element | ({"skin_tone": tones[0] - _SKIN_TONES.start + 2} if tones else {})


def _points(character: str) -> str:
    return "-".join(f"{ord(point):x}" for point in character)


def _written(element: Json) -> str:
    """One rich text element as it stands in `text`."""
    match element["type"]:
        case "link":
            address = element["url"].replace("&", "&amp;")
            plain = f"<{address}|{escape(element['text'])}>" if "text" in element else f"<{address}>"
        case "user":
            plain = f"<@{element['user_id']}>"
        case "usergroup":
            plain = f"<!subteam^{element['usergroup_id']}>"
        case "channel":
            plain = f"<#{element['channel_id']}>"
        case "broadcast":
            plain = f"<!{element['range']}>"
        case "emoji":
            tone = f":skin-tone-{element['skin_tone']}:" if "skin_tone" in element else ""
            plain = f":{element['name']}:{tone}"
        case _:
            plain = escape(element["text"])
    for style in element.get("style", {}):
        plain = f"{_MARKS[style]}{plain}{_MARKS[style]}"
    return plain

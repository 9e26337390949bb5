"""The table of limits, second half: what stands inside blocks."""

from __future__ import annotations

from bot.playground.limits import Anything, Flag, Kind, Many, Number, One, Part, Shape, String, Text

SELECTS = tuple(
    f"{many}{kind}_select"
    for many in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
)
ACTION: dict[str, Kind] = {"action_id": String(255, least=1), "confirm": Part("confirm"), "focus_on_load": Flag()}
VISIBLE: dict[str, Kind] = {"visible_to_user_ids": Many(String(40), 10)}
_PLACEHOLDER: dict[str, Kind] = {"placeholder": Text(150, plain=True)}
_OPTIONS: dict[str, Kind] = {"options": Many(Part("option"), 100), "option_groups": Many(Part("option_group"), 100)}
_CHOICES: dict[str, Kind] = {"options": Many(Part("choice"), 10)}
_STYLE = String(10, among=("primary", "danger"))


def _select(kind: str) -> Shape:
    keys: dict[str, Kind] = ACTION | _PLACEHOLDER
    many = kind.startswith("multi_")
    base = kind.removeprefix("multi_").removesuffix("_select")
    if many:
        keys |= {"max_selected_items": Number(1, 100)}
    if base == "static":
        keys |= _OPTIONS
    if base == "external":
        keys |= {"min_query_length": Number(0, 100)}
    if base in ("static", "external"):
        keys |= {"initial_options": Many(Part("option"), 100)} if many else {"initial_option": Part("option")}
    else:
        name = base if many else base.removesuffix("s")
        keys |= {f"initial_{name}": Many(String(40), 100) if many else String(40), "filter": Anything()}
        keys |= (
            {"default_to_current_conversation": Flag(), "response_url_enabled": Flag()}
            if base in ("conversations", "channels")
            else {}
        )
    return Shape(keys, one_of=("options", "option_groups") if base == "static" else ())


ELEMENTS: dict[str, Shape] = {
    "button": Shape(
        ACTION
        | VISIBLE
        | {
            "text": Text(75, plain=True),
            "value": String(2000),
            "url": String(3000, url=True),
            "style": _STYLE,
            "accessibility_label": String(75),
            "agent_prompt": String(4000),
            "agent_prompt_display": Anything(),
        },
        ("text",),
    ),
    "workflow_button": Shape(
        ACTION
        | {"text": Text(75, plain=True), "workflow": Anything(), "style": _STYLE, "accessibility_label": String(75)},
        ("text", "workflow"),
    ),
    "icon_button": Shape(
        ACTION
        | VISIBLE
        | {"text": Text(75, plain=True), "icon": String(40), "value": String(2000), "accessibility_label": String(75)},
        ("icon", "text"),
    ),
    "feedback_buttons": Shape(
        ACTION | {"positive_button": Part("feedback"), "negative_button": Part("feedback")},
        ("positive_button", "negative_button"),
    ),
    "overflow": Shape(ACTION | {"options": Many(Part("menu_option"), 5)}, ("options",)),
    "checkboxes": Shape(ACTION | _CHOICES | {"initial_options": Many(Part("choice"), 10)}, ("options",)),
    "radio_buttons": Shape(ACTION | _CHOICES | {"initial_option": Part("choice")}, ("options",)),
    "datepicker": Shape(ACTION | _PLACEHOLDER | {"initial_date": String(10, pattern="date")}),
    "timepicker": Shape(ACTION | _PLACEHOLDER | {"initial_time": String(5, pattern="time"), "timezone": String(64)}),
    "datetimepicker": Shape(ACTION | {"initial_date_time": Number(1_000_000_000, 9_999_999_999)}),
    "plain_text_input": Shape(
        ACTION
        | _PLACEHOLDER
        | {
            "initial_value": String(3000),
            "multiline": Flag(),
            "min_length": Number(0, 3000),
            "max_length": Number(1, 3000),
            "dispatch_action_config": Anything(),
        },
    ),
    "email_text_input": Shape(
        ACTION | _PLACEHOLDER | {"initial_value": String(3000), "dispatch_action_config": Anything()}
    ),
    "url_text_input": Shape(
        ACTION | _PLACEHOLDER | {"initial_value": String(3000), "dispatch_action_config": Anything()}
    ),
    "number_input": Shape(
        ACTION
        | _PLACEHOLDER
        | {
            "is_decimal_allowed": Flag(),
            "initial_value": String(3000),
            "min_value": String(40),
            "max_value": String(40),
            "dispatch_action_config": Anything(),
        },
        ("is_decimal_allowed",),
    ),
    "file_input": Shape(ACTION | {"filetypes": Many(String(20), 100), "max_files": Number(1, 10)}),
    "rich_text_input": Shape(
        ACTION
        | _PLACEHOLDER
        | {
            "min_lines": Number(1, 100),
            "max_lines": Number(1, 100),
            "initial_value": Anything(),
            "dispatch_action_config": Anything(),
        }
    ),
    "image": Shape(
        {"image_url": String(3000, least=1, url=True), "slack_file": Anything(), "alt_text": String(2000)},
        ("alt_text",),
        ("image_url", "slack_file"),
    ),
    "mrkdwn": Shape({"text": String(3000, least=1), "verbatim": Flag()}, ("text",)),
    "plain_text": Shape({"text": String(3000, least=1), "emoji": Flag()}, ("text",)),
    **{kind: _select(kind) for kind in SELECTS},
}

_INLINE = ("text", "link", "user", "channel", "usergroup", "emoji", "broadcast", "date", "color", "team")
_LOOK: dict[str, Kind] = {"style": Part("look")}
RICH: dict[str, Shape] = {
    "rich_text_section": Shape({"elements": Many(One(_INLINE), 3000, least=0)}, ("elements",)),
    "rich_text_quote": Shape({"elements": Many(One(_INLINE), 3000, least=0), "border": Number(0, 1)}, ("elements",)),
    "rich_text_preformatted": Shape(
        {"elements": Many(One(("text", "link")), 3000, least=0), "border": Number(0, 1), "language": String(40)},
        ("elements",),
    ),
    "rich_text_list": Shape(
        {
            "elements": Many(One(("rich_text_section",)), 1000),
            "style": String(10, among=("bullet", "ordered")),
            "indent": Number(0, 8),
            "offset": Number(0, 100_000),
            "border": Number(0, 1),
        },
        ("elements", "style"),
    ),
    "text": Shape(_LOOK | {"text": String(40_000, least=1)}, ("text",)),
    "link": Shape(_LOOK | {"url": String(3000, least=1), "text": String(40_000, least=1), "unsafe": Flag()}, ("url",)),
    "user": Shape(_LOOK | {"user_id": String(40, least=1)}, ("user_id",)),
    "channel": Shape(_LOOK | {"channel_id": String(40, least=1)}, ("channel_id",)),
    "usergroup": Shape(_LOOK | {"usergroup_id": String(40, least=1)}, ("usergroup_id",)),
    "team": Shape(_LOOK | {"team_id": String(40, least=1)}, ("team_id",)),
    "emoji": Shape(
        _LOOK
        | {
            "name": String(100, least=1),
            "unicode": String(100),
            "skin_tone": Number(1, 6),
            "url": String(3000),
            "display_name": String(100),
        },
        ("name",),
    ),
    "broadcast": Shape(_LOOK | {"range": String(10, among=("here", "channel", "everyone"))}, ("range",)),
    "date": Shape(
        _LOOK
        | {
            "timestamp": Number(0, 9_999_999_999),
            "format": String(500, least=1),
            "url": String(3000),
            "fallback": String(500),
        },
        ("timestamp", "format"),
    ),
    "color": Shape(_LOOK | {"value": String(9, least=1)}, ("value",)),
}

PARTS: dict[str, Shape] = {
    "option": Shape(
        {"text": Text(75, plain=True), "value": String(150), "description": Text(75, plain=True)}, ("text", "value")
    ),
    "menu_option": Shape(
        {
            "text": Text(75, plain=True),
            "value": String(150),
            "description": Text(75, plain=True),
            "url": String(3000, url=True),
        },
        ("text", "value"),
    ),
    "choice": Shape({"text": Text(75), "value": String(150), "description": Text(75)}, ("text", "value")),
    "option_group": Shape({"label": Text(75, plain=True), "options": Many(Part("option"), 100)}, ("label", "options")),
    "confirm": Shape(
        {
            "title": Text(100, plain=True),
            "text": Text(300),
            "confirm": Text(30, plain=True),
            "deny": Text(30, plain=True),
            "style": _STYLE,
        },
        ("title", "text", "confirm", "deny"),
    ),
    "feedback": Shape(
        {"text": Text(75, plain=True), "value": String(2000), "accessibility_label": String(75)}, ("text", "value")
    ),
    "look": Shape(
        {
            name: Flag()
            for name in ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
        }
    ),
}

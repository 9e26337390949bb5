"""The table of limits, first half: blocks, the views that hold them, and the surfaces on which each may stand."""

from __future__ import annotations

from bot.playground.element_limits import SELECTS
from bot.playground.limits import MESSAGE, MODAL, Anything, Flag, Kind, Many, One, Shape, String, Text

PICKERS = ("datepicker", "timepicker", "datetimepicker")
CHOICES = ("checkboxes", "radio_buttons")
IN_SECTION = ("button", "workflow_button", "image", "overflow", *SELECTS, *PICKERS, *CHOICES)
IN_ACTIONS = ("button", "workflow_button", "overflow", "icon_button", "rich_text_input", *SELECTS, *PICKERS, *CHOICES)
IN_INPUT = (
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "file_input",
    "rich_text_input",
    *SELECTS,
    *PICKERS,
    *CHOICES,
)
IN_CONTAINER = (
    "section",
    "divider",
    "context",
    "actions",
    "header",
    "image",
    "rich_text",
    "markdown",
    "table",
    "video",
    "alert",
)

BLOCK_ID: dict[str, Kind] = {"block_id": String(255, least=1)}
_RICH_PARTS = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")

BLOCKS: dict[str, Shape] = {
    "actions": Shape({"elements": Many(One(IN_ACTIONS), 25)}, ("elements",)),
    "alert": Shape(
        {"text": Text(200), "level": String(20, among=("default", "info", "warning", "error", "success"))},
        ("text",),
        surfaces=MODAL,
    ),
    "card": Shape(
        {"title": Text(150), "subtitle": Text(150), "body": Text(200), "actions": Many(One(("button",)), 3)},
        surfaces=MESSAGE,
        open=True,
    ),
    "carousel": Shape({"elements": Many(One(("card",)), 10)}, ("elements",), surfaces=MESSAGE, open=True),
    "container": Shape(
        {"title": Text(150), "child_blocks": Many(One(IN_CONTAINER), 10)},
        ("child_blocks",),
        surfaces=frozenset({"message", "home"}),
        open=True,
    ),
    "context": Shape({"elements": Many(One(("image", "mrkdwn", "plain_text")), 10)}, ("elements",)),
    "context_actions": Shape(
        {"elements": Many(One(("feedback_buttons", "icon_button")), 5)}, ("elements",), surfaces=MESSAGE
    ),
    "data_visualization": Shape({"title": String(50)}, surfaces=MESSAGE, open=True),
    "divider": Shape({}),
    "file": Shape({"external_id": String(255), "source": String(20)}, ("external_id", "source"), surfaces=MESSAGE),
    "header": Shape({"text": Text(150, plain=True)}, ("text",)),
    "image": Shape(
        {
            "image_url": String(3000, least=1, url=True),
            "slack_file": Anything(),
            "alt_text": String(2000),
            "title": Text(2000, plain=True),
        },
        ("alt_text",),
        ("image_url", "slack_file"),
    ),
    "input": Shape(
        {
            "label": Text(2000, plain=True),
            "element": One(IN_INPUT),
            "hint": Text(2000, plain=True),
            "optional": Flag(),
            "dispatch_action": Flag(),
        },
        ("label", "element"),
    ),
    "markdown": Shape({"text": String(12_000, least=1)}, ("text",), surfaces=MESSAGE),
    "plan": Shape({"title": Anything()}, surfaces=MESSAGE, open=True),
    "rich_text": Shape({"elements": Many(One(_RICH_PARTS), 1000)}, ("elements",)),
    "section": Shape(
        {"text": Text(3000), "fields": Many(Text(2000), 10), "accessory": One(IN_SECTION), "expand": Flag()},
        one_of=("text", "fields"),
    ),
    "table": Shape(
        {"rows": Many(Many(Anything(), 20), 100), "column_settings": Many(Anything(), 20)}, ("rows",), surfaces=MESSAGE
    ),
    "task_card": Shape({"task_id": String(255), "title": Anything()}, surfaces=MESSAGE, open=True),
    "video": Shape(
        {
            "title": Text(200, plain=True),
            "author_name": String(50),
            "alt_text": String(2000),
            "video_url": String(3000, url=True),
            "thumbnail_url": String(3000, url=True),
            "title_url": String(3000, url=True),
            "description": Text(200, plain=True),
            "provider_name": String(50),
            "provider_icon_url": String(3000, url=True),
        },
        ("title", "alt_text", "video_url", "thumbnail_url"),
    ),
}

_VIEW_KEYS: dict[str, Kind] = {"private_metadata": String(3000), "callback_id": String(255), "external_id": String(255)}
VIEWS: dict[str, Shape] = {
    "modal": Shape(
        _VIEW_KEYS
        | {
            "title": Text(24, plain=True),
            "submit": Text(24, plain=True),
            "close": Text(24, plain=True),
            "clear_on_close": Flag(),
            "notify_on_close": Flag(),
            "submit_disabled": Flag(),
        },
        ("title", "blocks"),
    ),
    "home": Shape(_VIEW_KEYS, ("blocks",)),
}

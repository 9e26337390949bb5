"""What the story tests do again and again: read what one person was told, find lines in threads, fill in forms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.chosen_model import said
from tests.world import DANA, DRAFTS, OVERSIGHT, PRIYA, World, heading, words_of

DANA_DM, EVE_DM, PRIYA_DM = "D0LEADER01", "D0DELEGATE", "D0COMMS001"


async def running_world(folders: pytest.TempPathFactory, name: str, *, cadence: bool = True) -> AsyncIterator[World]:
    """A world with the bot in it, for all the stories of one file. Without `cadence` a post delays no later draft,
    and neither a draft that says the same nor one beside the key messages draws a point."""
    folder: Path = folders.mktemp(name)
    if not cadence:
        (folder / "prompts" / "rules").mkdir(parents=True)
        (folder / "prompts" / "rules" / "cadence.toml").write_text("", encoding="utf-8")
    async with World(folder, f"sqlite:///{folder}/lectern.db") as made:
        if not cadence:
            with (folder / "prompts" / "organisation.toml").open("a", encoding="utf-8") as organisation:
                organisation.write("\n[rules.repeats-a-post]\noff = true\n[rules.off-message]\noff = true\n")
        await made.start_bot()
        yield made


def model_as_new(world: World) -> None:
    """The model answers at once, and finds nothing."""
    world.model.answer = lambda _: said()
    world.model.status = 200
    world.model.release.set()


async def no_faults(world: World) -> None:
    """Nothing goes wrong any more, and what was held back goes on."""
    async with aiohttp.ClientSession() as http, http.delete(f"{world.slack.url}/control/faults"):
        await world.tell("release", method="*")


async def whispers(world: World, as_: str = DANA, channel: str = DRAFTS, thread: str = "") -> list[dict[str, Any]]:
    """What only this person sees in the channel, or in one thread of it; oldest first."""
    found = [message for message in await world.messages(channel, as_) if message["ephemeral_for"] == as_]
    return [message for message in found if thread in {"", message["thread_ts"]}]


async def told(
    world: World, text: str, as_: str = DANA, channel: str = DRAFTS, thread: str = "", times: int = 1
) -> dict[str, Any]:
    """What this person alone was told with `text` in it, as soon as they have been told it so many times."""

    async def there() -> list[dict[str, Any]]:
        return [one for one in await whispers(world, as_, channel, thread) if text in one["text"]]

    async def often() -> bool:
        return times <= len(await there())

    try:
        await world.until(often, 10)
    except TimeoutError:
        found = [one["text"] for one in await whispers(world, as_, channel, thread)]
        raise AssertionError(f"nobody told “{text}” {times} times, but {found}\n{world.log()[-2000:]}") from None
    return (await there())[-1]


async def line(world: World, ts: str, text: str, channel: str = DRAFTS, as_: str = DANA) -> dict[str, Any]:
    """The bot's message in this thread, other than the card, that contains `text`, as soon as it is there."""

    async def found() -> list[dict[str, Any]]:
        messages = [message for message in await world.thread(ts, channel, as_) if not heading(message)]
        return [message for message in messages if text in words_of(message)]

    try:
        await world.until(found, 10)
    except TimeoutError:
        all_of_them = [words_of(message)[:200] for message in await world.thread(ts, channel, as_)]
        raise AssertionError(f"no “{text}” in {all_of_them}\n{world.log()[-2000:]}") from None
    return (await found())[-1]


async def oversight_says(world: World, *texts: str, as_: str = PRIYA) -> dict[str, Any]:
    """The newest message in the oversight channel that holds all of these texts, as soon as it is there."""

    async def found() -> list[dict[str, Any]]:
        messages = await world.messages(OVERSIGHT, as_)
        return [one for one in messages if all(text in words_of(one) for text in texts)]

    try:
        await world.until(found, 10)
    except TimeoutError:
        said_there = [words_of(one)[:200] for one in await world.messages(OVERSIGHT, as_)]
        raise AssertionError(f"no {texts} in {said_there}\n{world.log()[-2000:]}") from None
    return (await found())[-1]


async def ask_why(world: World, card: dict[str, Any], as_: str = DANA, channel: str = DRAFTS) -> None:
    """Choose *Why this point* in the menu of the first point."""
    await choose(world, card, "why", as_, channel)


async def choose(
    world: World, card: dict[str, Any], verb: str, as_: str = DANA, channel: str = DRAFTS, point: int = 0
) -> None:
    """Choose the entry of this verb in the menu of one of the points that the card shows."""
    menus = [block for block in card["blocks"] if block.get("accessory", {}).get("type") == "overflow"]
    entries = menus[point]["accessory"]["options"]
    entry = next(one for one in entries if one["value"].startswith(f"{verb}:"))
    where = {"as_": as_, "channel": channel, "ts": card["ts"], "block_id": menus[point]["block_id"]}
    await world.tell("action", action_id="draft.more", selected_option=entry, **where)


async def push(world: World, view: dict[str, Any], action_id: str, as_: str = DANA, place: int = 0) -> None:
    """Tap a button in a form: the one at `place` among those of this action."""
    found = [
        (block, element)
        for block in view["blocks"]
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if element.get("action_id") == action_id
    ]
    block, element = found[place]
    await world.tell(
        "action",
        as_=as_,
        view_id=view["id"],
        action_id=action_id,
        block_id=block["block_id"],
        value=element.get("value", ""),
    )


async def form(world: World, title: str, as_: str = DANA) -> dict[str, Any]:
    """The form with this title, as soon as it is open for this person."""

    async def opened() -> bool:
        view = await world.view(as_)
        return view is not None and view["title"]["text"] == title

    try:
        await world.until(opened, 10)
    except TimeoutError:
        raise AssertionError(f"no form “{title}”\n{world.log()[-2000:]}") from None
    view = await world.view(as_)
    assert view is not None
    return view


async def send(world: World, view: dict[str, Any], as_: str = DANA, **values: Any) -> dict[str, Any]:
    """Fill fields of a form in, by their names, and send it. Choices are given by their values, times as seconds."""
    return await world.tell("submit", as_=as_, view_id=view["id"], values=filled(view, **values))


def filled(view: dict[str, Any], **values: Any) -> dict[str, Any]:
    """`state.values` of a form for these fields."""
    elements = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    return {name: {name: _state(elements[name], value)} for name, value in values.items()}


def _state(element: dict[str, Any], value: Any) -> dict[str, Any]:
    kind = element["type"]
    chosen = [option for option in element.get("options", []) if option["value"] in _list(value)]
    match kind:
        case "static_select" | "radio_buttons":
            return {"type": kind, "selected_option": chosen[0]}
        case "multi_static_select" | "checkboxes":
            return {"type": kind, "selected_options": chosen}
        case "users_select":
            return {"type": kind, "selected_user": value}
        case "datetimepicker":
            return {"type": kind, "selected_date_time": value}
        case _:
            return {"type": kind, "value": value}


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]

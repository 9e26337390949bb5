"""All that a leader decides about a draft, one after the other, on both databases; each step seen in every place."""

from __future__ import annotations

import time
from pathlib import Path

from tests.chosen_model import finding, said
from tests.telling import choose, form, line, oversight_says, send
from tests.world import DANA, DRAFTS, World, heading, words_of

SOFT = "LinkedIn: We will kind of give every customer in Hexham a one-hour slot from next spring, maybe."
FIRM = "LinkedIn: We give every customer in Hexham a one-hour slot from next spring, because a day is too long."
CASE = "@parcelfan so sorry to hear this. DM me your order number and I'll look into it."


async def test_a_draft_is_decided_in_every_way_and_its_record_holds(tmp_path: Path, database_url: str) -> None:
    async with World(tmp_path, database_url) as world:
        (tmp_path / "prompts" / "rules").mkdir(parents=True, exist_ok=True)
        (tmp_path / "prompts" / "rules" / "cadence.toml").write_text("", encoding="utf-8")
        await world.start_bot()
        world.model.answer = lambda draft: (
            said(outcome="edit", findings=[finding("maybe"), finding("kind of", guideline="G9")])
            if "kind of" in draft
            else said()
        )
        ts = await world.post(SOFT)
        card = await world.headed(ts, "Better with edits", seconds=30)

        # A point is dismissed; the other stays.
        await choose(world, card, "dismiss")
        view = await form(world, "Dismiss this point")
        assert (await send(world, view, reason="not_this_leader"))["ok"]

        async def dismissed() -> bool:
            return "Doesn't fit this leader" in words_of((await world.cards(ts))[0])

        await world.until(dismissed)
        card = await world.headed(ts, "Better with edits")

        # Going ahead, kept until later, checked now: the decision stands, and is taken back.
        await world.tap(card, "draft.override")
        assert (await send(world, await form(world, "Go ahead anyway"), reason="urgent"))["ok"]
        card = await world.headed(ts, "Your decision: go ahead")
        await oversight_says(world, "goes ahead: Urgent")
        await world.tap(card, "draft.keep")
        view = await form(world, "Keep for later")
        assert (await send(world, view, when=int(time.time()) + 3600))["ok"]

        async def kept() -> bool:
            return heading((await world.cards(ts))[0]).startswith("Kept for ")

        await world.until(kept)
        await oversight_says(world, "kept for later")
        await world.tap((await world.cards(ts))[0], "draft.check_now")
        card = await world.headed(ts, "Your decision: go ahead")
        await world.tap(card, "draft.take_back")
        await world.headed(ts, "Better with edits")

        # The next text: what was dismissed stays so, what is gone is fixed.
        await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=FIRM)
        await line(world, ts, "Revision 2 checked: ")
        card = await world.headed(ts, "Ready to post")
        assert "Fixed since revision 1: " in words_of(card)
        assert "Dismissed: " in words_of(card)
        await world.tap(card, "draft.posted")
        await line(world, ts, "Recorded: posted on LinkedIn")

        # A one-off, declared before it happens.
        ts = await world.post(CASE)
        card = await world.headed(ts, "Better from care")
        await world.tap(card, "draft.one_off")
        assert (await send(world, await form(world, "Just this once"), why="They wrote to me by name."))["ok"]
        card = await world.headed(ts, "Ready to post")
        assert "One-off 1 of 1" in words_of(card)
        await oversight_says(world, "one-off 1 this quarter")

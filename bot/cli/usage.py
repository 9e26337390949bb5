"""`lectern usage`: what the AI review took and cost, by day and leader."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table

from bot.errors import InputError
from bot.llm.prices import price_of
from bot.logs import configure, quieter
from bot.model import Usage
from bot.playbook import read_playbook
from bot.settings import PROMPTS, Settings, read_settings
from bot.store import Spent, Store, missing_file

DAYS = 30
"""Days that are told without --since, today among them."""

READS = (*PROMPTS, "database_url", "lectern_encryption_key", "lectern_timezone", "openai_base_url")
ALL = "all"


@dataclass
class Sum:
    """What reviews took together. `cost` is in US dollars, None once the price of one is not known."""

    reviews: int = 0
    usage: Usage = field(default_factory=Usage)
    cost: Decimal | None = Decimal(0)
    unknown: frozenset[str] = frozenset()

    def add(self, usage: Usage, cost: Decimal | None) -> None:
        """One more review."""
        self.reviews += 1
        self.usage = self.usage + usage
        self.cost = None if cost is None or self.cost is None else self.cost + cost
        if cost is None:
            self.unknown |= {usage.model}

    def as_json(self) -> dict[str, Any]:
        """The figures; `cost_usd` is null where a price is not known."""
        return {
            "reviews": self.reviews,
            "tokens_in": self.usage.tokens_in,
            "tokens_cached": self.usage.tokens_cached,
            "tokens_out": self.usage.tokens_out,
            "ms": self.usage.ms,
            "cost_usd": None if self.cost is None else float(self.cost),
        }


@click.command()
@click.option("--since", help="First day, as 2026-11-01. Without it: the last 30 days.")
@click.option("--until", help="Last day. Without it: today.")
@click.option("--by", type=click.Choice(["both", "day", "leader"]), default="both", help="What makes a line.")
@click.option("--json", "json_out", is_flag=True, help="Print JSON instead of a table.")
def usage(since: str | None, until: str | None, by: str, json_out: bool) -> None:
    """What the AI review took and cost, by day and leader. Prices come with Lectern; nothing is looked up."""
    settings = read_settings(only=READS)
    configure(quieter(settings.lectern_log_level))
    zone = ZoneInfo(settings.lectern_timezone)
    last = _day(until, "--until") or datetime.now(UTC).astimezone(zone).date()
    first = _day(since, "--since") or last - timedelta(days=DAYS - 1)
    if first > last:
        raise InputError(f"--since {first} is after --until {last}. Give the first day first.")
    spent = asyncio.run(_spent(settings, _start(first, zone), _start(last + timedelta(days=1), zone)))
    sums, total = _sums(spent, by, zone, settings.openai_base_url)
    if json_out:
        lines = [{"day": day, "leader": leader, **one.as_json()} for (day, leader), one in sums.items()]
        click.echo(json.dumps({"since": str(first), "until": str(last), "lines": lines, "total": total.as_json()}))
        return
    _show(sums, total, by, _names(settings), first, last)


async def _spent(settings: Settings, since: datetime, until: datetime) -> tuple[Spent, ...]:
    missing = missing_file(settings.database_url)
    if missing is not None:
        raise InputError(
            f"There is no database {missing} yet. DATABASE_URL says where it is; the first start makes it."
        )
    store = await Store.open(settings.database_url, encryption_keys=settings.encryption_keys)
    try:
        return await store.spending(since, until)
    finally:
        await store.close()


def _sums(
    spent: Iterable[Spent], by: str, zone: ZoneInfo, base_url: str
) -> tuple[dict[tuple[str | None, str | None], Sum], Sum]:
    sums: dict[tuple[str | None, str | None], Sum] = {}
    total = Sum()
    for one in spent:
        cost = price_of(one.usage, base_url, one.at)
        day = one.at.astimezone(zone).date().isoformat() if by != "leader" else None
        leader = one.leader if by != "day" else None
        sums.setdefault((day, leader), Sum()).add(one.usage, cost)
        total.add(one.usage, cost)
    return dict(sorted(sums.items(), key=lambda line: (line[0][0] or "", line[0][1] or ""))), total


def _show(
    sums: dict[tuple[str | None, str | None], Sum],
    total: Sum,
    by: str,
    names: dict[str, str],
    first: date,
    last: date,
) -> None:
    if not sums:
        click.echo(f"The AI review was not asked from {first} to {last}.")
        return
    table = Table(box=None, pad_edge=False)
    columns = {"Day": by != "leader", "Leader": by != "day"}
    for column in (name for name, shown in columns.items() if shown):
        table.add_column(column)
    for column in ("Reviews", "Tokens in", "of them cached", "Tokens out", "Cost"):
        table.add_column(column, justify="right")
    lines = [(day, names.get(leader or "", leader), one) for (day, leader), one in sums.items()]
    for day, leader, one in (*lines, (ALL, "" if by == "both" else ALL, total)):
        heads = [words or "" for words, shown in ((day, by != "leader"), (leader, by != "day")) if shown]
        figures = (one.reviews, one.usage.tokens_in, one.usage.tokens_cached, one.usage.tokens_out)
        table.add_row(*heads, *(f"{figure:,}" for figure in figures), _dollars(one.cost))
    Console(soft_wrap=True, highlight=False, markup=False, emoji=False).print(table)
    if total.unknown:
        click.echo(f"No price is known for: {', '.join(sorted(total.unknown))}.")


def _dollars(cost: Decimal | None) -> str:
    return "not known" if cost is None else f"${cost:,.4f}"


def _names(settings: Settings) -> dict[str, str]:
    """Leaders' names by the Slack ids under which organisation.toml has them; others are shown by their ids."""
    playbook, _ = read_playbook(settings.lectern_prompts_dir)
    return {} if playbook is None else {one.id: one.name for one in playbook.organisation.leaders if one.name}


def _day(written: str | None, option: str) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise InputError(f"{option} can't be read as a day: “{written}”. Write it as 2026-11-01.") from None


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)

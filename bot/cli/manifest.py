"""`lectern manifest`: what to paste when the Slack app is created."""

from __future__ import annotations

import json

import click

from bot.errors import InputError
from bot.slack.manifest import manifest as build


@click.command()
@click.option("--http", "url", metavar="URL", help="Deliver over HTTP to this address, which ends in /slack/events.")
def manifest(url: str | None) -> None:
    """Print the Slack manifest, for Socket Mode unless --http is given."""
    if url is not None and not url.startswith("https://"):
        raise InputError(
            f"Slack delivers to https:// addresses only, and {url} is none. Give the public address of /slack/events."
        )
    click.echo(json.dumps(build(url), indent=2, ensure_ascii=False))

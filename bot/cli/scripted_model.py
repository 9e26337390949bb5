"""`lectern scripted-model`: a model server with written answers, for trials without a key."""

from __future__ import annotations

import click
from aiohttp import web

from bot.playground.scripted import create_scripted_app


@click.command("scripted-model")
@click.option("--port", default=8901, show_default=True, type=click.IntRange(1, 65535), help="Port on 127.0.0.1.")
def scripted_model(port: int) -> None:
    """Serve a model that answers the playground's sample drafts and refuses all others."""
    click.echo(
        f"Set OPENAI_BASE_URL=http://127.0.0.1:{port}/v1, OPENAI_MODEL=scripted, and OPENAI_API_KEY to any word."
    )
    web.run_app(create_scripted_app(), host="127.0.0.1", port=port, print=None)

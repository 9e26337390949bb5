"""The command line: `lectern`, or `python -m bot`. Each command is a file in bot/cli."""

from __future__ import annotations

import sys

import click

from bot import __version__
from bot.cli import Commands
from bot.errors import UserError


class Lectern(Commands):
    """The commands. What a person can mend ends in a sentence and exit code 1, never in a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run one command."""
        try:
            return super().invoke(ctx)
        except UserError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(cls=Lectern, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="lectern")
def main() -> None:
    """Lectern coaches leaders on a social media draft before they post it."""


if __name__ == "__main__":
    sys.exit(main())

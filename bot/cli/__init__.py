"""The commands of `lectern`, one file each. Only the file of the command that is called is read, so that each starts fast."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "run": ("run", "The bot, in Slack."),
    "playground": ("playground", "A local workspace in the browser with the real bot in it."),
    "start": ("playground", "The bot where .env holds Slack's tokens, else the playground."),
    "review": ("review", "Review a text, as the card or as JSON."),
    "evaluate": ("evaluate", "How well rules and AI review do on cases, and what a change would flip."),
    "rules": ("rules", "List the rules, or explain one."),
    "check": ("check", "Check prompts/, settings, database, Slack and model."),
    "manifest": ("manifest", "Print the Slack manifest."),
    "scripted-model": ("scripted_model", "Serve a model with written answers."),
}
"""Name: the file in this folder, and what `lectern --help` says. The command in the file is called as it is, `_` for `-`."""


class Commands(click.Group):
    """A group whose commands are read when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command; None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(f"bot.cli.{COMMANDS[cmd_name][0]}"), cmd_name.replace("-", "_"))
        assert isinstance(found, click.Command)  # noqa: S101 - a test calls each
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in `lectern --help`."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

"""Calling the commands of `lectern` from a test, in an empty folder and with no settings but those given."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.settings import Settings
from tests.world import ROOT


def lectern(home: Path, *arguments: str, stdin: str | bytes = "", **settings: str) -> Result:
    """One command in this process. An empty setting is none, so that nothing of the machine's own gets in."""
    environment = {name.upper(): "" for name in Settings.model_fields} | settings
    runner = CliRunner(env=environment)
    with chdir(home):
        return runner.invoke(main, list(arguments), input=stdin, catch_exceptions=False)


def shell(home: Path, command: str) -> subprocess.CompletedProcess[str]:
    """A line of shell, in which $LECTERN stands for the command."""
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "LECTERN": f"{sys.executable} -m bot"}
    return subprocess.run(
        ["bash", "-c", command], env=environment, cwd=home, capture_output=True, text=True, timeout=120, check=False
    )

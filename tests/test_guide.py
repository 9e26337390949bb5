"""docs/change-a-rule.md does what it says: its commands are run, its edits made and its answers compared, as written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from bot.playbook import SHIPPED, load_playbook
from bot.rules import compile_rules
from tests.world import ROOT

GUIDE = ROOT / "docs" / "change-a-rule.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Block:
    kind: str
    file: str
    text: str


def blocks() -> list[Block]:
    return [Block(*found.groups(default="")) for found in BLOCK.finditer(GUIDE.read_text(encoding="utf-8"))]


def run(home: Path, commands: list[str], last: str) -> str:
    """All commands so far in one shell, as in one terminal; what the last block of them prints."""
    script = "\n".join(["set -e", f'lectern() {{ "{sys.executable}" -m bot "$@"; }}', *commands, "echo ::here::", last])
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", script], cwd=home, env=environment, capture_output=True, text=True, check=False
    )
    assert (0, "") == (done.returncode, done.stderr), done.stdout
    return done.stdout.split("::here::\n")[1]


def edit(path: Path, change: str) -> None:
    """One change as written: lines with a space stand in the file, those with a plus come in, with a minus go out."""
    lines = change.splitlines()
    before = "\n".join(line[1:] for line in lines if line[0] in " -")
    after = "\n".join(line[1:] for line in lines if line[0] in " +")
    text = path.read_text(encoding="utf-8")
    assert 1 == text.count(before + "\n"), before
    path.write_text(text.replace(before + "\n", after + "\n"), encoding="utf-8")


def test_the_guide_does_exactly_what_it_says(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "prompts")
    exports: list[str] = []
    told = ""
    done = []
    for block in blocks():
        done.append(block.kind)
        if block.kind == "sh":
            told = run(tmp_path, exports, block.text)
            exports += re.findall(r"^(?:export|unset) .*$", block.text, re.MULTILINE)
        elif block.kind == "diff":
            edit(tmp_path / block.file, block.text)
        elif block.kind == "text":
            answer = iter(line.strip() for line in told.splitlines())
            missing = [
                said for said in block.text.splitlines() if not any(line.startswith(said.strip()) for line in answer)
            ]
            assert [] == missing, told
    assert {"sh": 6, "diff": 2, "text": 4, "toml": 1} == {kind: done.count(kind) for kind in dict.fromkeys(done)}
    assert ["prompts"] == [path.name for path in tmp_path.iterdir()]


def test_the_lines_for_organisation_toml_can_be_used() -> None:
    (lines,) = (block.text for block in blocks() if block.kind == "toml")
    shipped = load_playbook()
    table = shipped.organisation.model_dump() | tomllib.loads(lines)
    changed = shipped.organisation.model_validate(table)
    assert () == compile_rules(type(shipped)(**{**vars(shipped), "organisation": changed}))[1]
    assert {"jargon"} == set(changed.rules) & {spec.name for spec in shipped.rules}


def test_readers_find_the_guide_and_the_pages_of_the_rules() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"docs/change-a-rule.md", "docs/rules/README.md"} <= set(re.findall(r"\]\(([^)]+)\)", readme))

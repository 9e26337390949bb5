"""The import direction of docs/architecture, held over every file: a file that has no place here fails the suite."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BOT = ROOT / "bot"

LAYERS: tuple[tuple[str, ...], ...] = (
    ("bot.__main__", "bot.cli"),
    ("bot.playground", "bot.evaluation"),
    ("bot.app",),
    ("bot.engine", "bot.watch", "bot.schedule", "bot.reminders", "bot.catching_up"),
    ("bot.review",),
    ("bot.asking",),
    ("bot.slack",),
    ("bot.examine",),
    ("bot.books",),
    ("bot.llm", "bot.store"),
    ("bot.set_aside",),
    ("bot.rules", "bot.critique"),
    ("bot.grounding", "bot.verdict", "bot.lifecycle", "bot.cadence", "bot.counting"),
    ("bot.playbook",),
    ("bot.meters",),
    ("bot.model",),
    ("bot.choices",),
    ("bot.errors", "bot.settings", "bot.logs"),
    ("bot",),
)
"""Upper imports lower; parts that share a line do not import each other, save what ALLOWED names."""

ALLOWED = {
    ("bot.__main__", "bot.cli"),
    ("bot.verdict", "bot.grounding"),
    ("bot.verdict", "bot.counting"),
    ("bot.settings", "bot.errors"),
}

OUTSIDE = {
    "slack_bolt": ("bot.slack", "bot.app"),
    "slack_sdk": ("bot.slack", "bot.app", "bot.review", "bot.cli"),
    "openai": ("bot.llm",),
    "tenacity": ("bot.llm",),
    "sqlalchemy": ("bot.store",),
    "alembic": ("bot.store",),
    "dbos": ("bot.review", "bot.engine"),
    "pydantic_evals": ("bot.evaluation",),
    "genai_prices": ("bot.llm", "bot.evaluation"),
    "pydantic_settings": ("bot.settings",),
}


def modules() -> list[Path]:
    return sorted(path for path in BOT.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def place_of(name: str) -> tuple[int, str]:
    for level, parts in enumerate(LAYERS):
        for part in parts:
            if name == part or (part != "bot" and name.startswith(part + ".")):
                return level, part
    message = f"{name} has no place in LAYERS"
    raise AssertionError(message)


def imports_of(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            base = node.module or ""
            found.append(base)
            if base == "bot" or base.startswith("bot."):
                found.extend(f"{base}.{alias.name}" for alias in node.names if is_module(f"{base}.{alias.name}"))
    return found


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_point_downwards(path: Path) -> None:
    level, part = place_of(name_of(path))
    for imported in imports_of(path):
        if imported == "bot" or not imported.startswith("bot."):
            continue
        other_level, other = place_of(imported)
        same_or_allowed = other == part or (part, other) in ALLOWED
        assert same_or_allowed or other_level > level, f"{name_of(path)} must not import {imported}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_each_outside_library_stays_in_its_place(path: Path) -> None:
    name = name_of(path)
    for imported in imports_of(path):
        allowed = OUTSIDE.get(imported.split(".")[0])
        if allowed is not None:
            assert any(name == place or name.startswith(place + ".") for place in allowed), (
                f"{name} must not import {imported}"
            )


def test_a_wrong_import_would_be_noticed(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("from bot.slack.desk import Desk\n", encoding="utf-8")
    assert place_of("bot.slack.desk")[0] < place_of("bot.verdict")[0]
    assert "bot.slack.desk" in imports_of(planted)


def test_importing_the_app_with_an_empty_environment_opens_nothing() -> None:
    code = "import sys, bot.app; sys.exit(any(name == 'bot.__main__' for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], env={"PATH": ""}, cwd=ROOT, capture_output=True, check=False)
    assert (0, b"") == (done.returncode, done.stdout)


def test_only_settings_reads_the_environment() -> None:
    readers = [
        name_of(path) for path in modules() if re.search(r"os\.environ|getenv\(", path.read_text(encoding="utf-8"))
    ]
    assert [] == [name for name in readers if name != "bot.settings"]

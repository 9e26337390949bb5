"""`lectern check` says in plain words what differs from the shipped files, or from another folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.playbook import SHIPPED, differences, load_playbook
from tests.command_line import lectern

VOICE = "rules/voice.toml"


def changed(home: Path, name: str, *edits: tuple[str, str]) -> Path:
    """A folder with one shipped file in which something is changed."""
    path = home / "own" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (SHIPPED / name).read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return home / "own"


def said(own: Path) -> tuple[str, ...]:
    return differences(load_playbook(), load_playbook(own))


def test_the_shipped_files_do_not_differ_from_themselves() -> None:
    assert () == differences(load_playbook(), load_playbook())


def test_a_remark_or_a_line_further_down_is_no_difference(tmp_path: Path) -> None:
    assert () == said(changed(tmp_path, VOICE, ("[[rule]]", "# A remark.\n\n[[rule]]")))


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        (VOICE, 'severity = "warn"', 'severity = "info"', "rule hedges (“Softeners”): severity warn -> info"),
        (VOICE, "least = 3", "least = 4", "rule hedges (“Softeners”): least 3 -> 4"),
        (VOICE, "\npatterns = [", "\npatterns = [\n'perchance',", "rule hedges (“Softeners”): patterns: 1 added"),
        (VOICE, "Say it once, plainly.", "Say it once.", "rule hedges (“Softeners”): message changed"),
        ("organisation.toml", 'listed = "no"', 'listed = "uk"', "organisation: listed no -> uk"),
        ("organisation.toml", '["Juniper", "Larkspur"]', '["Juniper"]', "organisation: codenames: 1 taken out"),
        ("organisation.toml", "text_days = 30", "text_days = 20", "organisation: retention.text_days 30 -> 20"),
        ("platforms/x.toml", "limit = 280", "limit = 25000", "network x (“X”): limit 280 -> 25000"),
        ("routes/legal.toml", "approves = true", "approves = false", "team legal (“legal”): approves true -> false"),
    ],
)
def test_a_change_is_told_by_its_name_and_what_it_is(tmp_path: Path, name: str, old: str, new: str, line: str) -> None:
    told = said(changed(tmp_path, name, (old, new)))
    assert [line.casefold()] == [one.casefold() for one in told]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("off = true", "rules.hedges switched off"),
        ("off = false", "rules.hedges switched on"),
        ('severity = "info"', "rules.hedges.severity nothing -> info"),
        ("exceptions = ['a', 'b']", "rules.hedges.exceptions: 2 added"),
    ],
)
def test_what_is_changed_of_a_rule_is_told_for_organisation_and_network(tmp_path: Path, lines: str, told: str) -> None:
    end = f"\n[rules.hedges]\n{lines}\n"
    own = tmp_path / "own"
    for name in ("organisation.toml", "platforms/x.toml"):
        path = changed(tmp_path, name) / name
        path.write_text(path.read_text(encoding="utf-8") + end, encoding="utf-8")
    assert ("network x (“X”): " + told, "organisation: " + told) == said(own)


def test_things_that_are_new_or_gone_and_sentences_are_told(tmp_path: Path) -> None:
    own = changed(tmp_path, "replies.toml")
    shipped = load_playbook().replies
    replies = (own / "replies.toml").read_text(encoding="utf-8")
    key = next(
        key
        for key in shipped.keys()  # noqa: SIM118 - it is no mapping
        if key.count(".") == 1 and not shipped.is_list(key)
    )
    text = shipped.entry(key)
    assert replies.count(f'"{text}"') >= 1
    (own / "replies.toml").write_text(replies.replace(f'"{text}"', f'"{text} Indeed."', 1), encoding="utf-8")
    (own / "windows.toml").write_text("# none\n", encoding="utf-8")
    told = said(own)
    assert {f"window {one.name}: gone" for one in load_playbook().windows} == {one for one in told if "window" in one}
    assert 1 == len([one for one in told if one.startswith("reply ") and one.endswith(": changed")])
    assert "new" in {one.rsplit(" ", 1)[-1] for one in differences(load_playbook(own), load_playbook())}


def test_check_tells_what_differs_from_the_shipped_files_or_from_a_folder(tmp_path: Path) -> None:
    own = changed(tmp_path, VOICE, ("least = 3", "least = 4"))
    settings = {"LECTERN_PROMPTS_DIR": str(own)}
    lines = lectern(tmp_path, "check", "--prompts-only", **settings).stdout.splitlines()
    assert [
        "Changed from the shipped files:",
        "  rule hedges (“Softeners”): least 3 -> 4",
        "Nothing is wrong.",
    ] == lines[1:]
    same = lectern(tmp_path, "check", "--prompts-only", "--against", str(own), **settings).stdout
    assert f"Nothing is changed from {own}." in same.splitlines()
    back = lectern(tmp_path, "check", "--prompts-only", "--against", str(own)).stdout
    assert [f"Changed from {own}:", "  rule hedges (“Softeners”): least 4 -> 3"] == back.splitlines()[1:3]
    lost = lectern(tmp_path, "check", "--prompts-only", "--against", "nowhere")
    assert (1, True) == (lost.exit_code, "nowhere can't be compared with: " in lost.stdout)
    assert "Changed" not in lectern(tmp_path, "check", "--prompts-only").stdout

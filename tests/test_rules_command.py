"""`lectern rules`: each rule explained in a terminal and on a page of its own."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.pages import INDEX, escaped, pages
from bot.playbook import load_playbook
from bot.playbook.values import RuleSpec
from bot.rules.standing import standing
from tests.command_line import lectern
from tests.own_rules import platform, playbook, rule
from tests.world import ROOT

PAGES = ROOT / "docs" / "rules"

CHANGES = """name = "Mill"
listed = "uk"

[rules.hedges]
severity = "info"
exceptions = ['(?i)maybe not']
words = ["sort of thing"]

[rules.C]
off = true
"""


def own(home: Path) -> dict[str, str]:
    folder = home / "own"
    folder.mkdir()
    (folder / "organisation.toml").write_text(CHANGES, encoding="utf-8")
    return {"LECTERN_PROMPTS_DIR": str(folder)}


def on_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("spec", load_playbook().rules, ids=lambda spec: spec.name)
def test_a_rule_is_explained_with_all_that_it_says_within_80_columns(tmp_path: Path, spec: RuleSpec) -> None:
    told = lectern(tmp_path, "rules", spec.name).stdout
    guideline = load_playbook().guideline(spec.guideline)
    samples = [sample.text for sample in (*spec.flags, *spec.passes)]
    texts = [spec.title, spec.reason, spec.fix, spec.source, guideline.title, guideline.principle, *samples]
    assert [] == [text for text in texts if on_one_line(text) not in on_one_line(told)]
    assert f"  [rules.{spec.name}]" in told.splitlines()
    assert f"Written in {spec.file}, line {spec.line}." in on_one_line(told)
    assert [] == [line for line in told.splitlines() if len(line) > 80 and " " in line.strip(" -")]


def test_a_rule_says_how_much_it_weighs_here_and_why(tmp_path: Path) -> None:
    settings, file = own(tmp_path), f"{tmp_path}/own/organisation.toml"
    hedges, soon, results = (
        on_one_line(lectern(tmp_path, "rules", name, **settings).stdout) for name in ("hedges", "C01", "results")
    )
    assert f"Severity info, set in {file}, line 4 As written warn" in hedges
    assert f"Changed here - severity info ({file}, line 4)" in hedges
    assert "exceptions added: “(?i)maybe not”" in hedges
    assert "words added: “sort of thing”" in hedges
    assert f"Severity off, switched off in {file}, line 9" in soon
    assert "Severity hold, as the rule says As written hold; warn where its shares are not listed" in results
    shipped = on_one_line(lectern(tmp_path, "rules", "results").stdout)
    assert "Severity warn, since its shares are not listed" in shipped


def test_the_list_marks_what_your_files_change(tmp_path: Path) -> None:
    told = lectern(tmp_path, "rules", **own(tmp_path)).stdout.splitlines()
    rows = {line.split()[1]: line.split() for line in told[1:-2]}
    marked = {name: [word for word in rows[name] if word.endswith("*")] for name in ("hedges", "too-soon", "results")}
    assert {"hedges": ["info*"], "too-soon": ["off*"], "results": []} == marked
    assert "* changed by your files; `lectern rules` with its name says where." == told[-2]
    assert "*" not in lectern(tmp_path, "rules").stdout


def test_the_list_fits_a_terminal_of_80_columns(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "COLUMNS": "80", "TERM": "dumb"}
    with subprocess.Popen([sys.executable, "-m", "bot", "rules"], stdout=theirs, env=environment, cwd=tmp_path) as done:
        os.close(theirs)
        told = b""
        while piece := read(ours):
            told += piece
    os.close(ours)
    lines = told.decode().replace("\r", "").splitlines()
    assert 0 == done.returncode
    assert [] == [line for line in lines if len(line.rstrip()) > 80]
    assert {spec.number for spec in load_playbook().rules} <= {line.split(" ")[0] for line in lines}


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # on Linux the end of a terminal is an error
        return b""


def test_the_pages_in_docs_are_those_that_the_rules_give() -> None:
    made = pages(load_playbook(), here=False)
    kept = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    different = sorted(name for name in {*made, *kept} if made.get(name) != kept.get(name))
    assert [] == different, "run `make docs`"


def test_pages_are_written_anew_and_those_of_former_rules_removed(tmp_path: Path) -> None:
    settings, made = own(tmp_path), pages(load_playbook(), here=False)
    write = ("rules", "--shipped", "--pages", "pages")
    assert f"pages: {len(made)} pages.\n" == lectern(tmp_path, *write, **settings).stdout
    folder = tmp_path / "pages"
    assert made == {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    former, mine = (folder / "hedges.md").rename(folder / "former.md"), folder / "mine.md"
    mine.write_text("# Mine\n", encoding="utf-8")
    assert f"pages: {len(made)} pages, 1 removed.\n" == lectern(tmp_path, *write, **settings).stdout
    assert (False, True, True) == (former.exists(), mine.exists(), (folder / "hedges.md").exists())


def test_an_organisation_can_have_pages_of_its_own(tmp_path: Path) -> None:
    lectern(tmp_path, "rules", "--pages", "pages", **own(tmp_path))
    assert "| Severity | info, set in " in (tmp_path / "pages" / "hedges.md").read_text(encoding="utf-8")
    index = (tmp_path / "pages" / INDEX).read_text(encoding="utf-8")
    assert "| C01 | [too-soon](too-soon.md) | Too soon | off |" in index


def test_a_folder_that_can_not_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = lectern(tmp_path, "rules", "--pages", "file/pages")
    assert (1, "file/pages can't be written (Not a directory). Name another folder.\n") == (done.exit_code, done.stderr)


def test_nothing_that_a_text_says_becomes_a_mark_on_a_page() -> None:
    assert r"\*one\* \#two \_three\_ \<b\> \[x\](y) \| \`z\`" == escaped("*one* #two _three_ <b> [x](y) | `z`")
    assert [r"\- one", r"2\. two"] == [escaped(text) for text in ("- one", "2. two")]


def test_a_rule_may_weigh_differently_on_one_network() -> None:
    spec = rule(patterns=["a"], severity_when={"private": "info"})
    quiet = platform("x", rules={"own-rule": {"off": True}})
    stands = standing(spec, playbook(spec, platforms=(quiet, platform("linkedin"))))
    assert ("info", "since its shares are not listed", True) == (stands.weight, stands.why, stands.changed)
    assert (("X", "off", "switched off in platforms/x.toml"),) == stands.networks

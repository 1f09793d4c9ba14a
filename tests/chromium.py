"""Finds a Chromium for the browser tests, and installs one if there is none."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def path() -> str | None:
    """The browser that is already here: the system's own, else the one playwright installed."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    return _playwrights_own()


def ensure() -> str | None:
    """The browser's path; installs it first if necessary. None if there can be none here."""
    if found := path():
        return found
    own = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    debian.run(debian.installers("chromium") or own, "Chromium")
    return path()


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, seldom needed
    except ImportError:
        return None
    with sync_playwright() as playwright:
        found = playwright.chromium.executable_path
    return found if Path(found).exists() else None


def main() -> int:
    if "--ensure" not in sys.argv[1:]:
        print("Usage: python -m tests.chromium --ensure", file=sys.stderr)
        return 2
    if found := ensure():
        print(f"Browser tests use {found}")
        return 0
    debian.alarm("Chromium", "browser tests")
    return 0


if __name__ == "__main__":
    sys.exit(main())

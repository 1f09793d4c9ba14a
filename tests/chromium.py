"""Finds a Chromium for the browser tests, and installs one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def path() -> str | None:
    """The browser that is here already: the system's own, else the one playwright installed."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    return _playwrights_own()


def ensure() -> str | None:
    """The browser's path; installs it first if need be. None if none can be had here."""
    if found := path():
        return found
    for command in _installers():
        print(f"No Chromium here; running: {' '.join(command)}", file=sys.stderr, flush=True)
        # Its words are worth reading only if the browser is still missing afterwards.
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            print("\n".join(done.stdout.splitlines()[-10:]), file=sys.stderr, flush=True)
    return path()


def _installers() -> list[list[str]]:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        return [
            ["apt-get", "update", "-qq"],
            ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-qq", "-y",
             "--no-install-recommends", "chromium"],
        ]  # fmt: skip
    return [[sys.executable, "-m", "playwright", "install", "chromium"]]


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
    what = "FAIL, since CI is set" if os.environ.get("CI") == "true" else "are SKIPPED"
    line = f"!!! No Chromium could be found or installed: the browser tests {what}. !!!"
    print("!" * len(line), line, "!" * len(line), sep="\n", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Programs that the tests need and Debian has: installed if possible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def installers(package: str) -> list[list[str]]:
    """The commands that install it; none if this isn't Debian or we aren't root."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return []
    return [
        ["apt-get", "update", "-qq"],
        ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-qq", "-y",
         "--no-install-recommends", package],
    ]  # fmt: skip


def run(commands: list[list[str]], what: str) -> None:
    """Says what it runs, and how it ended only if it failed."""
    for command in commands:
        print(f"No {what} here; running: {' '.join(command)}", file=sys.stderr, flush=True)
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            print("\n".join(done.stdout.splitlines()[-10:]), file=sys.stderr, flush=True)


def alarm(what: str, tests: str) -> None:
    """No one should think that tests passed that didn't run."""
    fate = "FAIL, since CI is set" if os.environ.get("CI") == "true" else "are SKIPPED"
    line = f"!!! No {what} could be found or installed: the {tests} {fate}. !!!"
    print("!" * len(line), line, "!" * len(line), sep="\n", file=sys.stderr)

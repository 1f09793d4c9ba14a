"""Finds Debian's PgBouncer for the drill that goes through it, and installs it if necessary."""

from __future__ import annotations

import shutil
import sys

from tests import debian


def path() -> str | None:
    return shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


def main() -> int:
    if "--ensure" not in sys.argv[1:]:
        print("Usage: python -m tests.pgbouncer --ensure", file=sys.stderr)
        return 2
    if path() is None:
        debian.run(debian.installers("pgbouncer"), "PgBouncer")
    if path() is None:
        debian.alarm("PgBouncer", "drill through it")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`make check`: runs every check in parallel and prints what the failed ones said."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# Made up and reaches no one: it only has to look like production to Django's deployment checks.
PRODUCTION = {
    "PUENTE_ENV": "production",
    "SECRET_KEY": "only-for-make-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "BASE_URL": "https://puente.example.com",
    "ALLOWED_HOSTS": "puente.example.com",
    "DATABASE_URL": "postgresql://puente:secret@db.example.com:5432/puente",
    "REDIS_URL": "redis://redis.example.com:6379/0",
    "EMAIL_URL": "smtp+tls://user:password@smtp.example.com:587",
    "SUPPORT_PHONE": "(800) 555-0199",
    "SUPPORT_HOURS": "Monday to Friday",
    "SUPPORT_HOURS_ES": "Lunes a viernes",
    "SUPPORT_ADDRESS": "410 Example St, San Antonio, TX 78205",
    "ENCRYPTION_KEYS": "check:b25seSBmb3IgbWFrZSBjaGVjaywgMzIgYnl0ZXMuLi4=",
}


@dataclass(frozen=True)
class Check:
    name: str
    command: list[str]
    environment: dict[str, str]


@dataclass(frozen=True)
class Result:
    check: Check
    code: int
    output: str
    seconds: float


def checks() -> list[Check]:
    """The slowest first, so that the others run beside it."""
    python = [sys.executable]
    templates = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.html"],  # noqa: S607
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    present = [name for name in templates if name and (BASE_DIR / name).exists()]
    found = [
        Check("types (mypy)", [str(BIN / "mypy")], {}),
        Check(
            "deployment (check --deploy)",
            [*python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
            PRODUCTION,
        ),
        Check(
            "migrations (makemigrations --check)",
            # No database runs here, and whether a running one has applied them doesn't matter.
            [
                *python,
                "-W",
                "ignore:Got an error checking a consistent migration history:RuntimeWarning",
                "manage.py",
                "makemigrations",
                "--check",
                "--dry-run",
            ],
            {},
        ),
        Check("imports (lint-imports)", [str(BIN / "lint-imports")], {}),
        Check("texts (tools.catalogs check)", [*python, "-m", "tools.catalogs", "check"], {}),
        Check(
            "API document (write_openapi --check)",
            [*python, "manage.py", "write_openapi", "--check"],
            {},
        ),
        Check("settings", [*python, "-m", "tools.configuration", "check"], {}),
        Check("requirements", [*python, "-m", "tests.requirements", "check"], {}),
        Check("lint (ruff check)", [str(BIN / "ruff"), "check", "--quiet", "."], {}),
        Check("form (ruff format)", [str(BIN / "ruff"), "format", "--check", "."], {}),
    ]
    if present:
        found.append(Check("templates (djade)", [str(BIN / "djade"), "--check", *present], {}))
    return found


def run_check(check: Check) -> Result:
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        check.command,
        cwd=BASE_DIR,
        env={**os.environ, **check.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Result(check, done.returncode, done.stdout, time.monotonic() - began)


def main() -> int:
    began = time.monotonic()
    failed = []
    with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        for future in as_completed([pool.submit(run_check, check) for check in checks()]):
            result = future.result()
            mark = "FAILED" if result.code else "ok"
            print(f"{mark:>6}  {result.check.name}  {result.seconds:.1f} s", flush=True)
            if result.code:
                failed.append(result)
    for result in failed:
        print(f"\n--- {result.check.name}: {' '.join(result.check.command[:6])}")
        print(result.output.rstrip())
    took = f"{time.monotonic() - began:.0f} s"
    if failed:
        names = ", ".join(result.check.name for result in failed)
        print(f"\n{len(failed)} of the checks failed ({took}): {names}")
        return 1
    print(f"All checks passed ({took}).")
    return 0


if __name__ == "__main__":
    sys.exit(main())

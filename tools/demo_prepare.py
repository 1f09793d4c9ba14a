"""Everything between an empty database and the demo, in one Django process; prints the sign-ins.

What's already done costs almost nothing, so this runs on every start and after every update.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def prepare() -> int:
    # Progress goes to the terminal through stderr; stdout carries only the sign-ins.
    from tools.catalogs.__main__ import main as texts  # noqa: PLC0415 - needs Django

    # hides which files were unchanged; errors still show
    with contextlib.redirect_stdout(io.StringIO()):
        if texts(["compile"]):
            return 1
    django.setup()
    migrate()
    call_command("load_demo", stdout=io.StringIO())
    collect_static()
    call_command("load_demo", sign_ins=True)
    return 0


def migrate() -> None:
    """Tells an old demo what it lacks (accounts/folded_migrations.py)."""
    call_command("check", databases=["default"], tags=["database"], stdout=io.StringIO())
    call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    """Only if a file changed since the last time, because compressing takes seconds."""
    stamp = Path(str(settings.STATIC_ROOT)).with_suffix(".stamp")
    seen = fingerprint()
    if not stamp.exists() or stamp.read_text() != seen:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(seen)


def fingerprint() -> str:
    """Of the files, and of what makes bundles of them."""
    sources = [storage.path(path) for finder in get_finders() for path, storage in finder.list([])]
    names = ("config/script_bundles.py", "config/static_files.py", "requirements.txt")
    makers = [settings.BASE_DIR / name for name in names]
    digest = hashlib.sha256()
    for path in (*sources, *makers):
        found = os.stat(path)
        digest.update(f"{path}|{found.st_size}|{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(prepare())

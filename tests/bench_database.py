"""A database of its own for what is measured, gone afterwards."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database() -> Iterator[Path]:
    """Django set up on it; a folder to write to."""
    with tempfile.TemporaryDirectory(prefix="pb-", dir="/tmp") as folder:
        # World-searchable: as root the database runs as another user.
        Path(folder).chmod(0o755)
        os.environ |= {"PUENTE_ENV": "test", "PUENTE_HOME": folder, "LOG_LEVEL": "ERROR"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        from config import embedded  # noqa: PLC0415

        embedded.start()
        import django  # noqa: PLC0415
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        try:
            print("Making the database …", flush=True)
            call_command("migrate", verbosity=0)
            yield Path(folder)
        finally:
            embedded.stop()

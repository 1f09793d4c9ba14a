"""A separate database for measuring: deleted afterwards, or kept to be measured again."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path


@contextmanager
def database(kept: Path | None = None) -> Iterator[Path]:
    """Sets up Django on it; yields a folder to write to."""
    with (
        nullcontext(kept)
        if kept
        else tempfile.TemporaryDirectory(prefix="pb-", dir="/tmp") as folder
    ):
        assert folder
        Path(folder).mkdir(exist_ok=True, parents=True)
        # Others may enter it: if we are root, the database runs as another user.
        Path(folder).chmod(0o755)
        os.environ |= {"PUENTE_ENV": "test", "PUENTE_HOME": str(folder), "LOG_LEVEL": "ERROR"}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "METRICS_TOKEN": "measured"}
        from tools import embedded  # noqa: PLC0415

        embedded.start_servers()
        import django  # noqa: PLC0415
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        try:
            print("Making the database …", flush=True)
            call_command("migrate", verbosity=0)
            yield Path(folder)
        finally:
            embedded.stop_servers()

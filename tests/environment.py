"""Loaded before anything of Django (addopts in pyproject.toml): tests have their own servers."""

from __future__ import annotations

import os

from tests import clock

clock.set_all()
os.environ["PUENTE_ENV"] = "test"
# Two runs at once each have their own database; the workers of xdist inherit the name.
os.environ.setdefault("PUENTE_TEST_RUN", str(os.getpid()))


def pytest_configure() -> None:
    from tools import embedded  # noqa: PLC0415

    embedded.start_servers()

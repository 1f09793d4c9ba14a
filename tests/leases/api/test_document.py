"""The OpenAPI document, and the API tested against it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.paces import Pace
from leases.api import access
from leases.models import ApiKey, Store
from tests.leases.api.conftest import Caller

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"
#: For schemathesis; more in a longer run, for example `make nightly`.
SECONDS = int(os.environ.get("PUENTE_SCHEMATHESIS_SECONDS", "20"))


def test_the_document_in_the_docs_is_the_one_that_is_served(luna: Store) -> None:
    call_command("write_openapi", "--check")
    served = Caller().get("openapi.json")
    assert served.status_code == 200
    assert served.content == (ROOT / "docs/api/openapi.json").read_bytes()


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_the_api_does_what_its_document_says(
    live_server: Any,
    luna: Store,
    luna_key: ApiKey,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """All checks of schemathesis and ours, over HTTP, on real rows."""
    settings.API_RATE_PER_MINUTE = 1_000_000
    monkeypatch.setattr(access, "API_KEY", Pace(1_000_000, 1))  # it tries dozens of wrong keys
    done = subprocess.run(
        [
            SCHEMATHESIS, "--config-file", HERE / "schemathesis.toml", "run",
            f"{live_server.url}/api/v1/openapi.json", "--checks", "all",
            "--max-time", str(SECONDS), "--max-examples", "20", "--seed", "7", "--no-color",
        ],
        cwd=tmp_path,
        env={**os.environ, "API_KEY": luna_key.sent,
             "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ["PYTHONPATH"]]),  # and the day
             "SCHEMATHESIS_HOOKS": "tests.leases.api.conformance"},
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-3_000:]

"""Whose attempts are counted: the visitor's, not the proxy's, never a made-up address."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ASK = """
import django; django.setup()
from allauth.core.internal.httpkit import get_client_ip
from django.test import RequestFactory
print(get_client_ip(RequestFactory().get(
    "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.9")))
"""


@pytest.mark.parametrize(("behind", "counted"), [("true", "203.0.113.9"), ("false", "10.0.0.1")])
def test_the_address_that_is_counted(behind: str, counted: str) -> None:
    environment = {
        **os.environ,
        "BEHIND_PROXY": behind,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    asked = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == counted

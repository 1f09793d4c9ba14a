"""Puente is under the AGPL, and everything it's made of must allow that."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"^([\w.-]+)==", re.MULTILINE)
#: Compatible with the AGPL, version 3 or later.
COMPATIBLE = re.compile(
    r"\b(0BSD|(A|L)?GPL-?3\.0|LGPL|Apache|BSD|ISC|MIT|MPL[ -]2\.0|OFL-1\.1|PSF\w*|Zlib)\b"
)
#: State nothing in their metadata; read in the license text they ship.
READ = {"imapclient": "BSD-3-Clause"}


def said_by(package: Distribution) -> str:
    """A package's license, from whichever of the three places states it."""
    said = package.metadata
    classifiers = said.get_all("Classifier") or []
    return "\n".join(
        [
            said.get("License-Expression") or "",
            (said.get("License") or "").partition("\n")[0],
            *(each for each in classifiers if each.startswith("License ::")),
        ]
    )


def test_what_puente_is_made_of_may_be_used_under_the_agpl() -> None:
    unclear = []
    names = PINNED.findall((ROOT / "requirements.txt").read_text())
    assert len(names) > 50
    for name in names:
        try:
            said = said_by(distribution(name))
        except PackageNotFoundError:
            continue  # for another system
        if not COMPATIBLE.search(said) and name not in READ:
            unclear.append(f"{name}: {said.strip() or 'says nothing'}")
    assert unclear == []


def test_the_license_is_said_where_it_is_looked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["license"] == "AGPL-3.0-or-later"
    text = (ROOT / "LICENSE").read_text()
    assert "GNU AFFERO GENERAL PUBLIC LICENSE\n                       Version 3" in text
    assert "AGPL-3.0-or-later" in (ROOT / "README.md").read_text()


@pytest.mark.django_db
def test_who_changed_puente_says_below_every_page_where_its_source_is(
    client: Client, settings: Any
) -> None:
    page = reverse("account_login")
    assert "Source code" not in client.get(page).content.decode()
    settings.SOURCE_URL = "https://git.example.com/puente"
    link = '<a href="https://git.example.com/puente">Source code</a>'
    assert link in client.get(page).content.decode()

"""Importing from the administration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from leases.imports.run import template
from leases.models import Lease, Store

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(irene: User, luna: Store, sign_in: Callable[..., Client]) -> Callable[..., Any]:
    client = sign_in(irene, accept_language="es")
    irene.language = "es"
    irene.save()

    def post(data: bytes, **fields: str) -> Any:
        file = SimpleUploadedFile("día-1.csv", data, "text/csv")
        return client.post(reverse("admin:leases_lease_import"), {"file": file} | fields)

    return post


def test_a_file_is_checked_and_then_imported(page: Callable[..., Any]) -> None:
    data = template("leases").encode()

    checked = page(data, dry_run="on")
    assert "Filas de arrendamientos revisadas: 1." in checked.content.decode()
    assert not Lease.objects.exists()
    imported = page(data)

    assert "Filas de arrendamientos importadas: 1." in imported.content.decode()
    assert Lease.objects.get().status_events.count() == 5


def test_problems_are_listed_in_spanish_and_nothing_is_kept(page: Callable[..., Any]) -> None:
    data = template("leases").replace("1500.00", "1.00").encode()

    answer = page(data)

    assert answer.status_code == 422
    assert "La factura supera el límite de aprobación." in answer.content.decode()
    assert not Lease.objects.exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"x" * (50 * 1024 * 1024), "too_large"),
        (template("leases").encode("utf-16-le"), "encoding"),
        (b"a,b\r\n1,2\r\n", "header_missing"),
        (b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_taken(page: Callable[..., Any], data: bytes, code: str) -> None:
    answer = page(data)

    assert answer.status_code == 422
    assert [each.code for each in answer.context_data["form"].errors["file"].as_data()] == [code]


def test_the_template_opens_in_a_spreadsheet(
    irene: User, ana: User, sign_in: Callable[..., Client]
) -> None:
    address = reverse("admin:leases_lease_import_template", args=["leases"])

    irene.language = "es"
    irene.save()
    answer = sign_in(irene).get(address)
    assert answer.content.decode("utf-8-sig") == template("leases")
    assert answer["Content-Disposition"] == 'attachment; filename="arrendamientos.csv"'
    assert sign_in(ana).get(address).status_code == 302

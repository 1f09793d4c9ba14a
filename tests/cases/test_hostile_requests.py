"""Requests that no page of ours sends, and disks that lost a file: an answer, never a failure."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions, evidence
from cases.models import Case, Evidence, EvidenceView, FollowUp
from leases.models import Customer
from tests.cases.evidence.evidence_makers import image_bytes

SignIn = Callable[[User], Client]


def test_a_box_to_clear_files_that_no_form_has_is_ignored(
    carla: Customer, sign_in: SignIn, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    photo = SimpleUploadedFile("foto.jpg", image_bytes((40, 30)))
    answer = sign_in(carla.user).post(
        reverse("portal_messages", args=[case.number]),
        {"body": "Hola", "evidence": photo, "evidence-clear": "on"},
    )
    assert answer.status_code == 302
    assert Evidence.objects.get().name == "foto.jpg"


def test_a_refused_file_is_named_without_what_hides_in_its_name(
    carla: Customer, sign_in: SignIn, open_case: Callable[..., Case]
) -> None:
    trick = SimpleUploadedFile("recibo\u202egpj.exe\u200b", b"MZ")
    answer = sign_in(carla.user).post(
        reverse("portal_messages", args=[open_case().number]), {"evidence": trick}
    )
    assert answer.status_code == 422
    assert "“recibogpj.exe”" in answer.content.decode()


@pytest.mark.parametrize("day", ["9999-12-31", "12/31/9999", "2126-11-20"])
def test_a_day_centuries_away_is_a_slip_of_the_keys(
    day: str, carla: Customer, ana: User, sign_in: SignIn, open_case: Callable[..., Case]
) -> None:
    """Eight in the evening of the last day is in a year Python doesn't know."""
    carla.available_from, carla.available_to = time(20), time(21)
    carla.save()
    case, client = open_case(), sign_in(ana)
    place = reverse("case_follow_ups", args=[case.number])
    answer = client.post(place, {"on": day, "message": "Hola"})
    assert answer.status_code == 422
    assert [e.code for e in answer.context["follow_up"].errors.as_data()["on"]] == ["day_far"]
    assert not FollowUp.objects.exists()
    saved = client.post(
        reverse("case_entries", args=[case.number]),
        {"version": 1, "seen": 0, "visibility": "internal", "language": "es", "due_on": day},
    )
    assert [e.code for e in saved.context["composer"].errors.as_data()["due_on"]] == ["day_far"]
    assert client.get(reverse("case", args=[case.number])).status_code == 200


@pytest.mark.parametrize("address", ["evidence", "evidence_view"])
def test_a_file_the_disk_has_lost_is_not_found_and_not_seen(
    address: str, ana: User, sign_in: SignIn, open_case: Callable[..., Case], settings: Any
) -> None:
    photo = io.BytesIO(image_bytes((40, 30)))
    open_case(files=[actions.Upload(evidence.inspect(photo, name="foto.jpg"), photo)])
    shutil.rmtree(settings.EVIDENCE_ROOT)
    found = Evidence.objects.get()
    assert sign_in(ana).get(reverse(address, args=[found.pk])).status_code == 404
    assert not EvidenceView.objects.exists()

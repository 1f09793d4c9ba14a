"""The same file again, and texts over their limit: reported, neither stored twice nor cut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from accounts.models import User
from cases import actions, evidence
from cases.forms import MessageForm
from cases.models import Case, Entry, Evidence, HeldUpload
from cases.templatetags.cases import refused_files
from leases.models import Customer
from tests.cases.evidence.evidence_makers import image_bytes

pytestmark = pytest.mark.django_db
SAME = image_bytes((40, 30))
OTHER = image_bytes((41, 30))


def file(name: str, content: bytes = SAME) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def portal(carla: Customer, case: Case, sign_in: Callable[[User], Client]) -> Callable[..., Any]:
    assert carla.user
    client = sign_in(carla.user)

    def send(*files: SimpleUploadedFile, body: str = "", **fields: Any) -> Any:
        form = {"body": body, "evidence": list(files), **fields}
        return client.post(f"/portal/cases/{case.number}/messages/", form)

    return send


@pytest.fixture
def staff(ana: User, case: Case, sign_in: Callable[[User], Client]) -> Callable[..., Any]:
    client = sign_in(ana)

    def send(*files: SimpleUploadedFile, visibility: str) -> Any:
        version = Case.objects.get().version
        fields = {"version": version, "seen": 0, "language": "es", "visibility": visibility}
        form = {"body": "", "evidence": list(files), **fields}
        return client.post(f"/cases/{case.number}/entries/", form)

    return send


def test_the_same_photo_again_is_said_to_be_there(portal: Callable[..., Any]) -> None:
    assert portal(file("recibo.jpg")).status_code == 302
    again = portal(file("otra-vez.jpg"), file("nueva.jpg", OTHER), body="Aquí está la otra.")
    assert again.status_code == 422
    page = again.content.decode()
    assert "“otra-vez.jpg”: Ya nos envió este archivo (" in page
    assert "Aquí está la otra." in page
    assert Evidence.objects.count() == 1
    # The good one waits; sending again is enough.
    held = HeldUpload.objects.get()
    assert held.name == "nueva.jpg"
    assert portal(body="Aquí está la otra.", evidence_held=[str(held.pk)]).status_code == 302
    assert {each.name for each in Evidence.objects.all()} == {"recibo.jpg", "nueva.jpg"}


def test_what_was_refused_keeps_its_line_and_is_never_ready_to_send(
    portal: Callable[..., Any], case: Case, carla: Customer, sign_in: Callable[[User], Client]
) -> None:
    """Its bytes came ahead of the form, so the list of waiting files must not have it either."""
    assert carla.user
    portal(file("recibo.jpg"))
    address, client = f"/portal/cases/{case.number}/messages/", sign_in(carla.user)
    held = client.post("/uploads/", {"form": address, "evidence": file("otra-vez.jpg")}).json()
    again = portal(evidence_held=[held["id"]], body="Otra vez.")
    assert again.status_code == 422
    page = " ".join(again.content.decode().split())
    assert 'data-state="refused" data-name="otra-vez.jpg"' in page
    assert "Ya nos envió este archivo (" in page[page.index('data-state="refused"') :]
    assert "evidence_held" not in page
    assert client.get("/uploads/", {"form": address}).json() == {"files": []}
    assert not HeldUpload.objects.exists()
    assert Evidence.objects.count() == 1


def test_staff_are_told_too_and_nobody_of_what_they_may_not_see(
    portal: Callable[..., Any], staff: Callable[..., Any]
) -> None:
    assert staff(file("interna.jpg"), visibility="internal").status_code == 302
    assert staff(file("interna.jpg"), visibility="internal").status_code == 422
    assert portal(file("recibo.jpg")).status_code == 302  # no answer reveals the internal one
    refused = staff(file("recibo.jpg"), visibility="public")
    assert refused.status_code == 422
    assert "Este archivo ya está en el caso" in refused.content.decode()
    assert Evidence.objects.count() == 2


def test_a_day_later_it_may_mean_something_new(case: Case, carla: Customer, now: datetime) -> None:
    def send(at: datetime) -> None:
        photo = file("recibo.jpg")
        upload = actions.Upload(evidence.inspect(photo, name="recibo.jpg"), photo)
        actions.add_customer_message(case=case, body="", files=[upload], by=carla.user, now=at)

    send(now)
    with pytest.raises(ValidationError):
        send(now + timedelta(hours=24) - timedelta(seconds=1))
    send(now + timedelta(hours=24))
    assert Evidence.objects.count() == 2


def test_a_text_over_the_limit_is_counted_and_stays_whole(portal: Callable[..., Any]) -> None:
    text = "á" * 5312
    refused = portal(body=text)
    assert refused.status_code == 422
    assert "5,000 caracteres como máximo. Este texto tiene 5,312" in refused.content.decode()
    assert text in refused.content.decode()
    with translation.override("en"):
        assert MessageForm({"body": text}).errors["body"] == [
            "Use no more than 5,000 characters. You entered 5,312."
        ]
    assert not Entry.objects.filter(kind="message").exists()


def test_no_browser_is_told_to_cut(
    staff: object, ana: User, case: Case, irene: User, sign_in: Callable[[User], Client]
) -> None:
    pages = [
        sign_in(ana).get(f"/cases/{case.number}/"),
        sign_in(ana).get(f"/leases/{case.lease.account_number}/statement/"),
        sign_in(irene).get("/admin/leases/merchant/add/"),
        sign_in(irene).get("/admin/accounts/user/add/"),
    ]
    for page in pages:
        main = page.content.decode().partition("<main")[2]
        assert "maxlength" not in main
    assert 'data-limit="' in pages[0].content.decode()


def test_the_same_photo_twice_in_one_message_is_kept_once_and_says_so(
    portal: Callable[..., Any], case: Case, carla: Customer,
    sign_in: Callable[[User], Client], settings: Any,
) -> None:  # fmt: skip
    twins = (file("recibo.jpg"), file("copia.jpg"), file("otra.jpg", OTHER))
    assert portal(*twins, body="Aquí están.").status_code == 302
    assert sorted(each.name for each in Evidence.objects.all()) == ["otra.jpg", "recibo.jpg"]
    assert len([path for path in settings.EVIDENCE_ROOT.rglob("*") if path.is_file()]) == 4
    assert carla.user
    page = sign_in(carla.user).get(f"/portal/cases/{case.number}/").content.decode()
    assert "“copia.jpg” no se guardó otra vez: Es el mismo archivo que “recibo.jpg”" in page


@pytest.mark.parametrize("visibility", ["internal", "public"])
def test_an_agent_s_twins_too(staff: Callable[..., Any], visibility: str) -> None:
    assert staff(file("a.jpg"), file("b.jpg"), visibility=visibility).status_code == 302
    entry = Evidence.objects.get().entry
    assert [each["name"] for each in refused_files(entry)] == ["b.jpg"]
    assert "a.jpg" in refused_files(entry)[0]["problem"]


def test_a_file_that_waits_and_the_same_chosen_again(
    portal: Callable[..., Any], case: Case, carla: Customer, now: datetime
) -> None:
    """The waiting one is taken over; nothing is left behind."""
    photo = file("espera.jpg")
    upload = actions.Upload(evidence.inspect(photo, name="espera.jpg"), photo)
    assert carla.user
    address = f"/portal/cases/{case.number}/messages/"
    held = actions.hold_upload(upload=upload, form=address, by=carla.user, now=now)
    assert portal(file("otra-vez.jpg"), evidence_held=[str(held.pk)]).status_code == 302
    assert Evidence.objects.get().name == "espera.jpg"
    assert not HeldUpload.objects.exists()

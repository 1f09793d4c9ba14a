"""Files wait for their form: one bad file, or an error elsewhere, doesn't lose the good ones."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from accounts.models import User
from cases import actions, evidence
from cases.actions.held_uploads import HELD_FOR, MOST_HELD
from cases.evidence import open_original
from cases.models import Case, Entry, Evidence, HeldUpload
from cases.queries.held_uploads import held_for
from leases.models import Customer
from tests.cases.evidence.evidence_makers import image_bytes
from tests.patience import wait_for
from tests.threads import at_once, waiting_for_locks

SignIn = Callable[[User], Client]
GOOD = image_bytes((40, 30))


def photo(name: str = "recibo.jpg", size: int = 40) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, image_bytes((size, 30)), "image/jpeg")


def bad() -> SimpleUploadedFile:
    return SimpleUploadedFile("carta.pdf", b"%PDF-1.7 nothing", "application/pdf")


def hold(by: User, form: str, now: datetime, size: int = 40) -> HeldUpload:
    file = photo(size=size)
    upload = actions.Upload(evidence.inspect(file, name="recibo.jpg"), file)
    return actions.hold_upload(upload=upload, form=form, by=by, now=now)


def files() -> list[Path]:
    return [path for path in Path(settings.EVIDENCE_ROOT).rglob("*") if path.is_file()]


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def form(case: Case) -> str:
    """Where Carla writes."""
    return f"/portal/cases/{case.number}/messages/"


def _entries(case: Case) -> str:
    return f"/cases/{case.number}/entries/"


# --- without JavaScript --------------------------------------------------------------------------
@pytest.mark.requirement("R53")
def test_one_bad_file_among_two_loses_neither_the_good_one_nor_the_words(
    carla: Customer, form: str, sign_in: SignIn
) -> None:
    client, before = sign_in(carla.user), Entry.objects.count()
    page = client.post(form, {"body": "Aquí está", "evidence": [photo(), bad()]})
    assert page.status_code == 422
    assert Entry.objects.count() == before
    [error] = page.context["form"].errors["evidence"]
    assert error.startswith("“carta.pdf”: No pudimos abrir este archivo")
    words = page.content.decode()
    assert "Aquí está</textarea>" in words
    held = HeldUpload.objects.get()
    assert (held.name, held.holder, held.form) == ("recibo.jpg", carla.user, form)
    assert f'name="evidence_held" value="{held.pk}" checked' in words

    sent = client.post(form, {"body": "Aquí está", "evidence_held": str(held.pk)})
    assert sent.status_code == 302
    entry = Entry.objects.get(body="Aquí está")
    assert [(each.name, each.original) for each in entry.evidence.all()] == [
        ("recibo.jpg", held.original)
    ]
    with open_original(held.original, root=settings.EVIDENCE_ROOT) as original:
        assert original.read() == GOOD
    assert not HeldUpload.objects.exists()


def test_a_slip_in_another_field_keeps_the_files_of_the_composer(
    ana: User, case: Case, sign_in: SignIn
) -> None:
    fields = {"body": "", "version": 1, "seen": 0, "language": "es", "visibility": "internal"}
    answer = sign_in(ana).post(
        _entries(case), fields | {"evidence": photo(), "due_on": "2020-01-01"}
    )
    assert answer.status_code == 422
    assert [each.name for each in answer.context["composer"].held] == ["recibo.jpg"]
    held = HeldUpload.objects.get()
    fields |= {"evidence_held": str(held.pk)}
    assert sign_in(ana).post(_entries(case), fields).status_code == 302
    assert Evidence.objects.get().name == "recibo.jpg"


def test_a_save_that_comes_too_late_keeps_them_too(ana: User, case: Case, sign_in: SignIn) -> None:
    fields = {"body": "Nota", "version": 7, "seen": 0, "language": "es", "visibility": "internal"}
    answer = sign_in(ana).post(_entries(case), fields | {"evidence": photo()})
    assert answer.status_code == 409
    assert [each.name for each in answer.context["composer"].held] == ["recibo.jpg"]


def test_a_call_with_a_slip_keeps_them_too(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    address = client.post("/calls/")["Location"]
    answer = client.post(address, {"summary": "Llama por su cargo.", "evidence": photo()})
    assert answer.status_code == 422
    assert [each.name for each in answer.context["form"].held] == ["recibo.jpg"]
    assert HeldUpload.objects.get().form == address


def test_looking_up_a_lease_keeps_them_and_names_the_bad(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    address = client.post("/calls/")["Location"]
    fields = {"contract": "Carla", "find": "1", "evidence": [photo(), bad()]}
    page = client.post(address, fields).content.decode()
    held = HeldUpload.objects.get()
    assert f'name="evidence_held" value="{held.pk}" checked' in page
    assert "“carta.pdf”: No pudimos abrir este archivo" in page
    again = client.post(address, {"contract": "Luna", "find": "1", "evidence_held": str(held.pk)})
    assert f'value="{held.pk}" checked' in again.content.decode()


# --- one by one ----------------------------------------------------------------------------------
def test_a_file_arrives_before_its_form(carla: Customer, form: str, sign_in: SignIn) -> None:
    client = sign_in(carla.user)
    answer = client.post("/uploads/", {"form": form, "evidence": photo()})
    assert answer.status_code == 201
    told = answer.json()
    assert (told["name"], told["size"]) == ("recibo.jpg", len(GOOD))
    assert client.get("/uploads/", {"form": form}).json() == {"files": [told]}
    assert client.get("/uploads/", {"form": "/elsewhere/"}).json() == {"files": []}
    assert client.post(form, {"body": "", "evidence_held": told["id"]}).status_code == 302
    assert Evidence.objects.get().name == "recibo.jpg"


def test_a_bad_file_says_why_in_the_readers_language(
    carla: Customer, dan: Customer, sign_in: SignIn
) -> None:
    said = []
    for customer in (carla, dan):
        fields = {"form": "/x/", "evidence": bad()}
        answer = sign_in(customer.user).post("/uploads/", fields)
        assert answer.status_code == 422
        assert answer.json()["code"] == "evidence_unreadable"
        said.append(answer.json()["error"])
    assert said[0].startswith("No pudimos abrir este archivo")
    assert said[1].startswith("We couldn’t open this file")
    assert not HeldUpload.objects.exists()


def test_the_same_file_again_is_the_one_that_waits(
    carla: Customer, form: str, now: datetime
) -> None:
    first, again = (hold(carla.user, form, now) for _ in range(2))
    assert first == again
    assert len(files()) == 2


@pytest.mark.parametrize(
    "fields", [{}, {"form": "/x/"}, {"evidence": "text"}, {"form": "cases", "evidence": "file"}]
)
def test_anything_else_is_refused(fields: dict[str, Any], carla: Customer, sign_in: SignIn) -> None:
    sent = fields | ({"evidence": photo()} if fields.get("evidence") == "file" else {})
    assert sign_in(carla.user).post("/uploads/", sent).status_code == 400


def test_a_nul_byte_asks_for_nothing(ben: User, sign_in: SignIn) -> None:
    assert sign_in(ben).get("/uploads/", {"form": "/\0"}).json() == {"files": []}


def test_removing_one_takes_it_from_the_disk(
    carla: Customer, form: str, now: datetime, sign_in: SignIn
) -> None:
    held = hold(carla.user, form, now)
    assert sign_in(carla.user).post(f"/uploads/{held.pk}/removal/").status_code == 204
    assert not HeldUpload.objects.exists()
    assert files() == []


# --- whose they are ------------------------------------------------------------------------------
@pytest.mark.requirement("R9")
def test_nobody_sends_removes_or_sees_what_somebody_else_holds(
    carla: Customer, ana: User, case: Case, form: str, now: datetime, sign_in: SignIn
) -> None:
    held, client = hold(carla.user, form, now), sign_in(ana)
    fields = {"body": "Nota", "version": 1, "seen": 0, "language": "es", "visibility": "internal"}
    answer = client.post(_entries(case), fields | {"evidence_held": str(held.pk)})
    assert answer.status_code == 422
    [error] = answer.context["composer"].errors.as_data()["evidence"]
    assert error.code == "evidence_gone"
    assert client.post(f"/uploads/{held.pk}/removal/").status_code == 404
    assert client.get("/uploads/", {"form": form}).json() == {"files": []}
    assert HeldUpload.objects.get() == held


def test_what_waits_for_another_form_is_not_sent_with_this_one(
    carla: Customer, form: str, now: datetime, sign_in: SignIn
) -> None:
    held = hold(carla.user, "/portal/cases/260000999/messages/", now)
    answer = sign_in(carla.user).post(form, {"body": "x", "evidence_held": str(held.pk)})
    assert answer.status_code == 422


def test_a_held_file_becomes_evidence_once(
    carla: Customer, case: Case, form: str, now: datetime
) -> None:
    held = hold(carla.user, form, now)
    send = {"case": case, "body": "", "files": [held], "by": carla.user, "now": now}
    actions.add_customer_message(**send)
    with pytest.raises(ValidationError) as refused:
        actions.add_customer_message(**send)
    assert [each.code for each in refused.value.error_list] == ["evidence_already_sent"]
    assert Evidence.objects.count() == 1
    with open_original(held.original, root=settings.EVIDENCE_ROOT) as original:
        assert original.read() == GOOD


# --- not for ever --------------------------------------------------------------------------------
def test_what_nobody_sent_is_swept(carla: Customer, form: str, now: datetime) -> None:
    hold(carla.user, form, now)
    young = hold(carla.user, form, now + timedelta(days=1), size=50)
    assert actions.sweep_uploads(now=now + HELD_FOR + timedelta(hours=1)) == 1
    assert held_for(carla.user, form) == [young]
    assert len(files()) == 2


def test_held_files_are_no_files_without_a_row(carla: Customer, form: str, now: datetime) -> None:
    hold(carla.user, form, now)
    for path in files():
        os.utime(path, (0, 0))
    assert actions.sweep_files(delete_them=True, now=now).files == 0
    assert len(files()) == 2


def test_nobody_holds_without_end(carla: Customer, now: datetime) -> None:
    HeldUpload.objects.bulk_create(
        HeldUpload(holder=carla.user, form="/x/", at=now, size=1, original=f"o{n}", view=f"v{n}")
        for n in range(MOST_HELD)
    )
    with pytest.raises(ValidationError) as refused:
        hold(carla.user, "/x/", now)
    assert refused.value.code == "evidence_too_many_held"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_pass_the_limit(carla: Customer, now: datetime) -> None:
    assert carla.user
    for number in range(MOST_HELD - 1):
        hold(carla.user, f"/{number}/", now)
    before = len(files())
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            hold(carla.user, "/first/", now, 50)  # the last place, and not committed yet
            second = pool.submit(at_once, partial(hold, carla.user, "/second/", now, 60))
            wait_for(lambda: second.done() or waiting_for_locks(), what="the second one’s turn")
        [refused] = second.result()
    assert isinstance(refused, ValidationError)
    assert HeldUpload.objects.count() == MOST_HELD
    assert len(files()) == before + 2  # original and view of one


def test_a_text_is_not_cut_by_the_browser(carla: Customer, case: Case, sign_in: SignIn) -> None:
    page = sign_in(carla.user).get(f"/portal/cases/{case.number}/").content.decode()
    assert 'data-limit="5000"' in page
    assert "maxlength" not in page.partition("<textarea")[2].partition(">")[0]

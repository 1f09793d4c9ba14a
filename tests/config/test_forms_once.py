"""The same form sent twice is one message, one payment, one case."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from psycopg.errors import AdminShutdown, LockNotAvailable, QueryCanceled

from accounts import sent_forms
from accounts.models import SentForm, User
from cases.models import CallDraft, Case, Entry, Evidence, HeldUpload
from leases.models import Customer, Lease, LedgerEntry, Merchant
from tests.cases.evidence.evidence_makers import image_bytes
from tests.threads import at_once

pytestmark = pytest.mark.django_db
TEXT = "Pagué el martes en la tienda."


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def address(case: Case) -> str:
    return f"/portal/cases/{case.number}/messages/"


@pytest.fixture
def client(carla: Customer, sign_in: Callable[[User], Client]) -> Client:
    assert carla.user
    return sign_in(carla.user)


def messages() -> list[str]:
    return list(Entry.objects.filter(kind="message").order_by("pk").values_list("body", flat=True))


def key_on(page: HttpResponse, form: str) -> str:
    """Of the form with this text in its tag."""
    found = re.search(
        rf'<form[^>]*{re.escape(form)}.*?name="form_key" value="([^"]+)"',
        page.content.decode(),
        re.S,
    )
    assert found
    return found[1]


def hidden_in(page: HttpResponse) -> dict[str, str]:
    """The fields that the form of the last question carries along."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))


def test_sent_twice_it_is_one_message_and_the_same_answer(client: Client, address: str) -> None:
    page = client.get(address.removesuffix("messages/"))
    form = {"body": TEXT, "form_key": key_on(page, address)}
    first, second = client.post(address, form), client.post(address, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert messages() == [TEXT]
    assert "Cuenta una sola vez" in client.get(second["Location"]).content.decode()


def test_another_tab_is_another_form(client: Client, address: str) -> None:
    page = address.removesuffix("messages/")
    for _ in range(2):
        client.post(address, {"body": TEXT, "form_key": key_on(client.get(page), address)})
    assert messages() == [TEXT, TEXT]


def test_the_same_key_of_somebody_else_or_elsewhere_is_another_form(
    client: Client, address: str, case: Case, ana: User, sign_in: Callable[[User], Client]
) -> None:
    form = {"body": TEXT, "form_key": str(uuid.uuid4())}
    client.post(address, form)
    fields = {"version": case.version + 1, "seen": 0, "visibility": "public", "language": "es"}
    agent = sign_in(ana)
    assert agent.post(f"/cases/{case.number}/entries/", form | fields).status_code == 302
    form |= {"reason": "Decide alguien."}
    assert agent.post(f"/cases/{case.number}/escalations/", form).status_code == 302
    assert len(messages()) == 2


def test_a_refused_form_comes_again_corrected_with_its_key(client: Client, address: str) -> None:
    form = {"body": "", "form_key": str(uuid.uuid4())}
    assert client.post(address, form).status_code == 422
    assert client.post(address, form | {"body": TEXT}).status_code == 302
    assert messages() == [TEXT]


def test_changed_words_under_a_known_key_are_neither_lost_nor_saved_unasked(
    client: Client, address: str
) -> None:
    """As after going back to an old page."""
    form = {"body": TEXT, "form_key": str(uuid.uuid4())}
    first = client.post(address, form)
    changed = "Fue el miércoles.\n\nNo el martes."
    photo = SimpleUploadedFile("recibo.jpg", image_bytes((40, 30)))
    asked = client.post(address, form | {"body": changed, "evidence": photo})
    assert asked.status_code == 409
    assert messages() == [TEXT]
    page = asked.content.decode()
    assert first["Location"] in page
    assert "recibo.jpg" in page
    assert "No el martes." in page
    assert "data-uploads" in page  # our own control, not the browser's
    held = HeldUpload.objects.get()
    assert f'name="evidence_held" value="{held.pk}" checked' in page
    hidden = hidden_in(asked)
    assert hidden["form_key"] != form["form_key"]
    assert client.post(address, hidden | {"evidence_held": str(held.pk)}).status_code == 302
    assert messages() == [TEXT, changed]
    assert Evidence.objects.get().name == "recibo.jpg"


def test_a_file_that_went_with_the_first_sending_is_not_asked_for_again(
    client: Client, address: str
) -> None:
    photo = SimpleUploadedFile("recibo.jpg", image_bytes((40, 30)))
    held = client.post("/uploads/", {"form": address, "evidence": photo}).json()["id"]
    form = {"body": TEXT, "form_key": str(uuid.uuid4()), "evidence_held": held}
    assert client.post(address, form).status_code == 302
    asked = client.post(address, form | {"body": "Fue el miércoles, no el martes."})
    assert asked.status_code == 409
    assert "data-uploads" in asked.content.decode()
    assert held not in asked.content.decode()
    assert client.post(address, hidden_in(asked)).status_code == 302
    assert Evidence.objects.count() == 1


def test_what_is_no_good_says_so_and_keeps_the_words(client: Client, address: str) -> None:
    form = {"body": TEXT, "form_key": str(uuid.uuid4())}
    client.post(address, form)
    bad = SimpleUploadedFile("carta.pdf", b"%PDF-1.7 nothing", "application/pdf")
    asked = client.post(address, form | {"evidence": bad})
    assert asked.status_code == 409
    assert "“carta.pdf”: No pudimos abrir este archivo" in asked.content.decode()
    assert TEXT in asked.content.decode()


def test_another_file_is_another_content(client: Client, address: str) -> None:
    form = {"body": TEXT, "form_key": str(uuid.uuid4())}

    def sent(width: int) -> int:
        file = SimpleUploadedFile("recibo.jpg", image_bytes((width, 30)))
        return client.post(address, form | {"evidence": file}).status_code

    assert [sent(40), sent(40), sent(41)] == [302, 302, 409]
    assert Evidence.objects.count() == 1


def test_a_payment_and_a_call_sent_twice_are_one(
    deliver: Callable[..., Lease], ana: User, sign_in: Callable[[User], Client]
) -> None:
    agent, lease = sign_in(ana), deliver()
    before = LedgerEntry.objects.count()
    form = {"amount": "50.00", "on": "2026-11-18", "method": "cash", "form_key": str(uuid.uuid4())}
    form["token"] = str(uuid.uuid4())
    for _ in range(2):
        assert agent.post(f"/leases/{lease.account_number}/payments/", form).status_code == 302
    assert LedgerEntry.objects.count() == before + 1
    places = {agent.post("/calls/", {"form_key": form["form_key"]})["Location"] for _ in range(2)}
    assert len(places) == CallDraft.objects.count() == 1


def test_the_administration_adds_one(irene: User, sign_in: Callable[[User], Client]) -> None:
    """Its templates aren't ours; its forms have their keys all the same."""
    client, add = sign_in(irene), "/admin/leases/merchant/add/"
    fields = {"form_key": key_on(client.get(add), 'method="post"'), "name": "Muebles Sol"}
    client.post(add, fields)
    assert client.post(add, fields).status_code == 302  # not: there is one of that name
    assert Merchant.objects.filter(name="Muebles Sol").count() == 1


def test_while_the_first_is_at_work_the_second_waits_and_then_says_so(
    client: Client, address: str, carla: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sent_forms, "PATIENCE", 0.0)
    form = {"body": TEXT, "form_key": str(uuid.uuid4())}
    claimed = claim(carla, address, form)
    answer = client.post(address, form)
    assert answer.status_code == 409
    assert "todavía se está guardando" in answer.content.decode()
    assert TEXT in answer.content.decode()
    # Its process is gone: the result is unknown, so the person checks.
    SentForm.objects.update(sent_at=claimed.sent_at - sent_forms.AT_WORK)
    answer = client.post(address, form)
    assert answer.status_code == 409
    assert "No sabemos si esto se guardó" in answer.content.decode()
    hidden = dict(
        re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.content.decode())
    )
    assert client.post(address, hidden).status_code == 302
    assert messages() == [TEXT]


def claim(carla: Customer, address: str, form: dict[str, str]) -> SentForm:
    assert carla.user
    request = RequestFactory().post(address, form)
    claimed, is_first = sent_forms.claim_form(
        user=carla.user,
        path=address,
        key=uuid.UUID(form["form_key"]),
        fingerprint=sent_forms.form_fingerprint(request),
        now=timezone.now(),
    )
    assert is_first
    return claimed


def test_an_answer_at_a_long_address_is_known_again(
    client: Client, address: str, carla: Customer
) -> None:
    """A search carried along keeps its words in the address."""
    form = {"body": TEXT, "form_key": str(uuid.uuid4())}
    claimed, place = claim(carla, address, form), "/portal/?q=" + "a" * 5_000
    sent_forms.answer_form(form=claimed, location=place)
    again = client.post(address, form)
    assert (again.status_code, again["Location"]) == (302, place)
    assert messages() == []


def test_what_failed_on_our_side_may_be_sent_again(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cases.portal import views  # noqa: PLC0415

    client.raise_request_exception = False
    form = {"body": TEXT, "form_key": str(uuid.uuid4())}
    for error, cause, kept in (
        (RuntimeError, None, 0),
        (OperationalError, LockNotAvailable(), 0),  # the database says that it did nothing
        (OperationalError, QueryCanceled(), 0),
        (OperationalError, AdminShutdown(), 1),
        (OperationalError, None, 1),
    ):
        SentForm.objects.all().delete()
        with monkeypatch.context() as patch:

            def fail(error: Any = error, cause: Any = cause, **given: object) -> None:
                raise error from cause

            patch.setattr(views.actions, "add_customer_message", fail)
            assert client.post(address, form).status_code == 500
        # After a lost connection, no one knows what the COMMIT did.
        assert SentForm.objects.count() == kept


@pytest.mark.parametrize("name", ["%00", "1" * 600])
def test_an_address_that_no_form_has_is_missing_like_any_other(
    name: str, ana: User, sign_in: Callable[[User], Client]
) -> None:
    form = {"form_key": str(uuid.uuid4())}
    assert sign_in(ana).post(f"/leases/{name}/payments/", form).status_code == 404


def test_nobody_waits_for_a_process_that_is_gone(
    carla: Customer, address: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed = claim(carla, address, {"form_key": str(uuid.uuid4())})
    monkeypatch.setattr(sent_forms.time, "sleep", lambda seconds: pytest.fail("it waits"))
    later = claimed.sent_at + sent_forms.AT_WORK
    assert sent_forms.answered_form(claimed, now=later) == claimed


@pytest.mark.django_db(transaction=True)
def test_both_at_the_same_moment(client: Client, address: str) -> None:
    form = {"body": TEXT, "form_key": str(uuid.uuid4())}
    cookies = client.cookies

    def send() -> tuple[int, str]:
        own = Client()
        own.cookies = cookies
        answer = own.post(address, form)
        return answer.status_code, answer["Location"]

    answers = at_once(send, send, send, send)
    assert set(answers) == {(302, address.removesuffix("messages/"))}
    assert messages() == [TEXT]


def test_old_ones_are_forgotten(carla: Customer, now: datetime) -> None:
    claimed = claim(carla, "/portal/", {"form_key": str(uuid.uuid4())})
    later = claimed.sent_at + sent_forms.KEPT
    assert sent_forms.forget_sent_forms(now=later - timedelta(seconds=1)) == 0
    assert sent_forms.forget_sent_forms(now=later) == 1


def test_no_form_that_posts_is_written_without_its_token() -> None:
    templates = Path(__file__).resolve().parents[2] / "templates"
    bare = [
        path.name
        for path in templates.rglob("*.html")
        for form in re.findall(r'<form[^>]*method="post".*?</form>', path.read_text(), re.S)
        if "{% csrf_token %}" not in form
    ]
    assert bare == []

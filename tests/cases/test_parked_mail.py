"""Mails that didn't find their case by themselves: who looks at them, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import actions, evidence, numbers
from cases.enums import Channel, EntryKind, InboundSource, InboundState, Visibility
from cases.models import Case, Entry, InboundMail
from leases.models import Customer
from mail import reply_address
from mail.enums import ParkReason
from tests.cases.evidence.evidence_makers import image_bytes
from tests.mail import letters
from tests.mail.letters import FAIL, PASS, letter
from tests.threads import at_once

UNKNOWN = numbers.make(year=2026, running=99_999)
LIST = "/correspondence/parked/"


@pytest.fixture(autouse=True)
def _trusted(settings: Any) -> None:
    settings.INBOUND_AUTHSERV_IDS = [letters.MX]


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def park(db: None, now: datetime) -> Callable[..., InboundMail]:
    def parked(text: str = "Ya pagué en la tienda.", **fields: Any) -> InboundMail:
        raw = letter(text, **fields)
        mail = actions.receive_mail(actions.Arrived(raw=raw, source=InboundSource.MAILBOX, now=now))
        assert mail.state == InboundState.PARKED
        return mail

    return parked


Park = Callable[..., InboundMail]
SignIn = Callable[[User], Client]


def test_the_list_says_who_wrote_what_and_why_it_waits(
    park: Park, case: Case, ben: User, sign_in: SignIn
) -> None:
    park(Subject=f"Mi caso {case.spoken_number}", From="Luna <luna@example.com>")
    page = sign_in(ben).get(LIST).content.decode()
    for said in ("Mi caso", "luna@example.com", "Not a reply to one of our emails", "Ya pagué"):
        assert said in page
    assert f"maybe case {case.spoken_number}" in page
    assert "1" in sign_in(ben).get("/correspondence/").content.decode()


def test_one_or_many_cost_the_same(park: Park, case: Case, ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(LIST).status_code == 200
        return len(asked)

    park(Subject=case.number)
    client.get(LIST)
    few = queries()
    for number in range(31):
        park(Subject=case.number, Message_ID=f"<{number}@example.com>")
    assert queries() == few
    page = client.get(LIST)
    following = page.context["page"].next
    assert following
    assert len(client.get(LIST, {"after": following}).context["page"].rows) == 2


def test_what_a_stranger_writes_does_nothing_on_the_page(
    park: Park, ana: User, sign_in: SignIn
) -> None:
    mail = park(
        "<script>alert(1)</script>",
        Subject="<img src=x onerror=alert(1)>",
        From='"<b>Carla</b>" <carla@example.com>',
    )
    for path in (LIST, f"{LIST}{mail.pk}/"):
        page = sign_in(ana).get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    response = sign_in(ana).post(f"{LIST}{mail.pk}/original/", {"reason": "Ver el adjunto"})
    assert response["Content-Disposition"].startswith('attachment; filename="correo-2')
    assert "Content-Language" not in response  # whoever wrote it knows
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"<script>" in b"".join(response.streaming_content)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Your name, the time and this reason"),
        ("es", "Se registran su nombre, la hora y este motivo"),
    ],
)
def test_an_original_is_opened_only_for_a_reason_that_is_recorded(
    park: Park, ana: User, sign_in: SignIn, language: str, said: str
) -> None:
    User.objects.filter(pk=ana.pk).update(language=language)
    ana.refresh_from_db()
    mail = park("Mi tarjeta es 4111 1111 1111 1111.")
    client, address = sign_in(ana), f"{LIST}{mail.pk}/original/"
    assert client.get(address).status_code == 405
    for reason in ("", " ", "ver"):
        refused = client.post(address, {"reason": reason})
        assert refused.status_code == 422
        assert said in refused.content.decode()
        assert refused.context["original_form"]["reason"].value() == reason
    assert not mail.original_views.exists()
    opened = client.post(address, {"reason": "Carla pide corregir el monto"})
    assert b"4111 1111 1111 1111" in b"".join(opened.streaming_content)  # type: ignore[arg-type]
    view = mail.original_views.get()
    assert (view.by, view.reason) == (ana, "Carla pide corregir el monto")
    page = client.get(f"{LIST}{mail.pk}/").content.decode()
    assert "Carla pide corregir el monto" in page
    assert "4111" not in page
    with pytest.raises(ProgrammingError), transaction.atomic():
        mail.original_views.update(reason="otro motivo")


def test_the_customers_own_mail_becomes_their_public_word(
    park: Park, case: Case, carla: Customer, ana: User, sign_in: SignIn
) -> None:
    mail = park(letters.GMAIL_ES, attachments=[("recibo.jpg", image_bytes((40, 30)))])
    response = sign_in(ana).post(f"{LIST}{mail.pk}/entry/", {"number": case.spoken_number})
    assert response["Location"] == f"/cases/{case.number}/"
    mail.refresh_from_db()
    entry = mail.entry
    assert entry
    assert (mail.state, mail.case, mail.decided_by) == (InboundState.ENTERED, case, ana)
    assert (entry.author, entry.visibility) == (carla.user, Visibility.PUBLIC)
    assert (entry.channel, entry.kind) == (Channel.EMAIL, EntryKind.MESSAGE)
    assert entry.evidence.get().name == "recibo.jpg"
    case.refresh_from_db()
    assert case.customer_wrote_at


@pytest.mark.parametrize(
    "fields",
    [
        {"From": "Dan Miller <dan@example.com>"},
        {"Subject": "Respuesta automática"},  # hers, but not her words
    ],
)
def test_anybody_elses_is_a_note_among_us_that_names_them(
    park: Park, case: Case, carla: Customer, ana: User, sign_in: SignIn, fields: dict[str, str]
) -> None:
    mail = park(**fields)
    sign_in(ana).post(f"{LIST}{mail.pk}/entry/", {"number": case.number})
    entry = InboundMail.objects.get(pk=mail.pk).entry
    assert entry
    assert (entry.kind, entry.visibility, entry.author) == (EntryKind.NOTE, "internal", ana)
    assert entry.params["from"] == mail.sender
    page = sign_in(ana).get(f"/cases/{case.number}/").content.decode()
    assert mail.sender in page
    page = sign_in(carla.user).get(f"/portal/cases/{case.number}/").content.decode()
    assert "dan@example.com" not in page
    assert "Ya pagué" not in page


@pytest.mark.parametrize(
    "fields",
    [
        {"From": "carla@example.com", "Sender": "evil@example.net"},
        FAIL,
        {"Auto_Submitted": "auto-replied"},
    ],
)
@pytest.mark.parametrize("reason", [ParkReason.NO_CASE, ParkReason.UNREADABLE])
def test_a_forged_mail_parked_for_another_reason_is_a_note(
    park: Park, case: Case, ana: User, sign_in: SignIn, reason: str, fields: dict[str, str]
) -> None:
    """Older rows say so too."""
    mail = park(**fields)
    InboundMail.objects.update(reason=reason, sender="carla@example.com", case=case)
    page = sign_in(ana).get(f"{LIST}{mail.pk}/")
    assert page.context["may_be_theirs"] is page.context["is_theirs"] is False
    sign_in(ana).post(f"{LIST}{mail.pk}/entry/", {"number": case.number})
    entry = InboundMail.objects.get(pk=mail.pk).entry
    assert entry
    assert (entry.kind, entry.visibility) == (EntryKind.NOTE, "internal")


HERS = "De: Carla\nPara: Puente\nFecha: 18 de noviembre\nAsunto: Mi sofá\n\nYa pagué."
QUOTED = letters.GMAIL_ES[letters.GMAIL_ES.index("El mié") :]


@pytest.mark.parametrize(
    ("fields", "is_theirs"),
    [
        ({"text": HERS}, True),
        ({"text": QUOTED}, True),  # someone looked, and found something in it after all
        ({"text": "", "attachments": [("fotos.zip", b"PK")]}, True),
        ({"text": ""}, False),
        ({"From": "x@example.net"}, False),
        ({"Auto_Submitted": "auto-replied"}, False),
    ],
)
@pytest.mark.parametrize("reason", ["", ParkReason.EMPTY])
def test_what_the_page_says_is_what_happens(
    park: Park,
    case: Case,
    carla: Customer,
    ben: User,
    sign_in: SignIn,
    fields: dict[str, Any],
    is_theirs: bool,
    reason: str,
) -> None:
    mail = park(**fields)
    InboundMail.objects.update(case=case, reason=reason or mail.reason)
    page = sign_in(ben).get(f"{LIST}{mail.pk}/")
    assert page.context["is_theirs"] is is_theirs
    said = "who’ll see it in case"
    assert (said in page.content.decode()) is is_theirs
    sign_in(ben).post(f"{LIST}{mail.pk}/entry/", {"number": case.number})
    entry = InboundMail.objects.get(pk=mail.pk).entry
    assert entry
    assert (entry.visibility == Visibility.PUBLIC) is is_theirs
    assert (entry.author == carla.user) is is_theirs
    if text := fields.get("text"):
        assert entry.body == text.strip()
        assert "quoted" not in entry.params


def test_in_another_case_than_their_own_it_is_a_note(
    park: Park, open_case: Callable[..., Case], dan: Customer, ben: User, sign_in: SignIn
) -> None:
    mail = park(From="Dan Miller <dan@example.com>")
    page = sign_in(ben).get(f"{LIST}{mail.pk}/").content.decode()
    assert "In the sender’s own case" in page
    sign_in(ben).post(f"{LIST}{mail.pk}/entry/", {"number": open_case().number})
    entry = InboundMail.objects.get(pk=mail.pk).entry
    assert entry
    assert entry.visibility == Visibility.INTERNAL


def test_without_its_original_a_mail_stays_where_it_is(
    park: Park, case: Case, ben: User, sign_in: SignIn, settings: Any
) -> None:
    mail = park()
    InboundMail.objects.update(case=case)
    evidence.delete(mail.original, root=settings.EVIDENCE_ROOT)
    client = sign_in(ben)
    assert client.get(f"{LIST}{mail.pk}/").context["may_be_theirs"] is False
    refused = client.post(f"{LIST}{mail.pk}/entry/", {"number": case.number})
    assert refused.status_code == 422
    codes = [each.code for each in refused.context["form"].non_field_errors().as_data()]
    assert codes == ["mail_original_missing"]
    mail.refresh_from_db()
    assert mail.state == InboundState.PARKED


def test_a_mail_without_words_is_a_note_of_its_subject(
    park: Park, case: Case, ana: User, now: datetime
) -> None:
    mail = park("", Subject="¿Hola?", From="x@example.net")
    entry = actions.put_into_case(mail=mail, case=case, by=ana, now=now)
    assert entry.body == "¿Hola?"


@pytest.mark.parametrize("on_reply", [True, False])
def test_it_brings_a_snoozed_case_back_that_waits_for_it(
    park: Park, open_case: Callable[..., Case], ana: User, ben: User, now: datetime, on_reply: bool
) -> None:
    due_on = (now + timedelta(days=9)).date()
    case = open_case(due_on=due_on)
    actions.snooze_case(
        case=case, until=due_on - timedelta(days=2), on_reply=on_reply, reason="Espera.", by=ana,
        now=now,
    )  # fmt: skip
    actions.put_into_case(mail=park(From="x@example.net"), case=case, by=ben, now=now)
    case.refresh_from_db()
    assert (case.snoozed_until is None) == on_reply
    assert case.entries.filter(event="snooze_ended").exists() == on_reply


@pytest.mark.parametrize(
    ("number", "code"), [("", "required"), ("123", "case_number_format"), (UNKNOWN, "case_unknown")]
)
def test_a_number_that_names_no_case(
    park: Park, ana: User, sign_in: SignIn, number: str, code: str
) -> None:
    mail = park()
    response = sign_in(ana).post(f"{LIST}{mail.pk}/entry/", {"number": number})
    assert response.status_code == 422
    found = response.context["form"].errors.as_data()["number"][0].code
    assert found == code
    mail.refresh_from_db()
    assert mail.state == InboundState.PARKED


def test_it_is_decided_once(park: Park, case: Case, ana: User, ben: User, now: datetime) -> None:
    mail = park()
    actions.dismiss_mail(mail=mail, by=ben, now=now)
    with pytest.raises(ValidationError) as refused:
        actions.dismiss_mail(mail=mail, by=ana, now=now)
    assert refused.value.code == "mail_decided"
    mail.refresh_from_db()
    assert (mail.state, mail.decided_by) == (InboundState.DISMISSED, ben)
    actions.put_into_case(mail=mail, case=case, by=ana, now=now)
    for late in (
        lambda: actions.dismiss_mail(mail=mail, by=ben, now=now),
        lambda: actions.put_into_case(mail=mail, case=case, by=ben, now=now),
    ):
        with pytest.raises(ValidationError) as refused:
            late()
        assert refused.value.code == "mail_decided"
    mail.refresh_from_db()
    assert (mail.state, mail.decided_by) == (InboundState.ENTERED, ana)
    assert case.entries.filter(channel=Channel.EMAIL).count() == 1


def test_what_was_dismissed_by_mistake_is_found_again(
    park: Park, case: Case, ben: User, sign_in: SignIn
) -> None:
    mail = park(Subject="Recibo del lunes")
    client = sign_in(ben)
    notice = client.post(f"{LIST}{mail.pk}/dismissal/", follow=True).content.decode()
    assert f'href="{LIST}{mail.pk}/"' in notice
    assert "Recibo del lunes" not in notice
    assert "Recibo del lunes" in client.get(LIST, {"state": "dismissed"}).content.decode()
    page = client.get(f"{LIST}{mail.pk}/").content.decode()
    assert f"{LIST}{mail.pk}/entry/" in page
    assert f"{LIST}{mail.pk}/dismissal/" not in page
    client.post(f"{LIST}{mail.pk}/entry/", {"number": case.number})
    assert "Recibo del lunes" not in client.get(LIST, {"state": "dismissed"}).content.decode()


def test_a_strangers_mail_is_headed_by_the_stranger(
    park: Park, case: Case, ben: User, sign_in: SignIn, now: datetime
) -> None:
    mail = park(From="Store <manager@store.example>")
    actions.put_into_case(mail=mail, case=case, by=ben, now=now)
    page = sign_in(ben).get(f"/cases/{case.number}/").content.decode()
    assert page.index('<span class="break">manager@store.example') < page.index(
        f"added to the case by {ben.name}"
    )


def test_who_comes_late_is_told(park: Park, ana: User, sign_in: SignIn) -> None:
    mail = park()
    client = sign_in(ana)
    assert client.post(f"{LIST}{mail.pk}/dismissal/")["Location"] == LIST
    late = client.post(f"{LIST}{mail.pk}/dismissal/", follow=True)
    assert "ya decidió" in late.content.decode() or "already decided" in late.content.decode()
    assert client.get(f"{LIST}{mail.pk}/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment(
    park: Park, case: Case, ana: User, ben: User, now: datetime
) -> None:
    mail = park(From="x@example.net")
    found: list[Any] = at_once(
        lambda: actions.put_into_case(mail=mail, case=case, by=ana, now=now),
        lambda: actions.put_into_case(mail=mail, case=case, by=ben, now=now),
    )
    assert sorted(type(each).__name__ for each in found) == ["Entry", "ValidationError"]
    assert Entry.objects.filter(kind=EntryKind.NOTE, channel=Channel.EMAIL).count() == 1


def test_others_decide_nothing(
    park: Park, case: Case, mateo: User, carla: Customer, now: datetime
) -> None:
    mail = park()
    for person in (mateo, carla.user):
        assert not InboundMail.objects.visible_to(person).exists()
        with pytest.raises(PermissionDenied):
            actions.put_into_case(mail=mail, case=case, by=person, now=now)
        with pytest.raises(PermissionDenied):
            actions.dismiss_mail(mail=mail, by=person, now=now)


def test_a_reply_on_the_timeline_of_staff_and_customer(
    case: Case, carla: Customer, ana: User, sign_in: SignIn, settings: Any, now: datetime
) -> None:
    settings.INBOUND_ADDRESS = "respuestas@puente.example"
    raw = letter(
        letters.GMAIL_ES,
        To=reply_address.make(case.number, now=now),
        **PASS,
        attachments=[("fotos.zip", b"PK\x03\x04")],
    )
    arrived = actions.Arrived(raw=raw, source=InboundSource.WEBHOOK, now=now)
    mail = actions.receive_mail(arrived)
    assert mail.state == InboundState.ENTERED
    for client, path in (
        (sign_in(ana), f"/cases/{case.number}/"),
        (sign_in(carla.user), f"/portal/cases/{case.number}/"),
    ):
        page = client.get(path).content.decode()
        folded = page.index("Texto citado")
        assert page.index("Ya les mandé") < folded < page.index("&gt; Hola Carla")
        assert "fotos.zip" in page
    assert f"{LIST}{mail.pk}/" in sign_in(ana).get(f"/cases/{case.number}/").content.decode()
    own = sign_in(carla.user).get(f"/portal/cases/{case.number}/").content.decode()
    assert "por correo" in own
    assert LIST not in sign_in(carla.user).get(f"/portal/cases/{case.number}/").content.decode()

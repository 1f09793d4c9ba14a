"""The cards next to a case: requests, agreements and outside deadlines; and the portal's."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import actions, evidence
from cases.models import Case, Evidence, OutsideDeadline, Promise
from cases.queries.asked_for import asked_for
from common.company_day import business_day
from leases.models import Customer
from mail.models import Email
from tests.cases.evidence.evidence_makers import image_bytes

OpenCase = Callable[..., Case]
SignIn = Callable[[User], Client]


@pytest.fixture
def agent(sign_in: SignIn, ana: User) -> Client:
    return sign_in(ana)


def day(ahead: int) -> str:
    return (business_day(timezone.now()) + timedelta(days=ahead)).isoformat()


def codes(response: Any, form: str) -> set[str]:
    assert response.status_code == 422
    errors = response.context[form].errors.as_data().values()
    return {error.code for field in errors for error in field}


def sent(template: str) -> int:
    return Email.objects.filter(template__key=template).count()


@pytest.mark.requirement("R39", "R48")
def test_an_agent_asks_for_what_the_kind_needs(agent: Client, open_case: OpenCase) -> None:
    case = open_case(kind="defective")
    page = agent.get(reverse("case", args=[case.number]), {"open": "evidence"}).content.decode()
    first, _, rest = page.partition("Otra cosa")
    assert "Foto de la factura" in first
    assert "Estado de cuenta bancario" in rest
    address = reverse("case_evidence_requests", args=[case.number])
    typed = {"slots": ["photos"], "others": ["bank_statement"], "waits": "on", "until": day(5)}
    assert agent.post(address, typed).status_code == 302
    [mail] = Email.objects.filter(template__key="evidence_requested")
    assert mail.params["slots"] == ["photos", "bank_statement"]
    case.refresh_from_db()
    assert (case.status, case.due_on.isoformat()) == ("waiting_customer", day(5))


AGREED = {"party": "customer", "what": "Enviar la foto", "language": "es"}
ENGLISH = "Send us the photo by Friday, please."


@pytest.mark.parametrize(
    ("page", "form", "field", "typed"),
    [
        ("case_evidence_requests", "asking", "message", {"slots": ["photos", "purchase_proof"]}),
        ("case_promises", "agreement", "what", AGREED),
    ],
)
@pytest.mark.parametrize(
    ("words", "question"),
    [
        (ENGLISH, "language_looks_other"),
        ("Balance total: $60", "language_undecided"),
        ("Ya se lo pedimos a la tienda.", None),
    ],
)
def test_words_of_a_doubtful_language_are_asked_about_once(
    agent: Client,
    open_case: OpenCase,
    page: str,
    form: str,
    field: str,
    typed: dict[str, Any],
    words: str,
    question: str | None,
) -> None:
    case = open_case(kind="defective")
    address = reverse(page, args=[case.number])
    typed = typed | {field: words, "due_on": day(2)}
    answer = agent.post(address, typed)
    if question:
        assert codes(answer, form) == {question}
        assert not Email.objects.exclude(template__key="case_opened").exists()
        told = answer.context[form]["asked"].value()
        assert f'name="asked" value="{told}"' in answer.content.decode()
        if form == "asking":
            assert answer.context[form]["slots"].value() == ["photos", "purchase_proof"]
        answer = agent.post(address, typed | {"asked": told})
    assert answer.status_code == 302
    assert Email.objects.exclude(template__key="case_opened").count() == 1


def test_so_are_the_reason_of_a_withdrawal_and_what_is_wrong_with_a_file(
    agent: Client,
    open_case: OpenCase,
    sign_in: SignIn,
    ana: User,
    carla: Customer,
    now: datetime,
) -> None:
    case = open_case()
    agreed = actions.Agreed(party="customer", what="Enviar", language="es", due_on=now.date())
    promise = actions.make_promise(case=case, agreed=agreed, by=ana, now=now)
    send = reverse("portal_messages", args=[case.number])
    photo = SimpleUploadedFile("a.jpg", image_bytes())
    assert sign_in(carla.user).post(send, {"evidence": photo}).status_code == 302
    file = Evidence.objects.get()
    for address, form in (
        (reverse("case_promise_settlement", args=[case.number, promise.pk]), "settlement"),
        (reverse("case_unreadable", args=[case.number, file.pk]), "form"),
    ):
        typed = {"outcome": "withdrawn", "reason": ENGLISH}
        answer = agent.post(address, typed)
        assert codes(answer, form) == {"language_looks_other"}
        told = answer.context[form]["asked"].value()
        assert f'name="asked" value="{told}"' in answer.content.decode()
        assert agent.post(address, typed | {"asked": told}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"message": "Gracias"}, "slots_missing"),
        ({"slots": ["a_photo"]}, "invalid_choice"),
        ({"slots": ["bank_statement"], "waits": "on", "until": ""}, "required"),
    ],
)
def test_a_refused_request_keeps_what_was_typed(
    agent: Client, open_case: OpenCase, typed: dict[str, Any], code: str
) -> None:
    answer = agent.post(reverse("case_evidence_requests", args=[open_case().number]), typed)
    assert codes(answer, "asking") == {code}
    assert answer.context["asking"]["message"].value() == typed.get("message")
    assert sent("evidence_requested") == 0


def test_an_agent_cannot_make_an_escalated_case_wait(
    agent: Client, open_case: OpenCase, ana: User, now: datetime
) -> None:
    case = open_case()
    actions.escalate(case=case, reason="No paga.", by=ana, now=now)
    page = agent.get(reverse("case", args=[case.number]), {"open": "evidence"})
    assert "waits" not in page.context["asking"].fields
    address = reverse("case_evidence_requests", args=[case.number])
    assert agent.post(address, {"slots": ["bank_statement"]}).status_code == 302
    case.refresh_from_db()
    assert case.status == "escalated"


def test_a_file_that_cannot_be_read(
    agent: Client, open_case: OpenCase, carla: Customer, now: datetime
) -> None:
    case = open_case()
    upload = SimpleUploadedFile("recibo.jpg", image_bytes((40, 30)))
    photo = actions.Upload(evidence.inspect(upload, name="recibo.jpg"), upload)
    actions.add_customer_message(case=case, body="", files=[photo], by=carla.user, now=now)
    address = reverse("case_unreadable", args=[case.number, Evidence.objects.get().pk])
    assert address in agent.get(reverse("case", args=[case.number])).content.decode()
    assert agent.get(address).context["form"]["waits"].value() is True
    assert codes(agent.post(address, {"reason": " "}), "form") == {"required"}
    typed = {"reason": "Está borroso.", "slot": "receipts", "waits": "on"}
    past = agent.post(address, typed | {"until": day(-1)})
    assert past.context["form"].errors.as_data()["until"][0].code == "day_past"
    assert past.context["form"]["slot"].value() == "receipts"
    assert agent.post(address, typed | {"until": day(5)}).status_code == 302
    case.refresh_from_db()
    assert (case.status, case.due_on.isoformat()) == ("waiting_customer", day(5))
    assert asked_for(case) == ["receipts"]
    again = agent.post(address, {"reason": "Está borroso."}, follow=True)
    assert "Ya se le había pedido este archivo a Carla Peña." in again.content.decode()
    assert sent("evidence_unreadable") == 1


@pytest.mark.requirement("R43")
def test_the_steps_of_a_return_at_the_press_of_a_button(agent: Client, open_case: OpenCase) -> None:
    case = open_case(kind="return")
    address = reverse("case_return_steps", args=[case.number])
    asked = {"open": "evidence"}
    assert address in agent.get(reverse("case", args=[case.number]), asked).content.decode()
    assert agent.post(address).status_code == 302
    agent.post(address)
    assert sent("return_steps") == 1
    other = open_case()
    page = agent.get(reverse("case", args=[other.number]), asked).content.decode()
    assert reverse("case_return_steps", args=[other.number]) not in page
    answer = agent.post(reverse("case_return_steps", args=[other.number]))
    assert codes(answer, "steps") == {"not_a_return"}
    assert "En este caso no hay nada que devolver a una tienda." in answer.content.decode()


@pytest.mark.requirement("R38")
def test_an_agreement_is_recorded_confirmed_and_settled(agent: Client, open_case: OpenCase) -> None:
    case = open_case()
    address = reverse("case_promises", args=[case.number])
    typed = AGREED | {"amount": "$40.00", "due_on": day(3)}
    assert agent.post(address, typed).status_code == 302
    promise = Promise.objects.get()
    assert str(promise.amount) == "40.00"
    page = agent.get(reverse("case", args=[case.number]), {"open": "agreements"}).content.decode()
    card = page[page.index('id="agreements"') :]
    assert "Enviar la foto" in card
    assert "$40.00" in card
    assert 'data-state="pending"' in card  # of the mail that confirms it
    settle = reverse("case_promise_settlement", args=[case.number, promise.pk])
    assert codes(agent.post(settle, {"outcome": "broken"}), "settlement") == {"promise_not_due"}
    assert codes(agent.post(settle, {"outcome": "perhaps"}), "settlement") == {"invalid_choice"}
    assert agent.post(settle, {"outcome": "kept"}).status_code == 302
    withdrawn = {"outcome": "withdrawn", "reason": "Ya no hace falta."}
    again = agent.post(settle, withdrawn, follow=True).content.decode()
    assert "Otra persona ya cerró este acuerdo." in again
    promise.refresh_from_db()
    assert promise.outcome == "kept"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"what": ""}, "required"),
        ({"due_on": day(-1)}, "promise_past"),
        ({"amount": "1.500"}, "amount_cents"),
        ({"amount": "1.500,00"}, "amount_format"),
        ({"amount": "60,0"}, "amount_format"),
        ({"amount": "-3"}, "promise_amount"),
        ({"amount": "999999999999"}, "promise_amount_large"),
        ({"party": "nobody"}, "invalid_choice"),
    ],
)
def test_a_refused_agreement_stays_on_the_page(
    agent: Client, open_case: OpenCase, typed: dict[str, str], code: str
) -> None:
    address = reverse("case_promises", args=[open_case().number])
    answer = agent.post(address, AGREED | {"due_on": day(3)} | typed)
    assert codes(answer, "agreement") == {code}
    assert not Promise.objects.exists()


def test_what_is_refused_lands_on_its_field(agent: Client, open_case: OpenCase) -> None:
    address = reverse("case_promises", args=[open_case().number])
    answer = agent.post(address, AGREED | {"due_on": day(-1)})
    assert answer.context["agreement"].errors.as_data()["due_on"][0].code == "promise_past"
    page = answer.content.decode()
    assert '<a href="#agreed_due_on">' in page
    [field] = re.findall('<input [^>]*id="agreed_due_on"[^>]*>', page)
    assert 'aria-invalid="true"' in field


def test_the_fifty_first_agreement_is_there_while_it_is_open(
    agent: Client, open_case: OpenCase, sign_in: SignIn, carla: Customer, ana: User, now: datetime
) -> None:
    case = open_case()
    late = now.date() + timedelta(days=30)
    for number in range(50):
        Promise.objects.create(
            case=case,
            party="company",
            what=f"Llamar {number}",
            language="es",
            due_on=now.date(),
            by=ana,
            at=now,
            outcome="kept",
            settled_at=now,
            settled_by=ana,
        )
        OutsideDeadline.objects.create(
            case=case,
            body="cfpb",
            received_on=now.date(),
            due_on=now.date(),
            by=ana,
            at=now,
            answered_on=now.date(),
            answered_by=ana,
        )
    said = actions.Agreed(party="company", what="Enviar el plan", language="es", due_on=late)
    actions.make_promise(case=case, agreed=said, by=ana, now=now)
    actions.open_outside_deadline(
        case=case, body="cfpb", received_on=now.date(), due_on=late, by=ana, now=now
    )
    page = agent.get(reverse("case", args=[case.number]), {"open": "agreements"})
    assert page.context["agreements"][0].promise.what == "Enviar el plan"
    page = agent.get(reverse("case", args=[case.number]), {"open": "outside"})
    assert page.context["wanted"][0].deadline.due_on == late
    portal = sign_in(carla.user).get(reverse("portal_case", args=[case.number]))
    assert portal.context["agreements"][0].promise.what == "Enviar el plan"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("kept", "Guardado: el acuerdo se cumplió."),
        ("broken", "Guardado: el acuerdo no se cumplió."),
        ("withdrawn", "Se retiró el acuerdo. Carla Peña recibirá un aviso por correo."),
    ],
)
def test_what_came_of_an_agreement_is_confirmed(
    agent: Client, promise: Promise, outcome: str, said: str
) -> None:
    Promise.objects.update(due_on=day(-1))
    settle = reverse("case_promise_settlement", args=[promise.case.number, promise.pk])
    page = agent.post(settle, {"outcome": outcome, "reason": "Ya llamamos."}, follow=True)
    assert said in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "amount"), [("60,00", "60.00"), ("$ 60,00", "60.00"), ("1,500", "1500.00")]
)
def test_cents_after_a_comma(agent: Client, open_case: OpenCase, typed: str, amount: str) -> None:
    address = reverse("case_promises", args=[open_case().number])
    agent.post(address, AGREED | {"amount": typed, "due_on": day(3)})
    assert str(Promise.objects.get().amount) == amount


@pytest.mark.requirement("R38")
def test_an_agreement_is_withdrawn_with_a_reason(
    agent: Client, promise: Promise, sign_in: SignIn, carla: Customer
) -> None:
    number = promise.case.number
    settle = reverse("case_promise_settlement", args=[number, promise.pk])
    refused = agent.post(settle, {"outcome": "withdrawn"})
    assert codes(refused, "settlement") == {"promise_reason"}
    [row] = refused.context["agreements"]
    assert row.withdrawal.is_bound
    assert sent("message_added") == 0
    reason = {"outcome": "withdrawn", "reason": "La tienda ya llamó."}
    assert agent.post(settle, reason).status_code == 302
    assert sent("message_added") == 1
    client = sign_in(carla.user)
    page = client.get(reverse("portal_case", args=[number])).content.decode()
    card = page.partition('id="agreements"')[2]
    assert "ya no es válido" in card
    assert "La tienda ya llamó." in card
    press = reverse("portal_acknowledgement", args=[number, promise.pk])
    assert press not in page
    assert client.post(press).status_code == 404


def test_an_outside_deadline_is_recorded_and_answered(agent: Client, open_case: OpenCase) -> None:
    case = open_case()
    address = reverse("case_outside_deadlines", args=[case.number])
    assert codes(agent.post(address, {"received_on": day(-1)}), "outside") == {"required"}
    letter = {"body": "attorney_general", "received_on": day(-1)}
    assert codes(agent.post(address, letter), "outside") == {"outside_day"}
    recorded = agent.post(address, letter | {"body": "cfpb"}, follow=True).content.decode()
    assert "Se registró el plazo: responder a más tardar el" in recorded
    deadline = OutsideDeadline.objects.get()
    assert deadline.due_on.isoformat() == day(14)
    page = agent.get(reverse("case", args=[case.number])).content.decode()
    assert "Quedan 14 días" in page
    answer = reverse("case_outside_answer", args=[case.number, deadline.pk])
    assert codes(agent.post(answer, {"answered_on": day(1)}), "answering") == {"day_future"}
    noted = agent.post(answer, {"answered_on": day(0)}, follow=True).content.decode()
    assert "Se registró la respuesta." in noted
    deadline.refresh_from_db()
    assert deadline.answered_on == business_day(timezone.now())


def test_what_belongs_to_another_case_is_not_there(agent: Client, open_case: OpenCase) -> None:
    one, other = open_case(), open_case()
    agent.post(reverse("case_promises", args=[one.number]), AGREED | {"due_on": day(3)})
    wrong = reverse("case_promise_settlement", args=[other.number, Promise.objects.get().pk])
    assert agent.post(wrong, {"outcome": "kept"}).status_code == 404


@pytest.fixture
def promise(open_case: OpenCase, ana: User) -> Promise:
    moment = timezone.now()
    due_on = business_day(moment) + timedelta(days=3)
    agreed = actions.Agreed(party="company", what="We call you", language="en", due_on=due_on)
    return actions.make_promise(case=open_case(), agreed=agreed, by=ana, now=moment)


@pytest.mark.requirement("R52", "R54")
def test_the_customer_reads_and_acknowledges_in_the_portal(
    promise: Promise, sign_in: SignIn, carla: Customer
) -> None:
    client = sign_in(carla.user)
    address = reverse("portal_case", args=[promise.case.number])
    page = client.get(address).content.decode()
    assert "Lo que acordamos" in page
    assert 'lang="en"><strong>We call you</strong></p>' in page
    assert f'aria-describedby="agreed-{promise.pk}"' in page
    press = reverse("portal_acknowledgement", args=[promise.case.number, promise.pk])
    assert press in page
    assert client.get(press).status_code == 405  # links that mail scanners open change nothing
    assert client.post(press).status_code == 302
    after = client.get(address).content.decode()
    assert press not in after
    assert "Usted lo confirmó el" in after
    promise.refresh_from_db()
    assert promise.acknowledged_at is not None


@pytest.mark.requirement("R53", "R54")
def test_the_portal_says_what_is_asked_for_until_it_came(
    open_case: OpenCase, sign_in: SignIn, carla: Customer, ana: User, now: datetime
) -> None:
    case = open_case()
    address, client = reverse("portal_case", args=[case.number]), sign_in(carla.user)
    actions.request_evidence(case=case, slots=["receipts"], wait_until=now.date(), by=ana, now=now)
    page = client.get(address)
    assert [each.slot_id for each in page.context["missing"]] == ["receipts"]
    first_card = page.content.decode().partition('class="steps"')[0]
    assert "Recibos" in first_card
    actions.add_customer_message(case=case, body="Aquí están", by=carla.user, now=now)
    assert client.get(address).context["missing"]
    actions.settle_evidence(case=case, slot="receipts", by=ana, now=now)
    page = client.get(address)
    assert not page.context["missing"]
    assert "Aceptado: Recibos" in page.content.decode()


@pytest.mark.requirement("R39")
def test_an_agent_notes_what_came(
    agent: Client, open_case: OpenCase, ana: User, now: datetime
) -> None:
    case = open_case()
    actions.request_evidence(case=case, slots=["receipts", "photos"], by=ana, now=now)
    page, came = (reverse(name, args=[case.number]) for name in ("case", "case_evidence_received"))
    asked = {"open": "evidence"}
    card = (
        agent.get(page, asked).content.decode().partition('<section class="card" id="evidence"')[2]
    )
    card = card.partition("</section>")[0]
    assert card.count(f'action="{came}"') == len(["receipts", "photos"])
    noted = agent.post(came, {"slot": "receipts"}, follow=True)
    assert [each.words for each in noted.context["things"]] == ["Fotos del artículo"]
    [message] = noted.context["messages"]
    assert (message.level_tag, "Recibos" in message.message) == ("success", True)
    again = agent.post(came, {"slot": "receipts"}, follow=True).content.decode()
    assert "Otra persona ya lo registró." in again
    assert codes(agent.post(came, {"slot": "a_photo"}), "settling") == {"invalid_choice"}
    assert agent.post(came, {"slot": "photos", "came": "maybe"}).status_code == 422
    items = agent.get(page, asked).context["items"]
    assert [each.slot_id for each in items if each.is_open] == ["photos"]


@pytest.mark.requirement("R39")
def test_what_is_no_longer_needed_is_not_asked_for(
    agent: Client,
    open_case: OpenCase,
    sign_in: SignIn,
    ana: User,
    carla: Customer,
    now: datetime,
) -> None:
    case = open_case()
    actions.request_evidence(case=case, slots=["receipts", "photos"], by=ana, now=now)
    settle = reverse("case_evidence_received", args=[case.number])
    assert agent.post(settle, {"slot": "receipts", "came": "no"}).status_code == 302
    assert asked_for(case) == ["photos"]
    page = sign_in(carla.user).get(reverse("portal_case", args=[case.number]))
    assert [each.slot_id for each in page.context["items"]] == ["photos"]
    assert "Ya no hace falta: Recibos" in page.content.decode()


def test_another_customer_finds_nothing_to_acknowledge(
    promise: Promise, sign_in: SignIn, dan: Customer
) -> None:
    press = reverse("portal_acknowledgement", args=[promise.case.number, promise.pk])
    assert sign_in(dan.user).post(press).status_code == 404
    promise.refresh_from_db()
    assert promise.acknowledged_at is None


@pytest.mark.requirement("R53", "R54")
def test_what_a_mail_said_is_a_link_away(
    agent: Client, open_case: OpenCase, sign_in: SignIn, carla: Customer, ana: User, now: datetime
) -> None:
    case, other = open_case(), open_case()
    actions.request_evidence(
        case=case, slots=["photos"], message="Que se vea <todo>.", by=ana, now=now
    )
    mail = Email.objects.get(template__key="evidence_requested")
    address = reverse("case_mail", args=[case.number, mail.pk])
    line = agent.get(reverse("case", args=[case.number])).content.decode()
    assert f'<a href="{address}">Pruebas pedidas</a>' in line
    Email.objects.filter(pk=mail.pk).update(state="sent", sent_at=now)
    page = agent.get(address)
    words = page.content.decode()
    assert "• Fotos del artículo" in words
    assert "Que se vea &lt;todo&gt;." in words
    assert carla.email in words
    assert agent.get(reverse("case_mail", args=[other.number, mail.pk])).status_code == 404
    assert sign_in(carla.user).get(address).status_code == 404
    Email.objects.filter(pk=mail.pk).update(params={})
    assert agent.get(address).context["words"] is None
    Email.objects.filter(pk=mail.pk).update(is_secret=True)
    assert agent.get(address).status_code == 404


@pytest.mark.parametrize(("visibility", "confirmed"), [("public", 1), ("internal", 0)])
def test_a_word_to_the_customer_is_confirmed(
    agent: Client, open_case: OpenCase, visibility: str, confirmed: int
) -> None:
    case = open_case()
    typed = {"visibility": visibility, "body": "Ya lo revisamos hoy mismo.", "language": "es"}
    address = reverse("case_entries", args=[case.number])
    page = agent.post(address, typed | {"version": case.version, "seen": 0}, follow=True)
    levels = [each.level_tag for each in page.context["messages"]]
    assert levels == ["success"] * confirmed


@pytest.mark.requirement("R53", "R54")
def test_words_in_an_event_are_read_out_in_their_language(
    open_case: OpenCase, sign_in: SignIn, carla: Customer, ana: User, now: datetime
) -> None:
    case = open_case()
    follow_up = actions.set_follow_up(
        case=case,
        on=now.date() + timedelta(days=1),
        message="Did the store call you?",
        language="en",
        by=ana,
        now=now,
    )
    assert actions.send_follow_ups(now=follow_up.send_at) == 1
    due_on = now.date() + timedelta(days=3)
    agreed = actions.Agreed(party="company", what="Call <the> store.", language="en", due_on=due_on)
    actions.make_promise(case=case, agreed=agreed, by=ana, now=now)
    page = sign_in(carla.user).get(reverse("portal_case", args=[case.number])).content.decode()
    assert '<span lang="en">Did the store call you?</span>' in page
    assert '<span lang="en">Call &lt;the&gt; store</span>' in page

"""A call that settles everything: its case is opened and resolved in one save, and one mail says
how.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from cases import actions, kinds
from cases.enums import (
    CaseStatus,
    Channel,
    EntryKind,
    ItemState,
    Party,
    PromiseOutcome,
    Visibility,
)
from cases.models import AskedItem, CallDraft, Case, FollowUp, KindOutcome, Promise
from cases.queries.agreements import agreements_of
from common.formats import day_in_words
from leases.models import Customer, Lease
from mail.models import Email
from mail.outbound.render import render

#: After Friday, November 20.
MONDAY = date(2026, 11, 23)
SENTENCE = "Ya recibimos su pago del viernes."
RESOLVED = {"outcome": "plan_agreed", "message": SENTENCE}


@pytest.mark.requirement("R16", "R37", "R43")
def test_the_case_is_opened_and_resolved_at_once(open_case: Callable[..., Case], ana: User) -> None:
    case = Case.objects.get(pk=open_case(**RESOLVED).pk)
    assert case.status == CaseStatus.RESOLVED
    assert [(each.kind, each.event) for each in case.entries.order_by("pk")] == [
        (EntryKind.CALL, ""),
        (EntryKind.EVENT, "opened"),
        (EntryKind.MESSAGE, ""),
        (EntryKind.EVENT, "status_changed"),
    ]
    said = case.entries.get(kind=EntryKind.MESSAGE)
    assert (said.body, said.visibility, said.language, said.author) == (
        SENTENCE, Visibility.PUBLIC, "es", ana,
    )  # fmt: skip
    moved = case.entries.get(event="status_changed")
    assert (moved.params["outcome"], moved.visibility) == ("plan_agreed", Visibility.PUBLIC)


@pytest.mark.requirement("R37", "R38")
@pytest.mark.parametrize(
    ("language", "subject", "outcome", "spoke"),
    [
        (
            "es",
            "Su caso",
            "Acordamos con usted un plan de pagos.",
            "mientras le atendía Ana Torres",
        ),
        ("en", "Your case", "We agreed on a payment plan with you.", "spoke with Ana Torres"),
    ],
)
def test_one_mail_says_that_it_is_resolved_and_how(
    language: str,
    subject: str,
    outcome: str,
    spoke: str,
    open_case: Callable[..., Case],
    lease: Lease,
    dans_lease: Lease,
) -> None:
    agreed = actions.Agreed(
        party="customer", what="pagar", language=language, due_on=date(2026, 11, 20),
        amount=Decimal("84.20"),
    )  # fmt: skip
    theirs = lease if language == "es" else dans_lease
    case = open_case(**RESOLVED, lease=theirs, language=language, agreements=[agreed])
    [mail] = Email.objects.filter(casemail__case=case)
    assert (mail.template.key, mail.language) == ("resolved_in_call", language)
    text = render(mail).text
    assert render(mail).subject.startswith(subject)
    for words in (outcome, spoke, SENTENCE, "84.20"):
        assert words in text
    [agreement] = agreements_of(case)
    assert agreement.confirmation == mail


@pytest.mark.requirement("R16")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"outcome": "data_deleted"}, "outcome_missing"),  # of another kind
        ({"outcome": "nonsense"}, "outcome_missing"),
        ({"message": ""}, "status_reason"),
        ({"items": {"receipts": ItemState.ASKED}}, "outcome_asks"),
        ({"items": {"receipts": ItemState.UNREADABLE}}, "outcome_asks"),
        ({"is_confirmed": False}, "outcome_unconfirmed"),
        ({"message": "Lo recibió el [fecha de entrega]."}, "script_gap"),
    ],
)
def test_what_is_missing_is_refused_and_nothing_is_saved(
    fields: dict[str, Any], code: str, open_case: Callable[..., Case]
) -> None:
    with pytest.raises(ValidationError) as refused:
        open_case(**RESOLVED | fields)
    assert refused.value.code == code
    assert not Case.objects.exists()
    assert not AskedItem.objects.exists()
    assert not Email.objects.exists()
    assert CallDraft.objects.get().case is None


def test_an_outcome_switched_off_meanwhile_is_refused(open_case: Callable[..., Case]) -> None:
    KindOutcome.objects.get(kind="late_payment", outcome="plan_agreed").delete()
    with pytest.raises(ValidationError) as refused:
        open_case(**RESOLVED)
    assert refused.value.code == "outcome_missing"
    assert not Case.objects.exists()


def test_what_came_during_the_call_stays_received(open_case: Callable[..., Case]) -> None:
    case = open_case(**RESOLVED, items={"receipts": ItemState.ACCEPTED})
    assert AskedItem.objects.get(case=case).state == ItemState.ACCEPTED


def test_finishing_again_changes_nothing(
    open_case: Callable[..., Case], ana: User, lease: Lease, now: Any
) -> None:
    case = open_case(**RESOLVED)
    call = actions.Call(
        lease=lease, kind="late_payment", channel="phone", language="es", summary="Otra vez.",
        **RESOLVED,
    )  # fmt: skip
    draft = CallDraft.objects.get()
    assert actions.open_case(draft=draft, call=call, by=ana, now=now) == case
    assert case.entries.count() == 4
    assert Email.objects.count() == 1


@pytest.mark.requirement("R24")
def test_a_resolved_call_can_be_continued(
    open_case: Callable[..., Case], ana: User, now: Any
) -> None:
    case = Case.objects.get(pk=open_case(**RESOLVED).pk)
    update = actions.Update(
        to_status=CaseStatus.IN_PROGRESS, body="Lo revisamos otra vez.", language="es",
        visibility=Visibility.PUBLIC, due_on=date(2026, 11, 20),
    )  # fmt: skip
    case = actions.update_case(case=case, version=case.version, update=update, by=ana, now=now)
    assert case.status == CaseStatus.IN_PROGRESS


@pytest.fixture
def agent(ana: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ana)


@pytest.fixture
def call(agent: Client) -> str:
    return str(agent.post(reverse("calls")).headers["Location"])


@pytest.fixture
def typed(lease: Lease) -> dict[str, str]:
    return {
        "language": "es",
        "lease": lease.account_number,
        "kind": "late_payment",
        "channel": "phone",
        "summary": "Quedó al corriente con su pago del viernes.",
        "visibility": "internal",
        "outcome": "plan_agreed",
        "message": SENTENCE,
    }


def test_the_page_offers_the_outcomes_of_the_reason(
    agent: Client, call: str, typed: dict[str, str]
) -> None:
    assert 'name="outcome"' not in agent.get(call).content.decode()
    htmx = {"HX-Request": "true"}
    page = agent.post(call, typed | {"choose": "1"}, headers=htmx).content.decode()
    assert '<option value="plan_agreed" selected>' in page
    assert "data_deleted" not in page
    page = agent.post(call, typed | {"kind": "data_request", "choose": "1"}, headers=htmx)
    assert '<option value="data_deleted">' in page.content.decode()
    assert "plan_agreed" not in page.content.decode()


def test_the_page_shows_the_mail_that_says_so_in_both_languages(
    agent: Client, call: str, typed: dict[str, str]
) -> None:
    page = agent.post(call, typed | {"preview": "1"}, headers={"HX-Request": "true"})
    text = page.content.decode()
    assert "Acordamos con usted un plan de pagos." in text
    assert "We agreed on a payment plan with you." in text
    assert "Su caso" in text
    assert "está resuelto" in text


def test_saving_the_page_resolves_the_case(agent: Client, call: str, typed: dict[str, str]) -> None:
    assert agent.post(call, typed).status_code == 302
    assert Case.objects.get().status == CaseStatus.RESOLVED


@pytest.mark.requirement("R100")
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"outcome": "data_deleted"}, "outcome"),
        ({"message": ""}, "message"),
        ({"slot-payment_proof": "asked"}, "outcome"),
        ({"silent": "1"}, "outcome"),
    ],
)
def test_the_page_says_what_is_missing_and_keeps_what_was_typed(
    fields: dict[str, str], field: str, agent: Client, call: str, typed: dict[str, str]
) -> None:
    answer = agent.post(call, typed | fields)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Case.objects.exists()
    kept = CallDraft.objects.get().typed
    assert kept["outcome"] == (typed | fields)["outcome"]
    assert kept["summary"] == typed["summary"]


def test_an_outcome_is_no_part_of_an_open_case(
    agent: Client, call: str, typed: dict[str, str], open_case: Callable[..., Case]
) -> None:
    case = open_case()
    answer = agent.post(call, typed | {"message": "", "add_to": case.number})
    assert answer.status_code == 422
    assert case.entries.filter(kind=EntryKind.CALL).count() == 1


NO_EMAIL = {
    "why": "not_found", "contact_name": "Rosa Vega", "contact_phone": "(210) 555-0188",
    "lease": "",
}  # fmt: skip


@pytest.mark.requirement("R43")
def test_someone_without_an_address_is_told_in_another_way(
    agent: Client, call: str, typed: dict[str, str]
) -> None:
    """Otherwise the case would be resolved in writing, to nobody."""
    filled = typed | NO_EMAIL
    page = agent.post(call, filled | {"preview": "1"}, headers={"HX-Request": "true"})
    assert "No tenemos el correo de Rosa Vega, así que no se envía nada." in page.content.decode()
    assert 'name="told_how" value="aloud"' in page.content.decode()
    answer = agent.post(call, filled)
    assert answer.status_code == 422
    assert answer.context["form"].errors.as_data()["told_how"][0].code == "outcome_untold"
    assert not Case.objects.exists()
    done = agent.post(call, filled | {"told_how": "aloud"}, follow=True)
    page_text = done.content.decode()
    case = Case.objects.get()
    assert case.status == CaseStatus.RESOLVED
    assert case.entries.get(event="status_changed").params["told_how"] == "aloud"
    assert "No hay correo: se leyó en voz alta durante la llamada." in page_text
    assert "Ninguno: no tenemos el correo de Rosa Vega." in page_text
    assert not Email.objects.exists()


def test_how_they_hear_is_only_kept_if_no_mail_says_it(open_case: Callable[..., Case]) -> None:
    case = open_case(**RESOLVED, told_how="letter")
    assert not case.entries.get(event="status_changed").params.get("told_how")
    assert Email.objects.count() == 1


def test_the_first_window_says_once_what_was_done(
    agent: Client, call: str, typed: dict[str, str], lease: Lease
) -> None:
    page = agent.post(call, typed, follow=True).content.decode()
    number = Case.objects.get().spoken_number
    with override("es"):
        ended = kinds.outcome_name("plan_agreed")
    for told in (
        "Caso guardado y resuelto", f"<strong>{ended}</strong>",
        f'<strong class="number" translate="no">{number}</strong>',
        f"A {lease.customer.name}, en español: {lease.customer.email}", "No queda nada por hacer.",
        "Atender la siguiente llamada",
    ):  # fmt: skip
        assert told in page
    again = agent.get(reverse("case", args=[Case.objects.get().number])).content.decode()
    assert "Caso guardado" not in again


def test_the_first_window_of_an_open_case_says_its_next_step(
    agent: Client, call: str, typed: dict[str, str]
) -> None:
    left = typed | {"outcome": "", "message": "", "silent": "1"}
    page = agent.post(call, left, follow=True).content.decode()
    assert "Ninguno: guardó sin enviar." in page
    with override("es"):
        assert f"{Party.COMPANY.label}, {day_in_words(Case.objects.get().due_on)}" in page


@pytest.mark.requirement("R38", "R40")
def test_what_a_customer_promised_is_checked_the_day_after(
    agent: Client, call: str, typed: dict[str, str], ana: User, now: datetime
) -> None:
    """In the goodbye, in the case and its calendar; not anymore once they have kept it."""
    left = typed | {
        "outcome": "", "agreed-0-party": "customer", "agreed-0-what": "pagar $84.20",
        "agreed-0-due_on": "viernes",
    }  # fmt: skip
    page = agent.post(call, left | {"preview": "1"}, headers={"HX-Request": "true"})
    with override("es"):
        said = f"Llamaremos el {day_in_words(MONDAY)} para dar seguimiento a “pagar $84.20”."
        assert said in page.content.decode()
        done = agent.post(call, left, follow=True).content.decode()
        assert f"Llamada, {day_in_words(MONDAY)}" in done
    follow_up = FollowUp.objects.get()
    assert (follow_up.on, follow_up.channel, follow_up.by) == (MONDAY, Channel.PHONE, ana)
    assert "pagar $84.20" in done
    promise = Promise.objects.get()
    actions.settle_promise(promise=promise, outcome=PromiseOutcome.KEPT, by=ana, now=now)
    assert not FollowUp.objects.pending().exists()


def test_no_call_is_planned_for_who_wants_none_or_for_what_we_do(
    open_case: Callable[..., Case], lease: Lease
) -> None:
    def agreed(party: str) -> actions.Agreed:
        return actions.Agreed(party=party, what="pagar", language="es", due_on=date(2026, 11, 20))

    open_case(agreements=[agreed("company")])
    Customer.objects.filter(pk=lease.customer_id).update(no_calls=True)
    lease.customer.refresh_from_db()
    open_case(agreements=[agreed("customer")])
    assert not FollowUp.objects.exists()

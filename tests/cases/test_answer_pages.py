"""Questions of a reason during the call, on the case's page and in the portal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import CallDraft, Case, CaseAnswer, KindQuestion
from cases.queries.answers import answer_for, answers_of
from leases.enums import LeaseStatus
from leases.models import Customer, Lease, Merchant, Store

pytestmark = pytest.mark.django_db


@pytest.fixture
def anas(ana: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ana)


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return actions.start_call(by=ana, now=now)


def typed(lease: Lease, kind: str, **answers: str) -> dict[str, str]:
    return {
        "language": "es", "lease": lease.account_number, "kind": kind, "channel": "phone",
        "summary": "Llama por su caso.", "visibility": "internal",
        **{f"asked-{key}": value for key, value in answers.items()},
    }  # fmt: skip


def codes(page: Any) -> list[str]:
    return [each.code for each in page.context["form"].non_field_errors().as_data()]


@pytest.mark.requirement("R83")
def test_a_call_asks_what_its_reason_needs_and_the_case_keeps_it(
    anas: Client, draft: CallDraft, lease: Lease
) -> None:
    sent = typed(
        lease, "bank_fees", bank_fee_amount="$35.00", bank_fee_on="10 nov 2026",
        bank_fee_bank="Banco del Río",
    )  # fmt: skip
    page = anas.post(reverse("call", args=[draft.number]), sent)
    case = Case.objects.get()
    assert page.url == reverse("case", args=[case.number])
    assert {key: each.given for key, each in answers_of(case).items()} == {
        "bank_fee_amount": Decimal("35.00"),
        "bank_fee_on": date(2026, 11, 10),
        "bank_fee_bank": "Banco del Río",
    }
    words = anas.get(page.url).content.decode()
    assert "$35.00" in words
    assert "10 de noviembre de 2026" in words
    assert "Monto de las comisiones: $35.00" in words  # in the timeline


def test_only_the_questions_of_the_reason_are_on_the_call(
    anas: Client, draft: CallDraft, lease: Lease
) -> None:
    page = anas.post(
        reverse("call", args=[draft.number]), typed(lease, "settlement") | {"choose": "1"}
    )
    names = [each.html_name for each in page.context["answers"]]
    assert names == [
        "asked-settlement_terms",
        "asked-settlement_approver",
        "asked-settlement_until",
    ]
    page = anas.post(
        reverse("call", args=[draft.number]), typed(lease, "late_payment") | {"choose": "1"}
    )
    assert not page.context["answers"].fields


def test_what_was_typed_is_kept_with_the_call_even_while_another_reason_is_chosen(
    anas: Client, draft: CallDraft, lease: Lease
) -> None:
    sent = typed(lease, "settlement", settlement_terms="Paga la mitad", settlement_until="pronto")
    assert anas.post(reverse("call_draft", args=[draft.number]), sent).status_code == 204
    words = anas.get(reverse("call", args=[draft.number])).content.decode()
    assert "Paga la mitad</textarea>" in words
    assert 'value="pronto"' in words
    other = sent | {"kind": "refund_owed", "choose": "1"}
    page = anas.post(reverse("call", args=[draft.number]), other)
    words = page.content.decode()
    assert [each.value() for each in page.context["words_kept"]] == ["Paga la mitad"]
    assert "Escrito para otro motivo" in words
    assert '<input type="hidden" name="asked-settlement_until" value="pronto">' in words
    assert words.count('name="asked-settlement_terms"') == 1
    done = sent | {"kind": "refund_owed", "asked-settlement_until": ""}
    anas.post(reverse("call", args=[draft.number]), done)
    assert Case.objects.get().kind_id == "refund_owed"
    assert not CaseAnswer.objects.exists()


@pytest.mark.parametrize(
    ("kind", "answers", "code"),
    [
        ("refund_owed", {"refund_amount": "1,5"}, "amount_format"),
        ("refund_owed", {"refund_amount": "0"}, "answer_amount"),
        ("refund_owed", {"refund_amount": "-3"}, "answer_amount"),
        ("refund_owed", {"refund_expected_on": "mañana o pasado"}, "invalid"),
        ("refund_owed", {"refund_way": "oro"}, "invalid_choice"),
        ("sale_complaint", {"sale_store": "Tienda que no hay"}, "store_unknown"),
        ("sale_complaint", {"sale_promised": "a" * 2001}, "max_length"),
        ("sale_complaint", {"sale_paper": "maybe"}, "invalid_choice"),
    ],
)
def test_a_wrong_answer_is_said_and_stays(
    anas: Client, draft: CallDraft, lease: Lease, kind: str, answers: dict[str, str], code: str
) -> None:
    page = anas.post(reverse("call", args=[draft.number]), typed(lease, kind, **answers))
    assert page.status_code == 422
    assert codes(page) == [code]
    assert not Case.objects.exists()
    [(key, value)] = answers.items()
    assert page.context["answers"][key].value() == value
    assert f'href="#id_asked-{key}"' in page.content.decode()


@pytest.mark.requirement("R73")
@pytest.mark.parametrize(
    "written", ["luna san antonio", "Luna San Antonio, Muebleria Luna", "antonio", "MUEBLERÍA luna"]
)
def test_a_complaint_is_about_the_store_of_the_lease_until_another_is_named(
    anas: Client, draft: CallDraft, lease: Lease, luna: Store, written: str
) -> None:
    sent = typed(lease, "sale_complaint") | {"choose": "1"}
    words = anas.post(reverse("call", args=[draft.number]), sent).content.decode()
    assert f'name="asked-sale_store" value="{luna.name}, {luna.merchant.name}"' in words
    sent = typed(lease, "sale_complaint", sale_store=written, sale_paper="no")
    anas.post(reverse("call", args=[draft.number]), sent)
    case = Case.objects.get()
    assert answer_for(case, "sale_store") == luna
    assert answer_for(case, "sale_paper") is False


def test_several_stores_of_a_name_are_told_apart_by_their_merchant(
    anas: Client, draft: CallDraft, lease: Lease, luna: Store
) -> None:
    merchant = Merchant.objects.create(name="Casa Sol")
    other = Store.objects.create(merchant=merchant, name=luna.name, city="Laredo", state="TX")
    address = reverse("call", args=[draft.number])
    page = anas.post(address, typed(lease, "sale_complaint", sale_store=luna.name))
    assert codes(page) == ["store_unclear"]
    assert f"{luna.name}, Casa Sol" in page.content.decode()
    anas.post(address, typed(lease, "sale_complaint", sale_store=f"{luna.name}, casa sol"))
    assert answer_for(Case.objects.get(), "sale_store") == other


def test_a_call_added_to_an_open_case_answers_its_questions(
    anas: Client, draft: CallDraft, lease: Lease, open_case: Callable[..., Case]
) -> None:
    case = open_case(kind="settlement")
    sent = typed(lease, "settlement", settlement_approver="Sofía Ramírez")
    page = anas.post(reverse("call", args=[draft.number]), sent | {"add_to": case.number})
    assert page.status_code == 302
    assert answer_for(case, "settlement_approver") == "Sofía Ramírez"


@pytest.mark.requirement("R73")
def test_a_call_added_to_a_complaint_does_not_move_it_to_the_store_of_the_lease(
    anas: Client, draft: CallDraft, lease: Lease, open_case: Callable[..., Case], ana: User,
    now: datetime,
) -> None:  # fmt: skip
    case = open_case(kind="sale_complaint")
    other = Store.objects.create(
        merchant=lease.store.merchant, name="Sol Laredo", city="Laredo", state="TX"
    )
    actions.answer_questions(case=case, answers={"sale_store": other}, by=ana, now=now)
    address = reverse("call", args=[draft.number])
    page = anas.post(address, typed(lease, "sale_complaint") | {"choose": "1"})
    filled = page.context["answers"]["sale_store"].value()
    sent = typed(lease, "sale_complaint", sale_store=filled, sale_paper="no")
    anas.post(address, sent | {"add_to": case.number})
    assert answer_for(case, "sale_store") == other
    assert answer_for(case, "sale_paper") is False


def test_answers_that_the_open_case_does_not_ask_for_are_not_lost(
    anas: Client, draft: CallDraft, lease: Lease, open_case: Callable[..., Case]
) -> None:
    case = open_case(kind="late_payment")
    sent = typed(lease, "settlement", settlement_approver="Sofía Ramírez")
    page = anas.post(reverse("call", args=[draft.number]), sent | {"add_to": case.number})
    assert page.status_code == 422
    assert page.context["adding"].non_field_errors().as_data()[0].code == "call_has_more"
    assert "Sofía Ramírez" in page.content.decode()


def test_a_choice_for_another_reason_does_not_keep_a_call_from_an_open_case(
    anas: Client, draft: CallDraft, lease: Lease, open_case: Callable[..., Case]
) -> None:
    """The page doesn't show it, so no one could clear it; words it shows."""
    case = open_case(kind="late_payment")
    sent = typed(lease, "late_payment", refund_way="card", settlement_terms="Paga la mitad")
    sent |= {"add_to": case.number}
    page = anas.post(reverse("call", args=[draft.number]), sent)
    assert page.status_code == 422
    assert [each.value() for each in page.context["words_kept"]] == ["Paga la mitad"]
    sent["asked-settlement_terms"] = ""
    assert anas.post(reverse("call", args=[draft.number]), sent).status_code == 302


@pytest.mark.requirement("R75")
def test_answers_are_corrected_on_the_case(
    anas: Client, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_case(kind="settlement")
    address = reverse("case", args=[case.number])
    assert anas.get(address).content.decode().count("sin respuesta") == 3
    anas.post(
        reverse("case_answers", args=[case.number]),
        {"asked-settlement_terms": "Paga 200 y se cierra", "asked-settlement_until": "30 nov 2026"},
    )
    words = anas.get(address).content.decode()
    assert words.count("sin respuesta") == 1
    assert "30 de noviembre de 2026" in words
    seen = CaseAnswer.objects.latest("pk").pk
    anas.post(
        reverse("case_answers", args=[case.number]),
        {
            "asked-settlement_terms": "Paga 200 y se cierra",
            "asked-settlement_until": "15 dic 2026", "seen": str(seen),
        },
    )  # fmt: skip
    assert answer_for(case, "settlement_until") == date(2026, 12, 15)
    assert CaseAnswer.objects.count() == 3
    assert "(corregido; antes decía: 30 de noviembre de 2026)" in anas.get(address).content.decode()


def test_who_saves_second_is_told_and_keeps_what_they_typed(
    anas: Client, open_case: Callable[..., Case], ben: User, now: datetime
) -> None:
    case = open_case(kind="settlement")
    said = {"settlement_approver": "Sofía Ramírez"}
    actions.answer_questions(case=case, answers=said, by=ben, now=now)
    page = anas.post(
        reverse("case_answers", args=[case.number]),
        {"asked-settlement_approver": "Irene Lugo", "seen": "0"},
    )
    assert page.status_code == 422
    errors = page.context["answering_questions"].non_field_errors().as_data()
    assert [each.code for each in errors] == ["answers_stale"]
    assert "Irene Lugo" in page.content.decode()
    assert answer_for(case, "settlement_approver") == "Sofía Ramírez"


@pytest.mark.requirement("R83")
@pytest.mark.parametrize(
    ("language", "asks", "says"),
    [
        ("en", "Reopen the case to correct the details.", "already ended. Reopen it first."),
        ("es", "Para corregir los detalles, reabra el caso.", "ya terminó. Reábralo primero."),
    ],
)
def test_a_case_that_ended_is_reopened_before_its_answers_change(
    anas: Client, open_case: Callable[..., Case], ana: User, language: str, asks: str, says: str,
    now: datetime,
) -> None:  # fmt: skip
    User.objects.filter(pk=ana.pk).update(language=language)
    case = open_case(kind="bank_fees")
    said = {"bank_fee_bank": "Banco del Río"}
    actions.answer_questions(case=case, answers=said, by=ana, now=now)
    url, address = reverse("case", args=[case.number]), reverse("case_answers", args=[case.number])
    assert address in anas.get(url, {"open": "answers"}).content.decode()
    Case.objects.filter(pk=case.pk).update(status="resolved")
    words = anas.get(url).content.decode()
    assert asks in words
    assert address not in words
    refused = anas.post(address, {"asked-bank_fee_bank": "Banco del Sol"})
    assert refused.status_code == 422
    assert says in refused.content.decode()
    assert "Banco del Sol" in refused.content.decode()  # from another window: it's kept
    assert answer_for(case, "bank_fee_bank") == "Banco del Río"


@pytest.mark.requirement("R83")
def test_an_answer_taken_back_is_given_anew(anas: Client, open_case: Callable[..., Case]) -> None:
    case = open_case(kind="bank_fees")
    url = reverse("case_answers", args=[case.number])
    for said in ("Banco del Río", "", "Banco del Sol"):
        seen = anas.get(reverse("case", args=[case.number])).context["newest_answer"]
        saved = anas.post(url, {"asked-bank_fee_bank": said, "seen": str(seen)})
        assert saved.status_code == 302
    assert answer_for(case, "bank_fee_bank") == "Banco del Sol"


def test_a_case_whose_reason_asks_nothing_has_no_such_panel(
    anas: Client, open_case: Callable[..., Case]
) -> None:
    words = anas.get(reverse("case", args=[open_case().number])).content.decode()
    assert 'id="answers"' not in words


@pytest.mark.requirement("R86")
def test_the_customer_reads_what_the_question_says_they_may(
    open_case: Callable[..., Case], ana: User, carla: Customer, now: datetime,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    case = open_case(kind="data_request")
    said = {"data_wanted": "copy", "data_received_on": date(2026, 11, 9)}
    actions.answer_questions(case=case, answers=said, by=ana, now=now)
    KindQuestion.objects.filter(key="data_wanted").update(is_shown=False)
    words = sign_in(carla.user).get(reverse("portal_case", args=[case.number])).content.decode()
    assert "9 de noviembre de 2026" in words
    assert "Una copia de los datos" not in words


@pytest.mark.requirement("R84")
def test_a_denied_applicant_asks_for_the_reasons_and_reads_when_they_were_sent(
    anas: Client, draft: CallDraft, make_lease: Callable[..., Lease], carla: Customer,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    lease = make_lease(carla, decision=LeaseStatus.DENIED)
    asked = {
        "denied_on": "10 nov 2026",
        "denial_asked_on": "17 nov 2026",
        "denial_asked_by": "phone",
    }
    sent = typed(lease, "denial_reasons", **asked)
    open_one = sent | {"asked-denial_asked_by": "", "preview": "1"}
    part = anas.post(reverse("call", args=[draft.number]), open_one, headers={"HX-Request": "true"})
    assert part.context["unanswered"] == [("id_asked-denial_asked_by", "Cómo preguntó")]
    assert anas.post(reverse("call", args=[draft.number]), sent).status_code == 302
    case = Case.objects.get()
    assert answer_for(case, "denial_asked_on") == date(2026, 11, 17)
    portal = sign_in(carla.user), reverse("portal_case", args=[case.number])
    assert "Fecha en que se enviaron las razones" not in portal[0].get(portal[1]).content.decode()
    seen = anas.get(reverse("case", args=[case.number])).context["newest_answer"]
    told = {f"asked-{key}": value for key, value in asked.items()}
    told |= {"asked-denial_sent_on": "18 nov 2026", "seen": str(seen)}
    assert anas.post(reverse("case_answers", args=[case.number]), told).status_code == 302
    words = portal[0].get(portal[1]).content.decode()
    assert "Fecha en que se pidieron las razones" in words
    assert "17 de noviembre de 2026" in words
    assert "Fecha en que se enviaron las razones" in words
    assert "18 de noviembre de 2026" in words
    assert "10 de noviembre de 2026" not in words  # the day of the denial isn't shown


@pytest.mark.requirement("R73")
@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {}], ids=["htmx", "plain"])
def test_a_store_that_no_one_typed_follows_the_lease(
    anas: Client, draft: CallDraft, lease: Lease, dans_lease: Lease, luna: Store,
    headers: dict[str, str],
) -> None:  # fmt: skip
    sol = Store.objects.create(merchant=luna.merchant, name="Sol Laredo", city="Laredo", state="TX")
    Lease.objects.filter(pk=dans_lease.pk).update(store=sol)
    address, chosen = reverse("call", args=[draft.number]), {"choose": "1"}
    page = anas.post(address, typed(lease, "sale_complaint") | chosen, headers=headers)
    [(name, suggested)] = [
        each for each in page.context["answers_kept"] if each[0].startswith("suggested-")
    ]
    assert (name, suggested) == ("suggested-sale_store", f"{luna.name}, {luna.merchant.name}")
    carried = {name: suggested, "asked-sale_store": suggested}
    page = anas.post(address, typed(dans_lease, "sale_complaint") | carried | chosen)
    assert page.context["answers"]["sale_store"].value() == f"{sol.name}, {sol.merchant.name}"
    # Who names one keeps it.
    named = carried | {"asked-sale_store": "Luna"}
    page = anas.post(address, typed(dans_lease, "sale_complaint") | named | chosen)
    assert page.context["answers"]["sale_store"].value() == "Luna"
    # Also without scripts, where the lease changes as the call ends.
    ended = typed(dans_lease, "sale_complaint") | carried | {"language": "en"}
    answer = anas.post(address, ended)
    assert answer.status_code == 302
    assert answer_for(Case.objects.get(), "sale_store") == sol

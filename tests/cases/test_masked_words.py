"""A card or social security number that someone writes is masked before anything is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.messages import get_messages
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.drafts import save_draft
from accounts.models import Draft, User
from cases import actions
from cases.enums import InboundSource, Visibility
from cases.models import (
    CallDraft,
    Case,
    Entry,
    Escalation,
    FollowUp,
    InboundMail,
    Promise,
    SearchDocument,
)
from leases.models import Customer
from mail.models import Email
from tests.mail.letters import letter

CARD, SSN = "4111 1111 1111 1111", "123-45-6789"
WORDS = f"Pagué con {CARD}, mi seguro social es {SSN}."
KEPT = "Pagué con •••• •••• •••• 1111, mi seguro social es •••-••-6789."

SignIn = Callable[[User], Client]


def stored(case: Case) -> str:
    """Everything in a case that holds people's words."""
    rows: list[Any] = [*Entry.objects.values_list("body", "params")]
    rows += Case.objects.values_list("headline")
    rows += [*Email.objects.values_list("params"), *CallDraft.objects.values_list("typed")]
    rows += [*Escalation.objects.values_list("reason"), *FollowUp.objects.values_list("message")]
    rows += [*Promise.objects.values_list("what"), *Draft.objects.values_list("typed")]
    rows += InboundMail.objects.values_list("text", "subject")
    return str(rows)


def test_a_call_and_all_that_is_made_of_it(open_case: Callable[..., Case]) -> None:
    case = open_case(summary=WORDS, visibility=Visibility.PUBLIC)
    assert case.entries.get(kind="call").body == KEPT
    assert case.headline == KEPT
    assert CARD not in stored(case)
    assert SSN not in stored(case)


def test_a_headline_is_cut_after_masking(open_case: Callable[..., Case]) -> None:
    assert "4111" not in open_case(summary="x" * 125 + f" {CARD} fin").headline


def test_a_note_and_its_writer_is_told(
    open_case: Callable[..., Case], ana: User, ben: User, sign_in: SignIn
) -> None:
    case = open_case()
    for user, told in (
        (ana, "Ocultamos un número de tarjeta antes de guardar"),
        (ben, "We hid a card number before saving"),
    ):
        client = sign_in(user)
        page = client.get(reverse("case", args=[case.number]))
        form = page.context["composer"]
        answer = client.post(
            f"/cases/{case.number}/entries/",
            {
                "version": form["version"].value(), "seen": form["seen"].value(),
                "visibility": "internal", "language": "es", "body": WORDS,
            },
        )  # fmt: skip
        assert answer.status_code == 302
        said = [str(each) for each in get_messages(answer.wsgi_request)]
        assert any(told in each for each in said)
        assert sum("Social" in each or "Seguro Social" in each for each in said) == 1
    assert list(case.entries.filter(kind="note").values_list("body", flat=True)) == [KEPT] * 2


def test_a_card_with_all_that_is_read_aloud(
    open_case: Callable[..., Case], ben: User, sign_in: SignIn
) -> None:
    case = open_case()
    client = sign_in(ben)
    form = client.get(reverse("case", args=[case.number])).context["composer"]
    answer = client.post(
        f"/cases/{case.number}/entries/",
        {
            "version": form["version"].value(), "seen": form["seen"].value(),
            "visibility": "internal", "language": "en",
            "body": f"Wants to pay with {CARD}, exp 04/29, CVV 123, on 11/30/2026.",
        },
    )  # fmt: skip
    kept = "Wants to pay with •••• •••• •••• 1111, exp ••/••, CVV •••, on 11/30/2026."
    assert case.entries.get(kind="note").body == kept
    assert "CVV 123" not in stored(case)
    assert {str(each) for each in get_messages(answer.wsgi_request)} >= {
        "We hid a card’s security code before saving. It’s never kept.",
        "We hid a card’s expiration date before saving.",
    }


def test_a_customers_message_from_the_portal(
    open_case: Callable[..., Case], carla: Customer, sign_in: SignIn
) -> None:
    case = open_case()
    answer = sign_in(carla.user).post(
        reverse("portal_messages", args=[case.number]), {"body": WORDS}
    )
    assert answer.status_code == 302
    assert case.entries.get(kind="message").body == KEPT
    assert KEPT in SearchDocument.objects.filter(case=case).values_list("text", flat=True)
    assert not SearchDocument.objects.filter(text__contains=CARD).exists()
    assert len([*get_messages(answer.wsgi_request)]) >= 2


def test_a_reply_by_mail(
    open_case: Callable[..., Case], now: datetime, settings: Any, carla: Customer
) -> None:
    raw = letter(WORDS, Subject=f"Mi tarjeta {CARD}")
    mail = actions.receive_mail(actions.Arrived(raw=raw, source=InboundSource.MAILBOX, now=now))
    kept = InboundMail.objects.get(pk=mail.pk)
    assert (kept.text.strip(), kept.subject) == (KEPT, "Mi tarjeta •••• •••• •••• 1111")
    case = open_case()
    actions.put_into_case(mail=mail, case=case, by=case.opened_by, now=now)
    assert case.entries.latest("id").body.endswith(KEPT)


def test_words_of_every_other_action(
    open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_case()
    actions.escalate(case=case, reason=WORDS, by=ana, now=now)
    case.refresh_from_db()
    on = (now + timedelta(days=3)).date()
    actions.set_follow_up(case=case, on=on, message=WORDS, by=ana, now=now)
    assert CARD not in stored(case)
    assert Escalation.objects.get().reason == FollowUp.objects.get().message == KEPT


def test_what_is_kept_while_typing(ana: User, now: datetime) -> None:
    save_draft(form="case:1", typed={"body": [WORDS]}, token="a" * 32, by=ana, now=now)
    assert Draft.objects.get().typed == {"body": [KEPT]}


def test_not_by_an_update_of_many_rows_either(open_case: Callable[..., Case]) -> None:
    case = open_case()
    Case.objects.update(headline=WORDS[:40])
    case.refresh_from_db()
    assert CARD not in case.headline


#: Text columns in which no one writes about a customer, or whose numbers are needed; triggers copy
#: what can be searched from columns that are masked.
OTHER_TEXTS = {
    "cases.SearchDocument.text",
    "cases.Script.body", "mail.EmailTemplate.body",
    "leases.IdempotentRequest.body", "leases.Program.terms", "leases.Program.exchange_terms",
    "leases.StateRule.source", "accounts.SentForm.location",
    "cases.CallKey.names", "cases.CallKey.phones", "cases.CallKey.emails",  # of masked words
}  # fmt: skip


def test_each_column_of_words_is_masked() -> None:
    texts = {
        f"{model._meta.label}.{field.name}"
        for app in ("accounts", "telephone", "mail", "leases", "cases")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if type(field) is models.TextField
    }
    assert texts == OTHER_TEXTS

"""An administrator switches something off while a call that uses it is being written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.enums import ItemState
from cases.models import (
    AskedItem,
    CallDraft,
    Case,
    CaseAnswer,
    CaseOutcome,
    EvidenceSlot,
    KindQuestion,
    QuestionChoice,
)
from cases.queries.answers import answer_for
from leases.models import Lease
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R12", "R15")]


@pytest.fixture
def draft(ana: User, now: Any) -> CallDraft:
    return actions.start_call(by=ana, now=now)


@pytest.fixture
def send(ana: User, draft: CallDraft, sign_in: Callable[[User], Client], lease: Lease) -> Any:
    def sent(kind: str, **more: str) -> Any:
        typed = {
            "language": "es", "lease": lease.account_number, "kind": kind, "channel": "phone",
            "summary": "Llama por su caso.", "visibility": "internal",
        }  # fmt: skip
        return sign_in(ana).post(reverse("call", args=[draft.number]), typed | more)

    return sent


def test_what_the_caller_was_asked_for_is_still_asked_for(send: Any) -> None:
    EvidenceSlot.objects.filter(key__in=["photos", "contract"]).update(is_offered=False)
    page = send("defective", choose="1", **{"slot-photos": "asked"})
    offered = [each.slot for each in page.context["checklist"]]
    assert "photos" in offered
    assert "contract" not in offered
    assert send("defective", **{"slot-photos": "asked"}).status_code == 302
    item = AskedItem.objects.get()
    assert (item.slot_id, item.state) == ("photos", ItemState.ASKED)


def test_another_reasons_checklist_stays_there(send: Any) -> None:
    EvidenceSlot.objects.filter(key="affidavit").update(is_offered=False)
    send("late_payment", **{"slot-affidavit": "asked"})
    assert Case.objects.exists()
    assert not AskedItem.objects.exists()


@pytest.mark.parametrize("to_open_case", [False, True])
def test_an_answer_that_was_given_is_kept(
    send: Any, open_case: Callable[..., Case], to_open_case: bool
) -> None:
    to = {"add_to": open_case(kind="refund_owed").number} if to_open_case else {}
    KindQuestion.objects.filter(kind="refund_owed").update(is_offered=False)
    QuestionChoice.objects.filter(question="refund_way", key="card").update(is_offered=False)
    page = send("refund_owed", choose="1", **{"asked-refund_way": "card"})
    assert [each.name for each in page.context["answers"]] == ["refund_way"]
    page = send("refund_owed", **{"asked-refund_way": "card"}, **to)
    assert page.status_code == 302
    assert answer_for(Case.objects.latest("pk"), "refund_way") == "card"


def test_an_answer_that_never_was_one_is_refused(send: Any) -> None:
    page = send("refund_owed", **{"asked-refund_way": "gold"})
    assert page.status_code == 422
    assert not CaseAnswer.objects.exists()


def test_an_outcome_is_named_and_another_is_chosen(send: Any) -> None:
    CaseOutcome.objects.filter(key="repaired").update(is_offered=False)
    page = send("defective", outcome="repaired", message="Ya quedó.")
    assert page.status_code == 422
    [problem] = page.context["form"].errors.as_data()["outcome"]
    assert problem.code == "outcome_not_offered"
    with translation.override("es"):
        assert "“Artículo reparado” ya no se ofrece." in text(page)
    assert page.context["form"]["outcome"].value() == "repaired"
    assert not Case.objects.exists()

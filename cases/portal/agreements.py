"""What was agreed in a case, and the customer's confirmation."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import customers_only, signed_in
from cases import actions, words
from cases.enums import PromiseOutcome
from cases.models import Case, Promise

MOST = 50


@dataclass(frozen=True)
class AgreementCard:
    promise: Promise
    who: str


def agreement_cards(case: Case) -> list[AgreementCard]:
    """Open ones first, by their day; also those that no longer hold, because they have them in
    writing.
    """
    promises = Promise.objects.filter(case=case)
    return [
        AgreementCard(each, words.who_promised_for_customer(each.party))
        for each in promises.open_first()[:MOST]
    ]


@require_POST
@customers_only
def acknowledgement(request: HttpRequest, number: str, promise_id: int) -> HttpResponse:
    user = signed_in(request)
    case = get_object_or_404(Case.objects.visible_to(user), number=number)
    promises = Promise.objects.select_related("case__lease__customer").exclude(
        outcome=PromiseOutcome.WITHDRAWN
    )
    promise = get_object_or_404(promises, case=case, pk=promise_id)
    actions.acknowledge_promise(promise=promise, by=user, now=timezone.now())
    notices.success(request, _("Thank you. We’ve recorded that this is what we agreed on."))
    return redirect("portal_case", number=number)

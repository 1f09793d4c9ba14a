"""One day at the top of a case, whichever comes first: its own step or an agreement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import Case
from cases.queries.next_step import next_step
from common.formats import day_head
from leases.models import Customer
from mail.models import Email
from mail.outbound.render import render


@pytest.mark.parametrize(("days", "is_agreed"), [(1, True), (9, False)])
def test_the_earlier_of_step_and_agreement_is_on_top_everywhere(
    open_case: Callable[..., Case],
    ana: User,
    ben: User,
    carla: Customer,
    sign_in: Any,
    now: datetime,
    days: int,
    is_agreed: bool,
) -> None:
    today = now.date()
    case = open_case(due_on=today + timedelta(days=5))
    agreed = actions.Agreed(
        party="customer",
        what="Enviar la foto",
        language="es",
        due_on=today + timedelta(days=days),
    )
    promise = actions.make_promise(case=case, agreed=agreed, by=ana, now=now)
    first = min(case.due_on, promise.due_on)
    assert next_step(case) == (first, "customer" if is_agreed else "company", is_agreed)
    staff = sign_in(ben).get(reverse("case", args=[case.number]))
    head = staff.content.decode().partition('class="case-head"')[2].partition("</header>")[0]
    assert day_head(first) in head
    assert ("As agreed, due by" in head) == is_agreed
    portal = sign_in(carla.user)
    shown = portal.get(reverse("portal_case", args=[case.number]))
    home = portal.get(reverse("portal_home"))
    assert shown.context["step"].on == home.context["cases"][0]["step"].on == first
    mail = Email.objects.get(template__key="promise_confirmed")
    assert (mail.said.due_on, mail.said.agreed) == (first, is_agreed)
    actions.settle_promise(promise=promise, outcome="kept", by=ana, now=now)
    assert next_step(case).on == case.due_on
    assert render(mail).text

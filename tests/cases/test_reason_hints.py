"""Beside each reason for a case stands what it's for, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.migrations._hints import HINTS
from cases.models import CaseKind
from cases.views.call.shown import IN_VIEW
from tests.kinds import KINDS
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R37")]


def test_every_reason_of_the_default_set_says_what_its_for() -> None:
    assert {key for key, *_both in HINTS} == set(KINDS)
    rows = {each.key: (each.hint_en, each.hint_es) for each in CaseKind.objects.all()}
    assert rows == {key: (english, spanish) for key, english, spanish in HINTS}


def test_identity_theft_stands_beside_fraud_in_view() -> None:
    keys = [each.key for each in CaseKind.objects.all()]
    place = keys.index("fraud")
    assert keys[place + 1] == "identity_theft"
    assert place + 1 < IN_VIEW


@pytest.mark.parametrize(("language", "column"), [("en", "hint_en"), ("es", "hint_es")])
def test_an_agent_reads_them_beside_the_reasons(
    ana: User, now: datetime, sign_in: Callable[..., Client], language: str, column: str
) -> None:
    CaseKind.objects.filter(key="return").update(hint_en="<b>ours</b>", hint_es="<b>lo nuestro</b>")
    CaseKind.objects.filter(key="exchange").update(hint_en="", hint_es="")
    User.objects.filter(pk=ana.pk).update(language=language)
    ana.refresh_from_db()
    draft = actions.start_call(by=ana, now=now)
    page = sign_in(ana).get(reverse("call", args=[draft.number]))
    found = page.content.decode()
    told = dict(CaseKind.objects.exclude(key="exchange").values_list("key", column))
    choices = [*page.context["kinds"], *page.context["other_kinds"]]
    assert {each.data["value"]: hint for each, hint in choices} == {**told, "exchange": ""}
    assert "<b>ours</b>" not in found
    for each, hint in choices:
        described = f'aria-describedby="{each.id_for_label}_hint"'
        assert (described in found) is bool(hint)
        assert hint in text(page) or "<" in hint

"""The texts of mails have versions in both languages; what was sent stays readable."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.actions.revise_template import revise_template
from mail.kinds import kind_of
from mail.models import Email, EmailTemplate
from mail.texts import shown_text
from tests import clock
from tests.mails import TEXTS
from tests.patience import PATIENCE

KEY = "case_opened"
NEW = {
    "subject_en": "Case {case_number}",
    "subject_es": "Caso {case_number}",
    "body_en": "{case_number}: hello, {customer_name}.",
    "body_es": "{case_number}: hola, {customer_name}.",
}


def current() -> EmailTemplate:
    return shown_text(kind_of(KEY), now=clock.NOW)


def errors_of(by: User, now: datetime, **changed: str) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        revise_template(kind=kind_of(KEY), texts=NEW | changed, by=by, now=now)
    return {
        field: [str(each.code) for each in each_field]
        for field, each_field in caught.value.error_dict.items()
    }


@pytest.mark.requirement("R10")
@pytest.mark.django_db
def test_revision_is_a_new_version(irene: User, now: datetime) -> None:
    revised = revise_template(kind=kind_of(KEY), texts=NEW, by=irene, now=now)
    assert (revised.version, revised.by, revised.at) == (2, irene, now)
    assert current() == revised
    assert EmailTemplate.objects.get(key=KEY, version=1).body_es == TEXTS[KEY]["body_es"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"subject_es": "Su caso"}, {"subject_es": ["placeholder_missing"]}),
        ({"body_en": "Hello, {code}"}, {"body_en": ["placeholder_unknown"]}),
        ({"body_es": "Hola, {customer_name"}, {"body_es": ["placeholder_braces"]}),
        ({"body_es": " "}, {"body_es": ["required"]}),
        ({"subject_en": "{case_number}" + "x" * 150}, {"subject_en": ["max_length"]}),
    ],
)
def test_refused(
    changed: dict[str, str], expected: dict[str, list[str]], irene: User, now: datetime
) -> None:
    assert errors_of(irene, now, **changed) == expected
    assert current().version == 1


@pytest.mark.django_db
def test_revision_of_an_old_version_is_refused(irene: User, now: datetime) -> None:
    revise_template(kind=kind_of(KEY), texts=NEW, by=irene, now=now, based_on=1)
    with pytest.raises(ValidationError) as caught:
        revise_template(kind=kind_of(KEY), texts=NEW, by=irene, now=now, based_on=1)
    assert caught.value.code == "template_stale"


@pytest.mark.django_db(transaction=True)
def test_revisions_at_once_are_all_kept(irene: User, now: datetime) -> None:
    barrier = threading.Barrier(4)

    def revise(number: int) -> None:
        try:
            barrier.wait(PATIENCE)
            revise_template(kind=kind_of(KEY), texts=NEW, by=irene, now=now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(revise, range(4)))
    assert current().version == 5


@pytest.fixture
def desk(irene: User, sign_in: Callable[..., Client]) -> Client:
    return sign_in(irene)


@pytest.mark.django_db
def test_the_administration_leads_to_the_texts_own_pages(
    desk: Client, irene: User, now: datetime
) -> None:
    template = revise_template(kind=kind_of(KEY), texts=NEW, by=irene, now=now)
    address = reverse("admin:mail_emailtemplate_change", args=[template.pk])
    page = desk.get(address).content.decode()
    assert reverse("correspondence_text", args=[KEY]) in page
    assert "Caso {case_number}" in page
    assert desk.post(address, NEW).status_code == 403
    assert desk.get(reverse("admin:mail_emailtemplate_add")).status_code == 403
    delete = reverse("admin:mail_emailtemplate_delete", args=[template.pk])
    assert desk.post(delete, {"post": "yes"}).status_code == 403
    assert current().version == 2


@pytest.mark.django_db
def test_mails_are_only_looked_at(
    desk: Client, post: Callable[..., Email], post_code: Callable[..., Email]
) -> None:
    post()
    code = post_code()
    page = desk.get(reverse("admin:mail_email_changelist"))
    assert page.status_code == 200
    one = reverse("admin:mail_email_change", args=[code.pk])
    shown = desk.get(one)
    assert shown.status_code == 200
    assert not re.search(r"482\s?913", shown.content.decode() + page.content.decode())
    assert desk.post(one, {"state": "sent"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["ana", "sofia"])
def test_others_do_not_enter(role: str, request: Any, sign_in: Callable[..., Client]) -> None:
    browser = sign_in(request.getfixturevalue(role))
    page = browser.get(reverse("admin:mail_emailtemplate_changelist"))
    assert page.status_code == 302

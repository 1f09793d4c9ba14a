"""No list of the administration answers questions about what it doesn't show."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.models import SecondStep, User

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def lists() -> dict[str, type[models.Model]]:
    return {
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"): model
        for model in admin.site._registry
    }


def refused(client: Client, path: str, **lookup: str) -> bool:
    return client.get(f"{path}?{urlencode(lookup)}").status_code == 400


def test_every_column_of_every_list_by_every_way_of_asking(irene: User, sign_in: SignIn) -> None:
    client = sign_in(irene)
    for path, model in lists().items():
        filters = admin.site._registry[model].list_filter
        shown = {each[0] if isinstance(each, tuple) else each for each in filters}
        for field in model._meta.get_fields():
            if field.name not in shown:
                assert refused(client, path, **{f"{field.name}__startswith": "a"}), field
                assert refused(client, path, **{f"{field.name}__isnull": "0"}), field


@pytest.mark.parametrize(
    ("model", "lookup"),
    [
        (User, "password__startswith"),
        (User, "password"),
        (User, "role__regex"),
        (User, "customer__phone__startswith"),
        (SecondStep, "data__contains"),
        (SecondStep, "user__password__startswith"),
    ],
)
def test_what_was_readable_letter_by_letter(
    model: type[models.Model], lookup: str, irene: User, sign_in: SignIn
) -> None:
    path = next(path for path, its in lists().items() if its is model)
    assert refused(sign_in(irene), path, **{lookup: "a"})


def test_a_nul_byte_is_no_answer_either(irene: User, sign_in: SignIn) -> None:
    assert refused(sign_in(irene), "/admin/accounts/user/", role__exact="\0")


def test_the_filters_beside_the_lists_still_work(irene: User, ana: User, sign_in: SignIn) -> None:
    client, path = sign_in(irene), reverse("admin:accounts_user_changelist")
    page = client.get(path, {"role__exact": "agent", "is_active__exact": "1", "q": ana.email})
    assert page.status_code == 200
    assert [each.pk for each in page.context["cl"].result_list] == [ana.pk]
    keys = reverse("admin:leases_apikey_changelist")
    assert client.get(keys, {"in_use": "yes"}).status_code == 200
    texts = reverse("admin:mail_emailtemplate_changelist")
    assert client.get(texts, {"key": "case_opened"}).status_code == 200
    messages = reverse("admin:leases_webhookdelivery_changelist")
    assert client.get(messages, {"endpoint": "1"}).status_code == 200
    history = reverse("admin:leases_statusevent_changelist")
    assert client.get(history, {"lease": "1"}).status_code == 200

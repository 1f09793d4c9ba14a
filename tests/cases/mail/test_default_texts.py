"""What an installation that had its texts before gets when the defaults change."""

from __future__ import annotations

import importlib
from datetime import datetime

import pytest
from django.apps import apps
from django.db import connection

from accounts.models import User
from cases.actions.revise_template import FIELDS, revise_template
from cases.enums import TemplateKey
from cases.mail.defaults import TEXTS
from cases.models import EmailTemplate

migration = importlib.import_module("cases.migrations.0015_default_correspondence_mails")
pytestmark = pytest.mark.django_db


def renew() -> None:
    with connection.schema_editor() as editor:
        migration.renew_ours(apps, editor)


def test_a_new_installation_has_one_version_of_each() -> None:
    renew()
    assert EmailTemplate.objects.count() == len(TemplateKey)


def test_a_text_nobody_edited_gets_its_next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    key = TemplateKey.FOLLOW_UP
    changed = TEXTS[key] | {"body_es": "{message}\n\nTambién puede responder."}
    monkeypatch.setitem(TEXTS, key.value, changed)
    renew()
    renew()
    versions = EmailTemplate.objects.filter(key=key).order_by("version")
    assert [(each.version, each.by) for each in versions] == [(1, None), (2, None)]
    assert {name: getattr(versions[1], name) for name in FIELDS} == changed
    assert EmailTemplate.objects.count() == len(TemplateKey) + 1


def test_an_edited_text_stays(irene: User, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    key = TemplateKey.FOLLOW_UP
    words = "{case_number}: {message}"
    edited = TEXTS[key] | {"body_en": words, "body_es": words}
    revise_template(key=key, texts=edited, by=irene, now=now)
    monkeypatch.setitem(TEXTS, key.value, TEXTS[key] | {"body_es": "Otro: {message}"})
    renew()
    assert EmailTemplate.objects.current().get(key=key).body_es == words

"""Texts of the correspondence mails; and what the older ones say now about replies.

A text somebody has edited stays as it is. One that is still ours gets its next version: rows that
were sent keep theirs.
"""

import importlib
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from cases.mail.defaults import TEXTS

_first = importlib.import_module("cases.migrations.0004_default_email_templates")


def renew_ours(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    template: Any = apps.get_model("cases", "EmailTemplate")
    for key, texts in sorted(TEXTS.items()):
        newest = template.objects.filter(key=key).order_by("-version").first()
        same = all(getattr(newest, field) == text for field, text in texts.items())
        if newest.by_id is None and not same:
            template.objects.create(
                key=key,
                version=newest.version + 1,
                at=timezone.now(),
                subject=texts["subject_en"],
                body=texts["body_en"],
                **texts,
            )


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_correspondence")]

    operations = [
        migrations.RunPython(_first.add_missing, migrations.RunPython.noop),
        migrations.RunPython(renew_ours, migrations.RunPython.noop),
    ]

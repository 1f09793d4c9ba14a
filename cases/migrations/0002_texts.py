"""Version 1 of the texts of mails and scripts, so that the first case can already be answered."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

import cases.mail.defaults
import cases.scripts.defaults


def add_mails(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    template: Any = apps.get_model("cases", "EmailTemplate")
    present = set(template.objects.values_list("key", flat=True))
    for key, texts in sorted(cases.mail.defaults.TEXTS.items()):
        if key not in present:
            template.objects.create(
                key=key,
                version=1,
                at=timezone.now(),
                # The columns under the translated ones hold English, as modeltranslation keeps them.
                subject=texts["subject_en"],
                body=texts["body_en"],
                **texts,
            )


def add_scripts(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    script: Any = apps.get_model("cases", "Script")
    present = set(script.objects.values_list("situation", "medium"))
    for (situation, medium), texts in sorted(cases.scripts.defaults.TEXTS.items()):
        if (situation, medium) not in present:
            script.objects.create(
                situation=situation,
                medium=medium,
                at=timezone.now(),
                body=texts["body_en"],
                **texts,
            )


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0004_default_email_templates"),
        ("cases", "0012_default_lease_mails"),
        ("cases", "0015_default_correspondence_mails"),
        ("cases", "0016_default_scripts"),
    ]
    dependencies = [("cases", "0001_tables")]
    operations = [
        migrations.RunPython(add_mails, migrations.RunPython.noop),
        migrations.RunPython(add_scripts, migrations.RunPython.noop),
    ]

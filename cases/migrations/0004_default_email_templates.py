"""Version 1 of each mail's text, so that the first case can already be answered."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from cases.mail.defaults import TEXTS


def add_missing(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    template: Any = apps.get_model("cases", "EmailTemplate")
    present = set(template.objects.values_list("key", flat=True))
    for key in sorted(TEXTS.keys() - present):
        texts = TEXTS[key]
        template.objects.create(
            key=key,
            version=1,
            at=timezone.now(),
            # the columns under the translated ones hold English, as modeltranslation keeps them
            subject=texts["subject_en"],
            body=texts["body_en"],
            **texts,
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_outbox")]

    operations = [migrations.RunPython(add_missing, migrations.RunPython.noop)]

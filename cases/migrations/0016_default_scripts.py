"""Version 1 of the scripts for calls and e-mails."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from cases.scripts.defaults import TEXTS


def add_missing(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    script: Any = apps.get_model("cases", "Script")
    present = set(script.objects.values_list("situation", "medium"))
    for situation, medium in sorted(TEXTS.keys() - present):
        texts = TEXTS[situation, medium]
        script.objects.create(
            situation=situation,
            medium=medium,
            at=timezone.now(),
            # the column under the translated ones holds English, as modeltranslation keeps it
            body=texts["body_en"],
            **texts,
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_default_correspondence_mails")]

    operations = [migrations.RunPython(add_missing, migrations.RunPython.noop)]

"""Version 1 of the scripts, so that the first call can already be answered."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

import cases.scripts.defaults


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
        migrations.RunPython(add_scripts, migrations.RunPython.noop),
    ]

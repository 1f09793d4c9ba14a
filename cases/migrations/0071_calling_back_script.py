"""What to say to someone whose call we missed: a topic of scripts."""

from typing import Any

from django.db import migrations

CALLING_BACK = {
    "key": "calling_back",
    "name": "Returning a call",
    "name_en": "Returning a call",
    "name_es": "Devolver una llamada",
    "position": 15,
}


def add(apps: Any, schema_editor: Any) -> None:
    """One of that name that an administrator added stays theirs."""
    rows = apps.get_model("cases", "ScriptSituation").objects
    rows.bulk_create([rows.model(**CALLING_BACK)], ignore_conflicts=True)


def take_back(apps: Any, schema_editor: Any) -> None:
    """As it came. What an administrator made of it stays, and what they wrote for it."""
    rows = apps.get_model("cases", "ScriptSituation").objects
    unused = rows.filter(scripts=None, kinds=None)
    unused.filter(**CALLING_BACK, is_offered=True).delete()


class Migration(migrations.Migration):
    dependencies = [("cases", "0070_case_refunds_checked")]

    operations = [migrations.RunPython(add, take_back)]

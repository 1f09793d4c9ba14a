"""What to say to a store that calls: a topic of scripts."""

from typing import Any

from django.db import migrations

STORE = {
    "key": "store",
    "name": "Store on the phone",
    "name_en": "Store on the phone",
    "name_es": "Tienda al teléfono",
    "position": 170,
}


def add(apps: Any, schema_editor: Any) -> None:
    """One of that name that an administrator added stays theirs."""
    rows = apps.get_model("cases", "ScriptSituation").objects
    rows.bulk_create([rows.model(**STORE)], ignore_conflicts=True)


def take_back(apps: Any, schema_editor: Any) -> None:
    """As it came. What an administrator made of it stays, and what they wrote for it."""
    rows = apps.get_model("cases", "ScriptSituation").objects
    unused = rows.filter(scripts=None, kinds=None)
    unused.filter(**STORE, is_offered=True).delete()


class Migration(migrations.Migration):
    dependencies = [("cases", "0059_words_of_an_event")]

    operations = [migrations.RunPython(add, take_back)]

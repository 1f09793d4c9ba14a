"""The day someone asked for the reasons of a denial isn't taken for that of their application."""

from typing import Any

from django.db import migrations

BEFORE = {"name_en": "Date of the request", "name_es": "Fecha de la solicitud"}
NOW = {
    "name_en": "Date the reasons were requested",
    "name_es": "Fecha en que se pidieron las razones",
}


def _rename(apps: Any, before: dict[str, str], now: dict[str, str]) -> None:
    """What an administrator wrote stays."""
    questions = apps.get_model("cases", "KindQuestion").objects
    found = questions.filter(key="denial_asked_on", **before)
    found.update(**now, name=now["name_en"])


def rename(apps: Any, schema_editor: Any) -> None:
    _rename(apps, BEFORE, NOW)


def take_back(apps: Any, schema_editor: Any) -> None:
    _rename(apps, NOW, BEFORE)


class Migration(migrations.Migration):
    dependencies = [("cases", "0064_store_returns_checked")]

    operations = [migrations.RunPython(rename, take_back)]

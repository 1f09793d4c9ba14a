"""What each reason is for, in a line; identity theft stands beside fraud."""

from typing import Any

from django.db import migrations, models

from cases.migrations import _hints

FROM, TO = 22, 4  # behind fraud, whose key comes first


def _hint(**more: Any) -> models.CharField:
    return models.CharField(
        blank=True,
        db_default="",
        help_text="What it’s for, in one line. Agents see it while they choose the reason.",
        max_length=120,
        verbose_name="hint",
        **more,
    )


def fill(apps: Any, schema_editor: Any) -> None:
    """A reason of an administrator's own has none yet; an order they changed stays."""
    kinds = apps.get_model("cases", "CaseKind").objects
    for key, english, spanish in _hints.HINTS:
        kinds.filter(key=key).update(hint=english, hint_en=english, hint_es=spanish)
    kinds.filter(key="identity_theft", position=FROM).update(position=TO)


def take_back(apps: Any, schema_editor: Any) -> None:
    kinds = apps.get_model("cases", "CaseKind").objects
    kinds.filter(key="identity_theft", position=TO).update(position=FROM)


class Migration(migrations.Migration):
    dependencies = [("cases", "0055_call_keys_filled")]

    operations = [
        migrations.AddField("casekind", "hint", _hint()),
        migrations.AddField("casekind", "hint_en", _hint(null=True)),
        migrations.AddField("casekind", "hint_es", _hint(null=True)),
        migrations.RunPython(fill, take_back),
    ]

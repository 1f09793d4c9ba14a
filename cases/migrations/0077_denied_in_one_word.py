"""How someone asked why they were denied is asked of every such call; Spanish has one word for it;
a law is cited.

What an administrator worded stays as it is.
"""

from typing import Any

from django.db import migrations, models

#: Model, key, the Spanish name as it came, and in our word.
NAMES = [
    (
        "CaseKind", "denial_reasons",
        "Razones de una solicitud negada", "Razones de una solicitud denegada",
    ),
    ("KindQuestion", "denied_on", "Fecha de la negativa", "Fecha de la denegación"),
]  # fmt: skip
ASKED_BY = "denial_asked_by"


def word(apps: Any, schema_editor: Any) -> None:
    for model, key, before, after in NAMES:
        rows = apps.get_model("cases", model).objects
        rows.filter(key=key, name_es=before).update(name_es=after)
    apps.get_model("cases", "KindQuestion").objects.filter(key=ASKED_BY).update(is_needed=True)


def take_back(apps: Any, schema_editor: Any) -> None:
    for model, key, before, after in NAMES:
        rows = apps.get_model("cases", model).objects
        rows.filter(key=key, name_es=after).update(name_es=before)
    apps.get_model("cases", "KindQuestion").objects.filter(key=ASKED_BY).update(is_needed=False)


class Migration(migrations.Migration):
    dependencies = [("cases", "0076_reopened_checked")]

    operations = [
        migrations.RunPython(word, take_back),
        migrations.AlterField(
            model_name="caseflag",
            name="kind",
            field=models.CharField(
                choices=[
                    ("attorney", "Attorney"),
                    ("statute", "Law cited"),
                    ("legal_hold", "Legal hold"),
                ],
                max_length=10,
                verbose_name="flag",
            ),
        ),
    ]

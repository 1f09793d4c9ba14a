"""Some reasons for a case wait for what was agreed on; what’s asked about a refund doesn’t sound
as if it were granted.

What an administrator worded stays as it is.
"""

from typing import Any

from django.db import migrations, models

WAIT = ("late_payment", "return", "exchange", "buyout", "cancellation", "payment", "settlement")
#: Key of a question, its names as they came, and ours.
NAMES = [
    ("refund_amount", ("Refund amount", "Monto del reembolso"), ("Amount requested", "Monto solicitado")),
    (
        "refund_way",
        ("How it will be paid", "Cómo se pagará"),
        ("Preferred refund method", "Forma preferida de reembolso"),
    ),
    ("refund_expected_on", ("Expected by", "Se espera para el"), ("Date requested", "Fecha solicitada")),
]  # fmt: skip


def set_up(apps: Any, schema_editor: Any) -> None:
    apps.get_model("cases", "CaseKind").objects.filter(key__in=WAIT).update(
        waits_for_agreement=True
    )
    for key, before, after in NAMES:
        _rename(apps, key, before, after)


def take_back(apps: Any, schema_editor: Any) -> None:
    for key, before, after in NAMES:
        _rename(apps, key, after, before)


def _rename(apps: Any, key: str, before: tuple[str, str], after: tuple[str, str]) -> None:
    """Each language by itself: an administrator may have worded one of them."""
    questions = apps.get_model("cases", "KindQuestion").objects.filter(key=key)
    for language, old, new in zip(("en", "es"), before, after, strict=True):
        name = f"name_{language}"
        questions.filter(**{name: old}).update(**{name: new})


class Migration(migrations.Migration):
    dependencies = [("cases", "0078_saved_views")]

    operations = [
        migrations.AddField(
            model_name="casekind",
            name="waits_for_agreement",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="If the customer or the store agrees to do something later, our first next"
                " step is on the business day after.",
                verbose_name="waits for what was agreed on",
            ),
        ),
        migrations.RunPython(set_up, take_back),
    ]

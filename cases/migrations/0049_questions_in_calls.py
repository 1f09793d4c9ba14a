"""Both authorizations taken back in one call; dates of what has happened; the questions that are
always needed before those that aren't.

What an administrator changed stays as it is.
"""

from typing import Any

from django.db import migrations, models

from cases.migrations import _questions

#: Of something that had happened when it was told.
PAST = [
    "theft_noticed_on", "credit_reported_on", "credit_disputed_on", "credit_corrected_on",
    "bank_fee_on", "denied_on", "denial_asked_on", "denial_sent_on", "data_received_on",
    "fraud_noticed_on", "defect_noticed_on", "payment_made_on",
]  # fmt: skip
ORDERS = [
    ["theft_noticed_on", "theft_affidavit", "theft_report"],
    [
        "credit_reported", "credit_agency", "credit_disputed_on", "credit_reported_on",
        "credit_corrected_on",
    ],
]  # fmt: skip
PLACES = {key: place for place, (_kind, key, *_rest) in enumerate(_questions.QUESTIONS, 1)}


def fill(apps: Any, schema_editor: Any) -> None:
    question, choice = (
        apps.get_model("cases", name) for name in ("KindQuestion", "QuestionChoice")
    )
    question.objects.filter(key__in=PAST, answer_type="day").update(is_past=True)
    for keys in ORDERS:
        rows = question.objects.in_bulk(keys, field_name="key")
        if all(key in rows and rows[key].position == PLACES[key] for key in keys):
            for key, place in zip(keys, sorted(PLACES[each] for each in keys), strict=True):
                question.objects.filter(key=key).update(position=place)
    if question.objects.filter(key="revoked_method").exists():
        names = {"name": "Both", "name_en": "Both", "name_es": "Las dos"}
        choice.objects.get_or_create(
            question_id="revoked_method", key="both", defaults={"position": 3, **names}
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0048_situations_need_no_index")]

    operations = [
        migrations.AddField(
            model_name="kindquestion",
            name="is_past",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Of a date: it has to be today or earlier.",
                verbose_name="never a future date",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        # Whatever waits for the end of the transaction would keep tables from being altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
    ]

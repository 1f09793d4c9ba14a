"""What every installation asks to begin with. The rows there are get checked, without keeping anyone
from writing new ones.
"""

from typing import Any

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

from cases.migrations import _questions

#: Django's second index of a text key, for LIKE, which no query uses.
INDEX = "cases_kindquestion_key_dddec8ab_like"


def _both(field: str, english: str, spanish: str) -> dict[str, str]:
    return {field: english, f"{field}_en": english, f"{field}_es": spanish}


def fill(apps: Any, schema_editor: Any) -> None:
    """A kind that an administrator has taken out or named otherwise has none."""
    kind, question, choice = (
        apps.get_model("cases", name) for name in ("CaseKind", "KindQuestion", "QuestionChoice")
    )
    kinds = set(kind.objects.values_list("key", flat=True))
    for place, row in enumerate(_questions.QUESTIONS, 1):
        of, key, name, name_es, hint, hint_es, answer, holds, choices = row
        if of not in kinds:
            continue
        given = {
            "kind_id": of,
            "position": place,
            "answer_type": answer,
            "is_needed": _questions.NEEDED in holds,
            "is_shown": _questions.SHOWN in holds,
            **_both("name", name, name_es),
            **_both("help", hint, hint_es),
        }
        _row, is_new = question.objects.get_or_create(key=key, defaults=given)
        if is_new:
            choice.objects.bulk_create(
                choice(question_id=key, key=each, position=at, **_both("name", *names))
                for at, (each, *names) in enumerate(choices, 1)
            )


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_questions")]

    operations = [
        migrations.RunSQL(
            f"DROP INDEX IF EXISTS {INDEX}",
            f"CREATE INDEX {INDEX} ON cases_kindquestion (key varchar_pattern_ops)",
        ),
        ValidateConstraint("entry", "entry_event_has_a_code"),
        migrations.RunPython(fill, migrations.RunPython.noop),
        # Whatever waits for the end of the transaction would keep tables from being altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
    ]

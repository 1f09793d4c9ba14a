"""Who is past due, and who paid off: the days of the leases there are, and the lists' indexes."""

from typing import Any

from django.db import migrations, models

from common.unlocked_indexes import IndexWithoutLock

AT_ONCE = 2_000  # contracts in a statement
# As the trigger counts from now on.
FILL = """
    UPDATE leases_terms AS terms SET unpaid_from = (
        WITH line AS (
            SELECT part, instalment_id, effective_on, sum(amount) AS amount
            FROM leases_ledgerentry WHERE lease_id = terms.lease_id GROUP BY 1, 2, 3
        ), instalment AS (
            SELECT sum(amount) FILTER (WHERE part = 'rent') AS amount,
                max(effective_on) FILTER (WHERE part = 'rent' AND amount > 0) AS due_on
            FROM line WHERE instalment_id IS NOT NULL GROUP BY instalment_id
        ), paid AS (
            SELECT COALESCE(
                    sum(-amount) FILTER (WHERE part = 'rent' AND instalment_id IS NULL), 0
                ) + GREATEST(sum(-amount) FILTER (WHERE part = 'fees'), 0)
                + (SELECT COALESCE(sum(-amount) FILTER (WHERE amount < 0), 0) FROM instalment)
                AS amount
            FROM line
        ), owed AS (
            SELECT due_on, sum(amount) OVER (ORDER BY due_on) AS so_far
            FROM instalment WHERE amount > 0
        )
        SELECT min(due_on) FROM owed, paid WHERE so_far > paid.amount
    )
    WHERE terms.id > %s AND terms.id <= %s AND terms.unpaid_from IS NULL
"""


def fill(apps: Any, schema_editor: Any) -> None:
    terms = apps.get_model("leases", "Terms").objects
    last = terms.aggregate(last=models.Max("id"))["last"] or 0
    with schema_editor.connection.cursor() as cursor:
        for after in range(0, last, AT_ONCE):
            cursor.execute(FILL, [after, after + AT_ONCE])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("leases", "0014_unpaid_from")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        IndexWithoutLock(
            "terms_unpaid",
            "leases_terms (unpaid_from, id) WHERE unpaid_from IS NOT NULL",
            state_operations=[
                migrations.AddIndex(
                    model_name="terms",
                    index=models.Index(
                        fields=["unpaid_from", "id"],
                        name="terms_unpaid",
                        condition=models.Q(unpaid_from__isnull=False),
                    ),
                ),
            ],
        ),
        IndexWithoutLock(
            "paid_off_letter_by_day",
            "leases_paidoffletter (paid_on DESC, id DESC) WHERE voided_at IS NULL",
            state_operations=[
                migrations.AddIndex(
                    model_name="paidoffletter",
                    index=models.Index(
                        fields=["-paid_on", "-id"],
                        name="paid_off_letter_by_day",
                        condition=models.Q(voided_at__isnull=True),
                    ),
                ),
            ],
        ),
    ]

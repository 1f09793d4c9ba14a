"""What is due first of what no one has, by language and reason."""

from django.db import migrations, models

from common.unlocked_indexes import IndexWithoutLock

ACTIVE = ["escalated", "in_progress", "open", "waiting_customer", "waiting_store"]
NAME = "case_to_take"
FIELDS = ["language", "kind", "rank", "due_on", "id"]
STATUSES = ", ".join(f"'{each}'" for each in ACTIVE)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0066_take_next")]

    operations = [
        IndexWithoutLock(
            NAME,
            f"cases_case ({', '.join(FIELDS)}) WHERE assignee_id IS NULL AND status IN ({STATUSES})",
            state_operations=[
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(("assignee__isnull", True), ("status__in", ACTIVE)),
                        fields=FIELDS,
                        name=NAME,
                    ),
                )
            ],
        )
    ]

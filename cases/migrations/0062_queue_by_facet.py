"""What is due first of one status, and of one language."""

from django.db import migrations, models

from common.unlocked_indexes import IndexWithoutLock

ACTIVE = ["escalated", "in_progress", "open", "waiting_customer", "waiting_store"]
WHERE = "WHERE status IN (" + ", ".join(f"'{each}'" for each in ACTIVE) + ")"


def index_of(field, name):
    fields = [field, "rank", "due_on", "id"]
    index = models.Index(condition=models.Q(("status__in", ACTIVE)), fields=fields, name=name)
    return IndexWithoutLock(
        name,
        f"cases_case ({', '.join(fields)}) {WHERE}",
        state_operations=[migrations.AddIndex(model_name="case", index=index)],
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("cases", "0061_merged_waits"),
    ]

    operations = [
        index_of("status", "case_queue_of_status"),
        index_of("language", "case_queue_of_language"),
    ]

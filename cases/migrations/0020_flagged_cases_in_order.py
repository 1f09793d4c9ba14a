"""The index for 0015_flagged_cases, over all active cases: an earlier try may have made it."""

from django.db import migrations, models

from common.unlocked_indexes import IndexWithoutLock

ACTIVE = ["escalated", "in_progress", "open", "waiting_customer", "waiting_store"]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("cases", "0019_phone_calls_logged_again"),
    ]

    operations = [
        IndexWithoutLock(
            "case_flagged",
            "cases_case (rank, due_on, id) WHERE is_flagged AND status IN ("
            + ", ".join(f"'{each}'" for each in ACTIVE)
            + ")",
            state_operations=[
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(("is_flagged", True), ("status__in", ACTIVE)),
                        fields=["rank", "due_on", "id"],
                        name="case_flagged",
                    ),
                ),
            ],
        ),
    ]

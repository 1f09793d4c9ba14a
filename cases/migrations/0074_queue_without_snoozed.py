"""The queue's indexes know what is snoozed, so that no row is read to leave it out."""

from django.db import migrations, models
from django.db.models import Q

from common.unlocked_indexes import DropIndexWithoutLock, IndexWithoutLock

ACTIVE = ["escalated", "in_progress", "open", "waiting_customer", "waiting_store"]
STATUSES = "status IN (" + ", ".join(f"'{each}'" for each in ACTIVE) + ")"
DUE = ["rank", "due_on", "id"]
#: By name: fields, and what else has to be true of its rows, for Django and for PostgreSQL.
QUEUE = {
    "case_queue": (DUE, {}, ""),
    "case_own_queue": (["assignee", *DUE], {}, ""),
    "case_unanswered": (DUE, {"customer_wrote_at__isnull": False}, "customer_wrote_at IS NOT NULL"),
    "case_flagged": (DUE, {"is_flagged": True}, "is_flagged"),
    "case_queue_of_status": (["status", *DUE], {}, ""),
    "case_queue_of_language": (["language", *DUE], {}, ""),
    "case_queue_of_kind": (["kind", *DUE], {}, ""),
    "case_to_take": (
        ["language", "kind", *DUE], {"assignee__isnull": True}, "assignee_id IS NULL"
    ),
}  # fmt: skip


def index_again(name):
    """The old one serves until the new one is there. Run again after an interruption, it ends the
    same.
    """
    fields, only, condition = QUEUE[name]
    columns = ", ".join("assignee_id" if each == "assignee" else each for each in fields)
    where = " AND ".join(each for each in (condition, STATUSES) if each)
    index = models.Index(
        fields=fields,
        include=["snoozed_until"],
        condition=Q(**only, status__in=ACTIVE),
        name=name,
    )
    state = [
        migrations.RemoveIndex(model_name="case", name=name),
        migrations.AddIndex(model_name="case", index=index),
    ]
    old = f"cases_case ({columns}) WHERE {where}"
    new = f"cases_case ({columns}) INCLUDE (snoozed_until) WHERE {where}"
    return [
        IndexWithoutLock(f"{name}_new", new),
        DropIndexWithoutLock(name, old),
        migrations.RunSQL(
            f"ALTER INDEX {name}_new RENAME TO {name}",
            f"ALTER INDEX {name} RENAME TO {name}_new",
            state_operations=state,
        ),
    ]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0073_snoozed_cases_checked")]

    operations = [
        *(each for name in QUEUE for each in index_again(name)),
        IndexWithoutLock(
            "case_snoozed",
            "cases_case (snoozed_until, id) WHERE snoozed_until IS NOT NULL",
            state_operations=[
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["snoozed_until", "id"],
                        condition=Q(snoozed_until__isnull=False),
                        name="case_snoozed",
                    ),
                )
            ],
        ),
    ]

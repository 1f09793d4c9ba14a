"""The rows there are get checked, and the queue finds what has a tag by an index; others write
meanwhile.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations
from django.db.models import Q

from common.unlocked_indexes import IndexWithoutLock

ACTIVE = ["escalated", "in_progress", "open", "waiting_customer", "waiting_store"]
STATUSES = "status IN (" + ", ".join(f"'{each}'" for each in ACTIVE) + ")"
TAGGED = "cases_case USING gin (tags) WITH (fastupdate = off) WHERE NOT tags = '{}'::bigint[] AND"


def index(name, condition):
    return migrations.AddIndex(
        model_name="case",
        index=GinIndex(condition=condition, fastupdate=False, fields=["tags"], name=name),
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0080_tags")]

    operations = [
        ValidateConstraint("entry", "entry_event_has_a_code"),
        ValidateConstraint("case", "case_tags_at_most"),
        IndexWithoutLock(
            "case_tagged",
            f"{TAGGED} {STATUSES}",
            state_operations=[index("case_tagged", ~Q(tags=[]) & Q(status__in=ACTIVE))],
        ),
        IndexWithoutLock(
            "case_done_tagged",
            f"{TAGGED} NOT {STATUSES}",
            state_operations=[index("case_done_tagged", ~Q(tags=[]) & ~Q(status__in=ACTIVE))],
        ),
    ]

"""The check that an entry of kind "event" has a known code: replaced when there are new ones."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


def events_known(codes: Sequence[str], *, new: int) -> Any:
    """`new`: how many of the last codes are new. Checked for the rows there are by a later
    migration. Going back, entries of the new events stay: history isn’t deleted.
    """
    table, name = "cases_entry", "entry_event_has_a_code"
    earlier = ", ".join(f"'{each}'" for each in codes[:-new])
    condition = models.Q(event__in=list(codes), kind="event") | models.Q(
        ~models.Q(kind="event"), author__isnull=False, event=""
    )
    constraint = models.CheckConstraint(condition=condition, name=name)
    return migrations.SeparateDatabaseAndState(
        state_operations=[
            migrations.RemoveConstraint("entry", name),
            migrations.AddConstraint("entry", constraint),
        ],
        database_operations=[
            migrations.RunSQL(
                f"ALTER TABLE {table} DROP CONSTRAINT {name}",
                f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK (kind = 'event'"
                f" AND event IN ({earlier}) OR kind <> 'event' AND author_id IS NOT NULL"
                " AND event = '') NOT VALID",
            ),
            AddConstraintNotValid("entry", constraint),
        ],
    )

"""A phone call can be logged again after what was logged of it was discarded."""

import django.db.models.deletion
from django.db import migrations, models

from common.unlocked_indexes import IndexWithoutLock

#: Going back, one row may name a phone call: the one that wasn't discarded, or the newest.
ONE_EACH = """
    DO $$ BEGIN
        ALTER TABLE cases_calldraft
            DISABLE TRIGGER pgtrigger_call_draft_discarded_for_good_008f4;
        UPDATE cases_calldraft AS earlier SET phone_call_id = NULL
        WHERE discarded_at IS NOT NULL AND EXISTS (
            SELECT FROM cases_calldraft AS later
            WHERE later.phone_call_id = earlier.phone_call_id
                AND (later.discarded_at IS NULL OR later.id > earlier.id)
        );
        ALTER TABLE cases_calldraft
            ENABLE TRIGGER pgtrigger_call_draft_discarded_for_good_008f4;
    END $$
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("cases", "0018_few_rows_need_no_index"),
        ("telephone", "0001_tables"),
    ]

    operations = [
        IndexWithoutLock(
            "call_draft_of_phone_call",
            "cases_calldraft (phone_call_id) WHERE phone_call_id IS NOT NULL",
            state_operations=[
                migrations.AlterField(
                    model_name="calldraft",
                    name="phone_call",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_drafts",
                        to="telephone.phonecall",
                    ),
                ),
                migrations.AddIndex(
                    model_name="calldraft",
                    index=models.Index(
                        condition=models.Q(("phone_call__isnull", False)),
                        fields=["phone_call"],
                        name="call_draft_of_phone_call",
                    ),
                ),
            ],
        ),
        IndexWithoutLock(
            "call_draft_phone_call_once",
            "cases_calldraft (phone_call_id) WHERE discarded_at IS NULL",
            unique=True,
            state_operations=[
                migrations.AddConstraint(
                    model_name="calldraft",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("discarded_at__isnull", True)),
                        fields=("phone_call",),
                        name="call_draft_phone_call_once",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE cases_calldraft DROP CONSTRAINT cases_calldraft_phone_call_id_key",
            [
                ONE_EACH,
                "ALTER TABLE cases_calldraft"
                " ADD CONSTRAINT cases_calldraft_phone_call_id_key UNIQUE (phone_call_id)",
            ],
        ),
    ]

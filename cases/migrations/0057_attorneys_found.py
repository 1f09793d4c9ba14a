"""An attorney who calls finds the leases of whoever they speak for. Few cases have a flag, so adding
a column and indexes to their table takes no time.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models import Q, Value
from django.db.models.functions import Collate, Concat, Lower

from leases.models.names import NameKey

IS_ATTORNEY = Q(kind="attorney", lifted_at__isnull=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0056_reason_hints"), ("leases", "0001_tables")]

    operations = [
        migrations.AddField(
            "caseflag",
            "attorney_key",
            models.GeneratedField(
                expression=NameKey(
                    Concat("name", Value(" "), "firm", output_field=models.TextField())
                ),
                output_field=models.TextField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(
            "caseflag",
            GinIndex(
                OpClass("attorney_key", "gin_trgm_ops"),
                name="case_flag_attorney_words",
                condition=IS_ATTORNEY,
            ),
        ),
        migrations.AddIndex(
            "caseflag",
            models.Index(
                Collate(Lower("email"), "C"),
                name="case_flag_attorney_email",
                condition=IS_ATTORNEY,
            ),
        ),
    ]

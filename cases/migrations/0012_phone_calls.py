import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_contact_checked"),
        ("telephone", "0001_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="calldraft",
            name="phone_call",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="call_draft",
                to="telephone.phonecall",
            ),
        ),
    ]

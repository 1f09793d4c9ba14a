from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_names_in_order"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [
        migrations.CreateModel(
            name="SecondStep",
            fields=[],
            options={
                "verbose_name": "two-step verification method",
                "verbose_name_plural": "two-step verification methods",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("mfa.authenticator",),
        ),
    ]

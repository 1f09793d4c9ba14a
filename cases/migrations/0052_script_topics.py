"""What an administrator calls them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0051_answers_in_turn")]

    operations = [
        migrations.AlterModelOptions(
            name="scriptsituation",
            options={
                "ordering": ["position", "key"],
                "verbose_name": "script topic",
                "verbose_name_plural": "script topics",
            },
        ),
    ]

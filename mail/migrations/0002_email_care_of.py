from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="email",
            name="care_of",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=120, verbose_name="in care of"
            ),
        ),
    ]

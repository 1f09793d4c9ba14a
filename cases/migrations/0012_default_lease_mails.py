"""Version 1 of the lease mails' texts, for installations that had their texts before."""

import importlib

from django.db import migrations

_first = importlib.import_module("cases.migrations.0004_default_email_templates")


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_lease_mails")]

    operations = [migrations.RunPython(_first.add_missing, migrations.RunPython.noop)]

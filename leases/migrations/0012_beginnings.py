"""Indexes that know beginnings whatever collation the database has; a plain one only does in C."""

from django.contrib.postgres.indexes import OpClass
from django.db import migrations, models
from django.db.models.functions import Collate, Upper

from common.unlocked_indexes import IndexWithoutLock


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("leases", "0011_paid_off_letters")]

    operations = [
        IndexWithoutLock(
            "customer_email_begins",
            'leases_customer ((email COLLATE "C"))',
            state_operations=[
                migrations.AddIndex(
                    model_name="customer",
                    index=models.Index(Collate("email", "C"), name="customer_email_begins"),
                ),
            ],
        ),
        IndexWithoutLock(
            "customer_phone_begins",
            "leases_customer (phone text_pattern_ops)",
            state_operations=[
                migrations.AddIndex(
                    model_name="customer",
                    index=models.Index(
                        OpClass("phone", "text_pattern_ops"), name="customer_phone_begins"
                    ),
                ),
            ],
        ),
        IndexWithoutLock(
            "lease_number_begins",
            'leases_lease ((account_number COLLATE "C"))',
            state_operations=[
                migrations.AddIndex(
                    model_name="lease",
                    index=models.Index(Collate("account_number", "C"), name="lease_number_begins"),
                ),
            ],
        ),
        IndexWithoutLock(
            "lease_invoice_begins",
            'leases_lease ((upper(invoice_number) COLLATE "C"))',
            state_operations=[
                migrations.AddIndex(
                    model_name="lease",
                    index=models.Index(
                        Collate(Upper("invoice_number"), "C"), name="lease_invoice_begins"
                    ),
                ),
            ],
        ),
        migrations.RemoveIndex(model_name="customer", name="customer_phone"),
    ]

"""Brings databases older than 0001_tables to what it makes.

When the foreign key of an entry lost its own index, Django took the two unique indexes of its column along.
"""

from django.db import migrations

NOTHING = migrations.RunSQL.noop
# Indexes of large tables take longer than a page may.
RULES = """
    SET LOCAL statement_timeout = 0;
    CREATE UNIQUE INDEX IF NOT EXISTS ledger_one_fee_per_instalment
        ON leases_ledgerentry (instalment_id) WHERE kind = 'fee';
    CREATE UNIQUE INDEX IF NOT EXISTS ledger_one_charge_per_instalment
        ON leases_ledgerentry (instalment_id) WHERE kind = 'charge';
"""
# Of a trigger that has had another name since.
LEFTOVER = "DROP FUNCTION IF EXISTS pgtrigger_merchandise_return_append_only_9b2fa()"


class Migration(migrations.Migration):
    dependencies = [("leases", "0002_state_rules")]
    operations = [migrations.RunSQL(RULES, NOTHING), migrations.RunSQL(LEFTOVER, NOTHING)]

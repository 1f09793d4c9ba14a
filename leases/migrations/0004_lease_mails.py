"""Which lease a mail is about: a row instead of a number among its parameters.

And what holds a webhook is called a claim.
"""

import django.db.models.deletion
from django.db import migrations, models

# What was sent again is about the same as the mail it repeats.
FILL = """
    INSERT INTO leases_leasemail (email_id, lease_id, plan_id, promise_id)
    SELECT mail.id, lease.id,
           (SELECT plan.id FROM leases_plan AS plan
            WHERE mail.first_key IN ('plan_agreed:' || plan.id, 'plan_cancelled:' || plan.id)
                AND plan.lease_id = lease.id LIMIT 1),
           (SELECT promise.id FROM leases_planpromise AS promise
            JOIN leases_plan AS plan ON plan.id = promise.plan_id AND plan.lease_id = lease.id
            WHERE mail.first_key IN
                ('plan_promise_due:' || promise.id, 'plan_promise_broken:' || promise.id) LIMIT 1)
    FROM (
        SELECT each.id, each.params, coalesce(original.key, each.key) AS first_key
        FROM mail_email AS each
        LEFT JOIN mail_email AS original ON each.key = 'again:' || original.id
        WHERE NOT each.is_test
    ) AS mail
    JOIN leases_lease AS lease ON lease.account_number = mail.params ->> 'account_number'
"""
# The reminders of a plan's payments had their texts in common with those of verbal agreements:
# every version is copied, so that what was sent reads as it was sent.
OWN_TEXTS = """
    INSERT INTO mail_emailtemplate
        (key, version, at, by_id, subject, subject_en, subject_es, body, body_en, body_es)
    SELECT CASE key WHEN 'promise_due' THEN 'plan_payment_due' ELSE 'plan_payment_missed' END,
           version, at, by_id, subject, subject_en, subject_es, body, body_en, body_es
    FROM mail_emailtemplate WHERE key IN ('promise_due', 'promise_broken')
    ON CONFLICT DO NOTHING;

    UPDATE mail_email
    SET template_id = own.id,
        key = replace(replace(mail_email.key, 'plan_promise_due:', 'plan_payment_due:'),
                      'plan_promise_broken:', 'plan_payment_missed:')
    FROM leases_leasemail AS link, mail_emailtemplate AS common, mail_emailtemplate AS own
    WHERE link.email_id = mail_email.id AND link.promise_id IS NOT NULL
        AND common.id = mail_email.template_id AND own.version = common.version
        AND own.key = CASE common.key WHEN 'promise_due' THEN 'plan_payment_due'
                                      WHEN 'promise_broken' THEN 'plan_payment_missed' END;
"""
COMMON_TEXTS = """
    UPDATE mail_email
    SET template_id = common.id,
        key = replace(replace(mail_email.key, 'plan_payment_due:', 'plan_promise_due:'),
                      'plan_payment_missed:', 'plan_promise_broken:')
    FROM leases_leasemail AS link, mail_emailtemplate AS common, mail_emailtemplate AS own
    WHERE link.email_id = mail_email.id AND link.promise_id IS NOT NULL
        AND own.id = mail_email.template_id AND common.version = own.version
        AND common.key = CASE own.key WHEN 'plan_payment_due' THEN 'promise_due'
                                      WHEN 'plan_payment_missed' THEN 'promise_broken' END;
    SET CONSTRAINTS ALL IMMEDIATE;
"""

CLAIMS = "ALTER TABLE leases_webhookdelivery RENAME COLUMN {} TO {}"


def _link(to: str, *, null: bool) -> models.ForeignKey:
    return models.ForeignKey(
        blank=null,
        db_index=False,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="mails",
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("leases", "0003_lost_rules"), ("mail", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="LeaseMail",
            fields=[
                (
                    "email",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="%(class)s",
                        serialize=False,
                        to="mail.email",
                    ),
                ),
                ("lease", _link("leases.lease", null=False)),
                ("plan", _link("leases.plan", null=True)),
                ("promise", _link("leases.planpromise", null=True)),
            ],
            options={
                "verbose_name": "email about a lease",
                "verbose_name_plural": "emails about leases",
                "indexes": [
                    models.Index(fields=["lease"], name="lease_mail_lease"),
                    models.Index(
                        condition=models.Q(("plan__isnull", False)),
                        fields=["plan"],
                        name="lease_mail_plan",
                    ),
                    models.Index(
                        condition=models.Q(("promise__isnull", False)),
                        fields=["promise"],
                        name="lease_mail_promise",
                    ),
                ],
            },
        ),
        # A lease is a contract everywhere; a claim on a row is a claim with a time limit.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    CLAIMS.format("lease_until", "claimed_until"),
                    CLAIMS.format("claimed_until", "lease_until"),
                )
            ],
            state_operations=[
                migrations.RemoveConstraint("webhookdelivery", "webhook_sending_has_an_owner"),
                migrations.RemoveIndex("webhookdelivery", "webhook_sending"),
                migrations.RenameField("webhookdelivery", "lease_until", "claimed_until"),
                migrations.AddIndex(
                    "webhookdelivery",
                    models.Index(
                        condition=models.Q(("state", "sending")),
                        fields=["claimed_until"],
                        name="webhook_sending",
                    ),
                ),
                migrations.AddConstraint(
                    "webhookdelivery",
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claimed_until__isnull", False),
                                ("owner__isnull", False),
                                ("state", "sending"),
                            ),
                            models.Q(
                                models.Q(("state", "sending"), _negated=True),
                                ("claimed_until__isnull", True),
                                ("owner__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="webhook_sending_has_an_owner",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(OWN_TEXTS, COMMON_TEXTS),
    ]

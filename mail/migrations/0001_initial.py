"""Mail gets a room of its own: the tables of the outbox move here from `cases` with their rows."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

MOVED = ("email", "emailtemplate", "mailboxstate", "mailchannel", "suppressedaddress")
COUNTED = MOVED[1:]  # an e-mail has a random id
# pgtrigger names it by its table, so it is made anew below.
OLD_TRIGGER = "pgtrigger_email_template_append_only_a00ea"


def _rename(before: str, after: str) -> str:
    tables = [f"ALTER TABLE {before}_{each} RENAME TO {after}_{each};" for each in MOVED]
    keys = [f"ALTER INDEX {before}_{each}_pkey RENAME TO {after}_{each}_pkey;" for each in MOVED]
    counters = [
        f"ALTER SEQUENCE {before}_{each}_id_seq RENAME TO {after}_{each}_id_seq;"
        for each in COUNTED
    ]
    return "\n".join([*tables, *keys, *counters])


CLAIMS = "ALTER TABLE mail_email RENAME COLUMN {} TO {}"


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("cases", "0001_tables"),
        ("leases", "0003_lost_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            f"""
            DROP TRIGGER {OLD_TRIGGER} ON cases_emailtemplate;
            DROP FUNCTION {OLD_TRIGGER}();
            """,
            f"""
            CREATE FUNCTION {OLD_TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table',
                    TG_TABLE_NAME;
            END $$;
            CREATE TRIGGER {OLD_TRIGGER} BEFORE UPDATE OR DELETE ON cases_emailtemplate
            FOR EACH ROW EXECUTE PROCEDURE {OLD_TRIGGER}();
            """,
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(_rename("cases", "mail"), _rename("mail", "cases")),
                migrations.RunSQL(
                    CLAIMS.format("lease_until", "claimed_until"),
                    CLAIMS.format("claimed_until", "lease_until"),
                ),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="EmailTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("body", models.TextField(max_length=10000, verbose_name="text")),
                        (
                            "body_en",
                            models.TextField(max_length=10000, null=True, verbose_name="text"),
                        ),
                        (
                            "body_es",
                            models.TextField(max_length=10000, null=True, verbose_name="text"),
                        ),
                        ("at", models.DateTimeField(verbose_name="date and time")),
                        ("key", models.CharField(max_length=30, verbose_name="email")),
                        ("subject", models.CharField(max_length=150, verbose_name="subject")),
                        (
                            "subject_en",
                            models.CharField(max_length=150, null=True, verbose_name="subject"),
                        ),
                        (
                            "subject_es",
                            models.CharField(max_length=150, null=True, verbose_name="subject"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorded by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "email template",
                        "verbose_name_plural": "email templates",
                        "ordering": ["key", "-version"],
                    },
                ),
                migrations.CreateModel(
                    name="Email",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("key", models.CharField(max_length=120)),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("es", "Spanish")],
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        ("to", models.EmailField(max_length=254, verbose_name="to")),
                        ("params", models.JSONField(default=dict)),
                        ("is_secret", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "Waiting to be sent"),
                                    ("claimed", "About to send"),
                                    ("sending", "Sending"),
                                    ("sent", "Sent"),
                                    ("failed", "Not delivered"),
                                    ("uncertain", "Delivery unknown"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="pending",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "attempts",
                            models.PositiveIntegerField(default=0, verbose_name="attempts"),
                        ),
                        ("next_attempt_at", models.DateTimeField(verbose_name="next attempt")),
                        ("trying_since", models.DateTimeField(blank=True, null=True)),
                        ("unanswered", models.PositiveSmallIntegerField(db_default=0, default=0)),
                        ("unanswered_at", models.DateTimeField(blank=True, null=True)),
                        ("owner", models.UUIDField(blank=True, null=True)),
                        ("claimed_until", models.DateTimeField(blank=True, null=True)),
                        (
                            "error",
                            models.CharField(blank=True, max_length=200, verbose_name="last error"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created")),
                        (
                            "sent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="sent"),
                        ),
                        (
                            "remote_id",
                            models.CharField(blank=True, db_default="", default="", max_length=200),
                        ),
                        (
                            "settlement",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("arrived", "Delivered"),
                                    ("resent", "Resent"),
                                    ("dropped", "No longer needed"),
                                ],
                                db_default="",
                                default="",
                                max_length=10,
                                verbose_name="decision",
                            ),
                        ),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="mail.emailtemplate",
                                verbose_name="template",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "email",
                        "verbose_name_plural": "emails",
                    },
                ),
                migrations.CreateModel(
                    name="MailboxState",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=250)),
                        ("fetched_at", models.DateTimeField(blank=True, null=True)),
                        ("failing_since", models.DateTimeField(blank=True, null=True)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("error", models.CharField(blank=True, default="", max_length=200)),
                        ("uid_validity", models.BigIntegerField(default=0)),
                        ("left", models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        "verbose_name": "mailbox",
                        "verbose_name_plural": "mailboxes",
                        "constraints": [
                            models.UniqueConstraint(fields=("name",), name="mailbox_state_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailChannel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=20)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("refused", models.JSONField(blank=True, default=list)),
                        ("paused_since", models.DateTimeField(blank=True, null=True)),
                        ("paused_until", models.DateTimeField(blank=True, null=True)),
                        ("error", models.CharField(blank=True, default="", max_length=200)),
                    ],
                    options={
                        "verbose_name": "email channel",
                        "verbose_name_plural": "email channels",
                        "constraints": [
                            models.UniqueConstraint(fields=("name",), name="mail_channel_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("paused_since__isnull", True),
                                        ("paused_until__isnull", True),
                                    ),
                                    models.Q(
                                        ("paused_since__isnull", False),
                                        ("paused_until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="mail_channel_pause_has_both_ends",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuppressedAddress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("address", models.EmailField(max_length=254, verbose_name="address")),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("bounced", "Doesn’t exist or rejects email"),
                                    ("complained", "Our email was reported as spam"),
                                ],
                                max_length=10,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "error",
                            models.CharField(blank=True, max_length=200, verbose_name="last error"),
                        ),
                        ("at", models.DateTimeField(verbose_name="date and time")),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "email",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="mail.email",
                                verbose_name="email",
                            ),
                        ),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "address we can’t reach",
                        "verbose_name_plural": "addresses we can’t reach",
                    },
                ),
                migrations.AddConstraint(
                    model_name="emailtemplate",
                    constraint=models.UniqueConstraint(
                        fields=("key", "version"), name="email_template_version_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="emailtemplate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("subject_en", ""),
                            ("subject_es", ""),
                            ("body_en", ""),
                            ("body_es", ""),
                            ("subject_en__isnull", True),
                            ("subject_es__isnull", True),
                            ("body_en__isnull", True),
                            ("body_es__isnull", True),
                            _connector="OR",
                            _negated=True,
                        ),
                        name="email_template_both_languages",
                    ),
                ),
                migrations.AddIndex(
                    model_name="email",
                    index=models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["-is_secret", "next_attempt_at", "created_at"],
                        name="email_pending",
                    ),
                ),
                migrations.AddIndex(
                    model_name="email",
                    index=models.Index(
                        condition=models.Q(("state__in", ["claimed", "sending"])),
                        fields=["claimed_until"],
                        name="email_claimed",
                    ),
                ),
                migrations.AddIndex(
                    model_name="email",
                    index=models.Index(fields=["to", "-sent_at"], name="email_recipient"),
                ),
                migrations.AddIndex(
                    model_name="email",
                    index=models.Index(
                        condition=models.Q(("unanswered_at__isnull", False)),
                        fields=["to", "-unanswered_at"],
                        name="email_unanswered",
                    ),
                ),
                migrations.AddIndex(
                    model_name="email",
                    index=models.Index(
                        condition=models.Q(
                            ("state__in", ["pending", "claimed", "sending"]),
                            ("trying_since__isnull", False),
                        ),
                        fields=["trying_since"],
                        name="email_trying",
                    ),
                ),
                migrations.AddIndex(
                    model_name="email",
                    index=models.Index(
                        condition=models.Q(
                            ("is_secret", False), ("settlement", ""), ("state", "uncertain")
                        ),
                        fields=["created_at", "id"],
                        name="email_uncertain",
                    ),
                ),
                migrations.AddIndex(
                    model_name="email",
                    index=models.Index(
                        condition=models.Q(("is_secret", False), ("state", "failed")),
                        fields=["-created_at", "-id"],
                        name="email_failed",
                    ),
                ),
                migrations.AddIndex(
                    model_name="email",
                    index=models.Index(fields=["-created_at", "-id"], name="email_newest"),
                ),
                migrations.AddIndex(
                    model_name="email",
                    index=models.Index(
                        condition=models.Q(("state__in", ["failed", "uncertain", "withdrawn"])),
                        fields=["state", "-created_at", "-id"],
                        name="email_not_sent",
                    ),
                ),
                migrations.AddIndex(
                    model_name="email",
                    index=models.Index(
                        condition=models.Q(("remote_id", ""), _negated=True),
                        fields=["remote_id"],
                        name="email_remote",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="email",
                    constraint=models.UniqueConstraint(fields=("key",), name="email_key_once"),
                ),
                migrations.AddConstraint(
                    model_name="email",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "pending",
                                    "claimed",
                                    "sending",
                                    "sent",
                                    "failed",
                                    "uncertain",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="email_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="email",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "es"])),
                        name="email_language_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="email",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claimed_until__isnull", False),
                                ("owner__isnull", False),
                                ("state__in", ["claimed", "sending"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["claimed", "sending"]), _negated=True),
                                ("claimed_until__isnull", True),
                                ("owner__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="email_claim_has_an_owner",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="email",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="email_sent_has_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="email",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("is_secret", True),
                                ("state__in", ["sent", "failed", "uncertain"]),
                                _negated=True,
                            ),
                            ("params", {}),
                            _connector="OR",
                        ),
                        name="email_secret_is_erased",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="email",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("settled_at__isnull", True),
                                ("settled_by__isnull", True),
                                ("settlement", ""),
                            ),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                ("settlement__in", ["arrived", "resent", "dropped"]),
                                ("state", "uncertain"),
                            ),
                            _connector="OR",
                        ),
                        name="email_settled_by_somebody",
                    ),
                ),
                migrations.AddIndex(
                    model_name="suppressedaddress",
                    index=models.Index(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=["-at", "-id"],
                        name="suppressed_newest",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="suppressedaddress",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("address",),
                        name="suppressed_address_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="suppressedaddress",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("address", django.db.models.functions.text.Lower("address"))
                        ),
                        name="suppressed_address_lower_case",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="suppressedaddress",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason__in", ["bounced", "complained"])),
                        name="suppression_reason_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="suppressedaddress",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="suppression_lifted_by_somebody",
                    ),
                ),
            ],
        ),
        # The late delivery's mail gets a key that says so; its old one is the punctual delivery's now.
        migrations.RunSQL(
            """
            UPDATE mail_emailtemplate SET key = 'late_delivery_confirmed'
            WHERE key = 'delivery_confirmed';
            UPDATE mail_email SET key = 'late_' || key WHERE key LIKE 'delivery_confirmed:%';
            """,
            """
            UPDATE mail_emailtemplate SET key = 'delivery_confirmed'
            WHERE key = 'late_delivery_confirmed' AND NOT EXISTS
                (SELECT FROM mail_emailtemplate WHERE key = 'delivery_confirmed');
            UPDATE mail_email SET key = substr(key, 6)
            WHERE key LIKE 'late_delivery_confirmed:%' AND NOT EXISTS
                (SELECT FROM mail_email WHERE key LIKE 'delivery_confirmed:%');
            """,
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emailtemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="email_template_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ded0853d1baea84d0e938ea50e6569e6489fce8a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_email_template_append_only_f4c0f",
                    table="mail_emailtemplate",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="email",
            name="thread",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=12, verbose_name="conversation"
            ),
        ),
        migrations.AddField(
            model_name="email",
            name="is_test",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="email",
            name="is_again",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(
            """
            UPDATE mail_email SET thread = cases_case.number
            FROM cases_case WHERE cases_case.id = mail_email.case_id AND NOT is_secret;
            UPDATE mail_email SET is_test = true
            WHERE key LIKE 'test:%' OR params ->> 'is_test' = 'true';
            UPDATE mail_email SET is_again = true WHERE key LIKE 'again:%';
            """,
            migrations.RunSQL.noop,
        ),
    ]

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("cases", "0013_plan_cancelled_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntryTranslation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("machine_text", models.TextField(verbose_name="text")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("reviewed_text", models.TextField(blank=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "translation of an entry",
                "verbose_name_plural": "translations of entries",
            },
        ),
        migrations.CreateModel(
            name="InboundMail",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "source",
                    models.CharField(
                        choices=[("mailbox", "Mailbox"), ("webhook", "Provider")],
                        max_length=7,
                        verbose_name="source",
                    ),
                ),
                ("message_id", models.CharField(blank=True, max_length=250)),
                ("sender", models.CharField(blank=True, max_length=320, verbose_name="from")),
                ("subject", models.CharField(blank=True, max_length=250, verbose_name="subject")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("original", models.CharField(max_length=80, unique=True)),
                ("size", models.PositiveIntegerField(help_text="bytes", verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("entered", "In its case"),
                            ("parked", "Waiting for somebody"),
                            ("dismissed", "Dismissed"),
                        ],
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_case", "It answers no mail of ours"),
                            ("several", "It was sent to several cases"),
                            ("stranger", "The sender is not the customer of the case"),
                            ("bounce", "Delivery report"),
                            ("automatic", "Automatic answer"),
                            ("own", "One of our own mails"),
                            ("too_many", "Too many mails from this sender"),
                            ("unreadable", "It could not be read"),
                            ("empty", "It says nothing"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "inbound mail",
                "verbose_name_plural": "inbound mails",
            },
        ),
        migrations.CreateModel(
            name="LanguageCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "language correction",
                "verbose_name_plural": "language corrections",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="MailboxState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=250, unique=True)),
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
            },
        ),
        migrations.CreateModel(
            name="MailChannel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20, unique=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("refused", models.JSONField(blank=True, default=list)),
                ("paused_since", models.DateTimeField(blank=True, null=True)),
                ("paused_until", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "verbose_name": "mail channel",
                "verbose_name_plural": "mail channels",
            },
        ),
        migrations.CreateModel(
            name="OutsideDeadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("cfpb", "CFPB"),
                            ("bbb", "Better Business Bureau"),
                            ("attorney_general", "Attorney general"),
                            ("credit_bureau", "Direct credit dispute (FCRA)"),
                            ("letter", "Certified letter"),
                        ],
                        max_length=16,
                        verbose_name="who asks",
                    ),
                ),
                (
                    "reference",
                    models.CharField(blank=True, max_length=60, verbose_name="their reference"),
                ),
                ("received_on", models.DateField(verbose_name="sent to us on")),
                ("due_on", models.DateField(verbose_name="answer by")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="answered on"),
                ),
            ],
            options={
                "verbose_name": "outside deadline",
                "verbose_name_plural": "outside deadlines",
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("company", "Us"),
                            ("customer", "The customer"),
                            ("store", "The store"),
                            ("nobody", "Nobody"),
                        ],
                        max_length=10,
                        verbose_name="who",
                    ),
                ),
                ("what", models.CharField(max_length=500, verbose_name="what")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        verbose_name="amount",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="day")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "acknowledged_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="acknowledged"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "Kept"),
                            ("broken", "Not kept"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="",
                        max_length=9,
                        verbose_name="outcome",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "verbal agreement",
                "verbose_name_plural": "verbal agreements",
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Script",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("body", models.TextField(max_length=10000, verbose_name="text")),
                ("body_en", models.TextField(max_length=10000, null=True, verbose_name="text")),
                ("body_es", models.TextField(max_length=10000, null=True, verbose_name="text")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "situation",
                    models.CharField(
                        choices=[
                            ("opening", "Opening"),
                            ("payments", "Payments and calendar"),
                            ("return", "Return or defect"),
                            ("dispute", "Charge dispute"),
                        ],
                        max_length=10,
                        verbose_name="situation",
                    ),
                ),
                (
                    "medium",
                    models.CharField(
                        choices=[("call", "Call"), ("email", "E-mail")],
                        max_length=5,
                        verbose_name="medium",
                    ),
                ),
            ],
            options={
                "verbose_name": "script",
                "verbose_name_plural": "scripts",
                "ordering": ["situation", "medium", "-version"],
            },
        ),
        migrations.CreateModel(
            name="SuppressedAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="address")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("bounced", "It does not exist or refuses mail"),
                            ("complained", "Our mail was reported as unwanted"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=200, verbose_name="last error")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "suppressed address",
                "verbose_name_plural": "suppressed addresses",
            },
        ),
        migrations.RemoveConstraint(
            model_name="entry",
            name="entry_event_has_a_code",
        ),
        migrations.RemoveConstraint(
            model_name="followup",
            name="follow_up_sent_or_cancelled",
        ),
        migrations.RemoveConstraint(
            model_name="followup",
            name="follow_up_cancelled_by_somebody",
        ),
        migrations.RemoveIndex(
            model_name="followup",
            name="follow_up_due",
        ),
        migrations.RenameField(
            model_name="followup",
            old_name="sent_at",
            new_name="done_at",
        ),
        migrations.AddField(
            model_name="email",
            name="remote_id",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="email",
            name="settled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="email",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="email",
            name="settlement",
            field=models.CharField(
                blank=True,
                choices=[
                    ("arrived", "It arrived"),
                    ("resent", "Sent again"),
                    ("dropped", "Not needed any more"),
                ],
                db_default="",
                default="",
                max_length=10,
                verbose_name="decision",
            ),
        ),
        migrations.AddField(
            model_name="email",
            name="trying_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="email",
            name="unanswered",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="email",
            name="unanswered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="language_source",
            field=models.CharField(
                choices=[("chosen", "chosen"), ("guessed", "guessed")],
                default="chosen",
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="cancel_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("by_hand", "cancelled"),
                    ("case_ended", "the case ended"),
                    ("store_confirmed", "the store confirmed"),
                    ("not_waiting", "the case no longer waits for the store"),
                    ("evidence_came", "nothing is asked for any more"),
                    ("customer_wrote", "the customer has answered"),
                ],
                default="",
                max_length=15,
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="channel",
            field=models.CharField(
                choices=[
                    ("phone", "Phone"),
                    ("web", "Web"),
                    ("email", "E-mail"),
                    ("store", "Store"),
                    ("letter", "Letter"),
                ],
                default="email",
                max_length=10,
                verbose_name="channel",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("en", "English"), ("es", "Spanish")],
                default="",
                max_length=2,
                verbose_name="language",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="rule",
            field=models.CharField(
                choices=[
                    ("on_day", "On a day"),
                    ("business_days", "In some business days"),
                    ("store_silent", "If the store has not confirmed by then"),
                    ("window_ends", "Before the customer’s hours end"),
                ],
                default="on_day",
                max_length=13,
                verbose_name="when",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="template",
            field=models.CharField(
                choices=[
                    ("case_opened", "Case opened"),
                    ("message_added", "Message added"),
                    ("status_changed", "Status changed"),
                    ("follow_up", "Follow-up"),
                    ("sign_in_code", "Sign-in code"),
                    ("password_reset", "New password"),
                    ("approval_expiring", "Approval about to expire"),
                    ("approval_expired", "Approval expired"),
                    ("contracts_expiring", "Contract about to expire"),
                    ("contracts_expired", "Contract expired"),
                    ("buyout_quote", "Early purchase quote"),
                    ("payment_history", "Payment history"),
                    ("plan_agreed", "Plan agreed"),
                    ("plan_cancelled", "Plan cancelled"),
                    ("autopay_changed", "Automatic payments changed"),
                    ("evidence_requested", "Evidence requested"),
                    ("evidence_received", "Evidence received"),
                    ("evidence_unreadable", "Evidence unreadable"),
                    ("promise_confirmed", "Verbal agreement confirmed"),
                    ("promise_due", "Agreed day coming"),
                    ("promise_broken", "Agreement not kept"),
                    ("escalated", "Case escalated"),
                    ("resolved", "Case resolved"),
                    ("return_steps", "Return steps"),
                    ("outside_deadline", "Outside deadline"),
                    ("weekly_report", "Weekly report"),
                ],
                default="follow_up",
                max_length=30,
                verbose_name="e-mail template",
            ),
        ),
        migrations.AlterField(
            model_name="emailtemplate",
            name="key",
            field=models.CharField(
                choices=[
                    ("case_opened", "Case opened"),
                    ("message_added", "Message added"),
                    ("status_changed", "Status changed"),
                    ("follow_up", "Follow-up"),
                    ("sign_in_code", "Sign-in code"),
                    ("password_reset", "New password"),
                    ("approval_expiring", "Approval about to expire"),
                    ("approval_expired", "Approval expired"),
                    ("contracts_expiring", "Contract about to expire"),
                    ("contracts_expired", "Contract expired"),
                    ("buyout_quote", "Early purchase quote"),
                    ("payment_history", "Payment history"),
                    ("plan_agreed", "Plan agreed"),
                    ("plan_cancelled", "Plan cancelled"),
                    ("autopay_changed", "Automatic payments changed"),
                    ("evidence_requested", "Evidence requested"),
                    ("evidence_received", "Evidence received"),
                    ("evidence_unreadable", "Evidence unreadable"),
                    ("promise_confirmed", "Verbal agreement confirmed"),
                    ("promise_due", "Agreed day coming"),
                    ("promise_broken", "Agreement not kept"),
                    ("escalated", "Case escalated"),
                    ("resolved", "Case resolved"),
                    ("return_steps", "Return steps"),
                    ("outside_deadline", "Outside deadline"),
                    ("weekly_report", "Weekly report"),
                ],
                max_length=30,
                verbose_name="mail",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="event",
            field=models.CharField(
                blank=True,
                choices=[
                    ("opened", "Case opened"),
                    ("status_changed", "Status changed"),
                    ("due_changed", "Next step moved"),
                    ("assigned", "Assigned"),
                    ("escalated", "Escalated"),
                    ("follow_up_set", "Follow-up set"),
                    ("follow_up_cancelled", "Follow-up cancelled"),
                    ("follow_up_sent", "Follow-up sent"),
                    ("plan_agreed", "Plan agreed"),
                    ("plan_cancelled", "Plan cancelled"),
                    ("follow_up_moved", "Follow-up moved"),
                    ("follow_up_done", "Follow-up done"),
                    ("evidence_requested", "Evidence requested"),
                    ("evidence_settled", "Request for evidence settled"),
                    ("evidence_unreadable", "Evidence unreadable"),
                    ("return_steps", "Return steps sent"),
                    ("promise_made", "Verbal agreement"),
                    ("promise_acknowledged", "Verbal agreement acknowledged"),
                    ("promise_settled", "Verbal agreement settled"),
                    ("outside_opened", "Outside deadline"),
                    ("outside_answered", "Outside deadline answered"),
                    ("mail_bounced", "E-mail bounced"),
                ],
                max_length=20,
                verbose_name="event",
            ),
        ),
        migrations.AlterField(
            model_name="followup",
            name="message",
            field=models.TextField(blank=True, verbose_name="message"),
        ),
        migrations.AddField(
            model_name="entrytranslation",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="entrytranslation",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="translations",
                to="cases.entry",
            ),
        ),
        migrations.AddField(
            model_name="entrytranslation",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="inboundmail",
            name="answers",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="cases.email",
            ),
        ),
        migrations.AddField(
            model_name="inboundmail",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inbound_mails",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="inboundmail",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="inboundmail",
            name="entry",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inbound_mail",
                to="cases.entry",
            ),
        ),
        migrations.AddField(
            model_name="languagecorrection",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="languagecorrection",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="language_corrections",
                to="cases.entry",
            ),
        ),
        migrations.AddField(
            model_name="outsidedeadline",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="outsidedeadline",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="outsidedeadline",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="outside_deadlines",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="promises",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="script",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="suppressedaddress",
            name="email",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.email",
                verbose_name="e-mail",
            ),
        ),
        migrations.AddField(
            model_name="suppressedaddress",
            name="lifted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="languagecorrection",
            trigger=pgtrigger.compiler.Trigger(
                name="language_correction_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c9af0b3d34cec8600aca89c7b9e8b35f8a052425",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_language_correction_append_only_03532",
                    table="cases_languagecorrection",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="script",
            trigger=pgtrigger.compiler.Trigger(
                name="script_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c4b1eb0db162635ccb3e48f41d06a802d122318b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_script_append_only_fd732",
                    table="cases_script",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(
            """
            UPDATE cases_followup follow_up SET language = customer.language
            FROM cases_case, leases_lease lease, leases_customer customer
            WHERE cases_case.id = follow_up.case_id AND lease.id = cases_case.lease_id
                AND customer.id = lease.customer_id;
            UPDATE cases_followup SET cancel_reason = 'by_hand' WHERE cancelled_at IS NOT NULL;
            UPDATE cases_email SET language = 'en' WHERE language NOT IN ('en', 'es');
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name="email",
            index=models.Index(
                condition=models.Q(("state", "sent")),
                fields=["to", "-sent_at"],
                name="email_recipient",
            ),
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
            index=models.Index(
                condition=models.Q(("remote_id", ""), _negated=True),
                fields=["remote_id"],
                name="email_remote",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("cancelled_at__isnull", True), ("done_at__isnull", True)),
                fields=["send_at"],
                name="follow_up_due",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("done_at__isnull", False)),
                fields=["done_at"],
                name="follow_up_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="email",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["en", "es"])), name="email_language_known"
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
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "event__in",
                            [
                                "opened",
                                "status_changed",
                                "due_changed",
                                "assigned",
                                "escalated",
                                "follow_up_set",
                                "follow_up_cancelled",
                                "follow_up_sent",
                                "plan_agreed",
                                "plan_cancelled",
                                "follow_up_moved",
                                "follow_up_done",
                                "evidence_requested",
                                "evidence_settled",
                                "evidence_unreadable",
                                "return_steps",
                                "promise_made",
                                "promise_acknowledged",
                                "promise_settled",
                                "outside_opened",
                                "outside_answered",
                                "mail_bounced",
                            ],
                        ),
                        ("kind", "event"),
                    ),
                    models.Q(
                        models.Q(("kind", "event"), _negated=True),
                        ("author__isnull", False),
                        ("event", ""),
                    ),
                    _connector="OR",
                ),
                name="entry_event_has_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("language_source__in", ["chosen", "guessed"])),
                name="entry_language_source_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at__isnull", True), ("cancelled_at__isnull", True), _connector="OR"
                ),
                name="follow_up_done_or_cancelled",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cancel_reason", ""),
                        ("cancelled_at__isnull", True),
                        ("cancelled_by__isnull", True),
                    ),
                    models.Q(
                        (
                            "cancel_reason__in",
                            [
                                "by_hand",
                                "case_ended",
                                "store_confirmed",
                                "not_waiting",
                                "evidence_came",
                                "customer_wrote",
                            ],
                        ),
                        ("cancelled_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="follow_up_cancelled_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancel_reason", "by_hand"), _negated=True),
                    ("cancelled_by__isnull", False),
                    _connector="OR",
                ),
                name="follow_up_cancelled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "email"), ("done_by__isnull", True)),
                    models.Q(
                        ("channel", "phone"), ("done_at__isnull", True), ("done_by__isnull", True)
                    ),
                    models.Q(
                        ("channel", "phone"), ("done_at__isnull", False), ("done_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="follow_up_call_made_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("language__in", ["", "en", "es"]),
                    ("rule__in", ["on_day", "business_days", "store_silent", "window_ends"]),
                    (
                        "template__in",
                        [
                            "case_opened",
                            "message_added",
                            "status_changed",
                            "follow_up",
                            "sign_in_code",
                            "password_reset",
                            "approval_expiring",
                            "approval_expired",
                            "contracts_expiring",
                            "contracts_expired",
                            "buyout_quote",
                            "payment_history",
                            "plan_agreed",
                            "plan_cancelled",
                            "autopay_changed",
                            "evidence_requested",
                            "evidence_received",
                            "evidence_unreadable",
                            "promise_confirmed",
                            "promise_due",
                            "promise_broken",
                            "escalated",
                            "resolved",
                            "return_steps",
                            "outside_deadline",
                            "weekly_report",
                        ],
                    ),
                ),
                name="follow_up_codes_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("language", ""), _negated=True),
                    models.Q(("done_at__isnull", True), ("message", "")),
                    _connector="OR",
                ),
                name="follow_up_words_have_a_language",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailchannel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paused_since__isnull", True), ("paused_until__isnull", True)),
                    models.Q(("paused_since__isnull", False), ("paused_until__isnull", False)),
                    _connector="OR",
                ),
                name="mail_channel_pause_has_both_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="entrytranslation",
            constraint=models.UniqueConstraint(
                fields=("entry", "language"), name="entry_translation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="entrytranslation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reviewed_at__isnull", True),
                        ("reviewed_by__isnull", True),
                        ("reviewed_text", ""),
                    ),
                    models.Q(
                        models.Q(("reviewed_text", ""), _negated=True),
                        ("reviewed_at__isnull", False),
                        ("reviewed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="entry_translation_reviewed_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="inboundmail",
            index=models.Index(
                condition=models.Q(("state", "parked")),
                fields=["received_at", "id"],
                name="inbound_parked",
            ),
        ),
        migrations.AddIndex(
            model_name="inboundmail",
            index=models.Index(fields=["sender", "-received_at"], name="inbound_sender"),
        ),
        migrations.AddConstraint(
            model_name="inboundmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("case__isnull", False), ("entry__isnull", False), ("state", "entered")
                    ),
                    models.Q(("entry__isnull", True), ("state__in", ["parked", "dismissed"])),
                    _connector="OR",
                ),
                name="inbound_entered_has_an_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="inboundmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "parked"), _negated=True),
                    (
                        "reason__in",
                        [
                            "no_case",
                            "several",
                            "stranger",
                            "bounce",
                            "automatic",
                            "own",
                            "too_many",
                            "unreadable",
                            "empty",
                        ],
                    ),
                    _connector="OR",
                ),
                name="inbound_parked_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="inboundmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="inbound_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="inboundmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dismissed"), _negated=True),
                    ("decided_at__isnull", False),
                    _connector="OR",
                ),
                name="inbound_dismissed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="languagecorrection",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["en", "es"])), name="language_correction_known"
            ),
        ),
        migrations.AddIndex(
            model_name="outsidedeadline",
            index=models.Index(
                condition=models.Q(("answered_on__isnull", True)),
                fields=["due_on"],
                name="outside_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidedeadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("body__in", ["cfpb", "bbb", "attorney_general", "credit_bureau", "letter"])
                ),
                name="outside_body_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidedeadline",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("received_on"))),
                name="outside_due_after_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidedeadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_by__isnull", True), ("answered_on__isnull", True)),
                    models.Q(("answered_by__isnull", False), ("answered_on__isnull", False)),
                    _connector="OR",
                ),
                name="outside_answered_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(("outcome", "")), fields=["due_on"], name="promise_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("party__in", ["company", "customer", "store"])),
                name="promise_of_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("what", ""), _negated=True), ("language__in", ["en", "es"])
                ),
                name="promise_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__isnull", True), ("amount__gt", 0), _connector="OR"),
                name="promise_amount_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", ""), ("settled_at__isnull", True), ("settled_by__isnull", True)
                    ),
                    models.Q(
                        ("outcome__in", ["kept", "broken", "withdrawn"]),
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="promise_settled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="script",
            constraint=models.UniqueConstraint(
                fields=("situation", "medium", "version"), name="script_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="script",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("medium__in", ["call", "email"]),
                    ("situation__in", ["opening", "payments", "return", "dispute"]),
                ),
                name="script_codes_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="script",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("body_en", ""),
                    ("body_es", ""),
                    ("body_en__isnull", True),
                    ("body_es__isnull", True),
                    _connector="OR",
                    _negated=True,
                ),
                name="script_both_languages",
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
                condition=models.Q(("address", django.db.models.functions.text.Lower("address"))),
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
    ]

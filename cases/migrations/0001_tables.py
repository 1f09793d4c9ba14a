import uuid

import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_number_sequence"),
        ("cases", "0003_outbox"),
        ("cases", "0004_default_email_templates"),
        ("cases", "0005_queue_of_done_cases"),
        ("cases", "0006_due_changes"),
        ("cases", "0007_customer_wrote"),
        ("cases", "0008_tighter"),
        ("cases", "0009_words"),
        ("cases", "0010_plan_events"),
        ("cases", "0011_lease_mails"),
        ("cases", "0012_default_lease_mails"),
        ("cases", "0013_plan_cancelled_mail"),
        ("cases", "0014_correspondence"),
        ("cases", "0015_default_correspondence_mails"),
        ("cases", "0016_default_scripts"),
        ("cases", "0017_held_uploads"),
        ("cases", "0018_told_of_changes"),
        ("cases", "0019_inbound_proof"),
        ("cases", "0020_discarded_calls"),
        ("cases", "0021_indexes"),
        ("cases", "0022_views_of_original_mails"),
        ("cases", "0023_unsent_mails"),
        ("cases", "0024_undecided_languages"),
        ("cases", "0025_asked_items"),
        ("cases", "0026_delivery_confirmed_mail"),
        ("cases", "0027_waiting_index"),
        ("cases", "0028_evidence_tied"),
    ]

    initial = True

    dependencies = [
        ("leases", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Running numbers of cases: never gives two people the same one and never waits.
        migrations.RunSQL(
            "CREATE SEQUENCE cases_running_number", "DROP SEQUENCE cases_running_number"
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=12, verbose_name="case number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("late_payment", "Late payment"),
                            ("charge_dispute", "Charge dispute"),
                            ("charge_question", "Question about a charge"),
                            ("fraud", "Fraud"),
                            ("return", "Return"),
                            ("exchange", "Exchange"),
                            ("defective", "Defective item"),
                            ("non_delivery", "Non-delivery"),
                            ("payment", "Payment"),
                            ("statement", "Account statement"),
                            ("buyout", "Early purchase (buyout)"),
                            ("cancellation", "Cancellation"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="reason for the case",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("in_progress", "In progress"),
                            ("waiting_customer", "Waiting for the customer"),
                            ("waiting_store", "Waiting for the store"),
                            ("escalated", "Escalated"),
                            ("resolved", "Resolved"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "Phone"),
                            ("web", "Website"),
                            ("email", "Email"),
                            ("store", "Store"),
                            ("letter", "Letter"),
                        ],
                        max_length=10,
                        verbose_name="channel",
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
                ("headline", models.CharField(max_length=140, verbose_name="summary")),
                ("opened_at", models.DateTimeField(verbose_name="opened")),
                ("due_on", models.DateField(verbose_name="due")),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
                (
                    "rank",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(status="escalated", then=models.Value(0)),
                            default=models.Value(1),
                        ),
                        output_field=models.SmallIntegerField(),
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_cases",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opened by",
                    ),
                ),
                (
                    "customer_wrote_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="customer wrote"),
                ),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "escalated",
                                    "in_progress",
                                    "open",
                                    "waiting_customer",
                                    "waiting_store",
                                ],
                            )
                        ),
                        fields=["rank", "due_on", "id"],
                        name="case_queue",
                    ),
                    models.Index(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "escalated",
                                    "in_progress",
                                    "open",
                                    "waiting_customer",
                                    "waiting_store",
                                ],
                            )
                        ),
                        fields=["assignee", "rank", "due_on", "id"],
                        name="case_own_queue",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("customer_wrote_at__isnull", False),
                            (
                                "status__in",
                                [
                                    "escalated",
                                    "in_progress",
                                    "open",
                                    "waiting_customer",
                                    "waiting_store",
                                ],
                            ),
                        ),
                        fields=["rank", "due_on", "id"],
                        name="case_unanswered",
                    ),
                    models.Index(
                        condition=models.Q(("customer_wrote_at__isnull", False)),
                        fields=["customer_wrote_at", "id"],
                        name="case_waiting",
                    ),
                    models.Index(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "escalated",
                                    "in_progress",
                                    "open",
                                    "waiting_customer",
                                    "waiting_store",
                                ],
                            ),
                            _negated=True,
                        ),
                        fields=["-changed_at", "-id"],
                        name="case_done",
                    ),
                    models.Index(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "escalated",
                                    "in_progress",
                                    "open",
                                    "waiting_customer",
                                    "waiting_store",
                                ],
                            )
                        ),
                        fields=["kind", "rank", "due_on", "id"],
                        name="case_queue_of_kind",
                    ),
                    models.Index(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "escalated",
                                    "in_progress",
                                    "open",
                                    "waiting_customer",
                                    "waiting_store",
                                ],
                            ),
                            _negated=True,
                        ),
                        fields=["kind", "-changed_at", "-id"],
                        name="case_done_of_kind",
                    ),
                    models.Index(fields=["lease", "-opened_at"], name="case_of_lease"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number",), name="case_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "open",
                                    "in_progress",
                                    "waiting_customer",
                                    "waiting_store",
                                    "escalated",
                                    "resolved",
                                    "closed",
                                ],
                            )
                        ),
                        name="case_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "late_payment",
                                    "charge_dispute",
                                    "charge_question",
                                    "fraud",
                                    "return",
                                    "exchange",
                                    "defective",
                                    "non_delivery",
                                    "payment",
                                    "statement",
                                    "buyout",
                                    "cancellation",
                                    "other",
                                ],
                            )
                        ),
                        name="case_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^[0-9]{9,12}$")),
                        name="case_number_is_digits",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="case_status_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{open:escalated,open:in_progress,open:resolved,open:waiting_customer,open:waiting_store,in_progress:escalated,in_progress:resolved,in_progress:waiting_customer,in_progress:waiting_store,waiting_customer:escalated,waiting_customer:in_progress,waiting_customer:resolved,waiting_customer:waiting_store,waiting_store:escalated,waiting_store:in_progress,waiting_store:resolved,waiting_store:waiting_customer,escalated:in_progress,escalated:resolved,escalated:waiting_customer,escalated:waiting_store,resolved:closed,resolved:in_progress,closed:in_progress}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="e13d037e94fc0d68212c3d6bfa36736d41d275b4",
                    operation="UPDATE",
                    pgid="pgtrigger_case_status_table_9bd32",
                    table="cases_case",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="case_owner_of_plans",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."assignee_id" IS DISTINCT FROM (NEW."assignee_id"))',
                    func="""
                    UPDATE cases_followup SET assignee_id = NEW.assignee_id WHERE case_id = NEW.id;
                    RETURN NULL;
                """,
                    hash="c7ea26ebaba86b14f84c371744229bc6f2c65adc",
                    operation='UPDATE OF "assignee_id"',
                    pgid="pgtrigger_case_owner_of_plans_fd69c",
                    table="cases_case",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="CallDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=12, verbose_name="case number")),
                ("typed", models.JSONField(default=dict)),
                ("started_at", models.DateTimeField()),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leases.lease",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="cases.case",
                    ),
                ),
                ("discard_reason", models.TextField(blank=True)),
                ("discarded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "discarded_by",
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
                "verbose_name": "call draft",
                "verbose_name_plural": "call drafts",
                "indexes": [
                    models.Index(
                        condition=models.Q(("case__isnull", True), ("discarded_at__isnull", True)),
                        fields=["agent", "-started_at"],
                        name="call_draft_unfinished",
                    ),
                    models.Index(
                        condition=models.Q(("case__isnull", True), ("discarded_at__isnull", True)),
                        fields=["-started_at", "-id"],
                        name="call_draft_unfinished_all",
                    ),
                    models.Index(
                        condition=models.Q(("discarded_at__isnull", False)),
                        fields=["-discarded_at", "-id"],
                        name="call_draft_discarded",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number",), name="call_draft_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("discard_reason", ""),
                                ("discarded_at", None),
                                ("discarded_by", None),
                            ),
                            models.Q(
                                ("case", None),
                                ("discarded_at__isnull", False),
                                ("discarded_by__isnull", False),
                                models.Q(("discard_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="call_draft_discarded_by_somebody",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calldraft",
            trigger=pgtrigger.compiler.Trigger(
                name="call_draft_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="3b6c5ed9dc9151b48414649098adbae045f2a720",
                    operation="DELETE",
                    pgid="pgtrigger_call_draft_stays_b989f",
                    table="cases_calldraft",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calldraft",
            trigger=pgtrigger.compiler.Trigger(
                name="call_draft_discarded_for_good",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."discarded_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="3d72bf3a30b3a40a6a5a038e4e15ceee10904dc3",
                    operation="UPDATE",
                    pgid="pgtrigger_call_draft_discarded_for_good_008f4",
                    table="cases_calldraft",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="EmailTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("case_opened", "Case opened"),
                            ("message_added", "Message added"),
                            ("status_changed", "Status changed"),
                            ("follow_up", "Follow-up"),
                            ("sign_in_code", "Sign-in code"),
                            ("password_reset", "New password"),
                            ("password_changed", "Password changed"),
                            ("address_changed", "Address changed"),
                            ("approval_expiring", "Approval about to expire"),
                            ("approval_expired", "Approval expired"),
                            ("contracts_expiring", "Contract about to expire"),
                            ("contracts_expired", "Contract expired"),
                            ("buyout_quote", "Early purchase quote"),
                            ("payment_history", "Payment history"),
                            ("plan_agreed", "Plan agreed on"),
                            ("plan_cancelled", "Plan canceled"),
                            ("autopay_changed", "Automatic payments changed"),
                            ("delivery_confirmed", "Delivery confirmed"),
                            ("evidence_requested", "Proof requested"),
                            ("evidence_received", "Proof received"),
                            ("evidence_unreadable", "Unreadable proof"),
                            ("promise_confirmed", "Verbal agreement confirmed"),
                            ("promise_due", "Agreed day coming"),
                            ("promise_broken", "Agreement not kept"),
                            ("escalated", "Case escalated"),
                            ("resolved", "Case resolved"),
                            ("return_steps", "Return instructions"),
                            ("outside_deadline", "Outside deadline"),
                            ("weekly_report", "Weekly report"),
                        ],
                        max_length=30,
                        verbose_name="email",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("subject", models.CharField(max_length=150, verbose_name="subject")),
                ("subject_en", models.CharField(max_length=150, null=True, verbose_name="subject")),
                ("subject_es", models.CharField(max_length=150, null=True, verbose_name="subject")),
                ("body", models.TextField(max_length=10000, verbose_name="text")),
                ("body_en", models.TextField(max_length=10000, null=True, verbose_name="text")),
                ("body_es", models.TextField(max_length=10000, null=True, verbose_name="text")),
                ("at", models.DateTimeField(verbose_name="date and time")),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "version"), name="email_template_version_once"
                    ),
                    models.CheckConstraint(
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
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="emailtemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="email_template_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a62849379bc1d68480aa3330a28c6cac31bdefa0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_email_template_append_only_a00ea",
                    table="cases_emailtemplate",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("note", "Internal note"),
                            ("message", "Message"),
                            ("evidence", "Proof"),
                            ("event", "Event"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[("internal", "Internal"), ("public", "Visible to the customer")],
                        max_length=10,
                        verbose_name="visibility",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "Phone"),
                            ("web", "Website"),
                            ("email", "Email"),
                            ("store", "Store"),
                            ("letter", "Letter"),
                        ],
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("en", "English"), ("es", "Spanish")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("body", models.TextField(blank=True, verbose_name="text")),
                (
                    "event",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("opened", "Case opened"),
                            ("status_changed", "Status changed"),
                            ("due_changed", "Next step date changed"),
                            ("assigned", "Assigned"),
                            ("escalated", "Escalated"),
                            ("follow_up_set", "Follow-up scheduled"),
                            ("follow_up_cancelled", "Follow-up canceled"),
                            ("follow_up_sent", "Follow-up sent"),
                            ("plan_agreed", "Plan agreed on"),
                            ("plan_cancelled", "Plan canceled"),
                            ("follow_up_moved", "Follow-up moved"),
                            ("follow_up_done", "Follow-up completed"),
                            ("evidence_requested", "Proof requested"),
                            ("evidence_settled", "Proof request closed"),
                            ("evidence_tied", "File matched to a request"),
                            ("evidence_unreadable", "Unreadable proof"),
                            ("return_steps", "Return instructions sent"),
                            ("promise_made", "Verbal agreement"),
                            ("promise_acknowledged", "Verbal agreement confirmed by the customer"),
                            ("promise_settled", "Verbal agreement closed"),
                            ("outside_opened", "Outside deadline"),
                            ("outside_answered", "Outside deadline answered"),
                            ("mail_bounced", "Email bounced"),
                        ],
                        max_length=20,
                        verbose_name="event",
                    ),
                ),
                ("params", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="cases.case",
                    ),
                ),
                (
                    "language_source",
                    models.CharField(
                        choices=[
                            ("chosen", "chosen"),
                            ("guessed", "guessed"),
                            ("undecided", "not certain"),
                        ],
                        default="chosen",
                        max_length=9,
                    ),
                ),
            ],
            options={
                "verbose_name": "entry",
                "verbose_name_plural": "entries",
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["case", "-at", "-id"], name="entry_timeline")],
                "constraints": [
                    models.CheckConstraint(
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
                                        "evidence_tied",
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["event", "evidence"]),
                            models.Q(
                                models.Q(("body", ""), _negated=True),
                                ("language__in", ["en", "es"]),
                            ),
                            _connector="OR",
                        ),
                        name="entry_text_has_a_language",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "note"), _negated=True),
                            ("visibility", "internal"),
                            _connector="OR",
                        ),
                        name="entry_note_is_internal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["call", "note", "message", "evidence", "event"]),
                            ("visibility__in", ["internal", "public"]),
                        ),
                        name="entry_kind_and_visibility_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("language_source__in", ["chosen", "guessed", "undecided"])
                        ),
                        name="entry_language_source_known",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="entry_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dafdca264ca6f79c284a8daf7e7f3e200cd525ec",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_entry_append_only_bbace",
                    table="cases_entry",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Email",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                ("next_attempt_at", models.DateTimeField(verbose_name="next attempt")),
                ("owner", models.UUIDField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, max_length=200, verbose_name="last error")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emails",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.emailtemplate",
                        verbose_name="template",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emails",
                        to="cases.entry",
                    ),
                ),
                (
                    "remote_id",
                    models.CharField(blank=True, db_default="", default="", max_length=200),
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
                ("trying_since", models.DateTimeField(blank=True, null=True)),
                ("unanswered", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("unanswered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "email",
                "verbose_name_plural": "emails",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["-is_secret", "next_attempt_at", "created_at"],
                        name="email_pending",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["claimed", "sending"])),
                        fields=["lease_until"],
                        name="email_claimed",
                    ),
                    models.Index(fields=["to", "-sent_at"], name="email_recipient"),
                    models.Index(
                        condition=models.Q(("unanswered_at__isnull", False)),
                        fields=["to", "-unanswered_at"],
                        name="email_unanswered",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ["pending", "claimed", "sending"]),
                            ("trying_since__isnull", False),
                        ),
                        fields=["trying_since"],
                        name="email_trying",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("is_secret", False), ("settlement", ""), ("state", "uncertain")
                        ),
                        fields=["created_at", "id"],
                        name="email_uncertain",
                    ),
                    models.Index(
                        condition=models.Q(("is_secret", False), ("state", "failed")),
                        fields=["-created_at", "-id"],
                        name="email_failed",
                    ),
                    models.Index(fields=["-created_at", "-id"], name="email_newest"),
                    models.Index(
                        condition=models.Q(("state__in", ["failed", "uncertain", "withdrawn"])),
                        fields=["state", "-created_at", "-id"],
                        name="email_not_sent",
                    ),
                    models.Index(
                        condition=models.Q(("remote_id", ""), _negated=True),
                        fields=["remote_id"],
                        name="email_remote",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("key",), name="email_key_once"),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "es"])),
                        name="email_language_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lease_until__isnull", False),
                                ("owner__isnull", False),
                                ("state__in", ["claimed", "sending"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["claimed", "sending"]), _negated=True),
                                ("lease_until__isnull", True),
                                ("owner__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="email_claim_has_an_owner",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "escalation",
                "verbose_name_plural": "escalations",
                "ordering": ["-at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="escalation_has_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="file name")),
                ("content_type", models.CharField(max_length=40, verbose_name="type")),
                ("size", models.PositiveIntegerField(help_text="bytes", verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("width", models.PositiveIntegerField(blank=True, null=True)),
                ("height", models.PositiveIntegerField(blank=True, null=True)),
                ("pages", models.PositiveIntegerField(blank=True, null=True)),
                ("original", models.CharField(max_length=80)),
                ("view", models.CharField(max_length=80)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="cases.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "proof",
                "verbose_name_plural": "proof",
                "constraints": [
                    models.UniqueConstraint(fields=("original",), name="evidence_original_once"),
                    models.UniqueConstraint(fields=("view",), name="evidence_view_once"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="evidence_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2ae3e7e9c67953bb61f6980ea98df00bb7af824f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_evidence_append_only_9d164",
                    table="cases_evidence",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="EvidenceView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="views",
                        to="cases.evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "view of proof",
                "verbose_name_plural": "views of proof",
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("message", models.TextField(blank=True, verbose_name="message")),
                ("send_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="cases.case",
                    ),
                ),
                (
                    "cancel_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("by_hand", "canceled"),
                            ("case_ended", "the case ended"),
                            ("store_confirmed", "the store confirmed"),
                            ("not_waiting", "the case is no longer waiting for the store"),
                            ("evidence_came", "nothing is being asked for anymore"),
                            ("customer_wrote", "the customer has answered"),
                        ],
                        default="",
                        max_length=15,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "Phone"),
                            ("web", "Website"),
                            ("email", "Email"),
                            ("store", "Store"),
                            ("letter", "Letter"),
                        ],
                        default="email",
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("en", "English"), ("es", "Spanish")],
                        default="",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("on_day", "On a specific date"),
                            ("business_days", "After a number of business days"),
                            ("store_silent", "If the store hasn’t confirmed by then"),
                            ("window_ends", "Before the customer’s hours end"),
                        ],
                        default="on_day",
                        max_length=13,
                        verbose_name="when",
                    ),
                ),
                (
                    "template",
                    models.CharField(
                        choices=[
                            ("case_opened", "Case opened"),
                            ("message_added", "Message added"),
                            ("status_changed", "Status changed"),
                            ("follow_up", "Follow-up"),
                            ("sign_in_code", "Sign-in code"),
                            ("password_reset", "New password"),
                            ("password_changed", "Password changed"),
                            ("address_changed", "Address changed"),
                            ("approval_expiring", "Approval about to expire"),
                            ("approval_expired", "Approval expired"),
                            ("contracts_expiring", "Contract about to expire"),
                            ("contracts_expired", "Contract expired"),
                            ("buyout_quote", "Early purchase quote"),
                            ("payment_history", "Payment history"),
                            ("plan_agreed", "Plan agreed on"),
                            ("plan_cancelled", "Plan canceled"),
                            ("autopay_changed", "Automatic payments changed"),
                            ("delivery_confirmed", "Delivery confirmed"),
                            ("evidence_requested", "Proof requested"),
                            ("evidence_received", "Proof received"),
                            ("evidence_unreadable", "Unreadable proof"),
                            ("promise_confirmed", "Verbal agreement confirmed"),
                            ("promise_due", "Agreed day coming"),
                            ("promise_broken", "Agreement not kept"),
                            ("escalated", "Case escalated"),
                            ("resolved", "Case resolved"),
                            ("return_steps", "Return instructions"),
                            ("outside_deadline", "Outside deadline"),
                            ("weekly_report", "Weekly report"),
                        ],
                        default="follow_up",
                        max_length=30,
                        verbose_name="email template",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up",
                "verbose_name_plural": "follow-ups",
                "ordering": ["send_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("done_at__isnull", True)
                        ),
                        fields=["send_at", "id"],
                        name="follow_up_due",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("done_at__isnull", True)
                        ),
                        fields=["by", "send_at"],
                        name="follow_up_by",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("done_at__isnull", True)
                        ),
                        fields=["assignee", "send_at"],
                        name="follow_up_own",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("done_at__isnull", True)
                        ),
                        fields=["on"],
                        name="follow_up_day",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at__isnull", True),
                            ("done_at__isnull", True),
                            ("channel", "email"),
                        ),
                        fields=["send_at", "id"],
                        name="follow_up_mail_due",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at__isnull", True),
                            ("done_at__isnull", True),
                            ("rule", "store_silent"),
                        ),
                        fields=["send_at", "id"],
                        name="follow_up_store",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", False)),
                        fields=["done_at"],
                        name="follow_up_done",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("cancelled_at__isnull", True),
                            _connector="OR",
                        ),
                        name="follow_up_done_or_cancelled",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancel_reason", "by_hand"), _negated=True),
                            ("cancelled_by__isnull", False),
                            _connector="OR",
                        ),
                        name="follow_up_cancelled_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "email"), ("done_by__isnull", True)),
                            models.Q(
                                ("channel", "phone"),
                                ("done_at__isnull", True),
                                ("done_by__isnull", True),
                            ),
                            models.Q(
                                ("channel", "phone"),
                                ("done_at__isnull", False),
                                ("done_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="follow_up_call_made_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("language__in", ["", "en", "es"]),
                            (
                                "rule__in",
                                ["on_day", "business_days", "store_silent", "window_ends"],
                            ),
                            (
                                "template__in",
                                [
                                    "case_opened",
                                    "message_added",
                                    "status_changed",
                                    "follow_up",
                                    "sign_in_code",
                                    "password_reset",
                                    "password_changed",
                                    "address_changed",
                                    "approval_expiring",
                                    "approval_expired",
                                    "contracts_expiring",
                                    "contracts_expired",
                                    "buyout_quote",
                                    "payment_history",
                                    "plan_agreed",
                                    "plan_cancelled",
                                    "autopay_changed",
                                    "delivery_confirmed",
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("language", ""), _negated=True),
                            models.Q(("done_at__isnull", True), ("message", "")),
                            _connector="OR",
                        ),
                        name="follow_up_words_have_a_language",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="followup",
            trigger=pgtrigger.compiler.Trigger(
                name="follow_up_owner",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="""
                    SELECT assignee_id INTO NEW.assignee_id FROM cases_case WHERE id = NEW.case_id;
                    RETURN NEW;
                """,
                    hash="b5a97ba4586175ad6d8de4bb2b7b33c8b46da3bb",
                    operation="INSERT",
                    pgid="pgtrigger_follow_up_owner_9781e",
                    table="cases_followup",
                    when="BEFORE",
                ),
            ),
        ),
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
                ("at", models.DateTimeField(verbose_name="date and time")),
                ("reviewed_text", models.TextField(blank=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="cases.entry",
                    ),
                ),
                (
                    "reviewed_by",
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
                "verbose_name": "translation of an entry",
                "verbose_name_plural": "translations of entries",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entry", "language"), name="entry_translation_once"
                    ),
                    models.CheckConstraint(
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
                ],
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
                ("key", models.CharField(max_length=64)),
                (
                    "source",
                    models.CharField(
                        choices=[("mailbox", "Mailbox"), ("webhook", "Email provider")],
                        max_length=7,
                        verbose_name="source",
                    ),
                ),
                ("message_id", models.CharField(blank=True, max_length=250)),
                ("sender", models.CharField(blank=True, max_length=320, verbose_name="from")),
                ("subject", models.CharField(blank=True, max_length=250, verbose_name="subject")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("original", models.CharField(max_length=80)),
                ("size", models.PositiveIntegerField(help_text="bytes", verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("entered", "Added to its case"),
                            ("parked", "Needs review"),
                            ("dismissed", "Dismissed"),
                        ],
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_case", "Not a reply to one of our emails"),
                            ("several", "Sent to several cases"),
                            ("stranger", "Sender isn’t the customer on the case"),
                            ("unverified", "Sender not confirmed"),
                            ("expired", "Sent to an address that has expired"),
                            ("bounce", "Delivery report"),
                            ("automatic", "Automatic reply"),
                            ("own", "One of our own emails"),
                            ("too_many", "Too many emails from this sender"),
                            ("unreadable", "Couldn’t be read"),
                            ("empty", "Empty email"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="cases.email",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inbound_mails",
                        to="cases.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inbound_mail",
                        to="cases.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "incoming email",
                "verbose_name_plural": "incoming emails",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "parked")),
                        fields=["received_at", "id"],
                        name="inbound_parked",
                    ),
                    models.Index(
                        condition=models.Q(("state", "dismissed")),
                        fields=["-received_at", "-id"],
                        name="inbound_dismissed",
                    ),
                    models.Index(fields=["sender", "-received_at"], name="inbound_sender"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("key",), name="inbound_key_once"),
                    models.UniqueConstraint(fields=("original",), name="inbound_original_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("case__isnull", False),
                                ("entry__isnull", False),
                                ("state", "entered"),
                            ),
                            models.Q(
                                ("entry__isnull", True), ("state__in", ["parked", "dismissed"])
                            ),
                            _connector="OR",
                        ),
                        name="inbound_entered_has_an_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "parked"), _negated=True),
                            (
                                "reason__in",
                                [
                                    "no_case",
                                    "several",
                                    "stranger",
                                    "unverified",
                                    "expired",
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="inbound_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dismissed"), _negated=True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="inbound_dismissed_by_somebody",
                    ),
                ],
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
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="language_corrections",
                        to="cases.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "language correction",
                "verbose_name_plural": "language corrections",
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "es"])),
                        name="language_correction_known",
                    )
                ],
            },
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
        migrations.CreateModel(
            name="MailboxState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                                ("paused_since__isnull", True), ("paused_until__isnull", True)
                            ),
                            models.Q(
                                ("paused_since__isnull", False), ("paused_until__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="mail_channel_pause_has_both_ends",
                    ),
                ],
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
                        verbose_name="who is asking",
                    ),
                ),
                (
                    "reference",
                    models.CharField(blank=True, max_length=60, verbose_name="their reference"),
                ),
                ("received_on", models.DateField(verbose_name="sent to us on")),
                ("due_on", models.DateField(verbose_name="respond by")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="responded on"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_deadlines",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "outside deadline",
                "verbose_name_plural": "outside deadlines",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_on__isnull", True)),
                        fields=["due_on"],
                        name="outside_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "body__in",
                                ["cfpb", "bbb", "attorney_general", "credit_bureau", "letter"],
                            )
                        ),
                        name="outside_body_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("received_on"))),
                        name="outside_due_after_receipt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_by__isnull", True), ("answered_on__isnull", True)),
                            models.Q(
                                ("answered_by__isnull", False), ("answered_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="outside_answered_by_somebody",
                    ),
                ],
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
                            ("company", "Our team"),
                            ("customer", "The customer"),
                            ("store", "The store"),
                            ("nobody", "No one"),
                        ],
                        max_length=10,
                        verbose_name="who will do it",
                    ),
                ),
                ("what", models.CharField(max_length=500, verbose_name="what was agreed")),
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
                ("due_on", models.DateField(verbose_name="date")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "acknowledged_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="confirmed by the customer"
                    ),
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="cases.case",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "verbal agreement",
                "verbose_name_plural": "verbal agreements",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "")), fields=["due_on"], name="promise_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("party__in", ["company", "customer", "store"])),
                        name="promise_of_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", ""), _negated=True), ("language__in", ["en", "es"])
                        ),
                        name="promise_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__isnull", True), ("amount__gt", 0), _connector="OR"
                        ),
                        name="promise_amount_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome", ""),
                                ("settled_at__isnull", True),
                                ("settled_by__isnull", True),
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
                ],
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
                ("at", models.DateTimeField(verbose_name="date and time")),
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
                        choices=[("call", "Call"), ("email", "Email")],
                        max_length=5,
                        verbose_name="medium",
                    ),
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
                "verbose_name": "script",
                "verbose_name_plural": "scripts",
                "ordering": ["situation", "medium", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("situation", "medium", "version"), name="script_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("medium__in", ["call", "email"]),
                            ("situation__in", ["opening", "payments", "return", "dispute"]),
                        ),
                        name="script_codes_known",
                    ),
                    models.CheckConstraint(
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
                ],
            },
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
                            ("bounced", "Doesn’t exist or rejects email"),
                            ("complained", "Our email was reported as spam"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=200, verbose_name="last error")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "email",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.email",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=["-at", "-id"],
                        name="suppressed_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("address",),
                        name="suppressed_address_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address", django.db.models.functions.text.Lower("address"))
                        ),
                        name="suppressed_address_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["bounced", "complained"])),
                        name="suppression_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="suppression_lifted_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldUpload",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="file name")),
                ("content_type", models.CharField(max_length=40, verbose_name="type")),
                ("size", models.PositiveIntegerField(help_text="bytes", verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("width", models.PositiveIntegerField(blank=True, null=True)),
                ("height", models.PositiveIntegerField(blank=True, null=True)),
                ("pages", models.PositiveIntegerField(blank=True, null=True)),
                ("original", models.CharField(max_length=80)),
                ("view", models.CharField(max_length=80)),
                ("form", models.CharField(max_length=250)),
                ("at", models.DateTimeField()),
                (
                    "holder",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held_uploads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "held upload",
                "verbose_name_plural": "held uploads",
                "indexes": [
                    models.Index(fields=["holder", "at"], name="held_upload_of"),
                    models.Index(fields=["at"], name="held_upload_old"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("original",), name="heldupload_original_once"),
                    models.UniqueConstraint(fields=("view",), name="heldupload_view_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="InboundOriginalView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="original_views",
                        to="cases.inboundmail",
                    ),
                ),
            ],
            options={
                "verbose_name": "view of an original email",
                "verbose_name_plural": "views of original emails",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="original_view_has_a_reason",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inboundoriginalview",
            trigger=pgtrigger.compiler.Trigger(
                name="original_view_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ee700890e0f0811664640d76d6f649f3b66e48d0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_original_view_append_only_8c922",
                    table="cases_inboundoriginalview",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="AskedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slot",
                    models.CharField(
                        choices=[
                            ("identity", "Identity document"),
                            ("contract", "Lease agreement"),
                            ("receipts", "Receipts"),
                            ("payment_proof", "Proof of payment with date, amount and reference"),
                            ("bank_statement", "Bank statement"),
                            ("photos", "Photos of the item"),
                            ("invoice_photo", "Photo of the invoice"),
                            ("purchase_proof", "Proof of purchase"),
                            ("tracking", "Shipment tracking number"),
                            ("store_receipt", "The store’s receipt for the return"),
                            ("refusal_proof", "Names, dates and proof of the store’s refusal"),
                            ("correspondence", "Emails, letters or screenshots"),
                        ],
                        max_length=20,
                        verbose_name="proof",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Requested"),
                            ("received", "Received"),
                            ("unreadable", "Can’t be read"),
                            ("accepted", "Accepted"),
                            ("dropped", "No longer needed"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="requested")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_items",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "requested item",
                "verbose_name_plural": "requested items",
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "slot"), name="asked_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "slot__in",
                                [
                                    "identity",
                                    "contract",
                                    "receipts",
                                    "payment_proof",
                                    "bank_statement",
                                    "photos",
                                    "invoice_photo",
                                    "purchase_proof",
                                    "tracking",
                                    "store_receipt",
                                    "refusal_proof",
                                    "correspondence",
                                ],
                            ),
                            (
                                "state__in",
                                ["asked", "received", "unreadable", "accepted", "dropped"],
                            ),
                        ),
                        name="asked_item_codes_known",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="askeditem",
            trigger=pgtrigger.compiler.Trigger(
                name="asked_item_state_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:accepted,asked:dropped,asked:received,asked:unreadable,received:accepted,received:asked,received:dropped,received:unreadable,unreadable:accepted,unreadable:asked,unreadable:dropped,unreadable:received,accepted:asked,accepted:unreadable,dropped:asked,dropped:unreadable}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="6b8c05594a58f96c2f9a33294f66b1623f847bcb",
                    operation="UPDATE",
                    pgid="pgtrigger_asked_item_state_table_cb523",
                    table="cases_askeditem",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="AskedItemFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="cases.askeditem",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="cases.evidence"
                    ),
                ),
            ],
            options={
                "verbose_name": "file for a requested item",
                "verbose_name_plural": "files for requested items",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "evidence"), name="asked_item_file_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="askeditem",
            name="files",
            field=models.ManyToManyField(
                related_name="answers",
                through="cases.AskedItemFile",
                to="cases.evidence",
                verbose_name="files",
            ),
        ),
        # Taken for independent, escalated and active would seem to be a seventieth of what they are.
        migrations.RunSQL(
            "CREATE STATISTICS case_rank_of_status (mcv) ON status, rank FROM cases_case",
            "DROP STATISTICS case_rank_of_status",
        ),
    ]

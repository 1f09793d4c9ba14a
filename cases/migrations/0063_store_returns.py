"""An item goes back to a store: handed in, answered, settled."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from cases.migrations import _events

EVENTS = [
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
    ("flagged", "Flag added"),
    ("flag_lifted", "Flag removed"),
    ("lease_attached", "Lease attached"),
    ("lease_detached", "Lease detached"),
    ("call_added", "Call added"),
    ("caller_named", "Caller"),
    ("caller_verified", "Verification"),
    ("contact_attempted", "Contact attempt"),
    ("wishes_changed", "Contact preferences changed"),
    ("answered", "Questions answered"),
    ("charges_disputed", "Transactions disputed"),
    ("charge_withdrawn", "Transaction no longer disputed"),
    ("charges_decided", "Disputed transactions decided"),
    ("autopay_revoked", "Authorization revoked"),
    ("identity_blocked", "New applications blocked"),
    ("identity_unblocked", "New applications allowed again"),
    ("outside_extended", "Outside deadline extended"),
    ("attempt_undone", "Contact attempt undone"),
    ("contact_corrected", "Contact details corrected"),
    ("reference_added", "Reference from the customer"),
    ("reference_removed", "Reference removed"),
    ("refund_paid", "Refund paid"),
    ("merged", "Cases merged"),
    ("merge_undone", "Merge undone"),
    ("return_handed_in", "Item returned to the store"),
    ("return_answered", "Store’s answer about a return"),
    ("return_credited", "Return credited"),
    ("return_withdrawn", "Return recorded by mistake"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0062_queue_by_facet"),
        ("leases", "0018_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StoreReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("handed_in_on", models.DateField(verbose_name="returned on")),
                (
                    "tracking",
                    models.CharField(blank=True, max_length=60, verbose_name="tracking number"),
                ),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "The store has the item"),
                            ("refused", "The store refused it"),
                        ],
                        default="",
                        max_length=9,
                        verbose_name="store’s answer",
                    ),
                ),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="answered on"),
                ),
                (
                    "answered_name",
                    models.CharField(blank=True, max_length=120, verbose_name="who answered"),
                ),
                (
                    "answer_note",
                    models.TextField(blank=True, max_length=2000, verbose_name="proof or reason"),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "credit",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="credit"
                    ),
                ),
                (
                    "credited_on",
                    models.DateField(blank=True, null=True, verbose_name="credited on"),
                ),
                ("credited_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "return to a store",
                "verbose_name_plural": "returns to stores",
                "ordering": ["-handed_in_on", "-id"],
            },
        ),
        migrations.AlterField(
            model_name="entry",
            name="event",
            field=models.CharField(blank=True, choices=EVENTS, max_length=20, verbose_name="event"),
        ),
        _events.events_known([code for code, _label in EVENTS], new=4),
        migrations.AddField(
            model_name="storereturn",
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
            model_name="storereturn",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            model_name="storereturn",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="store_returns",
                to="cases.case",
                verbose_name="case",
            ),
        ),
        migrations.AddField(
            model_name="storereturn",
            name="credited_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="storereturn",
            name="report",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="leases.merchandisereturn",
                verbose_name="store’s report",
            ),
        ),
        migrations.AddField(
            model_name="storereturn",
            name="store",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="leases.store",
                verbose_name="store",
            ),
        ),
        migrations.AddField(
            model_name="storereturn",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="storereturn",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", True), ("answer", "")),
                fields=["handed_in_on", "id"],
                name="store_return_silent",
            ),
        ),
        migrations.AddIndex(
            model_name="storereturn",
            index=models.Index(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    ("answer", "confirmed"),
                    ("credited_on__isnull", True),
                ),
                fields=["answered_on", "id"],
                name="store_return_owed",
            ),
        ),
        migrations.AddConstraint(
            model_name="storereturn",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("answer", "")),
                    models.Q(
                        ("withdrawn_at__isnull", True),
                        ("answer", "confirmed"),
                        ("credited_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                fields=("case",),
                name="store_return_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="storereturn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""),
                        ("answer_note", ""),
                        ("answered_at", None),
                        ("answered_by", None),
                        ("answered_name", ""),
                        ("answered_on", None),
                        ("report", None),
                    ),
                    models.Q(
                        models.Q(
                            models.Q(("answered_by__isnull", False), ("answered_name__gt", "")),
                            ("report__isnull", False),
                            _connector="OR",
                        ),
                        ("answer", "confirmed"),
                        ("answered_at__isnull", False),
                        ("answered_on__gte", models.F("handed_in_on")),
                    ),
                    models.Q(
                        ("answer", "refused"),
                        ("answer_note__gt", ""),
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        ("answered_name__gt", ""),
                        ("answered_on__gte", models.F("handed_in_on")),
                        ("report", None),
                    ),
                    _connector="OR",
                ),
                name="store_return_answered_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="storereturn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("credit", None),
                        ("credited_at", None),
                        ("credited_by", None),
                        ("credited_on", None),
                    ),
                    models.Q(
                        models.Q(("credit", None), ("credit__gt", 0), _connector="OR"),
                        ("answer", "confirmed"),
                        ("credited_at__isnull", False),
                        ("credited_by__isnull", False),
                        ("credited_on__gte", models.F("answered_on")),
                        ("withdrawn_at", None),
                    ),
                    _connector="OR",
                ),
                name="store_return_credited_once_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="storereturn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="store_return_withdrawn_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="storereturn",
            trigger=pgtrigger.compiler.Trigger(
                name="store_return_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="3e2c9a8d47632ad8dd728d9e75dde9a81113c731",
                    operation="DELETE",
                    pgid="pgtrigger_store_return_never_deleted_9bc6a",
                    table="cases_storereturn",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="storereturn",
            trigger=pgtrigger.compiler.Trigger(
                name="store_return_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."store_id" IS DISTINCT FROM (NEW."store_id") OR OLD."handed_in_on" IS DISTINCT FROM (NEW."handed_in_on") OR OLD."tracking" IS DISTINCT FROM (NEW."tracking") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c44a349dfac6d88d0e44d21a71d5f048e84ea4c3",
                    operation="UPDATE",
                    pgid="pgtrigger_store_return_stays_80a01",
                    table="cases_storereturn",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="storereturn",
            trigger=pgtrigger.compiler.Trigger(
                name="store_return_answered_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.answer <> '' AND (NEW.answer, NEW.answered_on, NEW.answered_name, NEW.answer_note, NEW.report_id, NEW.answered_at) IS DISTINCT FROM (OLD.answer, OLD.answered_on, OLD.answered_name, OLD.answer_note, OLD.report_id, OLD.answered_at))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="6fe66998cd3097f000dce087ce78b884a1dc4a88",
                    operation="UPDATE",
                    pgid="pgtrigger_store_return_answered_once_46902",
                    table="cases_storereturn",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="storereturn",
            trigger=pgtrigger.compiler.Trigger(
                name="store_return_ended_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."credited_on" IS NOT NULL OR OLD."withdrawn_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="baee5a7d9bde8b029004c1d3811a8e90768753d8",
                    operation="UPDATE",
                    pgid="pgtrigger_store_return_ended_stays_f0188",
                    table="cases_storereturn",
                    when="BEFORE",
                ),
            ),
        ),
    ]

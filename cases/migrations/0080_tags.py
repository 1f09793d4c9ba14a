"""Words that the team gives to cases."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
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
    ("refund_promised", "Refund promised"),
    ("refund_withdrawn", "Refund withdrawn"),
    ("snoozed", "Snoozed"),
    ("snooze_ended", "Snooze ended"),
    ("reopened", "Reopened"),
    ("tagged", "Tag added"),
    ("untagged", "Tag removed"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0079_waits_for_agreement"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As your team says it, in any language: it isn’t translated.",
                        max_length=40,
                        verbose_name="name",
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=100)),
                (
                    "is_offered",
                    models.BooleanField(
                        default=True,
                        help_text="Uncheck this to stop offering it. Cases that already have it keep it.",
                        verbose_name="offered",
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
                "ordering": ["key"],
                "constraints": [
                    models.UniqueConstraint(fields=["key"], name="tag_once"),
                    models.CheckConstraint(
                        condition=~models.Q(name="") & ~models.Q(key=""), name="tag_named"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tag",
            trigger=pgtrigger.compiler.Trigger(
                name="tag_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="2070b2c5c5ff1d2c49eeeb582d4f9a71f3ec9053",
                    operation="DELETE",
                    pgid="pgtrigger_tag_stays_f5b5c",
                    table="cases_tag",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="tags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="tags",
            ),
        ),
        AddConstraintNotValid(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(tags__len__lte=12), name="case_tags_at_most"
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="event",
            field=models.CharField(blank=True, choices=EVENTS, max_length=20, verbose_name="event"),
        ),
        _events.events_known([code for code, _label in EVENTS], new=2),
    ]

"""Cases that are snoozed until a day."""

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
]

ACTIVE = ["in_progress", "open", "waiting_customer", "waiting_store"]


class Migration(migrations.Migration):
    dependencies = [("cases", "0071_calling_back_script")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="snoozed_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="snoozed until"),
        ),
        migrations.AddField(
            model_name="case",
            name="snooze_ends_on_reply",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="or until something comes in"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="snooze_reason",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=300,
                verbose_name="why it’s snoozed",
            ),
        ),
        AddConstraintNotValid(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(snoozed_until__isnull=True) | models.Q(status__in=ACTIVE),
                name="case_snoozed_can_wait",
            ),
        ),
        AddConstraintNotValid(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    snoozed_until__isnull=True, snooze_ends_on_reply=False, snooze_reason=""
                )
                | (models.Q(snoozed_until__isnull=False) & ~models.Q(snooze_reason="")),
                name="case_snooze_whole",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="event",
            field=models.CharField(blank=True, choices=EVENTS, max_length=20, verbose_name="event"),
        ),
        _events.events_known([code for code, _label in EVENTS], new=2),
    ]

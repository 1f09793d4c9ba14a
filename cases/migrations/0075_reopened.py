"""Why a case that had ended goes on."""

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
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0074_queue_without_snoozed")]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="event",
            field=models.CharField(blank=True, choices=EVENTS, max_length=20, verbose_name="event"),
        ),
        _events.events_known([code for code, _label in EVENTS], new=1),
    ]

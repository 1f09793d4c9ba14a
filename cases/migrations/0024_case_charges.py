"""The transactions a case is about, and the reasons for a case that have them."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

#: What an entry of a case's history may say, so far and from now on.
EARLIER = [
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
    "flagged",
    "flag_lifted",
    "lease_attached",
    "lease_detached",
    "call_added",
    "caller_named",
    "caller_verified",
    "contact_attempted",
    "wishes_changed",
    "answered",
]
ADDED = ["charges_disputed", "charge_withdrawn", "charges_decided"]


def offer(apps, schema_editor):
    """An administrator can choose others."""
    kinds = ["charge_dispute", "charge_question", "fraud"]
    apps.get_model("cases", "CaseKind").objects.filter(key__in=kinds).update(disputes_charges=True)


def _condition(events):
    return models.Q(event__in=events, kind="event") | (
        ~models.Q(kind="event") & models.Q(author__isnull=False, event="")
    )


def _add(events):
    """Unchecked, in both directions: the table is large, and history is never deleted."""
    known = ", ".join(f"'{each}'" for each in events)
    return (
        "ALTER TABLE cases_entry DROP CONSTRAINT entry_event_has_a_code;"
        " ALTER TABLE cases_entry ADD CONSTRAINT entry_event_has_a_code CHECK ("
        f"(event IN ({known}) AND kind = 'event')"
        " OR (NOT (kind = 'event') AND author_id IS NOT NULL AND event = '')) NOT VALID"
    )


def _known_events():
    name = "entry_event_has_a_code"
    constraint = models.CheckConstraint(condition=_condition([*EARLIER, *ADDED]), name=name)
    return migrations.SeparateDatabaseAndState(
        state_operations=[
            migrations.RemoveConstraint("entry", name),
            migrations.AddConstraint("entry", constraint),
        ],
        database_operations=[migrations.RunSQL(_add([*EARLIER, *ADDED]), _add(EARLIER))],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0023_call_windows"),
        ("leases", "0008_disputed_charges"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseCharge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "disputed transaction in a case",
                "verbose_name_plural": "disputed transactions in cases",
                "ordering": ["charge"],
            },
        ),
        migrations.AddField(
            model_name="casekind",
            name="disputes_charges",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="The case shows the lease’s transactions, to choose the ones in dispute.",
                verbose_name="transactions can be disputed",
            ),
        ),
        migrations.AddField(
            model_name="casekind",
            name="pauses_fees",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="No late fees on a disputed payment until it’s decided, if the program agrees.",
                verbose_name="late fees wait",
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
                    ("wishes_changed", "Contact wishes changed"),
                    ("answered", "Questions answered"),
                    ("charges_disputed", "Transactions disputed"),
                    ("charge_withdrawn", "Transaction no longer disputed"),
                    ("charges_decided", "Disputed transactions decided"),
                ],
                max_length=20,
                verbose_name="event",
            ),
        ),
        _known_events(),
        migrations.RunPython(offer, migrations.RunPython.noop),
        migrations.AddField(
            model_name="casecharge",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="charges",
                to="cases.case",
                verbose_name="case",
            ),
        ),
        migrations.AddField(
            model_name="casecharge",
            name="charge",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="in_case",
                to="leases.disputedcharge",
                verbose_name="disputed transaction",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casecharge",
            trigger=pgtrigger.compiler.Trigger(
                name="case_charge_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="767d411ec42e01cc4b7025d56ff01c637b4afd6e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_case_charge_append_only_4678b",
                    table="cases_casecharge",
                    when="BEFORE",
                ),
            ),
        ),
    ]

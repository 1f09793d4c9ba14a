"""Calls are taken over, added to open cases, and say who called. Entries have new events."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_kinds_checked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CallTakeover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="date and time")),
            ],
            options={
                "verbose_name": "call taken over",
                "verbose_name_plural": "calls taken over",
                "ordering": ["id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="entry",
            name="entry_event_has_a_code",
        ),
        migrations.AlterField(
            model_name="calldraft",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calls",
                to="cases.case",
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
                ],
                max_length=20,
                verbose_name="event",
            ),
        ),
        AddConstraintNotValid(
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
        migrations.AddField(
            model_name="calltakeover",
            name="draft",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="takeovers",
                to="cases.calldraft",
            ),
        ),
        migrations.AddField(
            model_name="calltakeover",
            name="from_agent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="calltakeover",
            name="to_agent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="calltakeover",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_agent", models.F("to_agent")), _negated=True),
                name="call_takeover_changes_hands",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calltakeover",
            trigger=pgtrigger.compiler.Trigger(
                name="call_takeover_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ed568fdadc404beda0d97a3865510d574b1e77ba",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_call_takeover_append_only_2d03e",
                    table="cases_calltakeover",
                    when="BEFORE",
                ),
            ),
        ),
    ]

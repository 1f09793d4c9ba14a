import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_begun_calls_checked"),
        ("mail", "0002_email_care_of"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("reached", "Reached"),
                            ("no_answer", "No answer"),
                            ("left_message", "Left a message"),
                            ("busy", "Busy or out of service"),
                            ("wrong_number", "Wrong number"),
                            ("bounced", "Email bounced"),
                        ],
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="date and time")),
            ],
            options={
                "verbose_name": "contact attempt",
                "verbose_name_plural": "contact attempts",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="entry",
            name="entry_event_has_a_code",
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
                                "contact_attempted",
                                "wishes_changed",
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
            model_name="contactattempt",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactattempt",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contact_attempts",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="contactattempt",
            name="email",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contact_attempt",
                to="mail.email",
            ),
        ),
        migrations.AddIndex(
            model_name="contactattempt",
            index=models.Index(fields=["case", "-at"], name="attempt_of_case"),
        ),
        migrations.AddIndex(
            model_name="contactattempt",
            index=models.Index(fields=["-at", "-id"], name="attempt_newest"),
        ),
        migrations.AddConstraint(
            model_name="contactattempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "result__in",
                        ["reached", "no_answer", "left_message", "busy", "wrong_number", "bounced"],
                    )
                ),
                name="attempt_result_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactattempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by__isnull", True), ("email__isnull", False), ("result", "bounced")),
                    models.Q(
                        models.Q(("result", "bounced"), _negated=True),
                        ("by__isnull", False),
                        ("email__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="attempt_made_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactattempt",
            trigger=pgtrigger.compiler.Trigger(
                name="attempt_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="58845a2721263f2d60f0286470c7d2856ac82275",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_attempt_append_only_04672",
                    table="cases_contactattempt",
                    when="BEFORE",
                ),
            ),
        ),
    ]

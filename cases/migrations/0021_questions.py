"""Questions that a kind of case asks, and what they were answered with."""

from typing import Any

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

EARLIER_EVENTS = [
    "opened", "status_changed", "due_changed", "assigned", "escalated", "follow_up_set",
    "follow_up_cancelled", "follow_up_sent", "plan_agreed", "plan_cancelled", "follow_up_moved",
    "follow_up_done", "evidence_requested", "evidence_settled", "evidence_tied",
    "evidence_unreadable", "return_steps", "promise_made", "promise_acknowledged",
    "promise_settled", "outside_opened", "outside_answered", "mail_bounced", "flagged",
    "flag_lifted", "lease_attached", "lease_detached", "call_added", "caller_named",
    "caller_verified", "contact_attempted", "wishes_changed",
]  # fmt: skip


def _events_known() -> Any:
    """Going back, entries about answers stay: history isn’t deleted."""
    table, name = "cases_entry", "entry_event_has_a_code"
    earlier = ", ".join(f"'{each}'" for each in EARLIER_EVENTS)
    condition = models.Q(event__in=[*EARLIER_EVENTS, "answered"], kind="event") | models.Q(
        ~models.Q(kind="event"), author__isnull=False, event=""
    )
    constraint = models.CheckConstraint(condition=condition, name=name)
    return migrations.SeparateDatabaseAndState(
        state_operations=[
            migrations.RemoveConstraint("entry", name),
            migrations.AddConstraint("entry", constraint),
        ],
        database_operations=[
            migrations.RunSQL(
                f"ALTER TABLE {table} DROP CONSTRAINT {name}",
                f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK (kind = 'event'"
                f" AND event IN ({earlier}) OR kind <> 'event' AND author_id IS NOT NULL"
                " AND event = '') NOT VALID",
            ),
            AddConstraintNotValid("entry", constraint),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_flagged_cases_in_order"),
        ("leases", "0007_ssn_digests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.TextField(blank=True, verbose_name="answer")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("en", "English"), ("es", "Spanish")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="date and time")),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="KindQuestion",
            fields=[
                (
                    "key",
                    models.CharField(
                        help_text="For example, late_payment. It can’t be changed later.",
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]*\\Z",
                                "Use lowercase letters, digits and underscores. Start with a letter.",
                            )
                        ],
                        verbose_name="key",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=1000, verbose_name="position"),
                ),
                (
                    "is_offered",
                    models.BooleanField(
                        default=True,
                        help_text="Uncheck this to stop offering it. Cases that already have it keep it.",
                        verbose_name="offered",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=80, verbose_name="question")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="question")),
                ("name_es", models.CharField(max_length=80, null=True, verbose_name="question")),
                (
                    "help",
                    models.CharField(
                        blank=True,
                        help_text="What the agent reads below the question.",
                        max_length=200,
                        verbose_name="hint for the agent",
                    ),
                ),
                (
                    "help_en",
                    models.CharField(
                        blank=True,
                        help_text="What the agent reads below the question.",
                        max_length=200,
                        null=True,
                        verbose_name="hint for the agent",
                    ),
                ),
                (
                    "help_es",
                    models.CharField(
                        blank=True,
                        help_text="What the agent reads below the question.",
                        max_length=200,
                        null=True,
                        verbose_name="hint for the agent",
                    ),
                ),
                (
                    "answer_type",
                    models.CharField(
                        choices=[
                            ("text", "Words"),
                            ("day", "Date"),
                            ("money", "Amount"),
                            ("yes_no", "Yes or no"),
                            ("choice", "One of several"),
                            ("store", "Store"),
                        ],
                        help_text="It can’t be changed later.",
                        max_length=10,
                        verbose_name="answered with",
                    ),
                ),
                (
                    "is_needed",
                    models.BooleanField(
                        default=False,
                        help_text="The case says so until it’s answered. A call can always be saved without it.",
                        verbose_name="always needed",
                    ),
                ),
                (
                    "is_shown",
                    models.BooleanField(
                        default=False,
                        help_text="It’s shown with the case in the portal.",
                        verbose_name="the customer reads the answer",
                    ),
                ),
            ],
            options={
                "verbose_name": "question of a reason",
                "verbose_name_plural": "questions of reasons",
                "ordering": ["position", "key"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuestionChoice",
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
                        help_text="For example, late_payment. It can’t be changed later.",
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]*\\Z",
                                "Use lowercase letters, digits and underscores. Start with a letter.",
                            )
                        ],
                        verbose_name="key",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_es", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("is_offered", models.BooleanField(default=True, verbose_name="offered")),
            ],
            options={
                "verbose_name": "choice",
                "verbose_name_plural": "choices",
                "ordering": ["position", "id"],
            },
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
                ],
                max_length=20,
                verbose_name="event",
            ),
        ),
        _events_known(),
        migrations.AddField(
            model_name="caseanswer",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="caseanswer",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="caseanswer",
            name="store",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="leases.store",
            ),
        ),
        migrations.AddField(
            model_name="kindquestion",
            name="kind",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="cases.casekind",
                verbose_name="reason for a case",
            ),
        ),
        migrations.AddField(
            model_name="caseanswer",
            name="question",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="cases.kindquestion",
            ),
        ),
        migrations.AddField(
            model_name="questionchoice",
            name="question",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="choices",
                to="cases.kindquestion",
            ),
        ),
        migrations.AddConstraint(
            model_name="kindquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name_en", ""),
                    ("name_en__isnull", True),
                    ("name_es", ""),
                    ("name_es__isnull", True),
                    _connector="OR",
                    _negated=True,
                ),
                name="question_both_languages",
            ),
        ),
        migrations.AddConstraint(
            model_name="kindquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer_type__in", ["text", "day", "money", "yes_no", "choice", "store"])
                ),
                name="question_type_known",
            ),
        ),
        migrations.AddIndex(
            model_name="caseanswer",
            index=models.Index(fields=["case", "question", "-id"], name="answer_of_case"),
        ),
        migrations.AddConstraint(
            model_name="caseanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("store", None), ("value", ""), _connector="OR"),
                name="answer_words_or_store",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="answer_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="65f24741b0156ee246a0d21f92e3cc1e8fcdf9d4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_answer_append_only_a37a2",
                    table="cases_caseanswer",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="questionchoice",
            constraint=models.UniqueConstraint(
                fields=("question", "key"), name="question_choice_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="questionchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name_en", ""),
                    ("name_en__isnull", True),
                    ("name_es", ""),
                    ("name_es__isnull", True),
                    _connector="OR",
                    _negated=True,
                ),
                name="choice_both_languages",
            ),
        ),
    ]

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_case_contacts"),
        ("mail", "0002_email_care_of"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseFlag",
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
                            ("attorney", "Attorney"),
                            ("statute", "Statute named"),
                            ("legal_hold", "Legal hold"),
                        ],
                        max_length=10,
                        verbose_name="flag",
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, max_length=120, verbose_name="attorney’s name"),
                ),
                ("firm", models.CharField(blank=True, max_length=120, verbose_name="law firm")),
                (
                    "phone",
                    models.CharField(
                        blank=True, help_text="E.164", max_length=16, verbose_name="phone"
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                (
                    "statute",
                    models.CharField(blank=True, max_length=120, verbose_name="statute, as named"),
                ),
                ("at", models.DateTimeField(verbose_name="date and time")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="removed")),
                (
                    "lift_reason",
                    models.TextField(blank=True, verbose_name="reason for removing it"),
                ),
            ],
            options={
                "verbose_name": "flag on a case",
                "verbose_name_plural": "flags on cases",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="FlagMail",
            fields=[
                (
                    "email",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="%(class)s",
                        serialize=False,
                        to="mail.email",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice of a flag",
                "verbose_name_plural": "notices of flags",
            },
        ),
        migrations.RemoveConstraint(
            model_name="entry",
            name="entry_event_has_a_code",
        ),
        migrations.RemoveConstraint(
            model_name="followup",
            name="follow_up_cancelled_for_a_reason",
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
                ],
                max_length=20,
                verbose_name="event",
            ),
        ),
        migrations.AlterField(
            model_name="followup",
            name="cancel_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("by_hand", "canceled"),
                    ("case_ended", "the case ended"),
                    ("store_confirmed", "the store confirmed"),
                    ("not_waiting", "the case is no longer waiting for the store"),
                    ("evidence_came", "nothing is being asked for anymore"),
                    ("customer_wrote", "the customer has answered"),
                    ("attorney", "contact goes through the attorney"),
                    ("no_calls", "the customer asked for no calls"),
                ],
                default="",
                max_length=15,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="askeditem",
            trigger=pgtrigger.compiler.Trigger(
                name="asked_item_kept_on_hold",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT FROM cases_caseflag\n                       WHERE case_id = OLD.case_id AND lifted_at IS NULL) THEN\n                RAISE EXCEPTION 'The case is on hold: nothing of it is deleted.';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="e440d8f40022b07a097126905b694feaede492bc",
                    operation="DELETE",
                    pgid="pgtrigger_asked_item_kept_on_hold_f0eb8",
                    table="cases_askeditem",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casemail",
            trigger=pgtrigger.compiler.Trigger(
                name="case_mail_kept_on_hold",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT FROM cases_caseflag\n                       WHERE case_id = OLD.case_id AND lifted_at IS NULL) THEN\n                RAISE EXCEPTION 'The case is on hold: nothing of it is deleted.';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="cc5eddd4633769f16ef8a0301a455017689ea21c",
                    operation="DELETE",
                    pgid="pgtrigger_case_mail_kept_on_hold_3dd1e",
                    table="cases_casemail",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="escalation",
            trigger=pgtrigger.compiler.Trigger(
                name="escalation_kept_on_hold",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT FROM cases_caseflag\n                       WHERE case_id = OLD.case_id AND lifted_at IS NULL) THEN\n                RAISE EXCEPTION 'The case is on hold: nothing of it is deleted.';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="749f9c492a4847d4e59964af162b7eb251ba1cbc",
                    operation="DELETE",
                    pgid="pgtrigger_escalation_kept_on_hold_f7060",
                    table="cases_escalation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="followup",
            trigger=pgtrigger.compiler.Trigger(
                name="follow_up_kept_on_hold",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT FROM cases_caseflag\n                       WHERE case_id = OLD.case_id AND lifted_at IS NULL) THEN\n                RAISE EXCEPTION 'The case is on hold: nothing of it is deleted.';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="bf5dd298e5a82bc25a8c39cafe74c9d479081a76",
                    operation="DELETE",
                    pgid="pgtrigger_follow_up_kept_on_hold_26729",
                    table="cases_followup",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inboundmail",
            trigger=pgtrigger.compiler.Trigger(
                name="inbound_kept_on_hold",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT FROM cases_caseflag\n                       WHERE case_id = OLD.case_id AND lifted_at IS NULL) THEN\n                RAISE EXCEPTION 'The case is on hold: nothing of it is deleted.';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="796cc6159de1940ab1364c3c052e4986049a6990",
                    operation="DELETE",
                    pgid="pgtrigger_inbound_kept_on_hold_8427c",
                    table="cases_inboundmail",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outsidedeadline",
            trigger=pgtrigger.compiler.Trigger(
                name="outside_kept_on_hold",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT FROM cases_caseflag\n                       WHERE case_id = OLD.case_id AND lifted_at IS NULL) THEN\n                RAISE EXCEPTION 'The case is on hold: nothing of it is deleted.';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="283fcc003102e1f411a07196870dab8d1c16be04",
                    operation="DELETE",
                    pgid="pgtrigger_outside_kept_on_hold_0ecbd",
                    table="cases_outsidedeadline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="promise",
            trigger=pgtrigger.compiler.Trigger(
                name="promise_kept_on_hold",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (SELECT FROM cases_caseflag\n                       WHERE case_id = OLD.case_id AND lifted_at IS NULL) THEN\n                RAISE EXCEPTION 'The case is on hold: nothing of it is deleted.';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="46972e2a1b3838e4733f6553aada050f32edb1b5",
                    operation="DELETE",
                    pgid="pgtrigger_promise_kept_on_hold_c7bb8",
                    table="cases_promise",
                    when="BEFORE",
                ),
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
        AddConstraintNotValid(
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
                                "attorney",
                                "no_calls",
                            ],
                        ),
                        ("cancelled_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="follow_up_cancelled_for_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="caseflag",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="caseflag",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="flags", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="caseflag",
            name="lifted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="flagmail",
            name="flag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mails",
                to="cases.caseflag",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseflag",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=("case", "kind", "statute"),
                name="case_flag_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseflag",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["attorney", "statute", "legal_hold"])),
                name="case_flag_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseflag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "attorney"), models.Q(("name", ""), _negated=True)),
                    models.Q(
                        models.Q(("kind", "attorney"), _negated=True),
                        ("email", ""),
                        ("firm", ""),
                        ("name", ""),
                        ("phone", ""),
                    ),
                    _connector="OR",
                ),
                name="case_flag_attorney_has_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseflag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "statute"), models.Q(("statute", ""), _negated=True)),
                    models.Q(models.Q(("kind", "statute"), _negated=True), ("statute", "")),
                    _connector="OR",
                ),
                name="case_flag_says_the_statute",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseflag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("lift_reason", ""),
                        ("lifted_at__isnull", True),
                        ("lifted_by__isnull", True),
                    ),
                    models.Q(
                        ("lifted_at__gte", models.F("at")),
                        ("lifted_by__isnull", False),
                        models.Q(("lift_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="case_flag_lifted_for_a_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseflag",
            trigger=pgtrigger.compiler.Trigger(
                name="case_flag_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="1fd4be856d2ab026106592f8b9ca30bafa5b481e",
                    operation="DELETE",
                    pgid="pgtrigger_case_flag_never_deleted_12c54",
                    table="cases_caseflag",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseflag",
            trigger=pgtrigger.compiler.Trigger(
                name="case_flag_lifted_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."lifted_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="ee12367584bb501185bc88d8fe5e5551bb22c559",
                    operation="UPDATE",
                    pgid="pgtrigger_case_flag_lifted_once_c0547",
                    table="cases_caseflag",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseflag",
            trigger=pgtrigger.compiler.Trigger(
                name="case_flag_stays_as_told",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."firm" IS DISTINCT FROM (NEW."firm") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."statute" IS DISTINCT FROM (NEW."statute") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="cab4aa844d8b20a1c709680985b86cb95bb707f1",
                    operation="UPDATE",
                    pgid="pgtrigger_case_flag_stays_as_told_402d2",
                    table="cases_caseflag",
                    when="BEFORE",
                ),
            ),
        ),
    ]

"""Which case a mail is about, and which row it tells of: links instead of parsed keys."""

import django.db.models.deletion
from django.db import migrations, models

# What was sent again is about the same as the mail it repeats.
FILL = """
    INSERT INTO cases_casemail (email_id, case_id, entry_id, follow_up_id, promise_id)
    SELECT mail.id, mail.case_id, mail.entry_id,
           (SELECT follow_up.id FROM cases_followup AS follow_up
            WHERE follow_up.case_id = mail.case_id
                AND mail.first_key = 'follow_up:' || follow_up.id LIMIT 1),
           (SELECT promise.id FROM cases_promise AS promise
            WHERE promise.case_id = mail.case_id AND mail.first_key IN
                ('promise_confirmed:' || promise.id, 'promise_due:' || promise.id,
                 'promise_broken:' || promise.id) LIMIT 1)
    FROM (
        SELECT each.*, coalesce(original.key, each.key) AS first_key
        FROM mail_email AS each
        LEFT JOIN mail_email AS original ON each.key = 'again:' || original.id
        WHERE each.case_id IS NOT NULL
    ) AS mail;

    INSERT INTO cases_deadlinemail (email_id, deadline_id)
    SELECT mail.id, deadline.id
    FROM (
        SELECT each.id, coalesce(original.key, each.key) AS first_key
        FROM mail_email AS each
        LEFT JOIN mail_email AS original ON each.key = 'again:' || original.id
    ) AS mail
    JOIN cases_outsidedeadline AS deadline
        ON deadline.id::text = split_part(mail.first_key, ':', 2)
    WHERE mail.first_key LIKE 'outside_deadline:%';

    -- Said without a word where nothing was said.
    UPDATE mail_email SET params = params - 'answers' WHERE params ->> 'answers' = '';
"""


def _link(to: str, *, null: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        blank=null,
        db_index=False,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="mails",
        to=to,
    )


def _email() -> models.OneToOneField:
    return models.OneToOneField(
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        primary_key=True,
        related_name="%(class)s",
        serialize=False,
        to="mail.email",
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_tables"), ("mail", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="CaseMail",
            fields=[
                ("email", _email()),
                ("case", _link("cases.case", null=False)),
                ("entry", _link("cases.entry")),
                ("follow_up", _link("cases.followup")),
                ("promise", _link("cases.promise")),
            ],
            options={
                "verbose_name": "email about a case",
                "verbose_name_plural": "emails about cases",
                "indexes": [
                    models.Index(fields=["case"], name="case_mail_case"),
                    models.Index(
                        condition=models.Q(("entry__isnull", False)),
                        fields=["entry"],
                        name="case_mail_entry",
                    ),
                    models.Index(
                        condition=models.Q(("follow_up__isnull", False)),
                        fields=["follow_up"],
                        name="case_mail_follow_up",
                    ),
                    models.Index(
                        condition=models.Q(("promise__isnull", False)),
                        fields=["promise"],
                        name="case_mail_promise",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineMail",
            fields=[
                ("email", _email()),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="cases.outsidedeadline",
                    ),
                ),
            ],
            options={
                "verbose_name": "outside deadline warning",
                "verbose_name_plural": "outside deadline warnings",
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(
            "ALTER TABLE mail_email DROP COLUMN case_id, DROP COLUMN entry_id",
            """
            ALTER TABLE mail_email
                ADD COLUMN case_id bigint REFERENCES cases_case DEFERRABLE INITIALLY DEFERRED,
                ADD COLUMN entry_id bigint REFERENCES cases_entry DEFERRABLE INITIALLY DEFERRED;
            UPDATE mail_email SET case_id = link.case_id, entry_id = link.entry_id
            FROM cases_casemail AS link WHERE link.email_id = mail_email.id;
            SET CONSTRAINTS ALL IMMEDIATE;
            """,
        ),
        # The tables stand in `mail` by now; here only the models end.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="inboundmail",
                    name="answers",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="mail.email",
                    ),
                ),
                migrations.DeleteModel(name="SuppressedAddress"),
                migrations.DeleteModel(name="Email"),
                migrations.DeleteModel(name="EmailTemplate"),
                migrations.DeleteModel(name="MailboxState"),
                migrations.DeleteModel(name="MailChannel"),
            ],
        ),
        migrations.RemoveConstraint(model_name="followup", name="follow_up_codes_known"),
        migrations.AlterField(
            model_name="followup",
            name="template",
            field=models.CharField(
                choices=[
                    ("follow_up", "Follow-up"),
                    ("status_changed", "Status changed"),
                    ("evidence_requested", "Proof requested"),
                    ("return_steps", "Return instructions"),
                ],
                default="follow_up",
                max_length=30,
                verbose_name="email template",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("language__in", ["", "en", "es"]),
                    ("rule__in", ["on_day", "business_days", "store_silent", "window_ends"]),
                    (
                        "template__in",
                        ["follow_up", "status_changed", "evidence_requested", "return_steps"],
                    ),
                ),
                name="follow_up_codes_known",
            ),
        ),
    ]

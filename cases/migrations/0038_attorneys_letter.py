"""An attorney who calls: their letter, and the language in which they are written to."""

from typing import Any

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.core.management.base import CommandError
from django.db import migrations, models

#: key, names and descriptions in English and Spanish
SLOT = (
    "representation",
    "Letter of representation",
    "Carta de representación",
    "Signed by you: it says that your attorney speaks for you.",
    "Firmada por usted: dice que su abogado o abogada habla en su nombre.",
)
EARLIER = [
    "opening", "payments", "return", "dispute", "refund", "revoked", "buyout", "delivery", "cancel",
    "settlement", "letter", "sale", "fraud", "credit", "records",
]  # fmt: skip


def fill(apps: Any, schema_editor: Any) -> None:
    """What an administrator added under this key stays as it is."""
    key, name_en, name_es, text_en, text_es = SLOT
    given = {
        "position": 40, "name": name_en, "name_en": name_en, "name_es": name_es,
        "description": text_en, "description_en": text_en, "description_es": text_es,
    }  # fmt: skip
    apps.get_model("cases", "EvidenceSlot").objects.get_or_create(key=key, defaults=given)


def take_back(apps: Any, schema_editor: Any) -> None:
    """A letter that was asked for stays; so does its slot."""
    slots = apps.get_model("cases", "EvidenceSlot").objects
    slots.filter(key=SLOT[0], asked_items=None, kinds=None).delete()
    apps.get_model("cases", "CaseKind").objects.exclude(script__in=EARLIER).update(script="opening")


def refuse(apps: Any, schema_editor: Any) -> None:
    """Before, everyone named as an attorney was written to."""
    flags = apps.get_model("cases", "CaseFlag").objects
    waiting = flags.filter(awaits_letter=True, lifted_at=None).order_by("case__number")
    cases = ", ".join(waiting.values_list("case__number", flat=True))
    if cases:
        raise CommandError(
            "The version before would send the customer’s emails to attorneys whose letter of "
            f"representation isn’t accepted yet, in these cases: {cases}. Before you go back, "
            "accept the letters or have a supervisor remove the attorneys."
        )


def _nothing(apps: Any, schema_editor: Any) -> None:
    pass


def _scripts(condition: models.Q) -> Any:
    """Going back, an edited script of the new situation stays: history isn't deleted."""
    earlier = ", ".join(f"'{each}'" for each in EARLIER)
    name = "script_codes_known"
    constraint = models.CheckConstraint(condition=condition, name=name)
    return migrations.SeparateDatabaseAndState(
        state_operations=[
            migrations.RemoveConstraint("script", name),
            migrations.AddConstraint("script", constraint),
        ],
        database_operations=[
            migrations.RunSQL(
                f"ALTER TABLE cases_script DROP CONSTRAINT {name}",
                f"ALTER TABLE cases_script ADD CONSTRAINT {name} CHECK"
                f" (situation IN ({earlier}) AND medium IN ('call', 'email')) NOT VALID",
            ),
            migrations.AddConstraint("script", constraint),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0037_references_checked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="caseflag",
            name="case_flag_stays_as_told",
        ),
        migrations.RemoveConstraint(
            model_name="caseflag",
            name="case_flag_attorney_has_a_name",
        ),
        migrations.RemoveConstraint(
            model_name="casekind",
            name="kind_script_known",
        ),
        migrations.AddField(
            model_name="caseflag",
            name="awaits_letter",
            field=models.BooleanField(
                db_default=False,
                default=False,
                verbose_name="waiting for the letter of representation",
            ),
        ),
        migrations.AddField(
            model_name="caseflag",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("en", "English"), ("es", "Spanish")],
                db_default="",
                default="",
                max_length=2,
                verbose_name="language",
            ),
        ),
        migrations.AlterField(
            model_name="casekind",
            name="script",
            field=models.CharField(
                choices=[
                    ("opening", "Opening"),
                    ("payments", "Payments and calendar"),
                    ("return", "Return or defect"),
                    ("dispute", "Charge dispute"),
                    ("refund", "Refund or bank fee"),
                    ("revoked", "Authorization revoked"),
                    ("buyout", "Early purchase"),
                    ("delivery", "Item not delivered"),
                    ("cancel", "Cancellation"),
                    ("settlement", "Settlement"),
                    ("letter", "Paid-off letter"),
                    ("sale", "Complaint about the sale"),
                    ("fraud", "Fraud or identity theft"),
                    ("credit", "Credit report"),
                    ("records", "Reasons or data in writing"),
                    ("attorney", "Attorney on the phone"),
                ],
                max_length=10,
                verbose_name="script",
            ),
        ),
        migrations.AlterField(
            model_name="script",
            name="situation",
            field=models.CharField(
                choices=[
                    ("opening", "Opening"),
                    ("payments", "Payments and calendar"),
                    ("return", "Return or defect"),
                    ("dispute", "Charge dispute"),
                    ("refund", "Refund or bank fee"),
                    ("revoked", "Authorization revoked"),
                    ("buyout", "Early purchase"),
                    ("delivery", "Item not delivered"),
                    ("cancel", "Cancellation"),
                    ("settlement", "Settlement"),
                    ("letter", "Paid-off letter"),
                    ("sale", "Complaint about the sale"),
                    ("fraud", "Fraud or identity theft"),
                    ("credit", "Credit report"),
                    ("records", "Reasons or data in writing"),
                    ("attorney", "Attorney on the phone"),
                ],
                max_length=10,
                verbose_name="situation",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseflag",
            trigger=pgtrigger.compiler.Trigger(
                name="case_flag_stays_as_told",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."firm" IS DISTINCT FROM (NEW."firm") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."statute" IS DISTINCT FROM (NEW."statute") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="b534cefba4e9f89f9115c8e0a89478b54ad2c660",
                    operation="UPDATE",
                    pgid="pgtrigger_case_flag_stays_as_told_402d2",
                    table="cases_caseflag",
                    when="BEFORE",
                ),
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
                        ("language", ""),
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
                condition=models.Q(("language__in", ["", "en", "es"])),
                name="case_flag_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseflag",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "attorney"), ("awaits_letter", False), _connector="OR"),
                name="case_flag_attorneys_letter",
            ),
        ),
        migrations.AddConstraint(
            model_name="casekind",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "script__in",
                        [
                            "opening",
                            "payments",
                            "return",
                            "dispute",
                            "refund",
                            "revoked",
                            "buyout",
                            "delivery",
                            "cancel",
                            "settlement",
                            "letter",
                            "sale",
                            "fraud",
                            "credit",
                            "records",
                            "attorney",
                        ],
                    )
                ),
                name="kind_script_known",
            ),
        ),
        _scripts(
            models.Q(
                ("medium__in", ["call", "email"]),
                (
                    "situation__in",
                    [
                        "opening",
                        "payments",
                        "return",
                        "dispute",
                        "refund",
                        "revoked",
                        "buyout",
                        "delivery",
                        "cancel",
                        "settlement",
                        "letter",
                        "sale",
                        "fraud",
                        "credit",
                        "records",
                        "attorney",
                    ],
                ),
            )
        ),
        migrations.RunPython(fill, take_back),
        migrations.RunPython(_nothing, refuse),
    ]

"""More reasons for a case, with what they need, how they end and what to say about them."""

from typing import Any

from django.db import migrations, models

from cases.migrations import _more_kinds

EARLIER = ["opening", "payments", "return", "dispute"]
SCRIPTS = [
    *EARLIER, "refund", "revoked", "buyout", "delivery", "cancel", "settlement", "letter", "sale",
    "fraud", "credit", "records",
]  # fmt: skip


def _both(field: str, english: str, spanish: str) -> dict[str, str]:
    return {field: english, f"{field}_en": english, f"{field}_es": spanish}


def fill(apps: Any, schema_editor: Any) -> None:
    """What an administrator has added or changed in the meantime stays as it is."""
    kind, slot, outcome, kind_slot, kind_outcome = (
        apps.get_model("cases", name)
        for name in ("CaseKind", "EvidenceSlot", "CaseOutcome", "KindSlot", "KindOutcome")
    )
    for place, (key, *names, of_all) in enumerate(_more_kinds.SLOTS, 20):
        given = {"position": place, "of_every_kind": of_all, **_both("name", *names)}
        slot.objects.get_or_create(key=key, defaults=given)
    for place, (key, *names, of_all) in enumerate(_more_kinds.OUTCOMES, 30):
        given = {"position": place, "of_every_kind": of_all, **_both("name", *names[:2])}
        outcome.objects.get_or_create(key=key, defaults=given | _both("sentence", *names[2:]))
    kind.objects.filter(key="other", position=13).update(position=100)
    for key, (before, after) in _more_kinds.SCRIPTS.items():
        kind.objects.filter(key=key, script=before).update(script=after)
    for place, (key, *names, script, days, slots, ends) in enumerate(_more_kinds.KINDS, 20):
        given = {"position": place, "script": script, "due_days": days, **_both("name", *names)}
        _row, is_new = kind.objects.get_or_create(key=key, defaults=given)
        if is_new:
            kind_slot.objects.bulk_create(
                kind_slot(kind_id=key, slot_id=each, position=place)
                for place, each in enumerate(slots, 1)
            )
            kind_outcome.objects.bulk_create(
                kind_outcome(kind_id=key, outcome_id=each, position=place)
                for place, each in enumerate(ends, 1)
            )


def take_back(apps: Any, schema_editor: Any) -> None:
    """Cases about a new reason become cases about something else; none is lost."""
    case, item, kind, slot = (
        apps.get_model("cases", name) for name in ("Case", "AskedItem", "CaseKind", "EvidenceSlot")
    )
    kinds = [key for key, *_ in _more_kinds.KINDS]
    slots = [key for key, *_ in _more_kinds.SLOTS]
    case.objects.filter(kind__in=kinds).update(kind="other")
    kind.objects.filter(key__in=kinds).delete()
    # One for each case, as a case asks once for each proof; the others keep theirs.
    items = item.objects.filter(slot__in=slots).exclude(case__asked_items__slot="correspondence")
    first = items.order_by("case", "pk").distinct("case")
    item.objects.filter(pk__in=list(first.values_list("pk", flat=True))).update(
        slot="correspondence"
    )
    slot.objects.filter(key__in=slots, asked_items=None).delete()
    for key, (before, _after) in _more_kinds.SCRIPTS.items():
        kind.objects.filter(key=key).update(script=before)
    kind.objects.exclude(script__in=EARLIER).update(script="opening")


def _known(model: str, name: str, condition: models.Q) -> Any:
    """Going back, edited scripts of new situations stay: history isn't deleted."""
    table = f"cases_{model}"
    column = "script" if model == "casekind" else "situation"
    earlier = ", ".join(f"'{each}'" for each in EARLIER)
    return migrations.SeparateDatabaseAndState(
        state_operations=[
            migrations.RemoveConstraint(model, name),
            migrations.AddConstraint(model, models.CheckConstraint(condition=condition, name=name)),
        ],
        database_operations=[
            migrations.RunSQL(
                f"ALTER TABLE {table} DROP CONSTRAINT {name}",
                f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IN ({earlier}))"
                " NOT VALID",
            ),
            migrations.AddConstraint(model, models.CheckConstraint(condition=condition, name=name)),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_flagged_cases"),
    ]

    operations = [
        migrations.AddField(
            model_name="casekind",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="caseoutcome",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="evidenceslot",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
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
                ],
                max_length=10,
                verbose_name="situation",
            ),
        ),
        _known("casekind", "kind_script_known", models.Q(("script__in", SCRIPTS))),
        _known(
            "script",
            "script_codes_known",
            models.Q(("medium__in", ["call", "email"]), ("situation__in", SCRIPTS)),
        ),
        # Whatever waits for the end of the transaction would keep tables from being altered.
        migrations.RunSQL(migrations.RunSQL.noop, "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.RunPython(fill, take_back),
    ]

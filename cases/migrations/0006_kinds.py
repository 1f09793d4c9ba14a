"""Kinds of case, what they need and how they end become rows. Each case keeps its kind."""

from typing import Any

import django.core.validators
import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

from cases.migrations import _kinds


def _both(field: str, english: str, spanish: str) -> dict[str, str]:
    return {field: english, f"{field}_en": english, f"{field}_es": spanish}


def fill(apps: Any, schema_editor: Any) -> None:
    kind, slot, outcome, kind_slot, kind_outcome = (
        apps.get_model("cases", name).objects
        for name in ("CaseKind", "EvidenceSlot", "CaseOutcome", "KindSlot", "KindOutcome")
    )
    slot.bulk_create(
        slot.model(key=key, position=place, of_every_kind=of_all, **_both("name", *names))
        for place, (key, *names, of_all) in enumerate(_kinds.SLOTS, 1)
    )
    outcome.bulk_create(
        outcome.model(
            key=key,
            position=place,
            of_every_kind=of_all,
            **_both("name", *names[:2]),
            **_both("sentence", *names[2:]),
        )
        for place, (key, *names, of_all) in enumerate(_kinds.OUTCOMES, 1)
    )
    for place, (key, *names, script, back, buyout, slots, ends) in enumerate(_kinds.KINDS, 1):
        kind.create(
            key=key,
            position=place,
            script=script,
            goes_back=back,
            offers_buyout=buyout,
            **_both("name", *names),
        )
        kind_slot.bulk_create(
            kind_slot.model(kind_id=key, slot_id=each, position=place)
            for place, each in enumerate(slots, 1)
        )
        kind_outcome.bulk_create(
            kind_outcome.model(kind_id=key, outcome_id=each, position=place)
            for place, each in enumerate(ends, 1)
        )


def _row_of(model: str, field: str, to: str, related_name: str, label: str) -> Any:
    """Text becomes a foreign key in the same column. Existing rows are checked by the next
    migration, without a lock that writers would wait for.
    """
    table, rows = f"cases_{model}", f"cases_{to}"
    name = f"{table}_{field}_fk"
    return migrations.SeparateDatabaseAndState(
        state_operations=[
            migrations.AlterField(
                model,
                field,
                models.ForeignKey(
                    db_column=field,
                    db_index=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name=related_name,
                    to=f"cases.{to}",
                    verbose_name=label,
                ),
            )
        ],
        database_operations=[
            migrations.RunSQL(
                f'ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ("{field}")'
                f" REFERENCES {rows} (key) DEFERRABLE INITIALLY DEFERRED NOT VALID",
                f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            )
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_case_flags_checked"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseKind",
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
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_es", models.CharField(max_length=80, null=True, verbose_name="name")),
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
                (
                    "due_days",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="business days until the first next step",
                    ),
                ),
                (
                    "script",
                    models.CharField(
                        choices=[
                            ("opening", "Opening"),
                            ("payments", "Payments and calendar"),
                            ("return", "Return or defect"),
                            ("dispute", "Charge dispute"),
                        ],
                        max_length=10,
                        verbose_name="script",
                    ),
                ),
                (
                    "goes_back",
                    models.BooleanField(
                        default=False,
                        help_text="The customer can be sent the return instructions.",
                        verbose_name="the item goes back to the store",
                    ),
                ),
                (
                    "offers_buyout",
                    models.BooleanField(
                        default=False,
                        help_text="The case shows what it costs to buy the item early.",
                        verbose_name="buying the item may help",
                    ),
                ),
            ],
            options={
                "verbose_name": "reason for a case",
                "verbose_name_plural": "reasons for a case",
                "ordering": ["position", "key"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseOutcome",
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
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_es", models.CharField(max_length=80, null=True, verbose_name="name")),
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
                (
                    "sentence",
                    models.CharField(
                        help_text="A whole sentence for the portal and emails.",
                        max_length=200,
                        verbose_name="sentence for the customer",
                    ),
                ),
                (
                    "sentence_en",
                    models.CharField(
                        help_text="A whole sentence for the portal and emails.",
                        max_length=200,
                        null=True,
                        verbose_name="sentence for the customer",
                    ),
                ),
                (
                    "sentence_es",
                    models.CharField(
                        help_text="A whole sentence for the portal and emails.",
                        max_length=200,
                        null=True,
                        verbose_name="sentence for the customer",
                    ),
                ),
                (
                    "of_every_kind",
                    models.BooleanField(default=False, verbose_name="fits every reason"),
                ),
            ],
            options={
                "verbose_name": "outcome",
                "verbose_name_plural": "outcomes",
                "ordering": ["position", "key"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EvidenceSlot",
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
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                ("name_es", models.CharField(max_length=80, null=True, verbose_name="name")),
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
                (
                    "description",
                    models.CharField(
                        blank=True,
                        help_text="What the customer reads below the name.",
                        max_length=200,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_en",
                    models.CharField(
                        blank=True,
                        help_text="What the customer reads below the name.",
                        max_length=200,
                        null=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "description_es",
                    models.CharField(
                        blank=True,
                        help_text="What the customer reads below the name.",
                        max_length=200,
                        null=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "of_every_kind",
                    models.BooleanField(default=False, verbose_name="fits every reason"),
                ),
            ],
            options={
                "verbose_name": "kind of proof",
                "verbose_name_plural": "kinds of proof",
                "ordering": ["position", "key"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="KindOutcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "outcome of a reason",
                "verbose_name_plural": "outcomes of a reason",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="KindSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "kind of proof for a reason",
                "verbose_name_plural": "kinds of proof for a reason",
                "ordering": ["position", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="caseoutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name_en", ""),
                    ("name_en__isnull", True),
                    ("name_es", ""),
                    ("name_es__isnull", True),
                    ("sentence_en", ""),
                    ("sentence_en__isnull", True),
                    ("sentence_es", ""),
                    ("sentence_es__isnull", True),
                    _connector="OR",
                    _negated=True,
                ),
                name="outcome_both_languages",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidenceslot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name_en", ""),
                    ("name_en__isnull", True),
                    ("name_es", ""),
                    ("name_es__isnull", True),
                    _connector="OR",
                    _negated=True,
                ),
                name="slot_both_languages",
            ),
        ),
        migrations.AddField(
            model_name="kindoutcome",
            name="kind",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="own_outcomes",
                to="cases.casekind",
            ),
        ),
        migrations.AddField(
            model_name="kindoutcome",
            name="outcome",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="cases.caseoutcome",
                verbose_name="outcome",
            ),
        ),
        migrations.AddField(
            model_name="casekind",
            name="outcomes",
            field=models.ManyToManyField(
                related_name="kinds",
                through="cases.KindOutcome",
                to="cases.caseoutcome",
                verbose_name="outcomes",
            ),
        ),
        migrations.AddField(
            model_name="kindslot",
            name="kind",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="own_slots",
                to="cases.casekind",
            ),
        ),
        migrations.AddField(
            model_name="kindslot",
            name="slot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="cases.evidenceslot",
                verbose_name="kind of proof",
            ),
        ),
        migrations.AddField(
            model_name="casekind",
            name="slots",
            field=models.ManyToManyField(
                related_name="kinds",
                through="cases.KindSlot",
                to="cases.evidenceslot",
                verbose_name="kinds of proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="kindoutcome",
            constraint=models.UniqueConstraint(
                fields=("kind", "outcome"), name="kind_outcome_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="kindslot",
            constraint=models.UniqueConstraint(fields=("kind", "slot"), name="kind_slot_once"),
        ),
        migrations.AddConstraint(
            model_name="casekind",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name_en", ""),
                    ("name_en__isnull", True),
                    ("name_es", ""),
                    ("name_es__isnull", True),
                    _connector="OR",
                    _negated=True,
                ),
                name="kind_both_languages",
            ),
        ),
        migrations.AddConstraint(
            model_name="casekind",
            constraint=models.CheckConstraint(
                condition=models.Q(("script__in", ["opening", "payments", "return", "dispute"])),
                name="kind_script_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="casekind",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_days__range", (1, 60))), name="kind_due_days"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        # What is written to the new tables is checked before one that was there is changed.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveConstraint("case", "case_kind_known"),
        migrations.RemoveConstraint("askeditem", "asked_item_codes_known"),
        _row_of("case", "kind", "casekind", "cases", "reason for the case"),
        _row_of("askeditem", "slot", "evidenceslot", "asked_items", "proof"),
        AddConstraintNotValid(
            "askeditem",
            models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "received", "unreadable", "accepted", "dropped"])
                ),
                name="asked_item_state_known",
            ),
        ),
    ]

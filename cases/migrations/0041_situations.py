"""What scripts are for becomes rows: an administrator adds, words, orders and switches off."""

from typing import Any

import django.core.validators
import django.db.models.deletion
from django.core.management.base import CommandError
from django.db import migrations, models

from cases.migrations import _situations

KEYS = [key for key, _en, _es in _situations.SITUATIONS]


def fill(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("cases", "ScriptSituation")
    rows.objects.bulk_create(
        rows(key=key, name=english, name_en=english, name_es=spanish, position=place * 10)
        for place, (key, english, spanish) in enumerate(_situations.SITUATIONS, 1)
    )


def refuse(apps: Any, schema_editor: Any) -> None:
    """Before, topics were in the code: what an administrator made of them would be lost."""
    rows = apps.get_model("cases", "ScriptSituation").objects.order_by("position", "key")
    own = [row.key for row in rows if _of(row) not in _DEFAULTS]
    if own:
        raise CommandError(
            "These script topics were added or changed in the administration and would be lost: "
            f"{', '.join(own)}. To go back, restore a backup from before this version."
        )


def _of(row: Any) -> tuple[str, str, str, int, bool]:
    return row.key, row.name_en, row.name_es, row.position, row.is_offered


_DEFAULTS = {
    (*situation, place * 10, True) for place, situation in enumerate(_situations.SITUATIONS, 1)
}


def _nothing(apps: Any, schema_editor: Any) -> None:
    pass


def _checked(model: str, name: str) -> Any:
    known = ", ".join(f"'{each}'" for each in KEYS)
    column = "script" if model == "casekind" else "situation"
    return migrations.SeparateDatabaseAndState(
        state_operations=[migrations.RemoveConstraint(model, name)],
        database_operations=[
            migrations.RunSQL(
                f"ALTER TABLE cases_{model} DROP CONSTRAINT {name}",
                f"ALTER TABLE cases_{model} ADD CONSTRAINT {name} CHECK ({column} IN ({known}))",
            )
        ],
    )


def _keyed(model: str, field: str, related: str, label: str) -> Any:
    """The column stays the one it was; going back, it stays as wide as a key may be."""
    table, name = f"cases_{model}", f"cases_{model}_{field}_fk"
    key = models.ForeignKey(
        "cases.scriptsituation", django.db.models.deletion.PROTECT, db_column=field, db_index=False,
        related_name=related, verbose_name=label,
    )  # fmt: skip
    return migrations.SeparateDatabaseAndState(
        state_operations=[migrations.AlterField(model, field, key)],
        database_operations=[
            migrations.RunSQL(
                f"ALTER TABLE {table} ALTER COLUMN {field} TYPE varchar(20)",
                migrations.RunSQL.noop,
            ),
            migrations.RunSQL(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({field})"
                " REFERENCES cases_scriptsituation DEFERRABLE INITIALLY DEFERRED",
                f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            ),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0040_answers_searched_from_before")]

    operations = [
        migrations.CreateModel(
            name="ScriptSituation",
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
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "topic of scripts",
                "verbose_name_plural": "topics of scripts",
                "ordering": ["position", "key"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="scriptsituation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name_en", ""),
                    ("name_en__isnull", True),
                    ("name_es", ""),
                    ("name_es__isnull", True),
                    _connector="OR",
                    _negated=True,
                ),
                name="situation_both_languages",
            ),
        ),
        migrations.RunPython(fill, _nothing),
        _checked("casekind", "kind_script_known"),
        _checked("script", "script_codes_known"),
        migrations.AddConstraint(
            "script",
            models.CheckConstraint(
                condition=models.Q(medium__in=["call", "email"]), name="script_medium_known"
            ),
        ),
        _keyed("casekind", "script", "kinds", "script"),
        _keyed("script", "situation", "scripts", "topic"),
        migrations.RunPython(_nothing, refuse),
    ]

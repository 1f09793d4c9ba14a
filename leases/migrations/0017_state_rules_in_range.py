from decimal import Decimal

import django.core.validators
import django.db.models.functions.comparison
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import leases.us_states

CODES = (
    "AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS MT NC "
    "ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY"
)
STATES = CODES.split()
WRONG = """
    late_fee_percent NOT BETWEEN 0 AND 100
    OR least_of_both < 0 OR late_fee_most <= 0 OR late_fee_most < most_of_both
    OR GREATEST(grace_days_weekly, grace_days_longer) > 90
    OR state <> ALL (%s)
"""
RULES = """
    SELECT state FROM (
        SELECT *, LEAST(late_fee_least_weekly, late_fee_least_longer) AS least_of_both,
            GREATEST(late_fee_least_weekly, late_fee_least_longer) AS most_of_both
        FROM leases_staterule
    ) AS rule WHERE
"""
ELSEWHERE = """
    SELECT DISTINCT state FROM leases_store WHERE state <> ALL (%s)
    UNION SELECT DISTINCT state FROM leases_terms WHERE state <> ALL (%s)
"""
OURS = "Cal. Civ. Code §1812.620 ff. (Karnette Rental-Purchase Act). "
BETTER = (
    "Cal. Civ. Code §1812.620 ff. (Karnette Rental-Purchase Act); §1812.626: no fee for a payment"
    " less than three days late (weekly), or less than seven (longer). "
)


def check(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Says what to correct, instead of a constraint's name."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(RULES + WRONG, [STATES])
        rules = [state for (state,) in cursor.fetchall()]
        cursor.execute(ELSEWHERE, [STATES, STATES])
        states = [state for (state,) in cursor.fetchall()]
    if rules or states:
        raise ValueError(
            "Correct these in the administration, then migrate again. "
            f"State rules with figures or a state that cannot be: {', '.join(rules) or 'none'}. "
            f"Stores or contract terms with what is no state: {', '.join(states) or 'none'}."
        )


def correct_california(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The rule as it was installed; one that a company has edited stays as it is."""
    rules = apps.get_model("leases", "StateRule").objects.filter(
        state="CA", grace_days_weekly=3, grace_days_longer=7, source__startswith=OURS
    )
    for rule in rules:
        rule.grace_days_weekly, rule.grace_days_longer = 2, 6
        rule.source = BETTER + rule.source.removeprefix(OURS)
        rule.save()


class Migration(migrations.Migration):
    dependencies = [
        ("leases", "0016_promise_days"),
    ]

    operations = [
        migrations.RunPython(check, migrations.RunPython.noop),
        migrations.RunPython(correct_california, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="staterule",
            name="state_rule_two_letters",
        ),
        migrations.RemoveConstraint(
            model_name="store",
            name="store_state_two_letters",
        ),
        migrations.RemoveConstraint(
            model_name="terms",
            name="terms_state_two_letters",
        ),
        migrations.AlterField(
            model_name="staterule",
            name="grace_days_longer",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="With 3, the fee is charged starting on the fourth day late.",
                validators=[django.core.validators.MaxValueValidator(90)],
                verbose_name="grace period in days, other payments",
            ),
        ),
        migrations.AlterField(
            model_name="staterule",
            name="grace_days_weekly",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="With 3, the fee is charged starting on the fourth day late.",
                validators=[django.core.validators.MaxValueValidator(90)],
                verbose_name="grace period in days, weekly payments",
            ),
        ),
        migrations.AlterField(
            model_name="staterule",
            name="late_fee_least_longer",
            field=models.DecimalField(
                decimal_places=2,
                default=0,
                max_digits=6,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="minimum late fee, other payments",
            ),
        ),
        migrations.AlterField(
            model_name="staterule",
            name="late_fee_least_weekly",
            field=models.DecimalField(
                decimal_places=2,
                default=0,
                max_digits=6,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="minimum late fee, weekly payments",
            ),
        ),
        migrations.AlterField(
            model_name="staterule",
            name="late_fee_most",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=6,
                null=True,
                validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                verbose_name="maximum late fee",
            ),
        ),
        migrations.AlterField(
            model_name="staterule",
            name="late_fee_percent",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=5,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="late fee in percent",
            ),
        ),
        migrations.AlterField(
            model_name="staterule",
            name="state",
            field=models.CharField(
                help_text="Two letters, for example TX.",
                max_length=2,
                unique=True,
                validators=[leases.us_states.validate_state],
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="store",
            name="state",
            field=models.CharField(
                help_text="Two letters, for example TX.",
                max_length=2,
                validators=[leases.us_states.validate_state],
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("option_fee__gte", 0),
                    models.Q(
                        ("discount_rate", None), ("discount_rate__range", (0, 1)), _connector="OR"
                    ),
                ),
                name="program_rates_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="staterule",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", STATES)), name="state_rule_of_a_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="staterule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("late_fee_percent", None),
                    ("late_fee_percent__range", (0, 100)),
                    _connector="OR",
                ),
                name="state_rule_percent_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="staterule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("late_fee_least_longer__gte", 0), ("late_fee_least_weekly__gte", 0)
                ),
                name="state_rule_minimum_not_below_zero",
            ),
        ),
        migrations.AddConstraint(
            model_name="staterule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("late_fee_most", None), ("late_fee_most__gt", 0), _connector="OR"
                ),
                name="state_rule_maximum_above_zero",
            ),
        ),
        migrations.AddConstraint(
            model_name="staterule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("late_fee_most", None),
                    (
                        "late_fee_most__gte",
                        django.db.models.functions.comparison.Greatest(
                            "late_fee_least_weekly", "late_fee_least_longer"
                        ),
                    ),
                    _connector="OR",
                ),
                name="state_rule_minimum_within_maximum",
                violation_error_code="minimum",
                violation_error_message="The minimum late fee can’t be higher than the maximum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="staterule",
            constraint=models.CheckConstraint(
                condition=models.Q(("grace_days_longer__lte", 90), ("grace_days_weekly__lte", 90)),
                name="state_rule_grace_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="store",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", STATES)), name="store_in_a_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", STATES)), name="terms_signed_in_a_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("option_fee__gte", 0),
                    ("tax_rate__range", (0, 30)),
                    models.Q(
                        ("discount_rate", None), ("discount_rate__range", (0, 1)), _connector="OR"
                    ),
                ),
                name="terms_rates_in_range",
            ),
        ),
    ]

from decimal import Decimal
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

NOTE = (
    "Figures as usually summarized; check them with counsel. "
    "Cifras según se resumen comúnmente; confírmelas con su abogado."
)
RULES: dict[str, dict[str, Any]] = {
    "CA": {
        "buyout_ceiling": "ca",
        "late_fee_percent": Decimal("5"),
        "late_fee_of": "instalment",
        "late_fee_least_weekly": Decimal("2"),
        "late_fee_least_longer": Decimal("2"),
        "late_fee_most": Decimal("5"),
        "grace_days_weekly": 2,
        "grace_days_longer": 6,
        "source": (
            "Cal. Civ. Code §1812.620 ff. (Karnette Rental-Purchase Act); §1812.626: no fee for a"
            " payment less than three days late (weekly), or less than seven (longer)."
        ),
    },
    "NY": {
        "buyout_ceiling": "ny",
        "late_fee_percent": Decimal("10"),
        "late_fee_of": "delinquent",
        "late_fee_least_weekly": Decimal("3"),
        "late_fee_least_longer": Decimal("5"),
        "grace_days_weekly": 3,
        "grace_days_longer": 7,
        "source": "N.Y. Pers. Prop. Law §500 ff. (article 11, rental-purchase agreements), §501.",
    },
    "WV": {
        "buyout_ceiling": "wv",
        "late_fee_percent": Decimal("5"),
        "late_fee_of": "instalment",
        "late_fee_most": Decimal("15"),
        "grace_days_weekly": 3,
        "grace_days_longer": 5,
        "source": "W. Va. Code ch. 46B (Rent-to-Own Agreements).",
    },
    "HI": {
        "buyout_ceiling": "hi",
        "source": "Haw. Rev. Stat. ch. 481M (Lease-Purchase Agreements for Personal Property).",
    },
    "OH": {
        "buyout_ceiling": "oh",
        "source": "Ohio Rev. Code ch. 1351 (Lease-Purchase Agreements).",
    },
}


def add(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What a company entered itself stays as it is."""
    StateRule = apps.get_model("leases", "StateRule")
    for state, rule in RULES.items():
        source = f"{rule['source']} {NOTE}"
        StateRule.objects.get_or_create(state=state, defaults=rule | {"source": source})


class Migration(migrations.Migration):
    replaces = [("leases", "0010_state_rules")]
    dependencies = [("leases", "0001_tables")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

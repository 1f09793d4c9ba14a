import uuid
from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import (
    BtreeGinExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations, models

import accounts.time_zones
import leases.models.names
import leases.us_states

# unaccent() alone is only STABLE (its dictionary could change), so it cannot be indexed; naming the
# dictionary and the schema makes the answer depend on nothing but the text.
FOLD = """
    CREATE FUNCTION puente_fold(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$
"""
# Written out: what people abbreviate, said in full by others. "Mª" arrives here as "ma".
ABBREVIATIONS = {"ma": "maria", "vda": "viuda", "fco": "francisco", "gpe": "guadalupe"}

_words = r"regexp_replace(regexp_replace(public.puente_fold($1), '[''`´]', '', 'g'), '[[:punct:][:space:]]+', ' ', 'g')"
for _short, _long in ABBREVIATIONS.items():
    _words = rf"regexp_replace({_words}, '\m{_short}\M', '{_long}', 'g')"
NAME_WORDS = f"""
    CREATE FUNCTION puente_name_words(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT btrim({_words}) $$
"""
NAME_KEY = """
    CREATE FUNCTION puente_name_key(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$
        SELECT words || ' ' || replace(words, ' ', '')
        FROM (SELECT public.puente_name_words($1) AS words) AS found
    $$
"""
CODES = (
    "AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS MT NC "
    "ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY"
)
STATES = CODES.split()


class Migration(migrations.Migration):
    replaces = [
        ("leases", "0001_fold"),
        ("leases", "0002_leases"),
        ("leases", "0003_time_zone_names"),
        ("leases", "0004_named_windows"),
        ("leases", "0005_tighter"),
        ("leases", "0006_contract_side"),
        ("leases", "0007_found_faster"),
        ("leases", "0008_fulfilled_plans"),
        ("leases", "0009_administration"),
        ("leases", "0011_ledger_of_one_lease"),
        ("leases", "0012_shipment"),
        ("leases", "0013_lighter_ledger"),
        ("leases", "0014_held_history"),
        ("leases", "0015_store_tax_rate"),
        ("leases", "0016_promise_days"),
        ("leases", "0017_state_rules_in_range"),
        ("leases", "0018_broken_plans"),
        ("leases", "0019_name_keys"),
        ("leases", "0020_true_moments"),
        ("leases", "0021_closed_returns"),
        ("leases", "0022_indexes"),
        ("leases", "0023_missed_days"),
        ("leases", "0024_late_from"),
        ("leases", "0025_rule_words"),
    ]

    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(FOLD, "DROP FUNCTION puente_fold(text)"),
        migrations.RunSQL(NAME_WORDS, "DROP FUNCTION puente_name_words(text)"),
        migrations.RunSQL(NAME_KEY, "DROP FUNCTION puente_name_key(text)"),
        migrations.CreateModel(
            name="Merchant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=leases.models.names.NameKey("name"),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "partner merchant",
                "verbose_name_plural": "partner merchants",
                "ordering": ["name"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("name_key", "gin_trgm_ops"),
                        name="merchant_name_key",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="merchant_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Customer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "email",
                    models.EmailField(max_length=254, verbose_name="registered email address"),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, help_text="E.164", max_length=16, verbose_name="phone"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish")],
                        max_length=2,
                        verbose_name="preferred language",
                    ),
                ),
                (
                    "language_source",
                    models.CharField(
                        choices=[
                            ("asked", "requested on a call"),
                            ("portal", "chosen in the portal"),
                            ("application", "from the application"),
                            ("imported", "imported"),
                        ],
                        max_length=12,
                        verbose_name="how the language was chosen",
                    ),
                ),
                (
                    "available_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("mon", "Monday"),
                                ("tue", "Tuesday"),
                                ("wed", "Wednesday"),
                                ("thu", "Thursday"),
                                ("fri", "Friday"),
                                ("sat", "Saturday"),
                                ("sun", "Sunday"),
                            ],
                            max_length=3,
                        ),
                        blank=True,
                        default=list,
                        help_text="Leave blank for any day.",
                        size=None,
                        verbose_name="available days",
                    ),
                ),
                (
                    "available_from",
                    models.TimeField(blank=True, null=True, verbose_name="available from"),
                ),
                (
                    "available_to",
                    models.TimeField(blank=True, null=True, verbose_name="available to"),
                ),
                (
                    "time_zone",
                    models.CharField(
                        default="America/Chicago",
                        max_length=40,
                        validators=[accounts.time_zones.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="customer",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sign-in account",
                    ),
                ),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=leases.models.names.NameKey("name"),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "customer",
                "verbose_name_plural": "customers",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("name_key", "gin_trgm_ops"),
                        name="customer_name_key",
                    ),
                    models.Index(fields=["phone"], name="customer_phone"),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Reverse("phone"), "text_pattern_ops"
                        ),
                        name="customer_phone_end",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("email",), name="customer_email_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="customer_email_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("available_from__isnull", True), ("available_to__isnull", True)
                            ),
                            models.Q(
                                ("available_from__isnull", False),
                                ("available_from__lt", models.F("available_to")),
                                ("available_to__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="customer_availability_is_a_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "es"])),
                        name="customer_language_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Store",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("city", models.CharField(max_length=80, verbose_name="city")),
                (
                    "state",
                    models.CharField(
                        help_text="Two letters, for example, TX.",
                        max_length=2,
                        validators=[leases.us_states.validate_state],
                        verbose_name="U.S. state",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=16, verbose_name="phone")),
                (
                    "merchant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stores",
                        to="leases.merchant",
                        verbose_name="partner merchant",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="The code or name in the merchant’s own system.",
                        max_length=40,
                        verbose_name="code",
                    ),
                ),
                (
                    "tax_rate",
                    models.DecimalField(
                        decimal_places=3,
                        default=0,
                        help_text="For example, 8.25. Applies to contracts made from now on.",
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(30),
                        ],
                        verbose_name="sales tax (percent)",
                    ),
                ),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=leases.models.names.NameKey("name"),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "store",
                "verbose_name_plural": "stores",
                "ordering": ["merchant__name", "name"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("name_key", "gin_trgm_ops"),
                        name="store_name_key",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("merchant", "name"), name="store_once_per_merchant"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code__gt", "")),
                        fields=("merchant", "code"),
                        name="store_code_once_per_merchant",
                        violation_error_message="This merchant already has a store with this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                STATES,
                            )
                        ),
                        name="store_in_a_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tax_rate__range", (0, 30))),
                        name="store_tax_rate_in_percent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("prefix", models.CharField(max_length=16, verbose_name="begins with")),
                ("digest", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "last_used_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last used"),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                ("window_started_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("window_count", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_keys",
                        to="leases.merchant",
                        verbose_name="partner merchant",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revoked by",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave blank for all of the merchant’s stores.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_keys",
                        to="leases.store",
                        verbose_name="store",
                    ),
                ),
            ],
            options={
                "verbose_name": "API key",
                "verbose_name_plural": "API keys",
                "ordering": ["merchant__name", "-created_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("prefix",), name="api_key_prefix_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="api_key_revoked_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdempotentRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("fingerprint", models.CharField(max_length=64)),
                ("locked_until", models.DateTimeField(null=True)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("body", models.TextField(blank=True)),
                ("content_type", models.CharField(blank=True, max_length=80)),
                ("created_at", models.DateTimeField(db_index=True)),
                (
                    "api_key",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leases.apikey",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("api_key", "key"), name="idempotent_request_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("locked_until__isnull", False), ("status__isnull", True)),
                            models.Q(("locked_until__isnull", True), ("status__isnull", False)),
                            _connector="OR",
                        ),
                        name="idempotent_request_in_flight_or_answered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Program",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.SlugField(
                        db_index=False,
                        help_text="The code or name in the merchant’s own system.",
                        max_length=40,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("name_en", models.CharField(max_length=120, null=True, verbose_name="name")),
                ("name_es", models.CharField(max_length=120, null=True, verbose_name="name")),
                (
                    "terms",
                    models.TextField(max_length=4000, verbose_name="terms in plain language"),
                ),
                (
                    "terms_en",
                    models.TextField(
                        max_length=4000, null=True, verbose_name="terms in plain language"
                    ),
                ),
                (
                    "terms_es",
                    models.TextField(
                        max_length=4000, null=True, verbose_name="terms in plain language"
                    ),
                ),
                (
                    "exchange_terms",
                    models.TextField(
                        max_length=2000, verbose_name="exchange terms in plain language"
                    ),
                ),
                (
                    "exchange_terms_en",
                    models.TextField(
                        max_length=2000, null=True, verbose_name="exchange terms in plain language"
                    ),
                ),
                (
                    "exchange_terms_es",
                    models.TextField(
                        max_length=2000, null=True, verbose_name="exchange terms in plain language"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "approval_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leave blank to use the company’s limit.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days an approval is good for",
                    ),
                ),
                (
                    "contracts_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leave blank to use the company’s limit.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days from invoice to delivery",
                    ),
                ),
                (
                    "frequencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("weekly", "Weekly"),
                                ("biweekly", "Every two weeks"),
                                ("semimonthly", "Twice a month"),
                                ("monthly", "Monthly"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                        verbose_name="payment frequencies",
                    ),
                ),
                (
                    "cost_factor",
                    models.DecimalField(
                        decimal_places=2,
                        default=2,
                        max_digits=4,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="total of payments as a multiple of the cash price",
                    ),
                ),
                (
                    "buyout_rule",
                    models.CharField(
                        choices=[
                            ("option", "90-day option"),
                            ("discount", "Discount on the remaining payments"),
                            ("ny", "New York"),
                            ("hi", "Hawaii"),
                            ("ca", "California"),
                            ("oh", "Ohio"),
                            ("wv", "West Virginia"),
                        ],
                        default="option",
                        max_length=10,
                        verbose_name="buyout rule",
                    ),
                ),
                (
                    "discount_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="For example, 0.75 or 0.65.",
                        max_digits=3,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="share of the remaining payments due at a buyout",
                    ),
                ),
                (
                    "option_fee",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=7,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="fee of the 90-day option",
                    ),
                ),
                (
                    "exchange_policy",
                    models.CharField(
                        choices=[
                            ("none", "No exchanges"),
                            ("same_item", "Same item only"),
                            ("same_value", "Any item of the same value"),
                        ],
                        default="none",
                        max_length=12,
                        verbose_name="exchanges",
                    ),
                ),
                (
                    "exchange_days",
                    models.PositiveSmallIntegerField(default=0, verbose_name="days to exchange"),
                ),
                (
                    "recovery_payments",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Enter 0 if the program doesn’t offer this.",
                        verbose_name="maximum payments in a recovery plan",
                    ),
                ),
                (
                    "rescheduling_days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Enter 0 if the program doesn’t offer this.",
                        verbose_name="maximum days a payment can be moved",
                    ),
                ),
                (
                    "restructuring_payments",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Enter 0 if the program doesn’t offer this.",
                        verbose_name="maximum payments that can be lowered",
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programs",
                        to="leases.merchant",
                        verbose_name="partner merchant",
                    ),
                ),
            ],
            options={
                "verbose_name": "program",
                "verbose_name_plural": "programs",
                "ordering": ["merchant__name", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("merchant", "code"), name="program_once_per_merchant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("frequencies__len__gt", 0)),
                        name="program_has_a_frequency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("buyout_rule", "discount"), _negated=True),
                            ("discount_rate__isnull", False),
                            _connector="OR",
                        ),
                        name="program_discount_has_a_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("option_fee__gte", 0),
                            models.Q(
                                ("discount_rate", None),
                                ("discount_rate__range", (0, 1)),
                                _connector="OR",
                            ),
                        ),
                        name="program_rates_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name_en", ""),
                            ("name_es", ""),
                            ("terms_en", ""),
                            ("terms_es", ""),
                            ("exchange_terms_en", ""),
                            ("exchange_terms_es", ""),
                            ("name_en__isnull", True),
                            ("name_es__isnull", True),
                            ("terms_en__isnull", True),
                            ("terms_es__isnull", True),
                            ("exchange_terms_en__isnull", True),
                            ("exchange_terms_es__isnull", True),
                            _connector="OR",
                            _negated=True,
                        ),
                        name="program_both_languages",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "account_number",
                    models.CharField(
                        help_text="Usually 7 to 10 digits.",
                        max_length=20,
                        validators=[django.core.validators.RegexValidator("^[0-9A-Z-]+$")],
                        verbose_name="account number",
                    ),
                ),
                (
                    "merchandise",
                    models.CharField(blank=True, max_length=200, verbose_name="merchandise"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("pre_approved", "Pre-Approved"),
                            ("prequalified", "Prequalified"),
                            ("denied", "Denied"),
                            ("pending", "Pending/In-Process"),
                            ("contracts", "Contracts"),
                            ("contracts_received", "Contracts Received"),
                            ("lease_accepted", "Lease Accepted"),
                            ("funded", "Funded"),
                            ("approval_expired", "Approval Expired"),
                            ("contracts_expired", "Contracts Expired"),
                            ("in_process", "In Process"),
                        ],
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "approval_limit",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        verbose_name="approval limit",
                    ),
                ),
                (
                    "invoice_number",
                    models.CharField(blank=True, max_length=40, verbose_name="invoice number"),
                ),
                (
                    "invoice_total",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        verbose_name="invoice total",
                    ),
                ),
                ("applied_at", models.DateTimeField(verbose_name="application")),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="approval"),
                ),
                (
                    "contracts_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="invoice submission"),
                ),
                (
                    "signed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="signing date"),
                ),
                (
                    "delivered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="delivery"),
                ),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="expires")),
                (
                    "expires_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("approved", "Approved"),
                            ("pre_approved", "Pre-Approved"),
                            ("prequalified", "Prequalified"),
                            ("denied", "Denied"),
                            ("pending", "Pending/In-Process"),
                            ("contracts", "Contracts"),
                            ("contracts_received", "Contracts Received"),
                            ("lease_accepted", "Lease Accepted"),
                            ("funded", "Funded"),
                            ("approval_expired", "Approval Expired"),
                            ("contracts_expired", "Contracts Expired"),
                            ("in_process", "In Process"),
                        ],
                        max_length=20,
                        verbose_name="becomes",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leases",
                        to="leases.customer",
                        verbose_name="customer",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="leases.lease",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leases",
                        to="leases.store",
                        verbose_name="store",
                    ),
                ),
                (
                    "application_id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                        verbose_name="application ID",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leases",
                        to="leases.program",
                        verbose_name="program",
                    ),
                ),
                (
                    "shipping_provider",
                    models.CharField(blank=True, max_length=60, verbose_name="shipping provider"),
                ),
                (
                    "tracking_id",
                    models.CharField(blank=True, max_length=80, verbose_name="tracking number"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
            ],
            options={
                "verbose_name": "lease",
                "verbose_name_plural": "leases",
                "indexes": [
                    models.Index(fields=["-applied_at", "-id"], name="lease_newest"),
                    models.Index(fields=["status", "-applied_at", "-id"], name="lease_by_status"),
                    models.Index(fields=["store", "-applied_at", "-id"], name="lease_of_store"),
                    models.Index(
                        django.db.models.functions.text.Upper("invoice_number"),
                        name="lease_invoice_number",
                    ),
                    models.Index(
                        condition=models.Q(("expires_at__isnull", False)),
                        fields=["expires_at"],
                        name="lease_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("account_number",), name="lease_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "approved",
                                    "pre_approved",
                                    "prequalified",
                                    "denied",
                                    "pending",
                                    "contracts",
                                    "contracts_received",
                                    "lease_accepted",
                                    "funded",
                                    "approval_expired",
                                    "contracts_expired",
                                    "in_process",
                                ],
                            )
                        ),
                        name="lease_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("expires_as__gt", ""),
                                ("expires_at__isnull", False),
                                (
                                    "status__in",
                                    [
                                        "approved",
                                        "contracts",
                                        "contracts_received",
                                        "lease_accepted",
                                    ],
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "status__in",
                                        [
                                            "approved",
                                            "contracts",
                                            "contracts_received",
                                            "lease_accepted",
                                        ],
                                    ),
                                    _negated=True,
                                ),
                                ("expires_as", ""),
                                ("expires_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="lease_deadline_where_a_clock_runs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("status__in", ["approval_expired", "contracts_expired"]),
                            _connector="OR",
                        ),
                        name="lease_ended_by_a_clock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "status__in",
                                    [
                                        "approved",
                                        "contracts",
                                        "contracts_received",
                                        "lease_accepted",
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("approval_limit__isnull", False), ("approved_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="lease_approved_has_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("account_number__regex", "^[0-9A-Z-]+$")),
                        name="lease_number_is_plain",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approval_limit__isnull", True),
                            ("approval_limit__gt", 0),
                            _connector="OR",
                        ),
                        name="lease_limit_above_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "denied"), _negated=True),
                            ("approval_limit__isnull", True),
                            _connector="OR",
                        ),
                        name="lease_denied_has_no_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "status__in",
                                    ["contracts", "contracts_received", "lease_accepted"],
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("contracts_at__isnull", False), ("invoice_total__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="lease_contract_has_invoice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("invoice_total__isnull", True),
                            models.Q(
                                ("approval_limit__isnull", False),
                                ("invoice_total__gt", 0),
                                ("invoice_total__lte", models.F("approval_limit")),
                            ),
                            _connector="OR",
                        ),
                        name="lease_invoice_within_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "funded"), _negated=True),
                            ("delivered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="lease_funded_was_delivered",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lease",
            trigger=pgtrigger.compiler.Trigger(
                name="lease_status_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{approved:contracts,approved:approval_expired,contracts:contracts_received,contracts:contracts_expired,contracts:approval_expired,contracts_received:lease_accepted,contracts_received:approved,contracts_received:contracts_expired,contracts_received:approval_expired,lease_accepted:funded,lease_accepted:approved,lease_accepted:contracts_expired,lease_accepted:approval_expired,denied:in_process,pre_approved:approved,pre_approved:denied,pre_approved:in_process,prequalified:approved,prequalified:denied,prequalified:pre_approved,prequalified:in_process,pending:approved,pending:pre_approved,pending:prequalified,pending:denied,pending:in_process,approval_expired:funded,contracts_expired:funded,in_process:approved,in_process:denied}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="12446da0a84b0e0977f8e084924220059ee61575",
                    operation="UPDATE",
                    pgid="pgtrigger_lease_status_table_346b5",
                    table="leases_lease",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lease",
            trigger=pgtrigger.compiler.Trigger(
                name="lease_status_told",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="""
    IF (SELECT status FROM leases_lease WHERE id = NEW.id) IS DISTINCT FROM (
        SELECT (array_agg(to_status ORDER BY id DESC))[1]
        FROM leases_statusevent WHERE lease_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the status of lease % is not that of its newest event', NEW.id;
    END IF;
    RETURN NULL;
""",
                    hash="be8ad337b3f6bf5724460595848713871246839b",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_lease_status_told_58642",
                    table="leases_lease",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Autopay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Active"), ("stopped", "Stopped")],
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("bank", "Bank account"), ("card", "Card")],
                        max_length=8,
                        verbose_name="charged to",
                    ),
                ),
                (
                    "stop_payment_on",
                    models.DateField(blank=True, null=True, verbose_name="stop payment since"),
                ),
                (
                    "lease",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="autopay",
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
            ],
            options={
                "verbose_name": "automatic payments",
                "verbose_name_plural": "automatic payments",
                "indexes": [models.Index(fields=["state", "-id"], name="autopay_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["bank", "card"])),
                        name="autopay_method_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AutopayEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("enrolled", "Set up"),
                            ("method_changed", "Bank or card changed"),
                            ("stopped", "Stopped"),
                            ("stop_payment", "Stop payment at the bank"),
                            ("stop_lifted", "Stop payment removed"),
                        ],
                        max_length=16,
                        verbose_name="change",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("cash", "Cash"),
                            ("card", "Card"),
                            ("bank", "Bank account"),
                            ("check", "Check or money order"),
                            ("other", "Other"),
                        ],
                        max_length=8,
                        verbose_name="charged to",
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="in effect from")),
                (
                    "overdraft_warned",
                    models.BooleanField(default=False, verbose_name="overdraft warning given"),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "autopay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="leases.autopay",
                        verbose_name="automatic payments",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of automatic payments",
                "verbose_name_plural": "changes of automatic payments",
                "ordering": ["-at", "-id"],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="autopayevent",
            trigger=pgtrigger.compiler.Trigger(
                name="autopay_event_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="609c7722bf283f776f1eebd2a42ace25a8ac0443",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_autopay_event_append_only_ec9e8",
                    table="leases_autopayevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="BuyoutQuote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("as_of", models.DateField(verbose_name="as of")),
                ("valid_until", models.DateField(verbose_name="good until")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("option", "90-day option"),
                            ("discount", "Discount on the remaining payments"),
                            ("ny", "New York"),
                            ("hi", "Hawaii"),
                            ("ca", "California"),
                            ("oh", "Ohio"),
                            ("wv", "West Virginia"),
                        ],
                        max_length=10,
                        verbose_name="rule",
                    ),
                ),
                (
                    "is_ceiling",
                    models.BooleanField(default=False, verbose_name="limited by the state’s rule"),
                ),
                ("inputs", models.JSONField(verbose_name="figures used")),
                (
                    "cash_price",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="cash price"),
                ),
                (
                    "cost_of_lease",
                    models.DecimalField(
                        decimal_places=2, max_digits=9, verbose_name="cost of lease"
                    ),
                ),
                (
                    "lease_total",
                    models.DecimalField(
                        decimal_places=2, max_digits=9, verbose_name="total of payments"
                    ),
                ),
                (
                    "remaining",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=9,
                        verbose_name="left to pay without the buyout",
                    ),
                ),
                ("tax", models.DecimalField(decimal_places=2, max_digits=9, verbose_name="tax")),
                (
                    "total",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="total"),
                ),
                (
                    "saving",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="savings"),
                ),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotes",
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
            ],
            options={
                "verbose_name": "buyout quote",
                "verbose_name_plural": "buyout quotes",
                "ordering": ["-at", "-id"],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="buyoutquote",
            trigger=pgtrigger.compiler.Trigger(
                name="buyout_quote_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c444a6951b5ff5f74609e7a14b83d80407bcfb2d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_buyout_quote_append_only_05235",
                    table="leases_buyoutquote",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="amount"),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instalments",
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
            ],
            options={
                "verbose_name": "installment",
                "verbose_name_plural": "installments",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("lease", "number"), name="instalment_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="instalment_not_negative"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="instalment",
            trigger=pgtrigger.compiler.Trigger(
                name="instalment_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9c123a3f9d78e68960712be7b063a0040dd1b240",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_instalment_append_only_62c6a",
                    table="leases_instalment",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("number", models.CharField(max_length=40, verbose_name="invoice number")),
                (
                    "total",
                    models.DecimalField(
                        decimal_places=2, max_digits=9, verbose_name="invoice total"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "api_key",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leases.apikey",
                        verbose_name="API key",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
            ],
            options={
                "verbose_name": "invoice",
                "verbose_name_plural": "invoices",
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lease", "version"), name="invoice_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total__gt", 0)), name="invoice_above_zero"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invoice",
            trigger=pgtrigger.compiler.Trigger(
                name="invoice_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e1770a2bba3bde67fa62c9bd84241d4279196fd0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_invoice_append_only_35d9f",
                    table="leases_invoice",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="InvoiceLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line_number", models.PositiveSmallIntegerField(verbose_name="line")),
                ("sku", models.CharField(blank=True, max_length=60, verbose_name="SKU")),
                ("model", models.CharField(blank=True, max_length=80, verbose_name="model")),
                ("description", models.CharField(max_length=200, verbose_name="description")),
                (
                    "price_each",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="price each"),
                ),
                ("quantity", models.PositiveSmallIntegerField(verbose_name="quantity")),
                (
                    "line_total",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="line total"),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="leases.invoice",
                        verbose_name="invoice",
                    ),
                ),
            ],
            options={
                "verbose_name": "invoice line",
                "verbose_name_plural": "invoice lines",
                "ordering": ["line_number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("invoice", "line_number"), name="invoice_line_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "line_total",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("price_each"), "*", models.F("quantity")
                                ),
                            ),
                            ("price_each__gte", 0),
                            ("quantity__gt", 0),
                        ),
                        name="invoice_line_adds_up",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invoiceline",
            trigger=pgtrigger.compiler.Trigger(
                name="invoice_line_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="91f2d7e181cce072ab6d58ad09b4018f786b44e7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_invoice_line_append_only_0cde1",
                    table="leases_invoiceline",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="MerchandiseReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("returned_on", models.DateField(verbose_name="return date")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("voided", "Contract voided; approval active again"),
                            ("amended", "Invoice corrected"),
                            ("opened", "Return opened"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("items", models.JSONField(default=list, verbose_name="items")),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "api_key",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leases.apikey",
                        verbose_name="API key",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "closing_note",
                    models.TextField(blank=True, max_length=2000, verbose_name="how it ended"),
                ),
            ],
            options={
                "verbose_name": "merchandise return",
                "verbose_name_plural": "merchandise returns",
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True), ("outcome", "opened")),
                        fields=["returned_on", "id"],
                        name="return_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None), ("closed_by", None), ("closing_note", "")
                            ),
                            models.Q(
                                ("closed_at__gte", models.F("at")),
                                ("closed_by__isnull", False),
                                ("closing_note__gt", ""),
                                ("outcome", "opened"),
                            ),
                            _connector="OR",
                        ),
                        name="return_closed_by_somebody",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="merchandisereturn",
            trigger=pgtrigger.compiler.Trigger(
                name="merchandise_return_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="7990178ecb1871b408285244f2f5d001cefa2778",
                    operation="DELETE",
                    pgid="pgtrigger_merchandise_return_never_deleted_62a82",
                    table="leases_merchandisereturn",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="merchandisereturn",
            trigger=pgtrigger.compiler.Trigger(
                name="merchandise_return_closed_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."closed_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="501ef5a6c868a2881cdfa72c1c822f08e3b7f429",
                    operation="UPDATE",
                    pgid="pgtrigger_merchandise_return_closed_once_b9e95",
                    table="leases_merchandisereturn",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="merchandisereturn",
            trigger=pgtrigger.compiler.Trigger(
                name="merchandise_return_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."lease_id" IS DISTINCT FROM (NEW."lease_id") OR OLD."returned_on" IS DISTINCT FROM (NEW."returned_on") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."items" IS DISTINCT FROM (NEW."items") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."api_key_id" IS DISTINCT FROM (NEW."api_key_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="f50f7a54e2d4212b9b5d7607164cd8308c6c6453",
                    operation="UPDATE",
                    pgid="pgtrigger_merchandise_return_stays_fddfb",
                    table="leases_merchandisereturn",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Plan",
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
                            ("recovery", "Recovery plan"),
                            ("rescheduling", "Rescheduling"),
                            ("restructuring", "Short-term restructuring"),
                        ],
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                (
                    "arrears",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="past due"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="canceled"),
                ),
                (
                    "cancel_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="canceled by",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
                (
                    "fulfilled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="fulfilled"),
                ),
                ("broken_at", models.DateTimeField(blank=True, null=True, verbose_name="broken")),
                ("missed_on", models.DateField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plans",
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["kind", "-id"], name="plan_by_kind"),
                    models.Index(
                        condition=models.Q(("broken_at__isnull", False)),
                        fields=["lease"],
                        name="plan_broken",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at__isnull", True),
                            ("kind", "recovery"),
                            models.Q(
                                ("fulfilled_at__isnull", True),
                                ("broken_at__isnull", False),
                                _connector="OR",
                            ),
                        ),
                        fields=["missed_on", "lease"],
                        name="plan_missed",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True),
                            ("fulfilled_at__isnull", True),
                            ("kind", "recovery"),
                        ),
                        fields=("lease",),
                        name="plan_one_recovery_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancel_reason", ""),
                                ("cancelled_at__isnull", True),
                                ("cancelled_by__isnull", True),
                            ),
                            models.Q(
                                ("cancel_reason__gt", ""),
                                ("cancelled_at__isnull", False),
                                ("cancelled_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="plan_cancelled_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("broken_at", None),
                            models.Q(
                                ("cancelled_at", None),
                                ("fulfilled_at__isnull", False),
                                ("fulfilled_at__lte", models.F("broken_at")),
                                ("kind", "recovery"),
                            ),
                            _connector="OR",
                        ),
                        name="plan_broken_after_it_was_fulfilled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
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
                            ("charge", "Scheduled payment"),
                            ("payment", "Payment"),
                            ("reversal", "Reversal"),
                            ("fee", "Late fee"),
                            ("waiver", "Waiver"),
                            ("adjustment", "Adjustment"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("rent", "Lease payments"), ("fees", "Fees")],
                        max_length=5,
                        verbose_name="balance",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="amount"),
                ),
                ("effective_on", models.DateField(verbose_name="date")),
                ("batch", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cash", "Cash"),
                            ("card", "Card"),
                            ("bank", "Bank account"),
                            ("check", "Check or money order"),
                            ("other", "Other"),
                        ],
                        max_length=8,
                        verbose_name="payment method",
                    ),
                ),
                (
                    "reference",
                    models.CharField(blank=True, max_length=80, verbose_name="reference"),
                ),
                (
                    "external_id",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="number in another system"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("breakdown", models.JSONField(blank=True, null=True, verbose_name="breakdown")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "instalment",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="leases.instalment",
                        verbose_name="installment",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger",
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="leases.ledgerentry",
                        verbose_name="reverses",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="leases.plan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "transaction",
                "verbose_name_plural": "transactions",
                "ordering": ["effective_on", "id"],
                "indexes": [
                    models.Index(fields=["lease", "effective_on", "id"], name="ledger_of_lease"),
                    models.Index(
                        condition=models.Q(("plan__isnull", False)),
                        fields=["plan"],
                        name="ledger_of_plan",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("kind__in", ["charge", "fee"])),
                            models.Q(("amount__lt", 0), ("kind__in", ["payment", "waiver"])),
                            models.Q(
                                ("kind__in", ["reversal", "adjustment"]),
                                models.Q(("amount", 0), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_sign_of_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["rent", "fees"])), name="ledger_part_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["charge", "fee"]), _negated=True),
                            ("instalment__isnull", False),
                            _connector="OR",
                        ),
                        name="ledger_charge_names_an_instalment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reversal"), ("reverses__isnull", False)),
                            models.Q(
                                models.Q(("kind", "reversal"), _negated=True),
                                ("reverses__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_reversal_names_its_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("breakdown__isnull", False), ("kind", "fee")),
                            models.Q(
                                models.Q(("kind", "fee"), _negated=True),
                                ("breakdown__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_fee_is_explained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ["waiver", "adjustment", "reversal"]), _negated=True
                            ),
                            ("reason__gt", ""),
                            _connector="OR",
                        ),
                        name="ledger_correction_has_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "fee")),
                        fields=("instalment",),
                        name="ledger_one_fee_per_instalment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "charge")),
                        fields=("instalment",),
                        name="ledger_one_charge_per_instalment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("external_id__gt", "")),
                        fields=("lease", "external_id"),
                        name="ledger_imported_once",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ledgerentry",
            trigger=pgtrigger.compiler.Trigger(
                name="ledger_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a3c4c280b81c83a52d636841b367c95f2378ca99",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_ledger_append_only_16828",
                    table="leases_ledgerentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ledgerentry",
            trigger=pgtrigger.compiler.Trigger(
                name="ledger_of_one_lease",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="""
    IF EXISTS (
        SELECT FROM added
        LEFT JOIN leases_instalment AS instalment ON instalment.id = added.instalment_id
        LEFT JOIN leases_plan AS plan ON plan.id = added.plan_id
        LEFT JOIN leases_ledgerentry AS entry ON entry.id = added.reverses_id
        WHERE added.lease_id <> instalment.lease_id
            OR added.lease_id <> plan.lease_id
            OR added.reverses_id IS NOT NULL AND (
                added.lease_id, added.part, added.amount
            ) IS DISTINCT FROM (entry.lease_id, entry.part, -entry.amount)
            OR added.reverses_id IS NOT NULL
                AND added.instalment_id IS DISTINCT FROM entry.instalment_id
    ) THEN
        RAISE EXCEPTION 'ledger: an entry names what is not its own' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
""",
                    hash="c68e0296d62143d60e405b6690a9a21994682526",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_ledger_of_one_lease_647cd",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="leases_ledgerentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ledgerentry",
            trigger=pgtrigger.compiler.Trigger(
                name="plan_missed_by_ledger",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="""
    UPDATE leases_plan AS plan SET missed_on = (
        SELECT min(due_on) FROM (
            SELECT due_on, sum(amount) OVER (ORDER BY due_on) AS so_far
            FROM leases_planpromise WHERE plan_id = plan.id
        ) AS promise
        WHERE so_far > COALESCE((
            SELECT -sum(entry.amount) FROM leases_ledgerentry AS entry
            LEFT JOIN leases_ledgerentry AS taken_back ON taken_back.id = entry.reverses_id
            WHERE entry.lease_id = plan.lease_id AND (
                entry.kind IN ('payment', 'waiver') AND entry.at >= plan.at
                OR taken_back.kind IN ('payment', 'waiver') AND taken_back.at >= plan.at
            )
        ), 0)
    )
    WHERE plan.lease_id IN (SELECT lease_id FROM added WHERE kind IN ('payment', 'waiver', 'reversal')) AND kind = 'recovery' AND cancelled_at IS NULL AND fulfilled_at IS NULL;
    RETURN NULL;
""",
                    hash="636988d3bb8abea49b234444743909f7f0de3751",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_plan_missed_by_ledger_16a54",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="leases_ledgerentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ledgerentry",
            trigger=pgtrigger.compiler.Trigger(
                name="late_from_by_ledger",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="""
    UPDATE leases_terms AS terms SET late_from = (
        WITH line AS (
            SELECT part, instalment_id, effective_on, sum(amount) AS amount,
                bool_or(kind = 'fee') AS is_fee
            FROM leases_ledgerentry WHERE lease_id = terms.lease_id GROUP BY 1, 2, 3
        ), instalment AS (
            SELECT bool_or(is_fee) AS has_fee,
                sum(amount) FILTER (WHERE part = 'rent') AS amount,
                max(effective_on) FILTER (WHERE part = 'rent' AND amount > 0) AS due_on
            FROM line WHERE instalment_id IS NOT NULL GROUP BY instalment_id
        ), paid AS (
            SELECT COALESCE(
                    sum(-amount) FILTER (
                        WHERE part = 'rent' AND instalment_id IS NULL
                    ), 0
                ) + GREATEST(sum(-amount) FILTER (WHERE part = 'fees'), 0)
                + (SELECT COALESCE(sum(-amount) FILTER (WHERE amount < 0), 0) FROM instalment)
                AS amount
            FROM line
        ), owed AS (
            SELECT due_on, has_fee, sum(amount) OVER (ORDER BY due_on) AS so_far
            FROM instalment WHERE amount > 0
        )
        SELECT min(due_on) FROM owed, paid WHERE so_far > paid.amount AND NOT has_fee
    )
    WHERE terms.lease_id IN (SELECT lease_id FROM added);
    RETURN NULL;
""",
                    hash="d517d038cdd4ca2f482834b18626fb43a0488639",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_late_from_by_ledger_c7713",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="leases_ledgerentry",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="PlanPromise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="amount"),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="leases.plan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "promised payment",
                "verbose_name_plural": "promised payments",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="plan_promise_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="plan_promise_above_zero"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planpromise",
            trigger=pgtrigger.compiler.Trigger(
                name="plan_promise_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3403092a1e993c34f11d84f79f3358e197366ba0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_plan_promise_append_only_225b1",
                    table="leases_planpromise",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planpromise",
            trigger=pgtrigger.compiler.Trigger(
                name="plan_missed_by_promises",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="""
    UPDATE leases_plan AS plan SET missed_on = (
        SELECT min(due_on) FROM (
            SELECT due_on, sum(amount) OVER (ORDER BY due_on) AS so_far
            FROM leases_planpromise WHERE plan_id = plan.id
        ) AS promise
        WHERE so_far > COALESCE((
            SELECT -sum(entry.amount) FROM leases_ledgerentry AS entry
            LEFT JOIN leases_ledgerentry AS taken_back ON taken_back.id = entry.reverses_id
            WHERE entry.lease_id = plan.lease_id AND (
                entry.kind IN ('payment', 'waiver') AND entry.at >= plan.at
                OR taken_back.kind IN ('payment', 'waiver') AND taken_back.at >= plan.at
            )
        ), 0)
    )
    WHERE plan.id IN (SELECT plan_id FROM added) AND kind = 'recovery' AND cancelled_at IS NULL AND fulfilled_at IS NULL;
    RETURN NULL;
""",
                    hash="b1e68fcaa027a763715f710dd3c8cddc205b71dc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_plan_missed_by_promises_ce24a",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="leases_planpromise",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="StateRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        help_text="Two letters, for example, TX.",
                        max_length=2,
                        validators=[leases.us_states.validate_state],
                        verbose_name="U.S. state",
                    ),
                ),
                (
                    "buyout_ceiling",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("option", "90-day option"),
                            ("discount", "Discount on the remaining payments"),
                            ("ny", "New York"),
                            ("hi", "Hawaii"),
                            ("ca", "California"),
                            ("oh", "Ohio"),
                            ("wv", "West Virginia"),
                        ],
                        max_length=10,
                        verbose_name="buyout ceiling",
                    ),
                ),
                (
                    "late_fee_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="late fee (percent)",
                    ),
                ),
                (
                    "late_fee_of",
                    models.CharField(
                        choices=[
                            ("instalment", "the installment"),
                            ("delinquent", "the past-due amount"),
                        ],
                        default="instalment",
                        max_length=10,
                        verbose_name="percentage of",
                    ),
                ),
                (
                    "late_fee_least_weekly",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="minimum late fee, weekly payments",
                    ),
                ),
                (
                    "late_fee_least_longer",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="minimum late fee, other payments",
                    ),
                ),
                (
                    "late_fee_most",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="maximum late fee",
                    ),
                ),
                (
                    "grace_days_weekly",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="With 3, the fee is charged starting on the fourth day late.",
                        validators=[django.core.validators.MaxValueValidator(90)],
                        verbose_name="grace period in days, weekly payments",
                    ),
                ),
                (
                    "grace_days_longer",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="With 3, the fee is charged starting on the fourth day late.",
                        validators=[django.core.validators.MaxValueValidator(90)],
                        verbose_name="grace period in days, other payments",
                    ),
                ),
                (
                    "source",
                    models.TextField(
                        help_text="The law, and where and when it was read.", verbose_name="source"
                    ),
                ),
            ],
            options={
                "verbose_name": "state rule",
                "verbose_name_plural": "state rules",
                "ordering": ["state"],
                "constraints": [
                    models.UniqueConstraint(fields=("state",), name="state_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                STATES,
                            )
                        ),
                        name="state_rule_of_a_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("late_fee_percent", None),
                            ("late_fee_percent__range", (0, 100)),
                            _connector="OR",
                        ),
                        name="state_rule_percent_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("late_fee_least_longer__gte", 0), ("late_fee_least_weekly__gte", 0)
                        ),
                        name="state_rule_minimum_not_below_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("late_fee_most", None), ("late_fee_most__gt", 0), _connector="OR"
                        ),
                        name="state_rule_maximum_above_zero",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grace_days_longer__lte", 90), ("grace_days_weekly__lte", 90)
                        ),
                        name="state_rule_grace_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="state_rule_has_a_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cash_price",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="cash price"),
                ),
                (
                    "total",
                    models.DecimalField(
                        decimal_places=2, max_digits=9, verbose_name="total of payments"
                    ),
                ),
                ("payments", models.PositiveSmallIntegerField(verbose_name="number of payments")),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("weekly", "Weekly"),
                            ("biweekly", "Every two weeks"),
                            ("semimonthly", "Twice a month"),
                            ("monthly", "Monthly"),
                        ],
                        max_length=12,
                        verbose_name="frequency",
                    ),
                ),
                (
                    "first_due_on",
                    models.DateField(blank=True, null=True, verbose_name="first payment due"),
                ),
                ("state", models.CharField(max_length=2, verbose_name="state of signing")),
                (
                    "tax_rate",
                    models.DecimalField(
                        decimal_places=3,
                        default=0,
                        max_digits=5,
                        verbose_name="sales tax (percent)",
                    ),
                ),
                (
                    "buyout_rule",
                    models.CharField(
                        choices=[
                            ("option", "90-day option"),
                            ("discount", "Discount on the remaining payments"),
                            ("ny", "New York"),
                            ("hi", "Hawaii"),
                            ("ca", "California"),
                            ("oh", "Ohio"),
                            ("wv", "West Virginia"),
                        ],
                        max_length=10,
                        verbose_name="buyout rule",
                    ),
                ),
                (
                    "discount_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=3,
                        null=True,
                        verbose_name="share of the remaining payments due at a buyout",
                    ),
                ),
                (
                    "option_fee",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=7,
                        verbose_name="fee of the 90-day option",
                    ),
                ),
                (
                    "lease",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
                ("late_from", models.DateField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "contract terms",
                "verbose_name_plural": "contract terms",
                "indexes": [
                    models.Index(
                        condition=models.Q(("late_from__isnull", False)),
                        fields=["state", "frequency", "late_from"],
                        name="terms_late",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cash_price__gt", 0),
                            ("payments__gt", 0),
                            ("total__gte", models.F("cash_price")),
                        ),
                        name="terms_amounts_make_sense",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                STATES,
                            )
                        ),
                        name="terms_signed_in_a_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("buyout_rule", "discount"), _negated=True),
                            ("discount_rate__isnull", False),
                            _connector="OR",
                        ),
                        name="terms_discount_has_a_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("option_fee__gte", 0),
                            ("tax_rate__range", (0, 30)),
                            models.Q(
                                ("discount_rate", None),
                                ("discount_rate__range", (0, 1)),
                                _connector="OR",
                            ),
                        ),
                        name="terms_rates_in_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookEndpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.URLField(max_length=300, verbose_name="address")),
                ("secret", models.CharField(editable=False, max_length=80)),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="webhooks",
                        to="leases.merchant",
                        verbose_name="partner merchant",
                    ),
                ),
                (
                    "paused_until",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="paused until"
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["merchant__name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("merchant", "url"), name="webhook_once_per_merchant"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LateReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("delivered_at", models.DateTimeField(verbose_name="delivery")),
                (
                    "signed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="signing date"),
                ),
                ("deadline", models.DateTimeField(verbose_name="deadline")),
                (
                    "shipping_provider",
                    models.CharField(blank=True, max_length=60, verbose_name="shipping provider"),
                ),
                (
                    "tracking_id",
                    models.CharField(blank=True, max_length=80, verbose_name="tracking number"),
                ),
                ("reason", models.TextField(max_length=2000, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="date and time")),
                ("approved", models.BooleanField(blank=True, null=True, verbose_name="approved")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="late_reports",
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
            ],
            options={
                "verbose_name": "late report",
                "verbose_name_plural": "late reports",
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=["at", "id"],
                        name="late_report_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=("lease",),
                        name="late_report_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("delivered_at__lt", models.F("deadline")),
                            models.Q(
                                ("signed_at__isnull", True),
                                ("signed_at__lte", models.F("delivered_at")),
                                _connector="OR",
                            ),
                        ),
                        name="late_report_was_in_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved__isnull", True),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                            ),
                            models.Q(
                                ("approved__isnull", False),
                                ("decided_at__gte", models.F("at")),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="late_report_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="late_report_takes_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="late_report_has_a_reason",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="latereport",
            trigger=pgtrigger.compiler.Trigger(
                name="late_report_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="b976e2dd2bce6f2d56028278324a23d016c1b624",
                    operation="DELETE",
                    pgid="pgtrigger_late_report_never_deleted_f87b5",
                    table="leases_latereport",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="latereport",
            trigger=pgtrigger.compiler.Trigger(
                name="late_report_decided_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."decided_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="6c97d80ad968d4cbec1b98435c9626cb25cb2fa0",
                    operation="UPDATE",
                    pgid="pgtrigger_late_report_decided_once_5af74",
                    table="leases_latereport",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="latereport",
            trigger=pgtrigger.compiler.Trigger(
                name="late_report_stays_as_told",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."lease_id" IS DISTINCT FROM (NEW."lease_id") OR OLD."delivered_at" IS DISTINCT FROM (NEW."delivered_at") OR OLD."signed_at" IS DISTINCT FROM (NEW."signed_at") OR OLD."deadline" IS DISTINCT FROM (NEW."deadline") OR OLD."shipping_provider" IS DISTINCT FROM (NEW."shipping_provider") OR OLD."tracking_id" IS DISTINCT FROM (NEW."tracking_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="3186a37e3e44b47fee76f0fb0be849215fe1f63e",
                    operation="UPDATE",
                    pgid="pgtrigger_late_report_stays_as_told_b50dd",
                    table="leases_latereport",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.CreateModel(
            name="StatusEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("approved", "Approved"),
                            ("pre_approved", "Pre-Approved"),
                            ("prequalified", "Prequalified"),
                            ("denied", "Denied"),
                            ("pending", "Pending/In-Process"),
                            ("contracts", "Contracts"),
                            ("contracts_received", "Contracts Received"),
                            ("lease_accepted", "Lease Accepted"),
                            ("funded", "Funded"),
                            ("approval_expired", "Approval Expired"),
                            ("contracts_expired", "Contracts Expired"),
                            ("in_process", "In Process"),
                        ],
                        max_length=20,
                        verbose_name="previous status",
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("pre_approved", "Pre-Approved"),
                            ("prequalified", "Prequalified"),
                            ("denied", "Denied"),
                            ("pending", "Pending/In-Process"),
                            ("contracts", "Contracts"),
                            ("contracts_received", "Contracts Received"),
                            ("lease_accepted", "Lease Accepted"),
                            ("funded", "Funded"),
                            ("approval_expired", "Approval Expired"),
                            ("contracts_expired", "Contracts Expired"),
                            ("in_process", "In Process"),
                        ],
                        max_length=20,
                        verbose_name="new status",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("application", "Application"),
                            ("invoice", "Invoice submitted"),
                            ("signature", "Lease agreement signed electronically"),
                            ("acceptance", "Accepted after signing"),
                            ("delivery", "Delivery confirmed"),
                            ("approval_age", "Approval deadline passed"),
                            ("late_delivery", "Delivered on time, reported late and approved"),
                            ("contracts_age", "Contract deadline passed"),
                            ("review", "Placed in review by merchant services"),
                            ("review_ended", "Review ended"),
                            ("opt_in", "Opt-in data received"),
                            ("more_information", "More information received"),
                            ("engine_back", "Decision system available again"),
                            ("whole_return", "Whole order returned before delivery"),
                        ],
                        max_length=20,
                        verbose_name="rule",
                    ),
                ),
                (
                    "actor",
                    models.CharField(
                        choices=[
                            ("person", "A person"),
                            ("merchant", "Merchant"),
                            ("clock", "Automatic (deadline passed)"),
                        ],
                        max_length=10,
                        verbose_name="who acted",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "clock_started_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="start of the clock"),
                ),
                ("at", models.DateTimeField(verbose_name="date and time")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_events",
                        to="leases.lease",
                        verbose_name="lease",
                    ),
                ),
                (
                    "api_key",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leases.apikey",
                        verbose_name="API key",
                    ),
                ),
                (
                    "happened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="happened"),
                ),
                (
                    "late_report",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="event",
                        to="leases.latereport",
                        verbose_name="late report",
                    ),
                ),
            ],
            options={
                "verbose_name": "status change",
                "verbose_name_plural": "status changes",
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(fields=["lease", "at", "id"], name="status_event_of_lease")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("actor", "person"), ("by__isnull", False)),
                            models.Q(
                                models.Q(("actor", "person"), _negated=True), ("by__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="status_event_person_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("from_status", ""),
                                ("rule", "application"),
                                (
                                    "to_status__in",
                                    [
                                        "approved",
                                        "denied",
                                        "pending",
                                        "pre_approved",
                                        "prequalified",
                                    ],
                                ),
                            ),
                            models.Q(
                                ("from_status", "approved"),
                                ("rule", "invoice"),
                                ("to_status", "contracts"),
                            ),
                            models.Q(
                                ("from_status", "approved"),
                                ("rule", "approval_age"),
                                ("to_status", "approval_expired"),
                            ),
                            models.Q(
                                ("from_status", "contracts"),
                                ("rule", "signature"),
                                ("to_status", "contracts_received"),
                            ),
                            models.Q(
                                ("from_status", "contracts"),
                                ("rule", "contracts_age"),
                                ("to_status", "contracts_expired"),
                            ),
                            models.Q(
                                ("from_status", "contracts"),
                                ("rule", "approval_age"),
                                ("to_status", "approval_expired"),
                            ),
                            models.Q(
                                ("from_status", "contracts_received"),
                                ("rule", "acceptance"),
                                ("to_status", "lease_accepted"),
                            ),
                            models.Q(
                                ("from_status", "contracts_received"),
                                ("rule", "whole_return"),
                                ("to_status", "approved"),
                            ),
                            models.Q(
                                ("from_status", "contracts_received"),
                                ("rule", "contracts_age"),
                                ("to_status", "contracts_expired"),
                            ),
                            models.Q(
                                ("from_status", "contracts_received"),
                                ("rule", "approval_age"),
                                ("to_status", "approval_expired"),
                            ),
                            models.Q(
                                ("from_status", "lease_accepted"),
                                ("rule", "delivery"),
                                ("to_status", "funded"),
                            ),
                            models.Q(
                                ("from_status", "lease_accepted"),
                                ("rule", "whole_return"),
                                ("to_status", "approved"),
                            ),
                            models.Q(
                                ("from_status", "lease_accepted"),
                                ("rule", "contracts_age"),
                                ("to_status", "contracts_expired"),
                            ),
                            models.Q(
                                ("from_status", "lease_accepted"),
                                ("rule", "approval_age"),
                                ("to_status", "approval_expired"),
                            ),
                            models.Q(
                                ("from_status", "denied"),
                                ("rule", "review"),
                                ("to_status", "in_process"),
                            ),
                            models.Q(
                                ("from_status", "pre_approved"),
                                ("rule", "more_information"),
                                ("to_status", "approved"),
                            ),
                            models.Q(
                                ("from_status", "pre_approved"),
                                ("rule", "more_information"),
                                ("to_status", "denied"),
                            ),
                            models.Q(
                                ("from_status", "pre_approved"),
                                ("rule", "review"),
                                ("to_status", "in_process"),
                            ),
                            models.Q(
                                ("from_status", "prequalified"),
                                ("rule", "opt_in"),
                                ("to_status", "approved"),
                            ),
                            models.Q(
                                ("from_status", "prequalified"),
                                ("rule", "opt_in"),
                                ("to_status", "denied"),
                            ),
                            models.Q(
                                ("from_status", "prequalified"),
                                ("rule", "opt_in"),
                                ("to_status", "pre_approved"),
                            ),
                            models.Q(
                                ("from_status", "prequalified"),
                                ("rule", "review"),
                                ("to_status", "in_process"),
                            ),
                            models.Q(
                                ("from_status", "pending"),
                                ("rule", "engine_back"),
                                ("to_status", "approved"),
                            ),
                            models.Q(
                                ("from_status", "pending"),
                                ("rule", "engine_back"),
                                ("to_status", "pre_approved"),
                            ),
                            models.Q(
                                ("from_status", "pending"),
                                ("rule", "engine_back"),
                                ("to_status", "prequalified"),
                            ),
                            models.Q(
                                ("from_status", "pending"),
                                ("rule", "engine_back"),
                                ("to_status", "denied"),
                            ),
                            models.Q(
                                ("from_status", "pending"),
                                ("rule", "review"),
                                ("to_status", "in_process"),
                            ),
                            models.Q(
                                ("from_status", "approval_expired"),
                                ("rule", "late_delivery"),
                                ("to_status", "funded"),
                            ),
                            models.Q(
                                ("from_status", "contracts_expired"),
                                ("rule", "late_delivery"),
                                ("to_status", "funded"),
                            ),
                            models.Q(
                                ("from_status", "in_process"),
                                ("rule", "review_ended"),
                                ("to_status", "approved"),
                            ),
                            models.Q(
                                ("from_status", "in_process"),
                                ("rule", "review_ended"),
                                ("to_status", "denied"),
                            ),
                            _connector="OR",
                        ),
                        name="status_event_is_a_step",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("api_key__isnull", True), ("actor", "merchant"), _connector="OR"
                        ),
                        name="status_event_key_is_a_merchants",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("actor", "clock"), _negated=True),
                            ("clock_started_at__isnull", False),
                            _connector="OR",
                        ),
                        name="status_event_clock_has_a_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("happened_at__isnull", True),
                            ("happened_at__lte", models.F("at")),
                            _connector="OR",
                        ),
                        name="status_event_happened_before",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("rule__in", ["approval_age", "contracts_age"]), _negated=True
                            ),
                            ("happened_at__isnull", False),
                            _connector="OR",
                        ),
                        name="status_event_deadline_is_kept",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("late_report__isnull", False), ("rule", "late_delivery")),
                            models.Q(
                                models.Q(("rule", "late_delivery"), _negated=True),
                                ("late_report__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="status_event_late_by_a_report",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statusevent",
            trigger=pgtrigger.compiler.Trigger(
                name="status_event_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="87ff5cfe8bab97c7d3339c74d2e7b2867d042735",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_status_event_append_only_dab7f",
                    table="leases_statusevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statusevent",
            trigger=pgtrigger.compiler.Trigger(
                name="status_event_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
                    hash="bc25d72fdc7c9f4ef671ab6d3fc459ecd46cd2f7",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_status_event_not_emptied_33da5",
                    table="leases_statusevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statusevent",
            trigger=pgtrigger.compiler.Trigger(
                name="status_event_continues",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="""
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT lease_id FROM added) AS changed
        CROSS JOIN LATERAL (
            SELECT array_agg(from_status ORDER BY id) AS starts,
                array_agg(to_status ORDER BY id) AS ends
            FROM leases_statusevent AS event
            WHERE event.lease_id = changed.lease_id
        ) AS history
        WHERE starts IS DISTINCT FROM ''::varchar || ends[:cardinality(ends) - 1]
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the history of a lease does not continue';
    END IF;
    RETURN NULL;
""",
                    hash="c89ab6899b2f2a36bf12347c60adf90392794c83",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_status_event_continues_00cda",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="leases_statusevent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statusevent",
            trigger=pgtrigger.compiler.Trigger(
                name="status_event_follows_a_report",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"rule\" = 'late_delivery')",
                    func="""
    IF NOT EXISTS (
        SELECT FROM leases_latereport AS report
        WHERE report.id = NEW.late_report_id AND report.lease_id = NEW.lease_id
            AND report.approved AND report.delivered_at = NEW.happened_at
            AND report.decided_by_id = NEW.by_id
    ) THEN
        RAISE EXCEPTION 'pgtrigger: lease % is funded late without an approved report',
            NEW.lease_id;
    END IF;
    RETURN NEW;
""",
                    hash="cfb5ceefb7453e4811f3edf35e6ac47a717dad2a",
                    operation="INSERT",
                    pgid="pgtrigger_status_event_follows_a_report_25c08",
                    table="leases_statusevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statusevent",
            trigger=pgtrigger.compiler.Trigger(
                name="status_event_is_true",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="""
    IF (SELECT status FROM leases_lease WHERE id = NEW.lease_id) IS DISTINCT FROM (
        SELECT (array_agg(to_status ORDER BY id DESC))[1]
        FROM leases_statusevent WHERE lease_id = NEW.lease_id
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the status of lease % is not that of its newest event', NEW.lease_id;
    END IF;
    RETURN NULL;
""",
                    hash="006ee8719ea1e0f55c5527d02de1b19ddafd8618",
                    operation="INSERT",
                    pgid="pgtrigger_status_event_is_true_fc097",
                    table="leases_statusevent",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("sending", "Sending"),
                            ("delivered", "Delivered"),
                            ("failed", "Not delivered"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("next_attempt_at", models.DateTimeField(verbose_name="next attempt")),
                ("owner", models.UUIDField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                (
                    "response_status",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="response"
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=200, verbose_name="last error")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "delivered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="delivered"),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="leases.statusevent",
                        verbose_name="status change",
                    ),
                ),
                (
                    "replay_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replays",
                        to="leases.webhookdelivery",
                        verbose_name="resend of",
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="leases.webhookendpoint",
                        verbose_name="webhook",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook delivery",
                "verbose_name_plural": "webhook deliveries",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="webhook_newest"),
                    models.Index(
                        condition=models.Q(("state", "failed")),
                        fields=["-created_at", "-id"],
                        name="webhook_failed",
                    ),
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["endpoint", "next_attempt_at"],
                        name="webhook_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state", "sending")),
                        fields=["lease_until"],
                        name="webhook_sending",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replay_of__isnull", True)),
                        fields=("endpoint", "event"),
                        name="webhook_once_per_event",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lease_until__isnull", False),
                                ("owner__isnull", False),
                                ("state", "sending"),
                            ),
                            models.Q(
                                models.Q(("state", "sending"), _negated=True),
                                ("lease_until__isnull", True),
                                ("owner__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="webhook_sending_has_an_owner",
                    ),
                ],
            },
        ),
    ]

import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import accounts.time_zones

# As `createcachetable` makes it (CACHES in config/settings.py).
CACHE = """
    CREATE TABLE puente_cache (
        cache_key varchar(255) NOT NULL PRIMARY KEY,
        value text NOT NULL,
        expires timestamp with time zone NOT NULL
    );
    CREATE INDEX puente_cache_expires ON puente_cache (expires);
"""
RATE_LIMIT = """
    CREATE TABLE accounts_ratelimit (
        key varchar(64) NOT NULL PRIMARY KEY,
        free_at timestamp with time zone NOT NULL,
        allowed boolean NOT NULL
    );
    CREATE INDEX rate_limit_free ON accounts_ratelimit (free_at);
"""


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_cache"),
        ("accounts", "0003_time_zone_names"),
        ("accounts", "0004_drafts"),
        ("accounts", "0005_sign_in_rows"),
        ("accounts", "0006_sent_forms"),
        ("accounts", "0007_indexes"),
        ("accounts", "0008_sent_forms_index"),
        ("accounts", "0009_long_addresses"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(CACHE, "DROP TABLE puente_cache"),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "email",
                    models.EmailField(
                        error_messages={
                            "unique": "Someone already signs in with this email address."
                        },
                        max_length=254,
                        verbose_name="email address",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("agent", "Agent"),
                            ("supervisor", "Supervisor"),
                            ("merchant_services", "Merchant services"),
                            ("administrator", "Administrator"),
                            ("customer", "Customer"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("en", "English"), ("es", "Spanish")],
                        help_text="Leave blank to use the browser’s language.",
                        max_length=2,
                        verbose_name="interface language",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        blank=True,
                        help_text="For example, America/Chicago.",
                        max_length=40,
                        validators=[accounts.time_zones.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Uncheck this instead of deleting the account, so that the history stays readable.",
                        verbose_name="active",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "indexes": [
                    models.Index(
                        condition=models.Q(("role", "customer"), _negated=True),
                        fields=["name", "id"],
                        name="user_staff",
                    ),
                    models.Index(
                        condition=models.Q(("is_active", False)),
                        fields=["id"],
                        name="user_inactive",
                    ),
                    models.Index(fields=["name", "-id"], name="user_by_name"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("email",), name="user_email_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="user_email_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "agent",
                                    "supervisor",
                                    "merchant_services",
                                    "administrator",
                                    "customer",
                                ],
                            )
                        ),
                        name="user_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=250)),
                ("typed", models.JSONField(default=dict)),
                ("spent", models.CharField(blank=True, max_length=40)),
                ("saved_at", models.DateTimeField()),
                (
                    "writer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "draft",
                "verbose_name_plural": "drafts",
                "indexes": [models.Index(fields=["saved_at"], name="draft_old")],
                "constraints": [
                    models.UniqueConstraint(fields=("writer", "form"), name="draft_one_per_form")
                ],
            },
        ),
        # By hand: Django gives every text key a second index, for LIKE, that nobody asks.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(RATE_LIMIT, "DROP TABLE accounts_ratelimit")],
            state_operations=[
                migrations.CreateModel(
                    name="RateLimit",
                    fields=[
                        ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ("free_at", models.DateTimeField()),
                        ("allowed", models.BooleanField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["free_at"], name="rate_limit_free")],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignInRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("code", "Code"), ("password", "Password")], max_length=8
                    ),
                ),
                ("address", models.EmailField(max_length=320)),
                (
                    "language",
                    models.CharField(choices=[("en", "English"), ("es", "Spanish")], max_length=2),
                ),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("code_hash", models.CharField(blank=True, max_length=64)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("resends", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=["created_at"],
                        name="sign_in_unanswered",
                    ),
                    models.Index(fields=["expires_at"], name="sign_in_expires"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["code", "password"])),
                        name="sign_in_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code_hash", ""), ("user__isnull", False), _connector="OR"
                        ),
                        name="sign_in_code_is_somebodys",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SentForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=500)),
                ("key", models.UUIDField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField()),
                ("location", models.TextField(blank=True)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "submitted form",
                "verbose_name_plural": "submitted forms",
                "indexes": [models.Index(fields=["sent_at"], name="sent_form_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "key", "path"), name="sent_form_once")
                ],
            },
        ),
    ]

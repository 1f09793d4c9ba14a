import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PhoneCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("call_id", models.CharField(max_length=250, verbose_name="call ID")),
                (
                    "direction",
                    models.CharField(
                        choices=[("in", "Inbound"), ("out", "Outbound")],
                        max_length=3,
                        verbose_name="direction",
                    ),
                ),
                (
                    "from_sent",
                    models.CharField(blank=True, max_length=80, verbose_name="caller as sent"),
                ),
                (
                    "to_sent",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="called number as sent"
                    ),
                ),
                (
                    "from_number",
                    models.CharField(
                        blank=True, help_text="E.164", max_length=16, verbose_name="caller"
                    ),
                ),
                (
                    "to_number",
                    models.CharField(
                        blank=True, help_text="E.164", max_length=16, verbose_name="called number"
                    ),
                ),
                (
                    "number",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(direction="in", then=models.F("from_number")),
                            default=models.F("to_number"),
                        ),
                        output_field=models.CharField(max_length=16),
                        verbose_name="the other party’s number",
                    ),
                ),
                (
                    "extension",
                    models.CharField(blank=True, max_length=80, verbose_name="extension"),
                ),
                ("rang_at", models.DateTimeField(verbose_name="rang")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "end_cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("normalClearing", "Someone hung up"),
                            ("busy", "The line was busy"),
                            ("cancel", "The caller hung up before anyone answered"),
                            ("noAnswer", "No one answered"),
                            ("congestion", "The phone couldn’t be reached"),
                            ("notFound", "The number doesn’t exist"),
                            ("forwarded", "Forwarded to another number"),
                            ("other", "Ended for another reason"),
                        ],
                        max_length=14,
                        verbose_name="why it ended",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_reason", models.TextField(blank=True)),
                (
                    "agent",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phone_calls",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agent",
                    ),
                ),
                (
                    "later_call",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="telephone.phonecall",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "phone call",
                "verbose_name_plural": "phone calls",
            },
        ),
        migrations.CreateModel(
            name="PhoneCallRing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rings",
                        to="telephone.phonecall",
                    ),
                ),
            ],
            options={
                "verbose_name": "ring",
                "verbose_name_plural": "rings",
            },
        ),
        migrations.CreateModel(
            name="PhoneEvent",
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
                        choices=[("newCall", "Rang"), ("answer", "Answered"), ("hangup", "Ended")],
                        max_length=7,
                        verbose_name="event",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="received")),
                ("sent", models.JSONField(default=dict, verbose_name="as sent")),
                (
                    "call",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="telephone.phonecall",
                    ),
                ),
            ],
            options={
                "verbose_name": "phone event",
                "verbose_name_plural": "phone events",
            },
        ),
        migrations.CreateModel(
            name="PhoneLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "extension",
                    models.CharField(
                        error_messages={"unique": "Someone already has this extension."},
                        help_text="As your telephone system sends it: 101, w0, an email address or a number.",
                        max_length=80,
                        verbose_name="extension",
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phone_lines",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agent",
                    ),
                ),
            ],
            options={
                "verbose_name": "phone line",
                "verbose_name_plural": "phone lines",
                "ordering": ["extension"],
            },
        ),
        migrations.AddIndex(
            model_name="phonecall",
            index=models.Index(fields=["-rang_at", "-id"], name="phone_call_newest"),
        ),
        migrations.AddIndex(
            model_name="phonecall",
            index=models.Index(fields=["agent", "-rang_at", "-id"], name="phone_call_of_agent"),
        ),
        migrations.AddIndex(
            model_name="phonecall",
            index=models.Index(
                condition=models.Q(("number", ""), _negated=True),
                fields=["number", "-rang_at", "-id"],
                name="phone_call_with_number",
            ),
        ),
        migrations.AddIndex(
            model_name="phonecall",
            index=models.Index(
                condition=models.Q(
                    ("answered_at", None),
                    ("direction", "in"),
                    models.Q(("end_cause", "forwarded"), _negated=True),
                ),
                fields=["-rang_at", "-id"],
                name="phone_call_missed",
            ),
        ),
        migrations.AddIndex(
            model_name="phonecall",
            index=models.Index(
                condition=models.Q(
                    ("answered_at", None),
                    ("direction", "in"),
                    models.Q(("end_cause", "forwarded"), _negated=True),
                    ("settled_at", None),
                    models.Q(("number", ""), _negated=True),
                ),
                fields=["rang_at", "id"],
                name="phone_call_to_call_back",
            ),
        ),
        migrations.AddIndex(
            model_name="phonecall",
            index=models.Index(
                condition=models.Q(
                    ("answered_at", None),
                    ("direction", "in"),
                    models.Q(("end_cause", "forwarded"), _negated=True),
                    ("settled_at", None),
                    models.Q(("number", ""), _negated=True),
                ),
                fields=["number"],
                name="phone_call_unsettled",
            ),
        ),
        migrations.AddConstraint(
            model_name="phonecall",
            constraint=models.UniqueConstraint(fields=("call_id",), name="phone_call_once"),
        ),
        migrations.AddConstraint(
            model_name="phonecall",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["in", "out"])),
                name="phone_call_direction_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="phonecall",
            constraint=models.CheckConstraint(
                condition=models.Q(("end_cause", ""), ("ended_at__isnull", False), _connector="OR"),
                name="phone_call_cause_of_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="phonecall",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("later_call", None),
                        ("settled_at", None),
                        ("settled_by", None),
                        ("settled_reason", ""),
                    ),
                    models.Q(
                        ("later_call__isnull", False),
                        ("settled_at__isnull", False),
                        ("settled_by", None),
                        ("settled_reason", ""),
                    ),
                    models.Q(
                        ("later_call", None),
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                        models.Q(("settled_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="phone_call_settled_by_call_or_person",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="phonecall",
            trigger=pgtrigger.compiler.Trigger(
                name="phone_call_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="2c2a3f1e7a87b299a91a4771060fce5762507ce6",
                    operation="DELETE",
                    pgid="pgtrigger_phone_call_stays_dfe2e",
                    table="telephone_phonecall",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="phonecallring",
            index=models.Index(fields=["agent", "-at"], name="phone_ring_of_agent"),
        ),
        migrations.AddConstraint(
            model_name="phonecallring",
            constraint=models.UniqueConstraint(fields=("call", "agent"), name="phone_ring_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="phonecallring",
            trigger=pgtrigger.compiler.Trigger(
                name="phone_ring_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7f327a7f9bd7ef9142cfe099d9084728720c0dc8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_phone_ring_append_only_bba40",
                    table="telephone_phonecallring",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="phoneevent",
            constraint=models.UniqueConstraint(fields=("call", "kind"), name="phone_event_once"),
        ),
        migrations.AddConstraint(
            model_name="phoneevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["newCall", "answer", "hangup"])),
                name="phone_event_kind_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="phoneevent",
            trigger=pgtrigger.compiler.Trigger(
                name="phone_event_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="85c55ee1029598079cb3b94ed2ccd0ba632c8ecf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_phone_event_append_only_8e19d",
                    table="telephone_phoneevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="phoneline",
            constraint=models.UniqueConstraint(
                fields=("extension",),
                name="phone_line_once",
                violation_error_code="extension_taken",
                violation_error_message="Someone already has this extension.",
            ),
        ),
        migrations.AddConstraint(
            model_name="phoneline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("extension", django.db.models.functions.text.Lower("extension")),
                    models.Q(("extension", ""), _negated=True),
                ),
                name="phone_line_as_compared",
            ),
        ),
    ]

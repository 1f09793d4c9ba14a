from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models.functions import Reverse

import leases.models.names

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


def name_key():
    return models.GeneratedField(
        db_persist=True,
        expression=leases.models.names.NameKey("name"),
        output_field=models.TextField(),
    )


def index(model, name):
    return migrations.AddIndex(model, GinIndex(OpClass("name_key", "gin_trgm_ops"), name=name))


class Migration(migrations.Migration):
    dependencies = [("leases", "0018_broken_plans")]
    operations = [
        migrations.RunSQL(NAME_WORDS, "DROP FUNCTION puente_name_words(text)"),
        migrations.RunSQL(NAME_KEY, "DROP FUNCTION puente_name_key(text)"),
        migrations.RemoveIndex("customer", "customer_name_folded"),
        migrations.RemoveIndex("merchant", "merchant_name_folded"),
        migrations.RemoveIndex("store", "store_name_folded"),
        migrations.AddField("customer", "name_key", name_key()),
        migrations.AddField("merchant", "name_key", name_key()),
        migrations.AddField("store", "name_key", name_key()),
        index("customer", "customer_name_key"),
        index("merchant", "merchant_name_key"),
        index("store", "store_name_key"),
        migrations.AddIndex(
            "customer",
            models.Index(OpClass(Reverse("phone"), "text_pattern_ops"), name="customer_phone_end"),
        ),
    ]

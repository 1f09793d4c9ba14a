"""People by name as people look for them, whatever collation the database has."""

from django.db import migrations, models

import common.sort_keys

SORT_KEY = r"""
    CREATE FUNCTION puente_sort_key(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$
        SELECT btrim(regexp_replace(regexp_replace(regexp_replace(
            replace(replace(translate(lower(regexp_replace(normalize(
                replace(regexp_replace(
                    replace(replace(normalize($1, NFC), 'ñ', 'n~'), 'Ñ', 'n~'),
                    '[''’ʼ`´.,]', '', 'g'
                ), '-', ' '),
                NFKD), '[\u0300-\u036f]', '', 'g')), 'łđøðı', 'ldodi'), 'æ', 'ae'), 'œ', 'oe'),
            ' +', ' ', 'g'), '([0-9]+)', '000000000\1', 'g'), '[0-9]*([0-9]{10})', '\1', 'g'), ' ')
    $$
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_tables")]

    operations = [
        migrations.RunSQL(SORT_KEY, "DROP FUNCTION puente_sort_key(text)"),
        migrations.RemoveIndex(
            model_name="user",
            name="user_staff",
        ),
        migrations.RemoveIndex(
            model_name="user",
            name="user_by_name",
        ),
        migrations.AddField(
            model_name="user",
            name="name_sort",
            field=models.GeneratedField(
                db_persist=True,
                expression=common.sort_keys.SortKey("name"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                condition=models.Q(("role", "customer"), _negated=True),
                fields=["name_sort", "id"],
                name="user_staff",
            ),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["name_sort", "-id"], name="user_by_name"),
        ),
    ]

"""Names as people search for them; the functions are created in a migration."""

from __future__ import annotations

from django.db import models
from django.db.models import Func


class NameWords(Func):
    """The words of a name: no accents, capitals or marks, abbreviations spelled out.

    `Mª O’Neill, vda. de Peña` becomes `maria oneill viuda de pena`.
    """

    function = "puente_name_words"
    output_field = models.TextField()


class NameKey(Func):
    """Those words, and again without the spaces: `de la cruz delacruz`."""

    function = "puente_name_key"
    output_field = models.TextField()


def name_key() -> models.GeneratedField:
    """Stored next to the name, because a search looks at thousands of them."""
    return models.GeneratedField(
        expression=NameKey("name"), output_field=models.TextField(), db_persist=True
    )

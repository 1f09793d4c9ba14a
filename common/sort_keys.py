"""Names in the order people look for them, on any PostgreSQL: Ángel, Ñandú, O’Neill, Store 9, 10.

Keys are compared byte by byte. PostgreSQL's is in accounts/migrations/0002_names_in_order.py, and
`sort_key` is the same for names in no table. Decision 35 says why we don't use a collation.
"""

from __future__ import annotations

import re
import unicodedata

from django.db import models
from django.db.models import Func

#: Letters that Unicode doesn't split into letter and mark → where people look for them.
_ALIKE = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_NO_LETTERS = re.compile(r"['’ʼ`´.,]")


class SortKey(Func):
    function = "puente_sort_key"
    output_field = models.TextField()


def sort_key_column(name: str = "name") -> models.GeneratedField:
    """Stored beside the name, so that an index has it."""
    return models.GeneratedField(
        expression=SortKey(name), output_field=models.TextField(db_collation="C"), db_persist=True
    )


def sort_key(text: str) -> str:
    """Without case and accents; ñ after n; numbers by value, up to ten digits."""
    text = unicodedata.normalize("NFC", text).replace("ñ", "n~").replace("Ñ", "n~")
    text = unicodedata.normalize("NFKD", _NO_LETTERS.sub("", text).replace("-", " "))
    text = re.sub("[\u0300-\u036f]", "", text).lower().translate(_ALIKE)
    text = re.sub("([0-9]+)", r"000000000\1", re.sub(" +", " ", text))
    return re.sub("[0-9]*([0-9]{10})", r"\1", text).strip(" ")

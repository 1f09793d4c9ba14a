"""Names in the order people look for them, on any PostgreSQL: Ángel, Ñandú, O’Neill, Store 9, 10.

A key is compared byte by byte. Its function is made in accounts/migrations/0002_names_in_order.py
and written once more here, for what no table holds; decision 35 says why there is no collation.
"""

from __future__ import annotations

import re
import unicodedata

from django.db import models
from django.db.models import Func

#: Letters of their own that are no letter and a mark; where Spanish and English readers look.
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
    """No capitals, accents and marks; ñ after n; numbers by their worth, to ten digits."""
    text = unicodedata.normalize("NFC", text).replace("ñ", "n~").replace("Ñ", "n~")
    text = unicodedata.normalize("NFKD", _NO_LETTERS.sub("", text).replace("-", " "))
    text = re.sub("[\u0300-\u036f]", "", text).lower().translate(_ALIKE)
    text = re.sub("([0-9]+)", r"000000000\1", re.sub(" +", " ", text))
    return re.sub("[0-9]*([0-9]{10})", r"\1", text).strip(" ")

from __future__ import annotations

import unicodedata


def without_accents(text: str) -> str:
    """Letters without their marks, and plain letters for variants such as ﬁ and Ａ."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))

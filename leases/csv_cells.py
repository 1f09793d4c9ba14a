"""Cells of the CSV files we write, safe to open in a spreadsheet."""

from __future__ import annotations

#: A spreadsheet takes a cell that begins so for a formula.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def guarded(text: str) -> str:
    """As text, whatever it begins with."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text

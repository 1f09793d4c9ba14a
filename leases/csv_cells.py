"""Cells of the CSV files we write, safe to open in a spreadsheet."""

from __future__ import annotations

#: A spreadsheet reads a cell that starts with one of these as a formula.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def guarded(text: str) -> str:
    """As text, whatever it starts with."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text

"""Characters that people and programs put between digits of one number."""

BLANK = r"[ \t\u00a0\u00ad\u2007\u200b\u202f\u2060\ufeff]"  # some are invisible
DASH = r"[\-\u2010-\u2015\u2212]"
BREAK = r"\r?\n[> ]{0,3}"  # a line break, perhaps in quoted text
GAP = rf"(?:(?:{BLANK}|{DASH}|\.){{0,3}}(?:{BREAK})?)"

"""What people and programs put between digits that belong together."""

BLANK = r"[ \t\u00a0\u00ad\u2007\u200b\u202f\u2060\ufeff]"  # some of them nobody sees
DASH = r"[\-\u2010-\u2015\u2212]"
BREAK = r"\r?\n[> ]{0,3}"  # of a line, maybe in a quotation
GAP = rf"(?:(?:{BLANK}|{DASH}|\.){{0,3}}(?:{BREAK})?)"

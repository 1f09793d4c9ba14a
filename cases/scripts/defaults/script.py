from __future__ import annotations

from cases.enums import ScriptMedium, ScriptSituation

#: Situation, medium, the text in English and in Spanish.
Scripts = tuple[tuple[ScriptSituation, ScriptMedium, str, str], ...]

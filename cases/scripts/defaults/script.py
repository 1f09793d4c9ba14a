from __future__ import annotations

from cases.enums import ScriptMedium

#: Situation, medium, the text in English and in Spanish.
Scripts = tuple[tuple[str, ScriptMedium, str, str], ...]

"""Programs: customers read their terms, so the language is asked about before they are live."""

from __future__ import annotations

from typing import Any

from accounts.enums import Language
from cases.forms.language_asked import AsksLanguageForm, Said
from leases.admin.programs import ProgramAdmin, ProgramForm

#: Names are too short to tell, so they aren't asked about.
TEXTS = ("terms", "exchange_terms")


class AskingProgramForm(ProgramForm, AsksLanguageForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        texts = [f"{name}_{language}" for name in TEXTS for language in Language.values]
        self.ask_about_language(
            *(
                Said(name, cleaned.get(name) or "", name[-2:])
                for name in texts
                if name in self.changed_data
            )
        )
        return cleaned


class AskingProgramAdmin(ProgramAdmin):
    form = AskingProgramForm

    def get_fieldsets(self, request, obj=None):  # type: ignore[no-untyped-def]
        (title, first), *others = super().get_fieldsets(request, obj)
        return [(title, first | {"fields": (*first["fields"], "asked")}), *others]

"""A document that people keep or pass on."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from accounts.enums import Language

PDF = "application/pdf"
CSV = "text/csv; charset=utf-8"


def language_or(default: str, *, asked: str) -> str:
    return asked if asked in Language.values else default


@dataclass(frozen=True)
class DocumentFile:
    """Its name is in the language of the document, not of the page it was requested from: it is
    kept and passed on where no one sees that page.
    """

    name: str
    content: bytes
    content_type: str
    language: str

    def download(self) -> HttpResponse:
        return HttpResponse(
            self.content,
            content_type=self.content_type,
            headers={
                "Content-Disposition": content_disposition_header(True, self.name),
                "Content-Language": self.language,
            },
        )

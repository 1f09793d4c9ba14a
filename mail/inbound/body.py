"""What a mail contains: text, text files, other files, reports. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain

from mail.inbound import html
from mail.inbound.charsets import lines_of
from mail.inbound.head import Head
from mail.inbound.ornaments import is_ornament
from mail.inbound.stubs import is_stub

#: Parts that sign or lay out a mail and say nothing themselves.
_SILENT = {"application/pkcs7-signature", "application/x-pkcs7-signature",
           "application/pgp-signature", "application/pgp-keys", "application/smil"}  # fmt: skip
_CHOICES = 4  # how many texts are looked at in one alternative
_SIGNATURES = (".p7s", "signature.asc", "firma.asc")


@dataclass(frozen=True)
class Attachment:
    name: str
    content_type: str
    content: bytes
    content_id: str = ""

    @property
    def is_silent(self) -> bool:
        return self.content_type in _SILENT or self.name.lower().endswith(_SIGNATURES)


@dataclass(frozen=True)
class Note:
    """Text that came as a file; its content is shown like the rest of the text."""

    name: str
    text: str


@dataclass
class Body:
    texts: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    # Parts of a delivery report: what happened, and the headers of the mail it's about.
    reports: list[str] = field(default_factory=list)
    about: list[Head] = field(default_factory=list)
    shown: frozenset[str] = frozenset()  # the Content-IDs that the HTML refers to
    is_sealed: bool = False  # encrypted, or signed in one piece with its signature

    @property
    def files(self) -> list[Attachment]:
        """What the sender attached, without signatures and small pictures from a letterhead."""
        return [
            each
            for each in self.attachments
            if not each.is_silent
            and not (each.content_id in self.shown and is_ornament(each.content))
        ]

    @property
    def words(self) -> str:
        """The plain text if there is some, otherwise the text of the HTML."""
        return lines_of("\n\n".join(self.all_texts()))

    def noted(self, *, beside_words: bool) -> str:
        """The content of attached text files, under their names if the mail also has a text of its
        own.
        """
        return lines_of(
            "\n\n".join(
                f"[{each.name}]\n{each.text.strip()}" if beside_words and each.name else each.text
                for each in self.notes
            )
        )

    def all_texts(self) -> list[str]:
        return self.texts or [html.words_of_page(page) for page in self.pages]

    def add_files(self, other: Body) -> None:
        self.notes += other.notes
        self.attachments += other.attachments
        self.reports += other.reports
        self.about += other.about


def together(inside: list[Body]) -> Body:
    whole = Body()
    for each in inside:
        whole.texts += each.all_texts()
        whole.add_files(each)
    return whole


def alternative(inside: list[Body]) -> Body:
    """One content in several forms: the text if there is one, otherwise the HTML. Files always
    stay.
    """
    whole = Body()
    for each in inside:
        whole.add_files(each)
    plain = [each.texts for each in inside if "".join(each.texts).strip()]
    pages: list[str] = next((each.pages for each in reversed(inside) if each.pages), [])
    shown = cache(lambda: " ".join(map(html.words_of_page, pages)))  # read at most once
    for place, texts in enumerate(plain[:_CHOICES]):
        others = partial(_others, plain[place + 1 : _CHOICES], shown)
        if not is_stub("\n".join(texts), others):
            whole.texts = texts
            return whole
    whole.pages = pages
    whole.texts = plain[0] if plain and not pages else []
    return whole


def _others(plain: list[list[str]], shown: Callable[[], str]) -> str:
    return " ".join([*chain.from_iterable(plain), shown()])

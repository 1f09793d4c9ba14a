"""What a mail holds: words, texts sent as files, files, reports. Pure."""

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

#: What proves or lays out a mail and says nothing itself.
_SILENT = {"application/pkcs7-signature", "application/x-pkcs7-signature",
           "application/pgp-signature", "application/pgp-keys", "application/smil"}  # fmt: skip
_CHOICES = 4  # texts looked at in one alternative
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
    """A text that came as a file: what it says is shown like the other words."""

    name: str
    text: str


@dataclass
class Body:
    texts: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    # Parts of a delivery report: what happened, and the head of the mail it is about.
    reports: list[str] = field(default_factory=list)
    about: list[Head] = field(default_factory=list)
    shown: frozenset[str] = frozenset()  # the Content-IDs its page names
    is_sealed: bool = False  # what it says is encrypted, or signed in one piece with its signature

    @property
    def files(self) -> list[Attachment]:
        """What was sent: no signatures, and no small pictures of a letterhead."""
        return [
            each
            for each in self.attachments
            if not each.is_silent
            and not (each.content_id in self.shown and is_ornament(each.content))
        ]

    @property
    def words(self) -> str:
        """Plain text where there is some, else what the HTML says."""
        return lines_of("\n\n".join(self.all_texts()))

    def noted(self, *, beside_words: bool) -> str:
        """What its texts sent as files say; under their names where it has words beside them."""
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
    """The same said several times: once as text, else as the page. Files stay wherever they are."""
    whole = Body()
    for each in inside:
        whole.add_files(each)
    plain = [each.texts for each in inside if "".join(each.texts).strip()]
    pages: list[str] = next((each.pages for each in reversed(inside) if each.pages), [])
    shown = cache(lambda: " ".join(map(html.words_of_page, pages)))  # read once, if at all
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

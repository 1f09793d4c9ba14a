"""The letter that a lease is paid off, as a PDF."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.company_day import business_day
from common.formats import day, money
from leases.documents.document_file import PDF, DocumentFile, language_or
from leases.documents.layout import Document
from leases.documents.which_lease import which_lease
from leases.models import PaidOffLetter
from leases.money import ZERO
from leases.queries.ledger import standing_of


def paid_off_letter_pdf(letter: PaidOffLetter, asked: str = "") -> DocumentFile:
    """In the language asked for, otherwise the customer's."""
    language = language_or(letter.lease.customer.language, asked=asked)
    with translation.override(language):
        what = pgettext("file name", "paid-off-letter")
        name = f"{what}-{letter.lease.account_number}-{letter.paid_on.isoformat()}.pdf"
        return DocumentFile(name, _pdf(letter, language), PDF, language)


def _pdf(letter: PaidOffLetter, language: str) -> bytes:
    page = Document(_("Paid-off letter"), language)
    page.facts(
        [
            *which_lease(letter.lease),
            (pgettext("letter", "Date"), day(business_day(letter.at))),
        ]
    )
    said = {"name": letter.lease.customer.name, "company": settings.COMPANY_NAME}
    if letter.is_purchase or standing_of(letter.lease, business_day(letter.at)).is_paid_in_full:
        page.heading(_("This lease is paid off and closed"))
        words = _(
            "%(company)s confirms that %(name)s has paid this lease in full. Nothing more is owed"
            " on it: no payments and no fees."
        )
    else:  # some of it was taken off, so it says no more than what was received
        page.heading(_("Nothing more is owed on this lease"))
        words = _(
            "%(company)s confirms that %(name)s owes nothing more on this lease: no payments and no"
            " fees."
        )
    page.paragraph(words % said)
    if letter.is_purchase:
        page.paragraph(_("It was paid off by buying the item early."))
    page.facts(
        [
            (_("Last payment"), day(letter.paid_on)),
            (_("Total payments received"), money(letter.received)),
            (_("Left to pay"), money(ZERO)),
        ]
    )
    page.paragraph(_("Keep this letter as proof."), quiet=True)
    return page.bytes()

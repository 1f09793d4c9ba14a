"""A buyout quote as a PDF."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.formats import day, money
from leases import quote_words
from leases.documents.document_file import PDF, DocumentFile, language_or
from leases.documents.layout import Document
from leases.documents.which_lease import which_lease
from leases.models import BuyoutQuote, Lease


def quote_pdf(lease: Lease, quote: BuyoutQuote, asked: str = "") -> DocumentFile:
    """In the language asked for, otherwise the customer's."""
    language = language_or(lease.customer.language, asked=asked)
    with translation.override(language):
        what = pgettext("file name", "quote")
        name = f"{what}-{lease.account_number}-{quote.as_of.isoformat()}.pdf"
        return DocumentFile(name, _pdf(lease, quote, language), PDF, language)


def _pdf(lease: Lease, quote: BuyoutQuote, language: str) -> bytes:
    words = quote_words.in_language(language, quote.rule, quote.inputs)
    page = Document(_("Early purchase quote"), language)
    page.facts(
        [
            *which_lease(lease),
            (pgettext("quote", "Calculated on"), day(quote.as_of)),
            (_("Good until"), day(quote.valid_until)),
        ]
    )
    page.heading(_("Early purchase price: %s") % money(quote.total))
    page.paragraph(_saving(quote))
    page.facts(_figures(quote))
    page.heading(_("How it’s calculated"))
    page.facts([(_("Rule"), words.rule)])
    page.paragraph(words.formula)
    if words.limit:
        page.paragraph(words.limit)
    page.heading(_("How this affects your payment history"))
    page.paragraph(words.effect)
    page.paragraph(
        _(
            "This price is good until the date shown above. If a payment or a fee is "
            "recorded before you buy, ask us for a new quote."
        ),
        quiet=True,
    )
    return page.bytes()


def _figures(quote: BuyoutQuote) -> list[tuple[str, str]]:
    return [
        (_("Cash price"), money(quote.cash_price)),
        (_("Cost of lease"), money(quote.cost_of_lease)),
        (_("Total of payments"), money(quote.lease_total)),
        (_("Left if you keep the lease"), money(quote.remaining)),
        (_("Sales tax included"), money(quote.tax) if quote.tax else ""),
    ]


def _saving(quote: BuyoutQuote) -> str:
    """Compared with finishing the lease, including tax; says plainly if there is none."""
    if not quote.saving:
        return _("Buying early doesn’t save you anything compared with finishing the lease.")
    return _("Buying early saves you %s compared with finishing the lease.") % money(quote.saving)

"""The payment history as a PDF and as a table for spreadsheets."""

from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO

from babel.dates import get_timezone_name
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.company_day import business_day, company_zone
from common.formats import day, locale, moment, money
from leases import fee_words, ledger_words
from leases.csv_cells import guarded
from leases.documents.document_file import CSV, PDF, DocumentFile
from leases.documents.layout import Document
from leases.documents.which_lease import which_lease
from leases.enums import LedgerKind
from leases.models import Lease, LedgerEntry
from leases.money import ZERO
from leases.queries.ledger import standing_of
from leases.queries.statement import Movement, Statement
from leases.schedule import Standing


def _name(what: str, lease: Lease, found: Statement, ending: str) -> str:
    return f"{what}-{lease.account_number}-{found.until.isoformat()}.{ending}"


# --- paper -------------------------------------------------------------------------------------


def statement_pdf(
    lease: Lease, found: Statement, *, language: str, now: datetime, for_customer: bool
) -> DocumentFile:
    """The customer's copy has no names of staff and none of what they wrote."""
    with translation.override(language), timezone.override(company_zone()):
        name = _name(pgettext("file name", "payment-history"), lease, found, "pdf")
        return DocumentFile(name, _pdf(lease, found, language, now, for_customer), PDF, language)


def _pdf(lease: Lease, found: Statement, language: str, now: datetime, for_customer: bool) -> bytes:
    today = business_day(now)
    owed = standing_of(lease, today)
    zone = get_timezone_name(timezone.localtime(now), locale=locale())
    page = Document(_("Payment history"), language)
    page.facts(
        [
            *which_lease(lease),
            (_("Period"), _period(found)),
            (_("Prepared on"), f"{moment(now)} ({zone})"),
        ]
    )
    page.facts(
        [
            (_("Payments received in the period"), money(found.received)),
            (_("Charged in the period"), money(found.charged)),
            (_("Balance due at the end of the period"), money(found.closing)),
        ]
    )
    page.heading(_("Today, %s") % day(today))
    page.facts(_today(owed))
    page.heading(_("Transactions"))
    if found.movements:
        _movements(page, found, for_customer)
    else:
        page.paragraph(_("No transactions in this period."))
    _late_fees(page, found)
    page.paragraph(
        _(
            "The balance is what was due by that date. Each payment counts from its due "
            "date. A negative balance means payments were made ahead of time."
        ),
        quiet=True,
    )
    return page.bytes()


def _period(found: Statement) -> str:
    return _("%(since)s to %(until)s") % {"since": day(found.since), "until": day(found.until)}


def _today(owed: Standing) -> list[tuple[str, str]]:
    following = (
        f"{money(owed.next.left)} · {day(owed.next.due_on)}" if owed.next else pgettext("next", "—")
    )
    return [
        (_("Next payment"), following),
        (_("Cutoff date"), day(owed.cut_off)),
        (_("Past due"), money(owed.arrears)),
        (_("Fees included"), money(owed.fees) if owed.fees else ""),
        (_("Total payments received"), money(owed.received)),
        (_("Left to pay"), money(owed.balance)),
    ]


def _movements(page: Document, found: Statement, for_customer: bool) -> None:
    headers = [_("Date"), _("Transaction"), _("Amount"), _("Balance due")]
    widths, align = [3.2, 6.4, 2.0, 2.2], "LLRR"
    first = [day(found.since, short=True), _("Starting balance"), "", money(found.opening)]
    rows = [first]
    for each in found.movements:
        entry = each.entry
        why = (ledger_words.public_reason if for_customer else ledger_words.reason)(entry)
        what = " · ".join(part for part in (ledger_words.movement(entry), entry.reference) if part)
        rows.append(
            [
                day(entry.effective_on, short=True),
                f"{what}\n{why}" if why else what,
                money(entry.amount),
                money(each.balance),
            ]
        )
    if not for_customer:
        headers.append(_("Recorded"))
        widths, align = [2.3, 5.0, 1.9, 2.2, 3.4], "LLRRL"
        rows[0].append("")
        for row, each in zip(rows[1:], found.movements, strict=True):
            row.append(f"{moment(each.entry.at, short=True)}\n{recorded_by(each.entry)}".strip())
    page.table(headers, rows, widths, align)


def _late_fees(page: Document, found: Statement) -> None:
    fees = [each.entry for each in found.movements if each.entry.kind == LedgerKind.FEE]
    if fees:
        page.heading(_("Late fees explained"))
    for fee in fees:
        what = f"{ledger_words.movement(fee)} · {day(fee.effective_on)} · {money(fee.amount)}."
        page.paragraph(f"{what} {fee_words.explain(fee.breakdown)}")


def recorded_by(entry: LedgerEntry) -> str:
    return entry.by.name if entry.by else pgettext("recorded by", "the system")


# --- spreadsheet -------------------------------------------------------------------------------


def statement_csv(lease: Lease, found: Statement, *, language: str) -> DocumentFile:
    """Every column of every movement: ISO dates, plain amounts, UTF-8 with a byte order mark."""
    text = StringIO()
    with translation.override(language), timezone.override(company_zone()):
        writer = csv.writer(text)
        writer.writerow(
            [
                _("Date"), _("Transaction"), _("Kind"), _("Category"), _("Payment number"),
                _("Amount"), _("Balance due"), _("Payment method"), _("Reference"), _("Reason"),
                _("Explanation"), _("Recorded on"), _("Recorded by"), _("Transaction number"),
                _("Reverses transaction"), _("Reversed by transaction"), _("Recorded together"),
                _("Number in another system"),
            ]
        )  # fmt: skip
        writer.writerow(
            [found.since.isoformat(), _("Starting balance"), *[""] * 4, found.opening] + [""] * 11
        )
        writer.writerows(_cells(each, found.recorded_by) for each in found.movements)
        name = _name(pgettext("file name", "transactions"), lease, found, "csv")
    return DocumentFile(name, text.getvalue().encode("utf-8-sig"), CSV, language)


def _cells(each: Movement, then: datetime | None) -> list[object]:
    entry = each.entry
    reversal = getattr(entry, "reversed_by", None)
    if reversal and then and reversal.at > then:
        reversal = None
    return [
        entry.effective_on.isoformat(),
        guarded(ledger_words.movement(entry)),
        entry.get_kind_display(),
        entry.get_part_display(),
        entry.instalment.number if entry.instalment else "",
        entry.amount,
        each.balance + ZERO,
        entry.get_method_display() if entry.method else "",
        guarded(entry.reference),
        guarded(ledger_words.reason(entry)),
        guarded(fee_words.explain(entry.breakdown)),
        timezone.localtime(entry.at).isoformat(timespec="seconds"),
        guarded(recorded_by(entry)),
        entry.pk,
        entry.reverses_id or "",
        reversal.pk if reversal else "",
        entry.batch,
        guarded(entry.external_id),
    ]

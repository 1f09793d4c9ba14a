from decimal import Decimal

from django import template

from leases import fee_words, ledger_words, refund_words
from leases.enums import LedgerKind
from leases.models import LedgerEntry
from leases.schedule import ScheduleRow

register = template.Library()
register.filter("movement", ledger_words.movement)
register.filter("movement_reason", ledger_words.reason)
register.filter("movement_reason_for_customer", ledger_words.public_reason)
register.filter("instalment_state", ledger_words.payment_state)
register.filter("is_refund", ledger_words.is_refund)
register.filter("refund_way", refund_words.way)
register.filter("explain", fee_words.explain)


@register.filter
def amount_for_customer(entry: LedgerEntry) -> Decimal:
    """A payment or waiver is shown by its name, without the ledger's sign."""
    plain = entry.kind in {LedgerKind.PAYMENT, LedgerKind.WAIVER}
    return abs(entry.amount) if plain else entry.amount


@register.filter
def instalment_tone(row: ScheduleRow) -> str:
    return ledger_words.TONES.get(row.state, "neutral")

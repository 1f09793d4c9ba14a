"""A return is settled: credited on the lease, or exchanged by the store."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.change import add_event, locked, touch
from cases.actions.charges import locked_lease_of
from cases.enums import StoreAnswer, Visibility
from cases.events import ReturnCredited
from cases.mails.base import enqueue_case_mail
from cases.mails.return_credited import RETURN_CREDITED, ReturnCreditedParams
from cases.mails.store_returns import store_return_facts
from cases.models import StoreReturn
from common.company_day import business_day
from common.formats import day
from leases.actions.close_return import close_return
from leases.actions.corrections import adjust
from leases.actions.ledger_checks import checked_amount
from leases.exchanges import Exchange
from leases.money import ZERO
from leases.queries.ledger import exchange_of, standing_of


@transaction.atomic
def credit_return(
    *, row: StoreReturn, credit: Decimal | None, by: User, now: datetime
) -> StoreReturn:
    """Takes `credit` off what is owed on the lease; None: the store exchanged the item. The store's
    report is closed with it, and the customer gets one email with what is left to pay.

    For supervisors. ValidationError `return_unconfirmed`, `return_settled` (someone else was
    faster), `no_exchange`, and those of `checked_amount` and
    `leases.actions.corrections.adjust`.
    """
    if not by.supervises:
        raise PermissionDenied
    lease = locked_lease_of(row.case, by)
    case = locked(row.case)
    rows = StoreReturn.objects.select_for_update(of=["self"])
    row = rows.select_related("store__merchant", "report").get(pk=row.pk)
    _refuse_unready(row)
    reason = gettext("Return of %(day)s, case %(number)s") % {
        "day": day(row.handed_in_on),
        "number": case.spoken_number,
    }
    if credit is None:
        _refuse_exchange(exchange_of(lease, now))
    else:
        checked_amount(credit)
        adjust(lease=lease, amount=-credit, reason=reason, tells_customer=False, by=by, now=now)
    if row.report and row.report.closed_at is None:
        close_return(row=row.report, note=reason, tells_customer=False, by=by, now=now)
    row.credit, row.credited_on = credit, business_day(now)
    row.credited_by, row.credited_at = by, now
    row.save(update_fields=["credit", "credited_on", "credited_by", "credited_at"])
    touch(case, now=now)
    told = ReturnCredited(on=row.credited_on, credit=credit)
    entry = add_event(case, told, by=by, now=now, visibility=Visibility.PUBLIC)
    owed = standing_of(lease, business_day(now))
    said = ReturnCreditedParams(
        **store_return_facts(case, row, now),
        credit=credit, arrears=owed.arrears, balance=max(owed.balance, ZERO),
    )  # fmt: skip
    key = f"return_credited:{row.pk}"
    enqueue_case_mail(RETURN_CREDITED, said, case, key=key, entry=entry, now=now)
    return row


def _refuse_unready(row: StoreReturn) -> None:
    if row.credited_on or row.withdrawn_at:
        raise ValidationError(_("This return is settled already."), code="return_settled")
    if row.answer != StoreAnswer.CONFIRMED:
        raise ValidationError(
            _("The store hasn’t confirmed yet that it has the item."), code="return_unconfirmed"
        )


def _refuse_exchange(found: Exchange) -> None:
    if not found.allowed:
        raise ValidationError(str(found.reason), code="no_exchange")

"""What every mail about a lease says, who gets it and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Self, TypedDict
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from common.first_names import first_name
from common.formats import day, locale, moment, money
from leases.mails.without_portal import without_portal
from leases.models import Lease, LeaseMail
from mail.kinds import MailKind, MailParams
from mail.meanings import COMPANY, CUSTOMER_NAME
from mail.models import MailLink
from mail.outbound.enqueue import NewMail
from mail.words import link, named

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LEASE_PLACEHOLDERS: Mapping[str, StrPromise] = {
    **CUSTOMER_NAME,
    "account_number": gettext_lazy("the account number of the lease"),
    "merchandise": gettext_lazy("the leased item"),
    "store": gettext_lazy("the store’s name"),
    **COMPANY,
    "portal_link": gettext_lazy("the link to the lease in the customer portal"),
}


class LeaseFacts(TypedDict):
    customer_name: str
    account_number: str
    merchandise: str
    store: str
    time_zone: str


@dataclass(frozen=True, kw_only=True)
class LeaseParams(MailParams):
    customer_name: str
    account_number: str
    merchandise: str
    store: str
    time_zone: str  # the customer's

    def words(self) -> dict[str, str]:
        return {
            "first_name": first_name(self.customer_name),
            "customer_name": self.customer_name,
            "account_number": self.account_number,
            "merchandise": named(self.merchandise) or pgettext("merchandise", "not stated"),
            "store": named(self.store),
            "portal_link": link(f"{settings.BASE_URL}/l/{self.account_number}"),
        }

    def for_attorney(self, body: str) -> str:
        return without_portal(body)

    def why_sent(self) -> str:
        return pgettext("why a mail is sent", "We’re writing to you about your lease with us.")

    def seen_in(self, lease: Lease) -> Self:
        """Made-up parameters with the real facts of `lease`."""
        return replace(self, **lease_facts(lease))


def lease_facts(lease: Lease) -> LeaseFacts:
    """The lease as it is at this moment."""
    return {
        "customer_name": lease.customer.name,
        "account_number": lease.account_number,
        "merchandise": lease.merchandise,
        "store": lease.store.name,
        "time_zone": lease.customer.time_zone,
    }


#: For a preview without anything real.
MADE_UP: LeaseFacts = {
    "customer_name": "Carla Peña",
    "account_number": "PU-1234567",
    "merchandise": "Sofá",
    "store": "Mueblería Luna",
    "time_zone": "America/Chicago",
}


def lease_mail(
    kind: MailKind[MailParams],
    said: MailParams,
    lease: Lease,
    *,
    key: str,
    about: LeaseMail | None = None,
    thread: str = "",
    links: Sequence[MailLink] = (),
) -> NewMail:
    """A mail to the customer, in their language. `about` links more than the lease; `thread` and
    `links` come from a sender who writes in one of their conversations.
    """
    customer = lease.customer
    return NewMail(
        kind=kind,
        said=said,
        key=key,
        to=customer.email,
        language=customer.language,
        thread=thread,
        links=[about or LeaseMail(lease=lease), *links],
    )


def instant(at: datetime, zone: str) -> str:
    """In the customer's time zone, which is named: the company's may be another."""
    with timezone.override(ZoneInfo(zone)):
        clock = get_timezone_name(timezone.localtime(at), locale=locale())
        return f"{moment(at)} ({clock})"


def day_on_their_clock(at: datetime, zone: str) -> str:
    with timezone.override(ZoneInfo(zone)):
        return day(at)


def payment(on: date, amount: Decimal) -> str:
    return _("%(day)s: %(amount)s") % {"day": day(on), "amount": money(amount)}


def next_payment(on: date | None, amount: Decimal | None) -> str:
    if on is None or amount is None:
        return pgettext("next payment", "no payments left")
    return _("%(amount)s on %(day)s") % {"day": day(on), "amount": money(amount)}

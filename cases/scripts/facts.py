"""What is known of a case, or of a call being logged, in the words of one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.utils import translation

from accounts.models import User
from cases import numbers
from cases.mails.base import portal_link
from cases.models import CallDraft, Case, CaseContact
from cases.scripts.absent import without_absent
from cases.scripts.placeholders import filled
from cases.scripts.unwritten import without_promised_emails
from cases.scripts.withheld import Withheld, without
from common.company_day import business_day
from common.formats import day
from leases.models import Lease


@dataclass(frozen=True)
class Facts:
    case_number: str
    agent: User
    today: date
    lease: Lease | None = None
    due_on: date | None = None
    contact: CaseContact | None = None
    withheld: Withheld | None = None
    lacks_address: bool = False  # so nothing is promised in writing

    @classmethod
    def of_case(cls, case: Case, *, by: User, now: datetime) -> Self:
        due_on = case.due_on if case.is_active else None
        return cls(case.number, by, business_day(now), case.lease, due_on, case.contact)

    @classmethod
    def of_call(
        cls,
        draft: CallDraft,
        lease: Lease | None,
        *,
        by: User,
        now: datetime,
        due_on: date | None = None,
        contact: CaseContact | None = None,
        withheld: Withheld | None = None,
        lacks_address: bool = False,
    ) -> Self:
        """`due_on` and `contact`: as typed in the form; `withheld`: from whoever is on the line."""
        today = business_day(now)
        return cls(draft.number, by, today, lease, due_on, contact, withheld, lacks_address)

    def fill(self, text: str, language: str) -> str:
        """What isn't known appears in brackets; what never happened isn't told."""
        with translation.override(language):
            return filled(without_absent(text, self._absent()), self._words())

    def say(self, text: str, language: str, *, asides: str = "") -> str:
        """What may be read aloud; `asides`: the language of what is for the agent, if it's another.
        Without a lease there's nothing to withhold.
        """
        if self.withheld and self.lease:
            with translation.override(asides or language):
                text = without(text, self.withheld)
        with translation.override(language):
            text = without_absent(text, self._absent(), aloud=True)
        if self.lacks_address:
            text = without_promised_emails(text, language)
        return self.fill(text, language)

    def _absent(self) -> set[str]:
        """Days of this lease that never came."""
        if self.lease is None:
            return set()
        days = {"signed_day": self.lease.signed_at, "delivered_day": self.lease.delivered_at}
        return {name for name, at in days.items() if at is None}

    def _words(self) -> dict[str, str]:
        words = {
            "agent_name": self.agent.name,
            "company": settings.COMPANY_NAME,
            "case_number": numbers.shown(self.case_number),
            "today": day(self.today),
            "due_day": day(self.due_on),
        }
        person = self.lease.customer if self.lease else self.contact
        if self.lease or person is None:  # a contact has no page
            words["portal_link"] = portal_link(self.case_number)
        if person:
            words |= {"customer_name": person.name, "email": person.email}
        if self.lease is None:
            return words
        return words | {
            "account_number": self.lease.account_number,
            "merchant": self.lease.store.merchant.name,
            "store": self.lease.store.name,
            "merchandise": self.lease.merchandise,
            "signed_day": _company_day(self.lease.signed_at),
            "delivered_day": _company_day(self.lease.delivered_at),
        }


def _company_day(at: datetime | None) -> str:
    """As in the contract and its papers, wherever the agent is."""
    return day(business_day(at)) if at else ""

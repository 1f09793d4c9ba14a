"""A verbal agreement, as the mails about it show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import User
from cases.enums import Party
from cases.mails.base import (
    CaseParams,
    case_mail,
    enqueue_case_mail,
    facts_now,
    made_up,
    number_word,
)
from cases.mails.message_added import MESSAGE_ADDED, MessageAddedParams
from cases.models import Case, CaseMail, Entry, Promise
from common.company_day import business_day
from common.formats import day, money
from mail.kinds import MailKind
from mail.meanings import COMPANY, CUSTOMER_NAME
from mail.outbound.enqueue import NewMail
from mail.words import Tone, Word, turn

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PROMISE_PLACEHOLDERS: Mapping[str, StrPromise] = {
    "promise": gettext_lazy("who does what by when, one per line, in the words of the agreement"),
    "promise_day": gettext_lazy("the agreed date"),
}
REMINDER_PLACEHOLDERS: Mapping[str, StrPromise] = {
    **CUSTOMER_NAME,
    "matter": gettext_lazy("the case number, as “case” and the number"),
    **PROMISE_PLACEHOLDERS,
    **COMPANY,
    "portal_link": gettext_lazy("the link to the case in the customer portal"),
}


@dataclass(frozen=True, kw_only=True)
class Promised:
    party: Party
    what: str
    amount: Decimal | None
    due_on: date


def party_for_customer(party: Party, store: str) -> str:
    """`store`: its name, "" if the case has no lease."""
    if party == Party.CUSTOMER:
        return pgettext("verbal agreement", "You")
    if party == Party.COMPANY:
        return settings.COMPANY_NAME
    return store or str(Party.STORE.label)


@dataclass(frozen=True, kw_only=True)
class PromiseParams(CaseParams):
    promise: Promised
    store: str

    def words(self) -> dict[str, str]:
        return super().words() | {
            "promise": turn(
                "\n".join(f"{name}: {text}" for name, text in self._lines()),
                Tone.WARN if self.promise.party == Party.CUSTOMER else Tone.ACCENT,
            ),
            "promise_day": day(self.promise.due_on),
            "matter": self._matter(),
        }

    def _lines(self) -> list[tuple[str, str]]:
        """The words stay in the language they were said in; only the text around them is ours."""
        promise = self.promise
        lines = [
            (
                pgettext("verbal agreement", "Who"),
                party_for_customer(self.promise.party, self.store),
            ),
            (pgettext("verbal agreement", "What"), promise.what),
        ]
        if promise.amount:
            lines.append((pgettext("verbal agreement", "Amount"), money(promise.amount)))
        lines.append((pgettext("verbal agreement", "Due by"), day(promise.due_on)))
        return lines

    def _matter(self) -> Word:
        told = pgettext("what a mail is about", "case %(number)s")
        number = number_word(self.case_number)
        return Word(told % {"number": number}, told % {"number": number.html})

    def seen_in(self, case: Case) -> Self:
        return replace(self, **self.facts_of(case), store=case.store_name)


def promise_sample(now: datetime) -> PromiseParams:
    what = pgettext("sample of a mail", "We’ll remove the late fee on the last payment")
    return _sample(Party.COMPANY, what, Decimal("5.00"), now, days=7)


def customers_sample(now: datetime, *, days: int) -> PromiseParams:
    """Customers are only reminded of what they promised themselves."""
    what = pgettext("sample of a mail", "Send the receipt of the last payment")
    return _sample(Party.CUSTOMER, what, None, now, days=days)


def _sample(
    party: Party, what: str, amount: Decimal | None, now: datetime, *, days: int
) -> PromiseParams:
    due_on = business_day(now) + timedelta(days=days)
    return PromiseParams(
        **made_up(now),
        store="Mueblería Luna",
        promise=Promised(party=party, what=what, amount=amount, due_on=due_on),
    )


def promise_mail(
    kind: MailKind[PromiseParams], promise: Promise, *, entry: Entry | None, now: datetime
) -> NewMail:
    case = promise.case
    said = PromiseParams(
        **facts_now(case, now),
        store=case.store_name,
        promise=Promised(
            party=Party(promise.party),
            what=promise.what,
            amount=promise.amount or None,
            due_on=promise.due_on,
        ),
    )
    about = CaseMail(promise=promise)
    return case_mail(kind, said, case, key=f"{kind.key}:{promise.pk}", entry=entry, about=about)


def enqueue_withdrawal(
    promise: Promise, reason: str, *, by: User, entry: Entry, now: datetime
) -> bool:
    """A message from us: what was confirmed in writing no longer holds, and why."""
    with translation.override(promise.case.person.language):
        over = _("This agreement no longer applies: “%(what)s”") % {"what": promise.what}
    said = MessageAddedParams(
        **facts_now(promise.case, now), author_name=by.name, message=f"{over}\n\n{reason}"
    )
    key = f"promise_withdrawn:{promise.pk}"
    return enqueue_case_mail(MESSAGE_ADDED, said, promise.case, key=key, entry=entry, now=now)

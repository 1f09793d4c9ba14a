"""What every mail about a case says, who gets it and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, NotRequired, Self, TypedDict

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy

from cases import kinds, lifecycle, numbers, words
from cases.enums import CaseStatus, Party
from cases.mails.attorneys import recipient_of
from cases.mails.without_portal import without_portal
from cases.models import Case, CaseMail, Entry
from cases.queries.next_step import turn_of
from cases.turns import Turn
from common.company_day import business_day
from common.first_names import first_name
from common.formats import day
from mail.kinds import MailKind, MailParams
from mail.meanings import COMPANY, CUSTOMER_NAME
from mail.outbound.enqueue import NewMail, enqueue
from mail.recipients import Recipient
from mail.words import Place, Tone, Word, link, turn, typed

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

CASE_PLACEHOLDERS: Mapping[str, StrPromise] = {
    **CUSTOMER_NAME,
    "case_number": gettext_lazy("the case number, in groups to read aloud"),
    "kind": gettext_lazy("the reason for the case"),
    "status": gettext_lazy("the status in plain words"),
    "who_acts": gettext_lazy("what happens next: who takes the next step"),
    "due_day": gettext_lazy("the date the next step is due"),
    **COMPANY,
    "portal_link": gettext_lazy("the link to the case in the customer portal"),
}
#: After “What happens next:”.
_NEXT: Mapping[Party, StrPromise] = {
    Party.COMPANY: pgettext_lazy("what happens next", "We’ll take the next step"),
    Party.CUSTOMER: pgettext_lazy("what happens next", "We’re waiting for you"),
    Party.STORE: pgettext_lazy("what happens next", "We’re waiting for the store"),
    Party.NOBODY: pgettext_lazy("what happens next", "Nothing more for now"),
}


class TurnFacts(TypedDict):
    status: CaseStatus
    due_on: date
    acts: NotRequired[Party]
    overdue: NotRequired[bool]
    agreed: NotRequired[bool]


class CaseFacts(TurnFacts):
    customer_name: str
    case_number: str
    kind: str
    signs_in: NotRequired[bool]


@dataclass(frozen=True, kw_only=True)
class CaseParams(MailParams):
    # The status that the mail gives, whenever it's sent; None: whichever it is then.
    always: ClassVar[CaseStatus | None] = None

    customer_name: str
    case_number: str
    kind: str
    status: CaseStatus
    due_on: date
    acts: Party | None = None
    overdue: bool = False  # all of it is late: no mail names a day that has passed
    agreed: bool = False
    signs_in: bool = True

    def words(self) -> dict[str, str]:
        acts = self.acts or lifecycle.ACTS[self.status]
        return {
            "first_name": first_name(self.customer_name),
            "customer_name": self.customer_name,
            "case_number": number_word(self.case_number),
            "kind": kinds.kind_name(self.kind),
            "status": words.status_for_customer(self.status),
            "who_acts": turn(str(_NEXT[acts]), self._tone(acts)),
            "due_day": turn(self._due_day(acts), self._tone(acts)),
            "portal_link": link(portal_link(self.case_number)),
        }

    def suited(self, body: str) -> str:
        return body if self.signs_in else self.for_attorney(body)

    def for_attorney(self, body: str) -> str:
        return without_portal(body, get_language() or "")

    def why_sent(self) -> str:
        return pgettext(
            "why a mail is sent", "We’re writing to you because you have a case with us."
        )

    def _tone(self, acts: Party) -> Tone:
        if acts == Party.NOBODY:
            return Tone.GOOD
        if self.overdue:
            return Tone.BAD
        return Tone.WARN if acts == Party.CUSTOMER else Tone.ACCENT

    def _due_day(self, acts: Party) -> str:
        if acts == Party.NOBODY:
            return pgettext("day by which somebody acts", "no date for now")
        if self.overdue:
            return pgettext("day by which somebody acts", "we’ll tell you the new date")
        due = day(self.due_on)
        if self.agreed:
            return pgettext("day by which somebody acts", "%(day)s, as we agreed") % {"day": due}
        return due

    def seen_in(self, case: Case) -> Self:
        """Made-up parameters with the real facts of `case`."""
        return replace(self, **self.facts_of(case))

    def facts_of(self, case: Case) -> CaseFacts:
        """The case as this mail will find it."""
        facts = case_facts(case)
        return facts | {"status": self.always} if self.always else facts


def case_facts(case: Case) -> CaseFacts:
    """The case as it is at this moment."""
    facts: CaseFacts = {
        "customer_name": case.person.name,
        "case_number": case.number,
        "kind": case.kind_id,
        "status": CaseStatus(case.status),
        "due_on": case.due_on,
    }
    return facts if case.lease else facts | {"signs_in": False}


def facts_now(case: Case, now: datetime, told: Turn | None = None) -> CaseFacts:
    """The same, with whose turn it is and by when; `told` if that is already known."""
    facts = case_facts(case)
    if not case.is_active:
        return facts
    today = business_day(now)
    return {**facts, **turn_facts(told or turn_of(case, since=today), today)}


def turn_facts(told: Turn, today: date) -> TurnFacts:
    """Whose turn it is, and by when."""
    return {
        "status": told.status,
        "due_on": told.step.on,
        "acts": told.step.party,
        "overdue": told.step.on < today,
        "agreed": told.step.is_agreed,
    }


def made_up(now: datetime, status: CaseStatus = CaseStatus.IN_PROGRESS) -> CaseFacts:
    """For a preview without anything real."""
    return {
        "customer_name": "Carla Peña",
        "case_number": "260001233",
        "kind": "charge_dispute",
        "status": status,
        "due_on": business_day(now) + timedelta(days=3),
    }


def case_sample(now: datetime) -> CaseParams:
    return CaseParams(**made_up(now))


def case_mail(
    kind: MailKind[CaseParams],
    said: CaseParams,
    case: Case,
    *,
    key: str,
    entry: Entry | None,
    about: CaseMail | None = None,
    language: str = "",
) -> NewMail:
    """A mail to the person the case is about, in their language unless another was chosen.

    `about` links more than the case and its entry.
    """
    person = case.person
    row = about or CaseMail()
    row.case, row.entry = case, entry
    # With an address of their own, the attorney is asked for when it's sent.
    due = Recipient(person.email) if person.email else recipient_of(case)
    return NewMail(
        kind=kind,
        said=said,
        key=key,
        to=due.to,
        care_of=due.care_of if due.to else "",
        language=(due.language if due.care_of else language) or person.language,
        thread=case.number,
        links=[row],
    )


def enqueue_case_mail(
    kind: MailKind[CaseParams],
    said: CaseParams,
    case: Case,
    *,
    key: str,
    entry: Entry | None,
    now: datetime,
) -> bool:
    """False if this event already has its mail, or there's no address for it; see `enqueue`."""
    return enqueue(case_mail(kind, said, case, key=key, entry=entry), now=now)


def portal_link(number: str) -> str:
    return f"{settings.BASE_URL}/c/{number}"


def number_word(number: str) -> Word:
    """No line ends inside it where it is only read; large where it has a line for itself."""
    return Word(numbers.grouped(number), numbers.shown(number), place=Place.LARGE)


def in_their_own_words(text: str, by_hand: str, said_in: str) -> str:
    """`text` with an agent's words, which may be in another language than the reader's."""
    reader = get_language() or ""
    return typed(text, by_hand=by_hand, spoken=said_in or reader, reader=reader)


def bulleted(lines: Iterable[str]) -> str:
    return "\n".join(f"• {line}" for line in lines)

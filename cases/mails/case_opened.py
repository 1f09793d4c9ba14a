from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Self

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language
from cases.enums import CallerRelation, CaseStatus, Party
from cases.events import AutopayRevoked, Disputed
from cases.events.happening import Reader
from cases.kinds import slot_name
from cases.mails import callers
from cases.mails.base import CASE_PLACEHOLDERS, CaseParams, in_their_own_words, made_up
from cases.mails.charges_disputed import under_review
from cases.mails.phrases import HOW_IT_STANDS_EN, HOW_IT_STANDS_ES, PORTAL_EN, PORTAL_ES
from cases.mails.promises import Promised, party_for_customer
from cases.models import Case
from common.company_day import business_day
from common.formats import day, money
from mail.kinds import MailKind, Text
from mail.words import lines


@dataclass(frozen=True, kw_only=True)
class CaseOpenedParams(CaseParams):
    """All that a call came to, in one mail."""

    agent_name: str
    message: str = ""  # the agent's own paragraph, in the reader's language
    said_in: str = ""  # the language of what was agreed on
    promised: tuple[Promised, ...] = ()
    store: str = ""
    slots: tuple[str, ...] = ()  # asked for, or asked for again
    send_by: date | None = None  # them; mails written before there was one have none
    blocks: bool = False  # new applications in their name aren't taken from now on
    disputed: tuple[Disputed, ...] = ()  # transactions, under review since this call
    pauses_fees: bool = False  # late fees on them wait
    pause_until: date | None = None  # at the latest until this day
    revoked: tuple[AutopayRevoked, ...] = ()  # automatic payments stopped, or why not
    caller: CallerRelation = CallerRelation.CUSTOMER

    def words(self) -> dict[str, str]:
        return super().words() | {
            "agent_name": self.agent_name,
            "call": self.call(),
            "told": lines(self._told()),
        }

    def call(self) -> str:
        """Whose call it was, and what became of it."""
        return callers.followed_up(self.caller, self.agent_name)

    def _told(self) -> list[str]:
        """Paragraphs, with an empty line between them."""
        own = self.message.split("\n") if self.message else []
        told: list[str] = []
        for part in (
            own,
            self._blocked(),
            self._revoked(),
            self._under_review(),
            self._agreed_on(),
            self._asked_for(),
        ):
            told += ["", *part] if told and part else part
        return told

    def suited(self, body: str) -> str:
        return super().suited(self._with_all(body))

    def for_attorney(self, body: str) -> str:
        """Who reads it is one of those who call for the client."""
        body = self._with_all(body)
        if self.caller == CallerRelation.ATTORNEY:
            said = self.call_for_client().replace("{", "{{").replace("}", "}}")
            body = body.replace("{call}", said)
        return super().for_attorney(body)

    def call_for_client(self) -> str:
        return callers.followed_up_for_client(self.agent_name)

    def _with_all(self, body: str) -> str:
        """Someone's own text may have no place for it: it's put in writing all the same."""
        if "{told}" not in body and self._told():
            body = f"{body}\n\n{{told}}"
        if "{call}" not in body and not callers.is_theirs(self.caller):
            body = f"{body}\n\n{{call}}"
        return body

    def _blocked(self) -> list[str]:
        if not self.blocks:
            return []
        told = pgettext(
            "confirmation of a call",
            "New applications in %(name)s’s name are blocked. To apply for a lease, call us first.",
        )
        return [told % {"name": self.customer_name}]

    def _revoked(self) -> list[str]:
        return [each.told(Reader(is_customer=True)) for each in self.revoked]

    def _under_review(self) -> list[str]:
        if not self.disputed:
            return []
        return under_review(
            self.disputed, pauses_fees=self.pauses_fees, pause_until=self.pause_until
        )

    def _agreed_on(self) -> list[str]:
        if not self.promised:
            return []
        head = pgettext("confirmation of a call", "What we agreed on:")
        return [head, *(self._line(each) for each in self.promised)]

    def _line(self, promised: Promised) -> str:
        amount = f" ({money(promised.amount)})" if promised.amount else ""
        line = pgettext("confirmation of a call", "%(who)s: %(what)s%(amount)s, by %(day)s") % {
            "who": party_for_customer(promised.party, self.store),
            "what": promised.what,
            "amount": amount,
            "day": day(promised.due_on),
        }
        return in_their_own_words(f"• {line}", promised.what, self.said_in)

    def _asked_for(self) -> list[str]:
        if not self.slots:
            return []
        return [self._ask(), *(f"• {slot_name(each)}" for each in self.slots), "", self._how()]

    def _ask(self) -> str:
        if not self.send_by:
            return pgettext("confirmation of a call", "Please send us:")
        told = pgettext("confirmation of a call", "Please send us by %(day)s:")
        if self.status == CaseStatus.ESCALATED:
            told = pgettext(
                "confirmation of a call",
                "A supervisor is reviewing this case. Meanwhile, please send us by %(day)s:",
            )
        return told % {"day": day(self.send_by)}

    def _how(self) -> str:
        return pgettext(
            "confirmation of a call",
            "A clear photo or a PDF is enough. You can reply to this email with it.",
        )

    def seen_in(self, case: Case) -> Self:
        return replace(self, **self.facts_of(case), agent_name=case.opened_by.name)


def _sample(now: datetime) -> CaseOpenedParams:
    what = pgettext("sample of a mail", "send the receipt of the last payment")
    due_on = business_day(now) + timedelta(days=3)
    return CaseOpenedParams(
        **made_up(now, CaseStatus.OPEN),
        agent_name="Ana Torres",
        store="Mueblería Luna",
        promised=(Promised(party=Party.CUSTOMER, what=what, amount=None, due_on=due_on),),
        slots=("receipts",),
        send_by=due_on,
    )


CASE_OPENED = MailKind(
    key="case_opened",
    label=_("Case opened"),
    params=CaseOpenedParams,
    placeholders={
        **CASE_PLACEHOLDERS,
        "agent_name": _("the name of the agent who took the call"),
        "call": _("who called, and what became of it"),
        "told": _(
            "the agent’s own words, charges under review, what was agreed on and what we ask for,"
            " if anything"
        ),
    },
    in_subject=("case_number",),
    in_body=("case_number",),
    kept="case_number",
    through_attorney=True,
    sample=_sample,
    texts={
        Language.ENGLISH: Text(
            "Your case {case_number} is open",
            f"""\
Hello {{first_name}},

{{call}}

{{told}}

{HOW_IT_STANDS_EN}

Keep your case number. With it, anyone at {{company}} can find your case right away. If anything \
here isn’t right, tell us.

{PORTAL_EN}""",
            headline="Your case is open",
        ),
        Language.SPANISH: Text(
            "Abrimos su caso {case_number}",
            f"""\
Hola, {{first_name}}:

{{call}}

{{told}}

{HOW_IT_STANDS_ES}

Guarde su número de caso. Con él, cualquier persona de {{company}} encuentra su caso enseguida. \
Si algo no es correcto, díganoslo.

{PORTAL_ES}""",
            headline="Abrimos su caso",
        ),
    },
)

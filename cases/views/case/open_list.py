"""What is open in a case, as one list by day: each row with its one action."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from cases import kinds
from cases.due_words import WORST, Due, days_left_in_full, due_words
from cases.enums import CaseStatus, Channel, FollowUpText, ItemState, OutsideBody, Party
from cases.language import voice_of
from cases.models import Case
from cases.queries.open_work import OpenRow, OpenWork, Work
from common import formats
from common.company_day import business_day
from leases import refund_words
from leases.money import ZERO


class Deed(NamedTuple):
    """What is done about it: a button, or a link to where words are asked for."""

    label: str
    address: str
    posts: tuple[str, str] | None = None
    more: tuple[tuple[str, str], ...] = ()  # hidden values that go along


class OpenThing(NamedTuple):
    work: Work
    pk: int
    on: date
    due: Due | None
    who: str
    words: str
    language: str
    panel: str  # address of all that can be done about it
    deed: Deed | None

    @property
    def key(self) -> str:
        """Of its row, for what describes its button."""
        return f"{self.work}-{self.pk}"


def open_list(found: Case, work: OpenWork, *, user: User, today: date) -> list[OpenThing]:
    """The most urgent first; what has no day of its own comes last."""
    listed = _Listed(found, work, user, today)
    return sorted(listed.rows(), key=lambda each: each.on)


def waits_in_words(since: datetime | None, now: datetime) -> Due | None:
    """For how long the customer's words have had no answer."""
    if since is None:
        return None
    days = (business_day(now) - business_day(since)).days
    if days == 0:
        return Due(_("unanswered since today"), "today")
    words = ngettext("unanswered for %(days)s day", "unanswered for %(days)s days", days)
    return Due(words % {"days": formats.grouped(days)}, "worst" if days >= WORST else "late")


class _Listed(NamedTuple):
    found: Case
    work: OpenWork
    user: User
    today: date

    def rows(self) -> Iterator[OpenThing]:
        yield from (self._item(each) for each in self.work.of(Work.ITEM))
        yield from (self._promise(each) for each in self.work.of(Work.PROMISE))
        yield from (self._follow_up(each) for each in self.work.of(Work.FOLLOW_UP))
        yield from (self._outside(each) for each in self.work.of(Work.OUTSIDE))
        yield from (self._escalation(each) for each in self.work.of(Work.ESCALATION))
        yield from self._snooze()
        yield from self._disputed()
        yield from (self._refund(each) for each in self.work.of(Work.REFUND))

    def _at(self, panel: str, row: OpenRow | None = None, part: str = "") -> str:
        """Of an open panel, at one of its rows."""
        asked = f"?open={panel}" + (f"&row={row.pk}" if row else "")
        place = f"{part}-{row.pk}" if row and part else panel
        return f"{self._to('case')}{asked}#{place}"

    def _to(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.found.number, *more])

    def _item(self, row: OpenRow) -> OpenThing:
        """What came is ours to look at; what hasn't is due with the step that waits for it."""
        came = row.state == ItemState.RECEIVED
        waits = self.found.status == CaseStatus.WAITING_CUSTOMER
        due = due_words(self.found.due_on, self.today) if waits else None
        label = pgettext("item asked for", "Accept") if came else _("Mark as accepted")
        return OpenThing(
            work=Work.ITEM,
            pk=row.pk,
            on=self.today if came else self.found.due_on if waits else date.max,
            due=Due(pgettext("due", "to review"), "today") if came else due,
            who=str(ItemState(row.state).label),
            words=kinds.slot_name(row.who),
            language="",
            panel=self._at("evidence"),
            deed=Deed(
                label, self._to("case_evidence_received"), ("came", "yes"), (("slot", row.who),)
            ),
        )

    def _promise(self, row: OpenRow) -> OpenThing:
        is_theirs = row.who == Party.CUSTOMER
        amount = f" ({formats.money(row.amount)})" if row.amount else ""
        return OpenThing(
            work=Work.PROMISE,
            pk=row.pk,
            on=row.on,
            due=due_words(row.on, self.today),
            who=self.found.person.name if is_theirs else str(Party(row.who).label),
            words=f"{row.words}{amount}",
            language=row.language,
            panel=self._at("agreements", row, "agreement"),
            deed=Deed(
                pgettext("promise", "Kept"),
                self._to("case_promise_settlement", row.pk),
                ("outcome", "kept"),
            ),
        )

    def _follow_up(self, row: OpenRow) -> OpenThing:
        is_call = row.who == Channel.PHONE
        due = due_words(row.on, self.today)
        if row.at and row.on == self.today:
            hour = formats.time_in(row.at, self.found.person.time_zone)
            due = Due(f"{due.words} {hour}", due.when)
        panel = self._at("follow-ups", row, "follow-up")
        return OpenThing(
            work=Work.FOLLOW_UP,
            pk=row.pk,
            on=row.on,
            due=due,
            who=pgettext("follow-up", "Call") if is_call else pgettext("follow-up", "Email"),
            words=row.words or ("" if is_call else str(FollowUpText(row.state).label)),
            language=(row.language or self.found.person.language) if row.words else "",
            panel=panel,
            deed=Deed(_("Call made") if is_call else _("Move"), panel),
        )

    def _outside(self, row: OpenRow) -> OpenThing:
        due = due_words(row.on, self.today)
        panel = self._at("outside", row, "outside")
        told = _("respond by %(day)s") % {"day": formats.day_head(row.on)}
        return OpenThing(
            work=Work.OUTSIDE,
            pk=row.pk,
            on=row.on,
            due=Due(days_left_in_full(row.on, self.today), due.when),
            who=str(OutsideBody(row.who).label),
            words=f"{row.words} · {told}" if row.words else told,
            language="",
            panel=panel,
            deed=Deed(_("Response sent"), panel),
        )

    def _escalation(self, row: OpenRow) -> OpenThing:
        """Only supervisors move it on, with the composer."""
        decides = self.user.supervises
        return OpenThing(
            work=Work.ESCALATION,
            pk=row.pk,
            on=self.found.due_on,
            due=due_words(self.found.due_on, self.today),
            who=str(self.found.get_status_display()),
            words=row.words,
            language=voice_of(row.words),
            panel=self._at("escalation"),
            deed=Deed(_("Decide"), f"{self._to('case')}#id_to_status") if decides else None,
        )

    def _disputed(self) -> Iterator[OpenThing]:
        rows = [each for each in self.work.of(Work.CHARGE) if each.state == "open"]
        if not rows:
            return
        total = formats.money(sum((each.amount or ZERO for each in rows), ZERO))
        count = ngettext("%(count)s transaction", "%(count)s transactions", len(rows))
        decisions = Deed(_("Decide"), self._to("case_charge_decisions"))
        yield OpenThing(
            work=Work.CHARGE,
            pk=0,
            on=self.found.due_on,
            due=None,
            who=_("Disputed transactions"),
            words=f"{count % {'count': len(rows)}}, {total}",
            language="",
            panel=self._at("charges"),
            deed=decisions if self.found.is_active else None,
        )

    def _snooze(self) -> Iterator[OpenThing]:
        if self.found.snoozed_until is None:
            return
        on = business_day(self.found.snoozed_until)
        yield OpenThing(
            work=Work.SNOOZE,
            pk=0,
            on=on,
            due=due_words(on, self.today),
            who=pgettext("open in a case", "Snoozed"),
            words=self.found.snooze_reason,
            language=voice_of(self.found.snooze_reason),
            panel=self._at("snooze"),
            deed=Deed(_("Bring back now"), self._to("case_snooze_end"), ("back", "yes")),
        )

    def _refund(self, row: OpenRow) -> OpenThing:
        way = refund_words.way(row.who)
        return OpenThing(
            work=Work.REFUND,
            pk=row.pk,
            on=row.on,
            due=due_words(row.on, self.today),
            who=pgettext("disputed charge", "Refund owed"),
            words=f"{formats.money(row.amount)} {way}",
            language="",
            panel=self._to("case_refunds"),
            deed=Deed(pgettext("refund", "Mark as paid"), self._to("case_refund", row.pk)),
        )

"""Attorneys, statutes and legal holds beside a case of any kind."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from cases.actions.change import add_event, cancel_follow_ups, locked, touch
from cases.enums import CancelReason, FlagKind
from cases.events import Flagged, FlagLifted
from cases.mails.base import case_facts
from cases.mails.case_flagged import CASE_FLAGGED, CaseFlaggedParams
from cases.mails.staff import staff_mail
from cases.models import Case, CaseFlag, FlagMail
from cases.models.case_flag import ATTORNEY_FIELDS
from leases.phones import phone_to_keep
from mail.addresses import folded
from mail.outbound.enqueue import NewMail, enqueue_all
from mail.outbound.suppression import suppressed


@dataclass(frozen=True, kw_only=True)
class Attorney:
    """Without an email address, what would go to the customer is held for staff. Without a language
    of their own they're written to in the customer's.
    """

    name: str
    firm: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""


@transaction.atomic
def flag_case(
    *,
    case: Case,
    kind: FlagKind,
    attorney: Attorney | None = None,
    statute: str = "",
    awaits_letter: bool = False,
    by: User,
    now: datetime,
) -> CaseFlag:
    """Every supervisor is told. The same flag twice, as by a double click, is one.

    From an attorney on, mails go through them (mail/recipients.py), and what is planned for the
    customer in any of their cases is canceled. `awaits_letter`: nothing is mailed to them until
    their letter of representation is accepted. ValidationError `flag_name`, `flag_statute`,
    `flag_twice` (an attorney is known already), `flag_email_customer`, `address_suppressed`, those
    of `phone_to_keep`, `invalid` (an email address).
    """
    if not by.works_cases:
        raise PermissionDenied
    said = _said(kind, case, attorney, statute)
    if kind == FlagKind.ATTORNEY:
        lock_customers_cases(case)
    case = locked(case)
    same = CaseFlag.objects.in_force().filter(case=case, kind=kind, statute=said["statute"]).first()
    if same is not None:
        if all(getattr(same, name) == value for name, value in said.items()):
            return same
        raise ValidationError(
            _("An attorney is already on record in this case. A supervisor can remove them."),
            code="flag_twice",
        )
    flag = CaseFlag.objects.create(
        case=case, kind=kind, **said, awaits_letter=awaits_letter, by=by, at=now
    )
    touch(case, now=now)
    add_event(case, Flagged(flag=kind, named=_named(flag)), by=by, now=now)
    if kind == FlagKind.ATTORNEY:
        cancel_planned(case, by=by, now=now)
    _tell_supervisors(flag, now)
    return flag


@transaction.atomic
def lift_flag(*, flag: CaseFlag, reason: str, by: User, now: datetime) -> bool:
    """A supervisor removes it, with a reason; it stays in the history. False if it was removed.

    ValidationError `reason`.
    """
    if not by.supervises:
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Give a reason. It stays in the history."), code="reason")
    case = locked(flag.case)
    in_force = CaseFlag.objects.in_force().filter(pk=flag.pk)
    if not in_force.update(lifted_at=now, lifted_by=by, lift_reason=reason):
        return False
    touch(case, now=now)
    kind = FlagKind(flag.kind)
    add_event(case, FlagLifted(flag=kind, named=_named(flag), reason=reason), by=by, now=now)
    return True


def is_on_record(case: Case, attorney: Attorney) -> bool:
    """Whoever speaks for the customer already, in any case, under the same address."""
    said = _checked(attorney, case)
    known = CaseFlag.objects.attorneys_for(case)
    return any(each.is_reached_as(said["name"], said["email"]) for each in known)


def _said(kind: FlagKind, case: Case, attorney: Attorney | None, statute: str) -> dict[str, str]:
    nothing = dict.fromkeys((*ATTORNEY_FIELDS, "statute"), "")
    if kind == FlagKind.ATTORNEY:
        return nothing | _checked(attorney, case)
    if kind == FlagKind.STATUTE:
        named = one_line(statute)
        if not named:
            raise ValidationError(_("Enter the law as it was cited."), code="flag_statute")
        return nothing | {"statute": named}
    return nothing


def _checked(attorney: Attorney | None, case: Case) -> dict[str, str]:
    said = {name: one_line(value) for name, value in asdict(attorney).items()} if attorney else {}
    if not said.get("name"):
        raise ValidationError(_("Enter the attorney’s name."), code="flag_name")
    if said["phone"]:
        said["phone"] = phone_to_keep(said["phone"])
    if said["email"]:
        _check_address(said["email"], case)
    return said


def _check_address(address: str, case: Case) -> None:
    validate_email(address)
    if folded(address) == folded(case.person.email):
        raise ValidationError(
            _("This is the customer’s own address. Enter the attorney’s, or leave it blank."),
            code="flag_email_customer",
        )
    if suppressed([address]):
        raise ValidationError(
            _("This address can’t receive email. Enter another one, or leave it blank."),
            code="address_suppressed",
        )


def one_line(text: str) -> str:
    """Nothing that could end a line of a mail's head."""
    return " ".join(text.split())


def _named(flag: CaseFlag) -> str:
    return flag.statute or ", ".join(filter(None, (flag.name, flag.firm)))


def lock_customers_cases(case: Case) -> list[Case]:
    """All of them with work left, always in the same order, and before this one alone is locked."""
    theirs = Case.objects.active().filter(pk=case.pk)
    if case.lease:
        theirs = Case.objects.active().filter(lease__customer=case.lease.customer_id)
    return list(theirs.order_by("pk").select_for_update(no_key=True, of=("self",)))


def cancel_planned(case: Case, *, by: User, now: datetime) -> None:
    """In all of the customer's cases."""
    for each in lock_customers_cases(case):
        cancel_follow_ups(each, CancelReason.ATTORNEY, by=by, now=now)


def _tell_supervisors(flag: CaseFlag, now: datetime) -> None:
    supervisors = User.objects.filter(is_active=True, role=Role.SUPERVISOR).order_by("pk")
    enqueue_all((_notice(flag, person) for person in supervisors), now=now)


def _notice(flag: CaseFlag, person: User) -> NewMail:
    said = CaseFlaggedParams(
        **case_facts(flag.case),
        staff_name=person.name,
        flag=FlagKind(flag.kind),
        named=_named(flag),
        by_name=flag.by.name,
    )
    key, links = f"case_flagged:{flag.pk}:{person.pk}", [FlagMail(flag=flag)]
    return staff_mail(CASE_FLAGGED, said, person, key=key, links=links)

"""Who called, if it wasn't the customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.mask_watch import noted
from accounts.models import User
from cases.actions.change import add_event
from cases.enums import CallerRelation
from cases.events import CallerNamed
from cases.models import Case

LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class Caller:
    """As typed."""

    relation: str = CallerRelation.CUSTOMER
    name: str = ""


THE_CUSTOMER = Caller()


def checked_caller(caller: Caller) -> Caller:
    """ValidationError `caller_relation`, `caller_name`, `caller_name_long`."""
    if caller.relation not in CallerRelation.values:
        raise ValidationError(_("Choose who’s calling."), code="caller_relation")
    if caller.relation == CallerRelation.CUSTOMER:
        return Caller()
    name = " ".join(caller.name.split())
    if not name:
        raise ValidationError(_("Enter the caller’s name."), code="caller_name")
    if len(name) > LONGEST_NAME:
        raise ValidationError(
            _("This name has %(length)d characters; up to %(most)d fit."),
            code="caller_name_long",
            params={"length": len(name), "most": LONGEST_NAME},
        )
    return Caller(relation=caller.relation, name=noted(name))


def name_caller(case: Case, caller: Caller, *, by: User, now: datetime) -> None:
    """Nothing to say if it was the customer."""
    if caller.relation != CallerRelation.CUSTOMER:
        named = CallerNamed(relation=CallerRelation(caller.relation), name=caller.name)
        add_event(case, named, by=by, now=now)

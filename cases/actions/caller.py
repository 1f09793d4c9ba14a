"""Who called, if it wasn't the customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.mask_watch import noted
from accounts.models import User
from cases.actions.change import add_event
from cases.actions.represented import Represented, checked_representation
from cases.enums import CallerRelation
from cases.events import CallerNamed
from cases.models import Case

LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class Caller:
    """As typed."""

    relation: str = CallerRelation.CUSTOMER
    name: str = ""
    # Of an attorney only.
    represents: Represented | None = None

    @property
    def goes_through(self) -> bool:
        """From now on contact goes through them."""
        return self.represents is not None and self.represents.goes_through


THE_CUSTOMER = Caller()


def checked_caller(caller: Caller) -> Caller:
    """ValidationError `caller_relation`, `caller_name`, `caller_name_long`, and those of
    `checked_representation`.
    """
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
    represents = None
    if caller.relation == CallerRelation.ATTORNEY and caller.represents:
        represents = checked_representation(caller.represents)
    return Caller(relation=caller.relation, name=noted(name), represents=represents)


def name_caller(case: Case, caller: Caller, *, by: User, now: datetime) -> None:
    """Nothing to say if it was the customer."""
    if caller.relation != CallerRelation.CUSTOMER:
        told = caller.represents or Represented()
        named = CallerNamed(
            relation=CallerRelation(caller.relation),
            name=caller.name,
            firm=told.firm,
            phone=told.phone,
            email=told.email,
        )
        add_event(case, named, by=by, now=now)

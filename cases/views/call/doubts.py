"""What speaks against saving a call as it stands, because of what it would do or promise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases import kinds
from cases.actions import attorney_after, revoked_soon
from cases.callers import Checked, can_be_verified
from cases.enums import CallerRelation, ItemState
from cases.events import AutopayRevoked
from cases.forms import CallForm
from cases.models import CallDraft, CaseFlag
from cases.queries.flags import NO_FLAGS, flags_of_people
from cases.queries.verifications import checked_in_call
from leases.actions.paid_off import not_paid_off
from leases.models import Lease
from leases.money import ZERO
from leases.queries.glance import Glance

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_STOPS: dict[Checked, StrPromise] = {
    Checked.NOT_YET: gettext_lazy(
        "You haven’t verified the caller yet, and saving stops the automatic payments of"
        " %(name)s. Verify them first."
    ),
    Checked.FAILED: gettext_lazy(
        "The caller’s answers didn’t match, and saving stops the automatic payments of %(name)s."
        " Ask again, or call the number we have on file."
    ),
}
_NO_LETTER = gettext_lazy(
    "We haven’t accepted the letter of representation yet, and saving stops the automatic payments"
    " of %(name)s. Ask for the letter first."
)
_NOT_THEIRS = gettext_lazy(
    "Only %(name)s or someone they authorized can revoke this authorization, and saving stops"
    " the automatic payments."
)


class Doubt(NamedTuple):
    told: str
    at: str  # where the page settles it
    what: str  # what is there


def owed_still(form: CallForm, seen: Glance | None) -> str:
    """A letter that a lease is paid off is asked for, and it isn't. Nothing is queried."""
    if seen is None or form.chosen_kind != kinds.PAID_OFF_LETTER or seen.money.balance <= ZERO:
        return ""
    [told] = not_paid_off(seen.money, seen.quote).messages
    return str(told)


def stop_doubted(
    form: CallForm,
    lease: Lease | None,
    checked: Checked,
    flags: Sequence[CaseFlag],
    revoked: Sequence[AutopayRevoked],
    now: datetime,
) -> Doubt | None:
    """Saving stops automatic payments, and whoever calls hasn't shown that they may ask for it.

    `flags`: the customer's; `revoked`: what the case will say.
    """
    if lease is None or not any(each.stopped_on for each in revoked):
        return None
    relation = str(form["relation"].value() or CallerRelation.CUSTOMER)
    at, what = "id_relation", str(form.fields["relation"].label)
    if can_be_verified(relation):
        told = _STOPS.get(checked)
        at, what = "about-lease", _("Verification")
    elif relation == CallerRelation.ATTORNEY:
        told = None if _is_proven(form, flags, now) else _NO_LETTER
    else:
        told = _NOT_THEIRS
    return Doubt(str(told) % {"name": lease.customer.name}, at, what) if told else None


def _is_proven(form: CallForm, flags: Sequence[CaseFlag], now: datetime) -> bool:
    told, name = form.represented(), str(form["caller_name"].value() or "").strip()
    attorney = attorney_after(flags, name, told, now)
    if told is not None and told.letter == ItemState.ACCEPTED:
        return True
    return attorney is not None and attorney.is_named(name) and not attorney.awaits_letter


def asks_about_stop(form: CallForm, draft: CallDraft, *, user: User, now: datetime) -> bool:
    """Once, before anything is stopped: what was signed or written is no less valid."""
    lease = form.cleaned_data["lease"]
    if lease is None or form.chosen_kind != kinds.AUTOPAY_REVOKED:
        return False
    customer = lease.customer
    doubt = stop_doubted(
        form,
        lease,
        checked_in_call(draft, lease, user=user, now=now),
        flags_of_people([customer], user=user).get(customer.pk, NO_FLAGS).rows,
        revoked_soon(lease, form.answers(lease.store), now=now),
        now,
    )
    if doubt is None or not form.is_first_time(f"stops-{lease.account_number}"):
        return False
    words = format_html(
        '<a href="#{}">{}</a>: {} {}',
        doubt.at,
        doubt.what,
        doubt.told,
        _("If the request is in order anyway, save again."),
    )
    form.add_error(None, ValidationError(words, code="stop_doubted"))
    return True

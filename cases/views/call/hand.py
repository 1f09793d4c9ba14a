"""Where the hand goes on in a call that is opened again: nobody should have to look for it."""

from __future__ import annotations

from cases.forms import CallForm
from cases.views.call.leases import Leases

#: The chosen lease, as after a search: the template writes its field.
LEASE = "lease"
CONTRACT, SUMMARY = "contract", "summary"


def lend_hand(form: CallForm, leases: Leases, *, is_unnamed: bool = False) -> str:
    """To the search, to who was found, or to the words once there is more. `is_unnamed`: a name may
    have been typed before the page came, which belongs to the search (static/js/typed_ahead.js).
    """
    place = _place(form, leases, is_unnamed=is_unnamed)
    if place != LEASE:
        form.fields[place].widget.attrs["autofocus"] = True
    return place


def _place(form: CallForm, leases: Leases, *, is_unnamed: bool) -> str:
    if is_unnamed or not (leases.chosen or form["why"].value()):
        return CONTRACT
    is_begun = any(form[name].value() for name in ("why", "kind", "summary"))
    return SUMMARY if is_begun else LEASE

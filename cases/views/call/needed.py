"""What a call still needs before it can be saved."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cases.forms import CallForm
from cases.forms.call.agreements import Problem
from cases.views.call.leases import Leases


class Missing(NamedTuple):
    """What a call needs. The page shows and hides each while someone types (static/js/call)."""

    at: str  # the field's id
    what: str
    told: str  # beside the field, when someone wants to end the call without it
    is_missing: bool = True


class Reader(NamedTuple):
    name: str
    email: str  # where it goes: the attorney's, if there's one
    language: str
    signs_in: bool
    attorney: str = ""
    awaits_letter: bool = False  # so the attorney gets it once it's accepted


def needed_for(form: CallForm, leases: Leases, reader: Reader) -> list[Missing]:
    return [
        Missing(
            "id_contract",
            _("the caller’s lease"),
            _("Choose a lease, or say why there’s none."),
            not (leases.chosen or form["why"].value()),
        ),
        Missing(
            "id_caller_name",
            _("the caller’s name"),
            _("Enter the caller’s name."),
            form.is_unnamed,
        ),
        Missing(
            "id_kind",
            _("the reason for the case"),
            _("Choose the reason for the case."),
            not form.chosen_kind,
        ),
        Missing(
            "id_summary",
            _("what they said"),
            _("Write what the caller said."),
            not str(form["summary"].value() or "").strip(),
        ),
        *(Missing(each.at, _of_agreement(each), each.told) for each in form.unread()),
        Missing(
            "id_message",
            _("a sentence that says how it ended"),
            _("The email says that the case is resolved. Write a sentence that says how."),
            _is_untold(form),
        ),
        Missing(
            "id_told_how",
            _("how they’ll hear the outcome"),
            _("There’s no email address. Read it to them now or send a letter, and say which."),
            has_no_way(form, reader) and not form["told_how"].value(),
        ),
        Missing(
            "id_own_address",
            _("the owner of the email address"),
            _("Ask if the address is the caller’s. If it isn’t, don’t send anything to it."),
            bool(not reader.attorney and form.doubted_address(leases.chosen)),
        ),
    ]


def _of_agreement(problem: Problem) -> str:
    if problem.name == "what":
        return _("what was agreed")
    words = {"what": Truncator(problem.what).chars(40)}
    if problem.name == "amount":
        return _("the amount of “%(what)s”") % words
    return _("the date of “%(what)s”") % words


def _is_untold(form: CallForm) -> bool:
    return bool(form.chosen_outcome) and not str(form["message"].value() or "").strip()


def has_no_way(form: CallForm, reader: Reader) -> bool:
    """The case is resolved in writing, to no address."""
    return bool(form.chosen_outcome and reader.name and not reader.email)

"""What mails about evidence, promises and the outcome of a case say (see case_mail.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases import numbers
from cases.enums import Party, Slot
from cases.mail.lease_values import instant
from cases.words import outcome_for_customer
from common.formats import day, money


def about_the_record(params: Mapping[str, Any]) -> dict[str, str]:
    """Placeholder → text. ValueError for a code nobody knows."""
    found = {name: str(params[name]) for name in ("file_name", "reason") if name in params}
    if "slots" in params:
        asked = _listed(str(Slot(each).label) for each in params["slots"])
        found["evidence"] = "\n\n".join(text for text in (asked, params.get("message", "")) if text)
    if "files" in params:
        found["files"] = _listed(params["files"])
        if params.get("answers"):
            found["files"] += "\n\n" + _received_as(params["answers"])
        found["missing"] = _missing(params.get("still_open", []))
    if "received_at" in params:
        at, zone = datetime.fromisoformat(params["received_at"]), ZoneInfo(params["time_zone"])
        found["received_at"] = instant(at, zone)
    if "answer" in params:
        found["outcome"] = _outcome(params)
    if "promise" in params:
        found |= _promise(params)
    if "returned_item" in params:
        found["merchandise"] = params["returned_item"] or pgettext("merchandise", "not stated")
        found["store"] = params["store"]
    return found


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"• {line}" for line in lines)


def _received_as(slot: str) -> str:
    return _("Received as: %(evidence)s") % {"evidence": Slot(slot).label}


def _missing(slots: Iterable[str]) -> str:
    """What the customer still has to send."""
    asked = _listed(str(Slot(each).label) for each in slots)
    if not asked:
        return _(
            "There is nothing more to do for now: if something cannot be read, we will tell you."
        )
    before = _("We still need this from you:")
    after = _("If you’ve already sent one of these, tell us which file it is.")
    return f"{before}\n\n{asked}\n\n{after}"


def _outcome(params: Mapping[str, Any]) -> str:
    """How it ended, and the sentence for the customer. Mails of before could lack either."""
    said = [outcome_for_customer(params["outcome"])] if params.get("outcome") else []
    if params["answer"]:
        words = _("%(author)s from %(company)s wrote to you:")
        said.append(words % {"author": params["author_name"], "company": settings.COMPANY_NAME})
        said.append(params["answer"])
    return "\n\n".join(said or [_("We finished the work on your case.")])


def _promise(params: Mapping[str, Any]) -> dict[str, str]:
    """The words stay in the language they were said in; only what is around them is ours."""
    promise = params["promise"]
    due = day(date.fromisoformat(promise["due_on"]))
    lines = [
        (pgettext("verbal agreement", "Who"), _party(promise["party"], params)),
        (
            pgettext("verbal agreement", "What"),
            promise["what"] or pgettext("verbal agreement", "a payment of your plan"),
        ),
    ]
    if promise["amount"]:
        lines.append((pgettext("verbal agreement", "Amount"), money(Decimal(promise["amount"]))))
    lines.append((pgettext("verbal agreement", "By"), due))
    return {
        "promise": "\n".join(f"{name}: {text}" for name, text in lines),
        "promise_day": due,
        "matter": _matter(params),
    }


def _party(code: str, params: Mapping[str, Any]) -> str:
    party = Party(code)
    if party == Party.CUSTOMER:
        return pgettext("verbal agreement", "You")
    return settings.COMPANY_NAME if party == Party.COMPANY else str(params["store"])


def _matter(params: Mapping[str, Any]) -> str:
    if "case_number" in params:
        number = numbers.grouped(params["case_number"])
        return pgettext("what a mail is about", "case %(number)s") % {"number": number}
    number = params["account_number"]
    return pgettext("what a mail is about", "account %(number)s") % {"number": number}

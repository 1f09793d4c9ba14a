"""Who called, as the confirmation says it to the customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import pgettext, pgettext_lazy

from cases.enums import CallerRelation

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: Nobody checked who they are, and no one else's name is given. The customer's own calls aren't
#: here.
_CALLED: Mapping[CallerRelation, StrPromise] = {
    CallerRelation.AUTHORIZED: pgettext_lazy(
        "confirmation of a call", "Someone who speaks for you called us."
    ),
    CallerRelation.ATTORNEY: pgettext_lazy(
        "confirmation of a call", "Someone who says they’re your attorney called us."
    ),
    CallerRelation.STORE: pgettext_lazy(
        "confirmation of a call", "The store called us about your order."
    ),
    CallerRelation.OTHER: pgettext_lazy(
        "confirmation of a call", "Someone else called us about you."
    ),
}


def is_theirs(relation: str) -> bool:
    """The customer called, also as an applicant."""
    return CallerRelation(relation) not in _CALLED


def followed_up(relation: str, agent_name: str) -> str:
    agent = {"agent": agent_name}
    if is_theirs(relation):
        return (
            pgettext(
                "confirmation of a call",
                "We opened a case to follow up on what you told us. You spoke with %(agent)s.",
            )
            % agent
        )
    opened = pgettext(
        "confirmation of a call", "%(agent)s took the call and opened a case to follow up."
    )
    return f"{_CALLED[CallerRelation(relation)]} {opened % agent}"


def resolved(relation: str, agent_name: str) -> str:
    agent = {"agent": agent_name}
    if is_theirs(relation):
        return (
            pgettext(
                "confirmation of a call", "We resolved your case while you spoke with %(agent)s."
            )
            % agent
        )
    done = pgettext("confirmation of a call", "%(agent)s took the call, and your case is resolved.")
    return f"{_CALLED[CallerRelation(relation)]} {done % agent}"


def followed_up_for_client(agent_name: str) -> str:
    """To their attorney."""
    return pgettext(
        "confirmation of a call",
        "We got a call on your client’s behalf. %(agent)s took it and opened a case to follow up.",
    ) % {"agent": agent_name}


def resolved_for_client(agent_name: str) -> str:
    return pgettext(
        "confirmation of a call",
        "We got a call on your client’s behalf. %(agent)s took it, and the case is resolved.",
    ) % {"agent": agent_name}

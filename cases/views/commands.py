"""What the call bar offers after `>` from any page, to those who may do it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.enums import Language
from accounts.models import User
from cases.commands import Command, matching
from cases.queries.calls import own_unfinished
from cases.views.case_commands import case_on, commands_in
from cases.views.correspondence.frame import tabs_of
from leases.money_list_words import MONEY_LISTS
from leases.queries.monitoring import Worklist
from leases.worklist_words import WORDS

Asked = Callable[[User], bool]


class Group(NamedTuple):
    name: str
    commands: list[Command]


class Place(NamedTuple):
    """A page, for those who may open it."""

    view: str
    name: str | Promise
    may_open: Asked
    words: str | Promise = ""
    query: str = ""


def _works(user: User) -> bool:
    return user.works_cases


def _phones(user: User) -> bool:
    return user.works_cases and bool(settings.TELEPHONE_SECRETS)


def _everyone(_user: User) -> bool:
    return True


_CALLS = pgettext_lazy("typed after >", "phone customer")
_CASES = pgettext_lazy("typed after >", "queue cases")
_HELP = pgettext_lazy("typed after >", "help manual words")
_ACCOUNT = pgettext_lazy("typed after >", "account security")
_PAYMENTS = pgettext_lazy("typed after >", "late behind finished payments")
_QUEUE = (
    ("active", pgettext_lazy("place", "Queue")),
    ("mine", pgettext_lazy("queue", "My cases")),
    ("unanswered", pgettext_lazy("queue", "Customer wrote")),
    ("escalated", pgettext_lazy("queue", "Escalated")),
    ("flagged", pgettext_lazy("queue", "Flagged")),
    ("unassigned", pgettext_lazy("queue", "Unassigned")),
    ("overdue", pgettext_lazy("queue", "Overdue")),
    ("snoozed", pgettext_lazy("queue", "Snoozed")),
    ("done", pgettext_lazy("queue", "Done")),
)
CALLS = (
    Place("calls", gettext_lazy("Unfinished calls"), _works, _CALLS),
    Place("calls", gettext_lazy("Discarded calls"), _works, _CALLS, "state=discarded"),
    Place("phone_calls", gettext_lazy("Call back"), _phones, _CALLS),
    Place(
        "phone_calls", gettext_lazy("Phone calls"), _phones,
        pgettext_lazy("typed after >", "log history"), "view=all",
    ),
    Place("contact_attempts", gettext_lazy("Contact attempts"), _works, _CALLS),
)  # fmt: skip
PLACES = (
    *(Place("queue", name, _works, _CASES, f"view={view}") for view, name in _QUEUE),
    Place("leases", gettext_lazy("Leases"), _everyone),
    *(
        Place(
            "leases",
            format_lazy("{} · {}", gettext_lazy("Leases"), name),
            _everyone,
            _PAYMENTS,
            f"status={which}",
        )
        for which, name in MONEY_LISTS.items()
    ),
    Place("monitoring", gettext_lazy("Watchlists"), _everyone),
    Place("open_returns", pgettext_lazy("worklist", "Open returns"), _everyone),
    Place("complaints", gettext_lazy("Complaints about sales"), lambda user: user.supervises),
    Place("lease_statuses", gettext_lazy("Lease statuses"), _everyone),
    Place("correspondence", gettext_lazy("Correspondence"), _works),
)
HELP = (
    Place("find", gettext_lazy("Search"), _everyone),
    Place("help", gettext_lazy("Guides"), _everyone, _HELP),
    Place("help_glossary", gettext_lazy("Glossary"), _everyone, _HELP),
    Place("account_change_password", gettext_lazy("Change password"), _everyone, _ACCOUNT),
    Place("mfa_index", gettext_lazy("Two-step verification"), _everyone, _ACCOUNT),
    Place("admin:index", gettext_lazy("Administration"), lambda user: user.is_superuser),
)


def commands(text: str, *, user: User, language: str, on: str = "") -> list[Group]:
    """What has a typing error is looked for only if nothing is called so. `on`: the path of the
    page where they're asked for. One query, for the calls that this person has begun, and one for
    the case whose page it is.
    """
    every = [
        *_in_case(on, user),
        Group(_("Calls"), [*_calls(user), *_open(CALLS, user)]),
        Group(_("Go to"), [*_open(PLACES, user), *_watchlists(), *_mail(user)]),
        Group(_("Help and settings"), [*_open(HELP, user), *_settings(language)]),
    ]
    return _called(text, every) or _called(text, every, allows_slips=True)


def _called(text: str, every: list[Group], *, allows_slips: bool = False) -> list[Group]:
    found = (
        Group(each.name, matching(text, each.commands, allows_slips=allows_slips)) for each in every
    )
    return [each for each in found if each.commands]


def _in_case(on: str, user: User) -> Iterator[Group]:
    case = case_on(on, user=user) if on else None
    if case is not None:
        name = _("Case %(number)s") % {"number": case.spoken_number}
        yield Group(name, [*commands_in(case, user=user)])


def _open(places: tuple[Place, ...], user: User) -> Iterator[Command]:
    for each in places:
        if each.may_open(user):
            address = reverse(each.view)
            yield Command(
                key="-".join(filter(None, re.split("[:=]", f"{each.view}={each.query}"))),
                name=each.name,
                words=each.words,
                address=f"{address}?{each.query}" if each.query else address,
            )


def _calls(user: User) -> Iterator[Command]:
    if not user.works_cases:
        return
    yield Command(
        key="log-call",
        name=gettext_lazy("Log call"),
        words=pgettext_lazy("typed after >", "begin start new"),
        form="log-call",
    )
    for draft in own_unfinished(user):
        yield Command(
            key=f"call-{draft.number}",
            name=format_lazy(gettext_lazy("Continue call {number}"), number=draft.spoken_number),
            words=draft.number,
            address=reverse("call", args=[draft.number]),
        )


def _watchlists() -> Iterator[Command]:
    for each in Worklist:
        yield Command(
            key=f"watchlist-{each.value}", name=WORDS[each.value].title,
            words=gettext_lazy("Watchlists"), address=reverse("worklist", args=[each.value]),
        )  # fmt: skip


def _mail(user: User) -> Iterator[Command]:
    for tab in tabs_of(user):
        yield Command(
            key=tab.name, name=tab.label, words=gettext_lazy("Correspondence"),
            address=reverse(tab.name),
        )  # fmt: skip


def _settings(reads: str) -> Iterator[Command]:
    yield Command(key="keys", name=gettext_lazy("Keyboard shortcuts"))
    for language in Language:
        if language.value != reads:
            yield Command(
                key=f"language-{language.value}", name=language.own_name,
                words=pgettext_lazy("typed after >", "language switch"),
                form="languages", field="language", value=language.value,
                language=language.value,
            )  # fmt: skip
    yield Command(
        key="sign-out",
        name=gettext_lazy("Sign out"),
        words=pgettext_lazy("typed after >", "leave exit"),
        form="sign-out",
    )

"""No one leaves with open cases, and there is always an administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.administrators import check_not_the_last
from accounts.enums import Role
from accounts.models import User
from cases import actions
from cases.enums import Channel, Event
from cases.models import CallDraft, Case
from cases.queries.held import Held, held_by
from leases.models import Customer
from mail.models import Email
from tests.pages import admin_codes
from tests.threads import at_once

SignIn = Callable[[User], Client]
DAY = timedelta(days=1)


@pytest.fixture
def anas(open_case: Callable[..., Case], ana: User, ben: User, now: datetime) -> list[Case]:
    """Two active cases with a follow-up and an unfinished call; Ben has one of his own."""
    cases = [open_case(), open_case(), open_case(by=ben)]
    for case, owner in zip(cases, (ana, ana, ben), strict=True):
        actions.assign(case=case, to=owner, by=ana, now=now)
    actions.set_follow_up(
        case=cases[0], on=(now + 2 * DAY).date(), channel=Channel.PHONE, by=ana, now=now
    )
    actions.start_call(by=ana, now=now)
    wrong = actions.start_call(by=ana, now=now)
    actions.discard_call(draft=wrong, reason="Otra tienda.", by=ana, now=now)
    return cases[:2]


def changed(person: User, **fields: str) -> dict[str, str]:
    typed = {"email": person.email, "name": person.name, "role": person.role, "language": "",
             "time_zone": "", "is_active": "on"} | fields  # fmt: skip
    return {name: value for name, value in typed.items() if value != "-"}


def address(person: User) -> str:
    return reverse("admin:accounts_user_change", args=[person.pk])


def test_deactivating_says_what_the_person_has_and_asks_who_takes_over(
    anas: list[Case], ana: User, ben: User, irene: User, sign_in: SignIn
) -> None:
    office = sign_in(irene)
    page = office.get(address(ana)).content.decode()
    assert "Now assigned: 2 active cases, 1 follow-up and 1 unfinished call." in page
    asked = office.post(address(ana), changed(ana, is_active="-"))
    assert admin_codes(asked) == {"hand_to": ["hand_over"]}
    assert (
        "This person still has 2 active cases, 1 follow-up and 1 unfinished call."
        in asked.content.decode()
    )
    ana.refresh_from_db()
    assert ana.is_active
    before = Email.objects.count()

    given = changed(ana, is_active="-", hand_to=str(ben.pk))
    assert office.post(address(ana), given).status_code == 302

    ana.refresh_from_db()
    assert not ana.is_active
    assert not held_by(ana).cases
    assert held_by(ben) == Held(cases=3, follow_ups=1, calls=1)
    for case in anas:
        event = case.entries.filter(event=Event.ASSIGNED).order_by("-id")[0]
        assert (event.author, event.params["to"]) == (irene, ben.name)
    assert Email.objects.count() == before


def test_a_role_taken_away_asks_too_and_unassigned_is_an_answer(
    anas: list[Case], ana: User, irene: User, sign_in: SignIn
) -> None:
    irene.language = "es"
    irene.save()
    office = sign_in(irene)
    asked = office.post(address(ana), changed(ana, role=Role.MERCHANT_SERVICES))
    assert admin_codes(asked) == {"hand_to": ["hand_over"]}
    assert "Esta persona todavía tiene 2 casos activos" in asked.content.decode()
    given = changed(ana, role=Role.MERCHANT_SERVICES, hand_to="nobody")
    assert office.post(address(ana), given).status_code == 302
    assert {case.assignee for case in Case.objects.filter(pk__in=[x.pk for x in anas])} == {None}
    assert CallDraft.objects.unfinished().get().agent == irene  # a call needs an owner


def test_who_has_nothing_is_deactivated_without_a_question(
    ana: User, irene: User, sign_in: SignIn
) -> None:
    office = sign_in(irene)
    assert "hand_to" not in office.get(address(ana)).content.decode()
    assert office.post(address(ana), changed(ana, is_active="-")).status_code == 302


def test_only_an_administrator_hands_over_and_to_somebody_who_works_cases(
    anas: list[Case], ana: User, sofia: User, mateo: User, irene: User, now: datetime
) -> None:
    give = partial(actions.hand_over, person=ana, now=now)
    with pytest.raises(PermissionDenied):
        give(to=None, by=sofia)
    for heir, code in ((ana, "hand_over"), (mateo, "assignee")):
        with pytest.raises(ValidationError) as refused, transaction.atomic():
            give(to=heir, by=irene)
        assert refused.value.code == code
    assert held_by(ana).cases == 2


# --- the last administrator -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field"), [({"is_active": "-"}, "is_active"), ({"role": Role.AGENT}, "role")]
)
def test_the_last_administrator_stays(
    irene: User, sign_in: SignIn, fields: dict[str, str], field: str
) -> None:
    office = sign_in(irene)
    refused = office.post(address(irene), changed(irene, **fields))
    assert admin_codes(refused) == {field: ["last_administrator"]}
    assert "This is the last active administrator." in refused.content.decode()
    irene.refresh_from_db()
    assert irene.is_superuser
    User.objects.create_user("otra@puente.example", role=Role.ADMINISTRATOR, name="Otra")
    assert admin_codes(office.post(address(irene), changed(irene, **fields))) == {
        "leave": ["leaves_themself"]
    }


@pytest.mark.parametrize(
    ("fields", "asked", "told", "leads_to"),
    [
        (
            {"is_active": "-"},
            "You’re deactivating your own account",
            "you’re signed out",
            "/login/",
        ),
        ({"role": Role.AGENT}, "You’ll no longer be an administrator", "no longer", "/"),
    ],
)
def test_an_administrator_who_leaves_is_asked_once(
    irene: User, sign_in: SignIn, fields: dict[str, str], asked: str, told: str, leads_to: str
) -> None:
    User.objects.create_user("otra@puente.example", role=Role.ADMINISTRATOR, name="Otra")
    office = sign_in(irene)
    box = '<input type="checkbox" name="leave"'
    assert box not in office.get(address(irene)).content.decode()
    question = office.post(address(irene), changed(irene, **fields))
    assert admin_codes(question) == {"leave": ["leaves_themself"]}
    page = question.content.decode()
    assert asked in page
    assert box in page
    irene.refresh_from_db()
    assert irene.is_superuser
    left = office.post(address(irene), changed(irene, **fields, leave="on"))
    assert left.headers["Location"].endswith(leads_to)
    assert any(told in str(each) for each in get_messages(left.wsgi_request))
    is_out = "is_active" in fields
    assert ("_auth_user_id" in office.session) is not is_out
    irene.refresh_from_db()
    assert not irene.is_superuser


def test_nobody_else_is_asked(irene: User, sofia: User, sign_in: SignIn) -> None:
    other = User.objects.create_user("otra@puente.example", role=Role.ADMINISTRATOR, name="Otra")
    office = sign_in(irene)
    assert office.post(address(irene), changed(irene, name="Irene Paz")).status_code == 302
    for person in (other, sofia):
        assert "leave" not in office.get(address(person)).context["adminform"].form.fields
        assert office.post(address(person), changed(person, is_active="-")).status_code == 302


def test_nobody_is_deleted(irene: User, sign_in: SignIn) -> None:
    deletion = reverse("admin:accounts_user_delete", args=[irene.pk])
    assert sign_in(irene).post(deletion, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=irene.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_of_the_last_two_at_once_one_is_refused(irene: User) -> None:
    other = User.objects.create_user("otra@puente.example", role=Role.ADMINISTRATOR, name="Otra")

    def leave(person: User) -> str:
        try:
            with transaction.atomic():
                check_not_the_last(person)
                User.objects.filter(pk=person.pk).update(is_active=False)
        except ValidationError as refused:
            return str(refused.code)
        return "left"

    done = at_once(partial(leave, irene), partial(leave, other))
    assert sorted(done) == ["last_administrator", "left"]  # type: ignore[type-var]
    assert User.objects.filter(is_active=True, role=Role.ADMINISTRATOR).count() == 1


def test_an_unfinished_call_goes_to_nobody_who_works_no_cases(
    irene: User, ana: User, ben: User, carla: Customer, now: datetime
) -> None:
    draft = actions.start_call(by=ana, now=now)
    ben.is_active = False
    for heir in (carla.user, ben):
        with pytest.raises(ValidationError) as refused:
            actions.hand_over(person=ana, to=heir, by=irene, now=now)
        assert refused.value.code == "assignee"
    draft.refresh_from_db()
    assert draft.agent == ana

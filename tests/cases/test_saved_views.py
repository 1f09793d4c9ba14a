"""Filters of the queue under a name: one's own, or shared with the team by a supervisor."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import actions
from cases.models import Case, CaseKind, SavedView
from cases.queries.saved_views import MOST_VIEWS
from tests.threads import at_once

pytestmark = pytest.mark.django_db
PAGE = "/cases/views/"
Save = Callable[..., SavedView]
SignIn = Callable[[User], Client]


@pytest.fixture
def save(ana: User, now: datetime) -> Save:
    def saved(name: str = "Devoluciones", **more: Any) -> SavedView:
        asked = {"view": "active", "filters": {"kind": "return"}, "by": ana} | more
        return actions.save_view(name=name, **asked, now=now)

    return saved


def names(client: Client, **asked: str) -> list[str]:
    return [each.name for each in client.get(reverse("queue"), asked).context["saved"]]


def code(refused: pytest.ExceptionInfo[ValidationError]) -> str | None:
    return getattr(refused.value, "code", None)


def test_the_filters_of_the_address_are_kept_under_a_name(
    sign_in: SignIn, ana: User, open_case: Callable[..., Case]
) -> None:
    agent, shown = sign_in(ana), open_case(kind="return")
    open_case(kind="fraud")
    answer = agent.post(
        f"{PAGE}?view=mine&kind=return&language=es&after=x", {"name": "  Mis   devoluciones "}
    )
    assert answer["Location"] == "/cases/?view=mine&language=es&kind=return"
    row = SavedView.objects.get()
    assert (row.name, row.view, row.is_shared) == ("Mis devoluciones", "mine", False)
    assert row.filters == {"language": "es", "kind": "return"}
    (link,) = agent.get("/cases/").context["saved"]
    assert not link.is_chosen
    page = agent.get(link.address)
    assert page.context["page"].rows == [shown]
    assert page.context["saved"][0].is_chosen
    assert not page.context["may_save"]  # it has a name already


def test_it_is_offered_once_something_is_narrowed(sign_in: SignIn, ana: User) -> None:
    agent = sign_in(ana)
    assert "Guardar vista" not in agent.get("/cases/").content.decode()
    assert "Guardar vista" not in agent.get("/cases/?view=mine").content.decode()
    assert "Guardar vista" in agent.get("/cases/?language=es").content.decode()


@pytest.mark.parametrize(
    ("query", "name"), [("?kind=return", ""), ("?kind=return", "x" * 61), ("?view=mine", "Todo")]
)
def test_what_is_refused_stays_as_it_was_typed(
    sign_in: SignIn, ana: User, query: str, name: str
) -> None:
    answer = sign_in(ana).post(f"{PAGE}{query}", {"name": name})
    assert answer.status_code == 422
    assert answer.context["naming"].errors
    assert f'value="{name}"' in answer.content.decode() or not name
    assert not SavedView.objects.exists()


def test_a_name_counts_once_whatever_its_case_and_accents(
    save: Save, ana: User, ben: User, sofia: User
) -> None:
    save("Tardé")
    with pytest.raises(ValidationError) as refused:
        save("TARDE")
    assert code(refused) == "view_taken"
    save("tarde", by=ben)
    save("tarde", by=sofia, is_shared=True)
    with pytest.raises(ValidationError) as refused:
        save("Tarde", by=sofia, is_shared=True)
    assert code(refused) == "view_taken"
    row = save("Otra")
    with pytest.raises(ValidationError) as refused:
        actions.rename_view(row=row, name="tarde", by=ana)
    assert code(refused) == "view_taken"


def test_only_supervisors_share(
    save: Save, sign_in: SignIn, ana: User, ben: User, sofia: User
) -> None:
    with pytest.raises(PermissionDenied):
        save(is_shared=True)
    sign_in(ana).post(f"{PAGE}?kind=return", {"name": "De Ana", "is_shared": "on"})
    assert not SavedView.objects.get().is_shared
    sign_in(sofia).post(f"{PAGE}?kind=return", {"name": "Aa del equipo", "is_shared": "on"})
    assert names(sign_in(ana)) == ["De Ana", "Aa del equipo"]  # what is shared comes last
    assert names(sign_in(ben)) == ["Aa del equipo"]


def test_what_is_shared_shows_each_what_they_may_see(
    save: Save, sign_in: SignIn, ben: User, sofia: User, open_case: Callable[..., Case],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Only the filters are kept: the list is made for whoever opens it."""
    hidden, shown = open_case(kind="return"), open_case(kind="return")
    save("Equipo", by=sofia, is_shared=True)
    agent = sign_in(ben)
    (link,) = agent.get("/cases/").context["saved"]
    before = Case.objects.all().__class__.visible_to
    monkeypatch.setattr(
        Case.objects.all().__class__,
        "visible_to",
        lambda rows, user: before(rows, user).exclude(pk=hidden.pk),
    )
    page = agent.get(link.address)
    assert page.context["page"].rows == [shown]
    assert "saved-line" in page.content.decode()
    assert page.context["gone"] == []


def test_a_view_of_someone_else_is_not_there(
    save: Save, sign_in: SignIn, ben: User, sofia: User
) -> None:
    own, shared = save(), save("Equipo", by=sofia, is_shared=True)
    agent = sign_in(ben)
    for row in (own, shared):
        for what in ("name", "removal", "restoring"):
            assert agent.post(f"{PAGE}{row.pk}/{what}/", {"name": "Mía"}).status_code == 404
    assert sign_in(sofia).post(f"{PAGE}{own.pk}/removal/").status_code == 404
    for act in (
        lambda: actions.rename_view(row=own, name="Mía", by=ben),
        lambda: actions.restore_view(row=shared, by=ben),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert names(agent) == ["Equipo"]


def test_it_is_renamed_and_deleted_with_undo(save: Save, sign_in: SignIn, ana: User) -> None:
    agent, row = sign_in(ana), save()
    save("Otra")
    assert agent.post(f"{PAGE}{row.pk}/name/", {"name": "Regresos"}, follow=True).status_code == 200
    refused = agent.post(f"{PAGE}{row.pk}/name/", {"name": "OTRA"})
    assert (refused.status_code, names(agent)) == (422, ["Otra", "Regresos"])
    assert 'value="OTRA"' in refused.content.decode()
    for _twice in range(2):
        page = agent.post(f"{PAGE}{row.pk}/removal/", follow=True).content.decode()
        assert "Se eliminó “Regresos”." in page
    assert names(agent) == ["Otra"]
    assert "Se eliminó" not in agent.get(PAGE).content.decode()
    agent.post(f"{PAGE}{row.pk}/restoring/")
    assert names(agent) == ["Otra", "Regresos"]


def test_only_the_last_one_deleted_is_kept(save: Save, ana: User, now: datetime) -> None:
    first, second = save("Una"), save("Dos")
    actions.delete_view(row=first, by=ana, now=now)
    actions.delete_view(row=second, by=ana, now=now)
    assert [each.name for each in SavedView.objects.all()] == ["Dos"]


def test_undo_is_refused_if_the_name_is_taken(
    save: Save, sign_in: SignIn, ana: User, now: datetime
) -> None:
    row = save()
    actions.delete_view(row=row, by=ana, now=now)
    save()
    page = sign_in(ana).post(f"{PAGE}{row.pk}/restoring/", follow=True).content.decode()
    assert "Ya hay una vista con ese nombre." in page
    assert SavedView.objects.kept().count() == 1


def test_no_more_than_a_page_of_them(save: Save, ana: User, sofia: User, now: datetime) -> None:
    for number in range(MOST_VIEWS):
        row = save(f"Vista {number}")
    with pytest.raises(ValidationError) as refused:
        save("Una más")
    assert code(refused) == "views_full"
    save("Equipo", by=sofia, is_shared=True)  # counted apart
    actions.delete_view(row=row, by=ana, now=now)
    save("Una más")
    with pytest.raises(ValidationError) as refused:
        actions.restore_view(row=row, by=ana)
    assert code(refused) == "views_full"


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_save_the_last_one_get_one(save: Save, ana: User) -> None:
    for number in range(MOST_VIEWS - 1):
        save(f"Vista {number}")

    def saved(name: str) -> bool:
        try:
            save(name)
        except ValidationError:
            return False
        return True

    assert sorted(at_once(lambda: saved("A"), lambda: saved("B"))) == [False, True]


def test_a_reason_that_is_no_longer_offered_is_said(
    save: Save, sign_in: SignIn, ana: User, open_case: Callable[..., Case]
) -> None:
    shown = open_case(kind="return")
    save()
    CaseKind.objects.filter(key="return").update(is_offered=False)
    agent = sign_in(ana)
    page = agent.get(agent.get("/cases/").context["saved"][0].address)
    assert page.context["page"].rows == [shown]
    assert "El motivo “Devolución” ya no se ofrece." in page.content.decode()


def test_a_filter_that_no_longer_exists_is_said_and_the_others_count(
    save: Save, sign_in: SignIn, ana: User, open_case: Callable[..., Case]
) -> None:
    shown = open_case()
    save(filters={"kind": "switched_off", "language": "es"})
    agent = sign_in(ana)
    page = agent.get(agent.get("/cases/").context["saved"][0].address)
    assert page.context["page"].rows == [shown]
    assert "Uno de estos filtros ya no existe" in page.content.decode()
    assert agent.get("/cases/?language=es").context["gone"] == []
    assert agent.get("/cases/?view=done&due=late&status=open").context["gone"] == []


def test_a_person_who_left_is_said(
    save: Save, sign_in: SignIn, ana: User, ben: User, open_case: Callable[..., Case]
) -> None:
    shown = open_case()
    Case.objects.filter(pk=shown.pk).update(assignee=ben)
    save(filters={"assignee": ben.pk})
    agent = sign_in(ana)
    (link,) = agent.get("/cases/").context["saved"]
    assert agent.get(link.address).context["gone"] == []
    User.objects.filter(pk=ben.pk).update(is_active=False)
    page = agent.get(link.address)
    assert page.context["page"].rows == [shown]
    assert "Esta persona ya no atiende casos." in page.content.decode()


@pytest.mark.parametrize("count", [0, 30])
def test_the_queue_needs_no_query_more(
    save: Save, sign_in: SignIn, ana: User, sofia: User, count: int,
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:  # fmt: skip
    for number in range(count):
        save(f"Vista {number}")
        save(f"Equipo {number}", by=sofia, is_shared=True)
    agent = sign_in(ana)
    agent.get("/cases/")
    with django_assert_num_queries(7):
        assert len(names(agent)) == 2 * count


def test_a_row_is_whole(save: Save, ana: User, now: datetime) -> None:
    row = save()
    for wrong in ({"name": ""}, {"deleted_at": now}, {"deleted_by": ana}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedView.objects.filter(pk=row.pk).update(**wrong)


def test_customers_and_stores_keep_none(save: Save, mateo: User) -> None:
    with pytest.raises(PermissionDenied):
        save(by=mateo)
    assert not SavedView.objects.visible_to(mateo).exists()
    assert not SavedView.objects.changeable_by(mateo).exists()

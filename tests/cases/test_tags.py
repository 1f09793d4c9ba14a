"""The team gives cases tags: in a case, and as what the queue is narrowed by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cases import actions
from cases.enums import CaseStatus, Visibility
from cases.events import describe
from cases.models import Case, Tag
from cases.models.case import MOST_CASE_TAGS
from cases.tag_names import tag_key, tag_name
from leases.models import Customer
from tests.pages import text
from tests.threads import at_once

pytestmark = pytest.mark.django_db
Give = Callable[..., Tag]


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


@pytest.fixture
def give(case: Case, ana: User, now: datetime) -> Give:
    def given(name: str, of: Case | None = None, by: User = ana) -> Tag:
        return actions.tag_case(case=of or case, name=name, by=by, now=now)

    return given


@pytest.fixture
def agent(sign_in: Callable[[User], Client], ana: User) -> Client:
    return sign_in(ana)


def names(case: Case) -> list[str]:
    found = Tag.objects.in_bulk(Case.objects.get(pk=case.pk).tags)
    return [found[key].name for key in Case.objects.get(pk=case.pk).tags]


def told(case: Case, language: str = "en") -> list[str]:
    with translation.override(language):
        rows = case.entries.filter(event__in=["tagged", "untagged"]).order_by("pk")
        return [describe(each, for_customer=False) for each in rows]


def refused(action: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as error:
        action()
    return str(error.value.error_list[0].code)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Cargo   doble ", "Cargo doble"),
        ("Línea\nde\tcrédito", "Línea de crédito"),
        ("\u202edoble\u202c", "doble"),  # would turn what stands beside it
        ("ע\u200fב", "עב"),
        ("עברית", "עברית"),
        ("👨‍👩‍👧 familia", "👨‍👩‍👧 familia"),
        ("🔥", "🔥"),
        ("e\u0301xito", "éxito"),
        ("", ""),
        ("   ", ""),
        ("\u00a0\u3000\u2003", ""),
        ("\u200b\u2060\ufeff", ""),
        ("\u3164\u2800", ""),
        ("\u200d\ufe0f", ""),
        ("\u0301\u0301", ""),
    ],
)
def test_a_name_has_no_blanks_and_nothing_that_turns_others(typed: str, kept: str) -> None:
    assert tag_name(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [("Devolución", "DEVOLUCION"), ("año", "Ano"), ("Straße", "STRASSE"), ("ＶＩＰ", "vip")],
)
def test_capitals_and_accents_make_no_other_tag(one: str, other: str) -> None:
    assert tag_key(one) == tag_key(other)


def test_a_tag_is_made_by_typing_it_and_found_by_any_spelling(
    give: Give, case: Case, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    made = give(" Cargo  doble ")
    assert (made.name, made.created_by, made.created_at) == ("Cargo doble", ana, now)
    assert give("CARGO DOBLÉ", open_case()) == made
    assert Tag.objects.count() == 1
    assert names(case) == ["Cargo doble"]
    assert told(case) == ["Tag “Cargo doble” added"]
    assert told(case, "es") == ["Se agregó la etiqueta “Cargo doble”"]


def test_the_same_twice_is_one_and_changes_nothing(give: Give, case: Case) -> None:
    give("VIP")
    give("vip")
    case.refresh_from_db()
    assert (names(case), case.version, len(told(case))) == (["VIP"], 2, 1)


def test_one_is_removed_once(give: Give, case: Case, ana: User, now: datetime) -> None:
    tag = give("VIP")
    give("Otra")
    assert actions.untag_case(case=case, tag=tag, by=ana, now=now) is True
    assert actions.untag_case(case=case, tag=tag, by=ana, now=now) is False
    assert names(case) == ["Otra"]
    assert told(case)[-1] == "Tag “VIP” removed"
    assert told(case, "es")[-1] == "Se quitó la etiqueta “VIP”"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("x" * 40, ""), ("x" * 41, "tag_long"), (" \u200b", "tag_missing"), ("ﷺ" * 40, "tag_long")],
)
def test_what_a_name_can_be(give: Give, typed: str, code: str) -> None:
    if not code:
        assert give(typed).name == typed
        return
    assert refused(lambda: give(typed)) == code
    assert not Tag.objects.exists()


def test_a_card_number_is_masked(give: Give) -> None:
    assert "4111" not in give("4111 1111 1111 1111").name


def test_a_case_has_twelve_at_most(give: Give, case: Case) -> None:
    for place in range(MOST_CASE_TAGS):
        give(f"n{place}")
    assert refused(lambda: give("one more")) == "tags_many"
    assert give("n3").name == "n3"  # it has that one
    assert (len(names(case)), Tag.objects.count()) == (12, 12)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(tags=list(range(13)))


def test_a_team_has_no_more_than_can_be_read(give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.actions.tags.MOST_TAGS", 1)
    give("one")
    assert refused(lambda: give("two")) == "tags_full"
    assert give("One").name == "one"


def test_one_that_is_switched_off_stays_where_it_is(
    give: Give, case: Case, open_case: Callable[..., Case]
) -> None:
    give("Old")
    Tag.objects.update(is_offered=False)
    assert refused(lambda: give("old", open_case())) == "tag_off"
    assert names(case) == ["Old"]
    with pytest.raises(Exception, match="Cannot delete"), transaction.atomic():
        Tag.objects.all().delete()


def test_one_that_has_ended_can_be_tagged_and_a_duplicate_not(
    give: Give, case: Case, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.RESOLVED)
    assert give("Cause known").name == "Cause known"
    other = open_case(lease=case.lease)
    actions.merge_case(case=other, into=open_case(lease=case.lease), by=ana, now=now)
    assert refused(lambda: give("VIP", other)) == "case_merged"


def test_only_who_works_cases(
    give: Give, case: Case, mateo: User, carla: Customer, now: datetime
) -> None:
    tag = give("VIP")
    for user in (mateo, carla.user):
        with pytest.raises(PermissionDenied):
            give("Otra", by=user)
        with pytest.raises(PermissionDenied):
            actions.untag_case(case=case, tag=tag, by=user, now=now)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_make_one_tag(
    give: Give, open_case: Callable[..., Case], ana: User, ben: User
) -> None:
    first, second = open_case(), open_case()
    done = at_once(lambda: give("VIP", first), lambda: give("vip", second, ben))
    assert (done[0], Tag.objects.count()) == (done[1], 1)
    done = at_once(lambda: give("A", first), lambda: give("B", first, ben))
    assert sorted(names(first)) == sorted(
        [done[0].name, done[1].name, Tag.objects.get(key="vip").name]
    )


def test_on_the_page_of_the_case(agent: Client, case: Case) -> None:
    page = agent.get(reverse("case", args=[case.number]))
    assert "Agregar una etiqueta" in text(page)
    answer = agent.post(reverse("case_tags", args=[case.number]), {"tag": "<b>Doble</b>"})
    assert answer.headers["Location"] == reverse("case", args=[case.number])
    page = agent.get(f"{reverse('case', args=[case.number])}?open=tags").content.decode()
    assert '<bdi lang="">&lt;b&gt;Doble&lt;/b&gt;</bdi>' in page
    assert '<option value="&lt;b&gt;Doble&lt;/b&gt;">' in page
    tag = Tag.objects.get()
    gone = reverse("case_tag_removal", args=[case.number, tag.pk])
    for words in ("Etiqueta quitada.", "Este caso ya no tiene esa etiqueta."):
        assert words in text(agent.post(gone, follow=True))
    assert agent.post(reverse("case_tag_removal", args=[case.number, 10**25])).status_code == 404


def test_what_was_typed_stays(agent: Client, case: Case) -> None:
    for typed in ("x" * 41, "", "\u3164"):
        answer = agent.post(reverse("case_tags", args=[case.number]), {"tag": typed})
        assert answer.status_code == 422
        assert set(answer.context["tagging"].errors) == {"tag"}
        assert answer.context["opened"] == "tags"
        assert f'value="{typed}"' in answer.content.decode() or not typed
    assert names(case) == []


def test_a_case_without_tags_asks_nothing_more(agent: Client, case: Case, give: Give) -> None:
    address = reverse("case", args=[case.number])
    agent.get(address)
    with CaptureQueriesContext(connection) as without:
        agent.get(address)
    give("VIP")
    give("Otra")
    with CaptureQueriesContext(connection) as having:
        agent.get(address)
    assert not [each for each in without.captured_queries if 'FROM "cases_tag"' in each["sql"]]
    assert len(having) == len(without) + 1


def test_customers_see_nothing_of_it(
    sign_in: Callable[[User], Client], give: Give, case: Case, carla: Customer
) -> None:
    give("Difícil")
    assert {each.visibility for each in case.entries.filter(event="tagged")} == {
        Visibility.INTERNAL
    }
    page = sign_in(carla.user).get(reverse("portal_case", args=[case.number]))
    assert page.status_code == 200
    assert "Difícil" not in page.content.decode()


def test_the_queue_is_narrowed_by_one(
    agent: Client, give: Give, case: Case, open_case: Callable[..., Case]
) -> None:
    other = open_case()
    tag = give("Doble")
    for name in ("Otra", "Tercera"):
        give(name)
    page = agent.get(reverse("queue"), {"tag": tag.pk})
    assert [each.number for each in page.context["page"].rows] == [case.number]
    assert [each.label for each in page.context["chips"]] == ["Doble"]
    whole = agent.get(reverse("queue"))
    rows = {row.case.number: row.tags for group in whole.context["groups"] for row in group.rows}
    assert rows == {case.number: ["Doble", "Otra"], other.number: []}
    section = whole.context["sections"][-1]
    assert (section.more, [each.label for each in section.others]) == (
        "Etiqueta",
        ["Doble", "Otra", "Tercera"],
    )
    assert section.others[0].address == f"{reverse('queue')}?view=active&tag={tag.pk}"


@pytest.mark.parametrize("asked", ["999999999", "1" * 30, "x", "", "-1", "٣"])
def test_an_address_of_no_tag(agent: Client, case: Case, asked: str) -> None:
    page = agent.get(reverse("queue"), {"tag": asked})
    assert page.status_code == 200
    is_asked = asked == "999999999"
    assert [each.label for each in page.context["chips"]] == (
        ["Etiqueta desconocida"] if is_asked else []
    )
    assert len(page.context["page"].rows) == (0 if is_asked else 1)


def test_one_switched_off_is_offered_no_longer_but_can_be_looked_at(
    agent: Client, give: Give, case: Case
) -> None:
    tag = give("Vieja")
    Tag.objects.update(is_offered=False)
    assert all(each.more != "Etiqueta" for each in agent.get("/cases/").context["sections"])
    page = agent.get("/cases/", {"tag": tag.pk, "view": "mine"})
    assert [each.number for each in page.context["page"].rows] == [case.number]
    assert page.context["groups"][0].rows[0].tags == ["Vieja"]


def test_the_queue_asks_no_more_for_tags(
    agent: Client, give: Give, open_case: Callable[..., Case]
) -> None:
    open_case()
    agent.get("/cases/")
    with CaptureQueriesContext(connection) as without:
        agent.get("/cases/")
    for place in range(10):
        give(f"n{place}", open_case())
    with CaptureQueriesContext(connection) as having:
        agent.get("/cases/")
    assert len(having) == len(without)

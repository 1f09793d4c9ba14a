"""The language of a call is its customer's until the agent chooses; no one's changes unasked."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.models import CallDraft, Case
from leases.enums import LanguageSource
from leases.models import Customer, Lease
from mail.models import Email

SUMMARY = {"es": "Pregunta por un cargo de su contrato.", "en": "Asks about a charge on the lease."}


@pytest.fixture
def agent(sign_in: Callable[[User], Client], ana: User) -> Client:
    """Whose screen is Spanish."""
    return sign_in(ana)


@pytest.fixture
def call(agent: Client) -> str:
    return str(agent.post(reverse("calls")).headers["Location"])


def shown(answer: Any) -> tuple[str, str]:
    form = answer.context["form"]
    return form["language"].value(), form["suggested_language"].value()


def typed(**changes: str) -> dict[str, str]:
    """As the page of a new call sends it."""
    return {
        "language": "es", "suggested_language": "es", "contract": "", "lease": "",
        "channel": "phone", "kind": "charge_question", "summary": SUMMARY["en"],
        "visibility": "internal",
    } | changes  # fmt: skip


def codes(answer: Any) -> list[str]:
    found = answer.context["form"].errors.as_data()
    assert set(found) == {"language"}
    return [error.code for error in found["language"]]


def test_a_call_begins_in_the_agents_language_and_changes_nobodys(agent: Client, call: str) -> None:
    page = agent.get(call)
    assert shown(page) == ("es", "es")
    assert not page.context["form"]["remember_language"].value()


def test_a_call_begun_at_a_lease_is_in_its_customers_language(
    agent: Client, dans_lease: Lease
) -> None:
    call = agent.post(reverse("calls"), {"lease": dans_lease.account_number}).headers["Location"]
    assert shown(agent.get(call)) == ("en", "en")


@pytest.mark.requirement("R18")
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["without scripts", "htmx"])
@pytest.mark.parametrize(
    "pressed",
    [{"find": "1", "contract": "Dan Miller"}, {"choose": "1", "lease": "208855419"}],
    ids=["the only one found", "chosen"],
)
def test_choosing_the_lease_takes_the_customers_language(
    agent: Client,
    call: str,
    dans_lease: Lease,
    headers: dict[str, str],
    pressed: dict[str, str],
) -> None:
    answer = agent.post(call, typed(**pressed), headers=headers)
    page = answer.content.decode()
    assert shown(answer) == ("en", "en")
    assert CallDraft.objects.get().typed["language"] == "en"
    assert ('id="call-language" hx-swap-oob="true"' in page) == bool(headers)
    assert ("El idioma de la llamada ahora es inglés." in page) == bool(headers)
    chosen = page[page.index('type="radio" name="language" value="en"') :]
    assert "checked" in chosen[: chosen.index(">")]


def line(answer: Any) -> str:
    """Why the call is in the customer's language; empty if nothing says so."""
    page = unescape(answer.content.decode())
    [told] = re.findall(r'<p class="quiet" id="followed"[^>]*>(.*?)</p>', page, re.DOTALL)
    return re.sub("<[^>]+>", "", told).strip()


SAYS_WHY = "En inglés, porque Dan Miller lee en inglés. Cambiar: i"


@pytest.mark.requirement("R18")
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["without scripts", "htmx"])
@pytest.mark.parametrize("pressed", ["find", "choose"])
def test_the_page_says_whose_language_the_call_took_and_how_to_change_it(
    agent: Client, call: str, dans_lease: Lease, headers: dict[str, str], pressed: str
) -> None:
    sent = typed(contract="Dan Miller", lease=dans_lease.account_number, **{pressed: "1"})
    assert line(agent.post(call, sent, headers=headers)) == SAYS_WHY
    assert line(agent.get(call)) == SAYS_WHY
    by_hand = sent | {"language": "en", "suggested_language": ""}
    assert line(agent.post(call, by_hand, headers=headers)) == ""
    assert line(agent.get(call)) == ""


def test_a_call_in_the_agents_own_language_says_nothing_of_it(
    agent: Client, call: str, lease: Lease, dans_lease: Lease, ben: User,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    assert line(agent.get(call)) == ""
    assert line(agent.post(call, typed(choose="1", lease=lease.account_number))) == ""
    english = sign_in(ben)
    begun = english.post(reverse("calls"), {"lease": lease.account_number}).headers["Location"]
    told = "In Spanish, because Carla Peña reads Spanish. Change: i"
    assert line(english.get(begun)) == told


@pytest.mark.parametrize("suggested", ["", "en"])
def test_a_language_the_agent_chose_stays(
    agent: Client, call: str, dans_lease: Lease, suggested: str
) -> None:
    pressed = {"choose": "1", "lease": dans_lease.account_number}
    answer = agent.post(call, typed(suggested_language=suggested, **pressed))
    assert shown(answer) == ("es", suggested)


@pytest.mark.parametrize("relation", ["attorney", "store", "other"])
def test_someone_elses_call_does_not_take_the_customers_language(
    agent: Client, call: str, dans_lease: Lease, relation: str
) -> None:
    pressed = {"choose": "1", "lease": dans_lease.account_number, "relation": relation}
    assert shown(agent.post(call, typed(**pressed))) == ("es", "es")
    for side in ("customer", "authorized"):
        assert shown(agent.post(call, typed(**pressed | {"relation": side}))) == ("en", "en")


def test_what_nobody_chose_follows_the_customer_and_is_said_before_it_is_saved(
    agent: Client, call: str, dans_lease: Lease
) -> None:
    """Without scripts, the lease and the rest may come in one request."""
    filled = typed(lease=dans_lease.account_number)
    answer = agent.post(call, filled)
    assert (answer.status_code, codes(answer), shown(answer)) == (
        422, ["language_followed"], ("en", "en"),
    )  # fmt: skip
    assert "Dan Miller lee en inglés" in answer.content.decode()
    assert not Case.objects.exists()
    told = {name: answer.context["form"][name].value() for name in ("asked", "suggested_language")}
    assert agent.post(call, filled | told | {"language": "en"}).status_code == 302
    assert Case.objects.get().language == "en"


def test_what_was_said_is_not_asked_again(agent: Client, call: str, dans_lease: Lease) -> None:
    filled = typed(lease=dans_lease.account_number, summary=SUMMARY["es"])
    form = agent.post(call, filled).context["form"]
    told = {name: form[name].value() for name in ("asked", "suggested_language")}
    assert agent.post(call, filled | told | {"language": "es"}).status_code == 302
    assert Case.objects.get().language == "es"


@pytest.mark.requirement("R18", "R37")
@pytest.mark.parametrize(
    ("ticked", "code", "written_in"),
    [({}, "language_other", "en"), ({"remember_language": "on"}, "language_changes", "es")],
    ids=["this call", "from now on"],
)
def test_another_language_than_the_customers_is_asked_about_once(
    agent: Client,
    call: str,
    dans_lease: Lease,
    ticked: dict[str, str],
    code: str,
    written_in: str,
) -> None:
    filled = typed(lease=dans_lease.account_number, suggested_language="", summary=SUMMARY["es"])
    answer = agent.post(call, filled | ticked)
    assert codes(answer) == [code]
    assert SUMMARY["es"] in answer.content.decode()
    assert not Case.objects.exists()
    asked = {"asked": answer.context["form"]["asked"].value()}
    assert agent.post(call, filled | ticked | asked).status_code == 302
    assert Customer.objects.get(pk=dans_lease.customer_id).language == written_in
    assert Email.objects.get().language == written_in


def test_ticking_the_box_after_the_question_asks_once_more(
    agent: Client, call: str, dans_lease: Lease
) -> None:
    filled = typed(lease=dans_lease.account_number, suggested_language="", summary=SUMMARY["es"])
    asked = {"asked": agent.post(call, filled).context["form"]["asked"].value()}
    answer = agent.post(call, filled | asked | {"remember_language": "on"})
    assert codes(answer) == ["language_changes"]


def test_what_a_customer_chose_in_the_portal_is_not_said_to_change(
    agent: Client, call: str, dans_lease: Lease
) -> None:
    Customer.objects.update(language_source=LanguageSource.PORTAL)
    filled = typed(lease=dans_lease.account_number, suggested_language="", summary=SUMMARY["es"])
    answer = agent.post(call, filled | {"remember_language": "on"})
    assert codes(answer) == ["language_other"]


def test_a_call_in_the_customers_language_is_not_asked_about(
    agent: Client, call: str, lease: Lease
) -> None:
    filled = typed(lease=lease.account_number, summary=SUMMARY["es"])
    assert agent.post(call, filled).status_code == 302

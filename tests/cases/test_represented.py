"""An attorney on record calls: their name, firm or email finds the leases they speak for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.actions import Attorney, flag_case, lift_flag
from cases.enums import FlagKind
from cases.models import AskedItem, Case, CaseFlag
from leases.models import Lease
from tests.pages import text

pytestmark = [pytest.mark.requirement("R13", "R76"), pytest.mark.django_db]
MARTA = Attorney(name="Marta Ruiz", firm="Ruiz & Vega", email="Marta@ruiz.example")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def flagged(open_case: Callable[..., Case], ana: User, now: datetime) -> Callable[..., CaseFlag]:
    def flag(lease: Lease, attorney: Attorney = MARTA, **fields: Any) -> CaseFlag:
        return flag_case(
            case=open_case(lease=lease), kind=FlagKind.ATTORNEY, attorney=attorney, by=ana,
            now=fields.pop("now", now), **fields,
        )  # fmt: skip

    return flag


@pytest.fixture
def client(ana: User, sign_in: Callable[[User], Client]) -> Client:
    User.objects.filter(pk=ana.pk).update(language="en")
    return sign_in(ana)


def bar(client: Client, typed: str) -> str:
    return client.get(reverse("suggestions"), {"q": typed}).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "marta",
        "Ruíz",
        "ruiz mar",
        "ma",
        "vega",
        "ruiz & vega",
        "marta vega",
        "marta@",
        "MARTA@ruiz.ex",
    ],
)
def test_what_is_typed_of_the_attorney_finds_their_clients_lease(
    client: Client, flagged: Callable[..., CaseFlag], lease: Lease, dans_lease: Lease, typed: str
) -> None:
    flagged(lease)
    page = bar(client, typed)
    assert f'id="found-lease-{lease.pk}"' in page
    assert f'id="found-lease-{dans_lease.pk}"' not in page
    assert "data-sure" in page
    shown = page.replace("<mark>", "").replace("</mark>", "")
    assert "Attorney: Marta Ruiz, Ruiz &amp; Vega" in shown
    assert ("@" in typed) != ("<mark>" in page)


@pytest.mark.parametrize("typed", ["arta", "ruis", "vega 0171", "x@", "@ruiz"])
def test_what_no_name_begins_with_finds_no_one(
    client: Client, flagged: Callable[..., CaseFlag], lease: Lease, typed: str
) -> None:
    flagged(lease)
    assert 'role="option"' not in bar(client, typed)


def test_an_attorney_whose_letter_is_awaited_is_found_and_a_removed_one_is_not(
    client: Client, flagged: Callable[..., CaseFlag], lease: Lease, sofia: User, now: datetime
) -> None:
    flag = flagged(lease, awaits_letter=True)
    assert f'id="found-lease-{lease.pk}"' in bar(client, "marta")
    lift_flag(flag=flag, reason="No longer represented.", by=sofia, now=now)
    assert "No one found" in bar(client, "marta")


def test_who_works_no_cases_finds_no_one_by_an_attorney(
    flagged: Callable[..., CaseFlag], lease: Lease, mateo: User, sign_in: Callable[[User], Client]
) -> None:
    flagged(lease)
    assert 'role="option"' not in bar(sign_in(mateo), "marta")


def test_enter_opens_no_lease_if_the_attorney_has_two_clients(
    client: Client, flagged: Callable[..., CaseFlag], lease: Lease, dans_lease: Lease
) -> None:
    flagged(lease)
    flagged(dans_lease)
    page = bar(client, "marta ruiz")
    assert page.count("Attorney: ") == 2
    assert "data-sure" not in page


def test_of_two_attorneys_the_one_who_was_typed_is_named(
    client: Client, flagged: Callable[..., CaseFlag], lease: Lease
) -> None:
    flagged(lease)
    flagged(lease, Attorney(name="Luis Gil"), awaits_letter=True)
    assert "Attorney: <mark>Luis</mark> Gil" in bar(client, "luis")
    assert "Attorney: Marta Ruiz" in bar(client, "0134")


@pytest.mark.requirement("R87")
@pytest.mark.parametrize(("typed", "queries"), [("marta ruiz", 19), ("marta@", 15), ("0134", 15)])
@pytest.mark.parametrize("clients", [1, 7])
def test_as_many_queries_for_one_client_as_for_seven(
    client: Client,
    flagged: Callable[..., CaseFlag],
    make_lease: Callable[..., Lease],
    lease: Lease,
    django_assert_num_queries: Callable[[int], Any],
    typed: str,
    queries: int,
    clients: int,
) -> None:
    for each in [
        lease,
        *(make_lease(lease.customer, f"30000000{at}") for at in range(clients - 1)),
    ]:
        flagged(each)
    bar(client, typed)
    with django_assert_num_queries(queries):
        bar(client, typed)


@pytest.mark.parametrize("typed", ["marta ruiz", "vega", "marta@ruiz.example"])
def test_the_search_of_a_call_finds_them_too(
    client: Client, flagged: Callable[..., CaseFlag], lease: Lease, typed: str
) -> None:
    flagged(lease)
    call = client.post(reverse("calls")).headers["Location"]
    sent = {"language": "es", "contract": typed, "find": "1"}
    answer = client.post(call, sent, headers=HTMX)
    assert answer.context["chosen"] == lease.account_number
    assert "Attorney: Marta Ruiz, Ruiz &amp; Vega" in answer.content.decode()


def test_what_was_not_searched_counts_when_the_call_is_saved(
    client: Client, flagged: Callable[..., CaseFlag], lease: Lease, dans_lease: Lease
) -> None:
    flagged(dans_lease)
    call = client.post(reverse("calls")).headers["Location"]
    sent = {
        "language": "en", "contract": "marta ruiz", "kind": "other", "channel": "phone",
        "summary": "Asks for the file.", "visibility": "internal", "relation": "attorney",
        "caller_name": "Marta Ruiz",
    }  # fmt: skip
    assert client.post(call, sent).status_code == 302
    assert Case.objects.latest("pk").lease == dans_lease


def test_the_page_of_results_names_the_attorney(
    client: Client, flagged: Callable[..., CaseFlag], lease: Lease, dans_lease: Lease
) -> None:
    flagged(lease)
    flagged(dans_lease, awaits_letter=True)
    page = text(client.get(reverse("find"), {"q": "ruiz"}))
    assert "Attorney: Marta Ruiz represents Carla Peña." in page
    assert "Attorney: Marta Ruiz says that they represent Dan Miller." in page
    assert "104477312" in page


LUIS = Attorney(name="Luis Gil", phone="+12105550199", language="en")
KNOWN = {
    "caller_name": "Marta Ruiz", "attorney_firm": "Ruiz & Vega",
    "attorney_phone": "(210) 555-0171", "attorney_email": "marta@ruiz.example",
    "attorney_language": "es", "attorney_letter": "known",
}  # fmt: skip


@pytest.fixture
def known(flagged: Callable[..., CaseFlag], lease: Lease) -> CaseFlag:
    return flagged(
        lease,
        Attorney(
            name="Marta Ruiz", firm="Ruiz & Vega", phone="(210) 555-0171",
            email="marta@ruiz.example", language="es",
        ),
    )  # fmt: skip


class Caller:
    """The page of a call, which sends what it shows."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.address = client.post(reverse("calls")).headers["Location"]
        self.shown: dict[str, str] = {"language": "es", "attorney_letter": "asked"}
        self.page = ""

    def press(self, button: str, **typed: str) -> dict[str, str]:
        """What is now in the fields of the attorney."""
        answer = self.client.post(self.address, self.shown | typed | {button: "1"}, headers=HTMX)
        self.page = answer.content.decode()
        form = answer.context["form"]
        names = (*KNOWN, "attorney_offered", "relation", "lease", "contract")
        self.shown |= typed | {each: str(form[each].value() or "") for each in names}
        return {each: self.shown[each] for each in KNOWN}

    def save(self, **typed: str) -> Any:
        sent = {
            "kind": "other", "channel": "phone", "summary": "Pide una copia del contrato.",
            "visibility": "internal", "attorney_flag": "on", "asked": "",
        }  # fmt: skip
        return self.client.post(self.address, self.shown | sent | typed)


@pytest.fixture
def caller(client: Client) -> Caller:
    return Caller(client)


EMPTY = dict.fromkeys(KNOWN, "") | {"attorney_letter": "asked"}


def test_an_attorney_on_record_need_not_be_asked_again(
    caller: Caller, known: CaseFlag, lease: Lease
) -> None:
    assert caller.press("choose", lease=lease.account_number) == EMPTY
    assert 'id="named"' not in caller.page
    assert caller.press("choose", relation="attorney") == KNOWN
    assert '<div id="named" hx-swap-oob="true">' in caller.page
    assert caller.page.count('id="may-be-told"') == 1
    assert "We have the letter from Marta Ruiz: only what it covers." in caller.page
    assert "Already accepted" in caller.page
    assert "Tell them nothing by phone" not in caller.page
    assert caller.press("choose", relation="attorney") == KNOWN
    assert 'id="named"' not in caller.page


def test_in_either_order_and_found_by_their_name(
    caller: Caller, known: CaseFlag, lease: Lease
) -> None:
    caller.press("choose", relation="attorney")
    assert caller.press("find", contract="ruiz") == KNOWN
    assert caller.page.count('id="named"') == 1


def test_whose_letter_is_awaited_is_told_nothing_yet(
    caller: Caller, flagged: Callable[..., CaseFlag], lease: Lease
) -> None:
    flagged(lease, LUIS, awaits_letter=True)
    filled = caller.press("choose", lease=lease.account_number, relation="attorney")
    assert filled == EMPTY | {
        "caller_name": "Luis Gil", "attorney_phone": "(210) 555-0199", "attorney_language": "en",
    }  # fmt: skip
    assert "We’re waiting for the letter from Luis Gil. Tell them nothing by phone" in caller.page
    assert "Luis Gil says that they represent Carla Peña." in caller.page
    assert "Already accepted" not in caller.page


def test_what_the_agent_wrote_or_emptied_stays(
    caller: Caller, known: CaseFlag, lease: Lease
) -> None:
    typed = {"lease": lease.account_number, "relation": "attorney", "attorney_firm": "Vega LLP"}
    assert caller.press("choose", **typed) == KNOWN | {"attorney_firm": "Vega LLP"}
    assert caller.press("choose", attorney_email="")["attorney_email"] == ""
    assert caller.press("choose", caller_name="Tom Baker")["attorney_phone"] == "(210) 555-0171"
    assert "Tell them nothing by phone. Ask whom they represent" in caller.page


def test_another_attorney_gets_nothing_of_the_one_on_record(
    caller: Caller, known: CaseFlag, lease: Lease
) -> None:
    typed = {"lease": lease.account_number, "relation": "attorney", "caller_name": "Tom Baker"}
    assert caller.press("choose", **typed) == EMPTY | {"caller_name": "Tom Baker"}
    assert "Already accepted" not in caller.page
    assert caller.press("choose", caller_name="marta  ruiz") == KNOWN | {
        "caller_name": "marta  ruiz"
    }


def test_of_two_on_record_the_one_who_was_searched_for_or_named(
    caller: Caller, known: CaseFlag, flagged: Callable[..., CaseFlag], lease: Lease
) -> None:
    flagged(lease, LUIS, awaits_letter=True)
    assert caller.press("find", contract="luis", relation="attorney")["caller_name"] == "Luis Gil"
    other = Caller(caller.client)
    named = {"lease": lease.account_number, "relation": "attorney", "caller_name": "LUIS GIL"}
    assert other.press("choose", **named)["attorney_phone"] == "(210) 555-0199"


@pytest.mark.parametrize("changed", ["relation", "lease"])
def test_it_is_taken_back_when_someone_else_calls(
    caller: Caller, known: CaseFlag, lease: Lease, dans_lease: Lease, changed: str
) -> None:
    caller.press("choose", lease=lease.account_number, relation="attorney")
    other = {"relation": "authorized", "lease": dans_lease.account_number}[changed]
    kept = caller.press("choose", attorney_firm="Vega LLP", **{changed: other})
    assert kept == EMPTY | {"attorney_firm": "Vega LLP"}
    assert "Already accepted" not in caller.page
    assert caller.shown["attorney_offered"] == ""


def test_a_removed_attorney_is_not_filled_in(
    caller: Caller, known: CaseFlag, lease: Lease, sofia: User, now: datetime
) -> None:
    lift_flag(flag=known, reason="No longer represented.", by=sofia, now=now)
    assert caller.press("choose", lease=lease.account_number, relation="attorney") == EMPTY


def test_a_known_letter_is_not_asked_for_again(
    caller: Caller, known: CaseFlag, lease: Lease
) -> None:
    caller.press("choose", lease=lease.account_number, relation="attorney")
    assert caller.save().status_code == 302
    assert not AskedItem.objects.exists()
    assert CaseFlag.objects.get() == known


def test_of_anyone_else_the_letter_is_asked_for(
    caller: Caller, known: CaseFlag, lease: Lease
) -> None:
    """The name was changed after the page said that the letter is here."""
    caller.press("choose", lease=lease.account_number, relation="attorney")
    answer = caller.save(caller_name="Tom Baker", attorney_email="tom@baker.example")
    assert answer.status_code == 302
    assert AskedItem.objects.get().slot.key == "representation"
    assert CaseFlag.objects.get(name="Tom Baker").awaits_letter


@pytest.mark.parametrize("offered", ["", "x", "-1", "9" * 20, "²"])
def test_a_key_that_the_page_never_sent_takes_nothing_back(
    caller: Caller, known: CaseFlag, lease: Lease, offered: str
) -> None:
    typed = {"lease": lease.account_number, "attorney_offered": offered, "caller_name": "Tom"}
    assert caller.press("choose", **typed)["caller_name"] == "Tom"

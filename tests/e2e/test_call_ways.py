"""The ways through a call that are easy to miss, or easy to take by mistake, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Visit
from tests.e2e.test_calls import choose_kind, choose_lease, finish, log_call, start_call

pytestmark = pytest.mark.browser
Visits = Callable[..., Visit]

ANA, BEN = "ana@puente.example", "ben@puente.example"


def search_nobody(page: Page, words: str) -> None:
    page.fill("[name=contract]", words)
    page.keyboard.press("Enter")
    expect(page.locator(".no-lease-ways")).to_be_visible()


@pytest.mark.requirement("R37", "R71")
@pytest.mark.parametrize("agent", [ANA, BEN])
def test_one_key_goes_on_without_a_lease(visit: Visits, agent: str) -> None:
    page = visit(agent).open("/cases/")
    number = start_call(page)
    search_nobody(page, "Zoraida Quispe")
    shown = page.locator(".no-lease-ways kbd").inner_text()  # with the hand in the search
    page.keyboard.press(shown.replace(" ", "+"))
    expect(page.locator("[name=contact_phone]")).to_be_focused()
    expect(page.locator("[name=contact_name]")).to_have_value("Zoraida Quispe")
    expect(page.locator("[name=why]")).to_have_value("not_found")
    expect(page.locator(".no-lease-ways")).to_be_hidden()
    expect(page.locator(".letter").first).to_contain_text("Zoraida")
    choose_kind(page, "other")
    page.fill("[name=summary]", "No la encontramos.")
    finish(page, number)
    expect(page.locator("h1, .case-header")).to_contain_text(["Zoraida Quispe"])


@pytest.mark.requirement("R37", "R71")
def test_before_a_search_the_key_opens_the_fields(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    begin_call(page)
    page.locator("#id_relation [value=applicant]").check()
    page.fill("[name=caller_name]", "Rosa Ibáñez")
    page.keyboard.press("Alt+n")
    expect(page.locator("[name=why]")).to_be_focused()
    page.locator("[name=why]").select_option("denied")
    expect(page.locator("[name=caller_name]")).to_be_hidden()
    expect(page.locator("[name=contact_name]")).to_have_value("Rosa Ibáñez")


@pytest.mark.requirement("R71")
def test_what_counts_beside_a_lease_is_said_at_once(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    begin_call(page)
    choose_lease(page, "pena carla", "Carla Peña")
    said = page.locator(".lease-counts")
    expect(said.first).to_be_hidden()
    page.locator(".call-contact summary").click()
    page.locator("[name=why]").select_option("no_lease")
    for each in said.all():
        expect(each).to_be_visible()
    said.first.locator("button").click()
    expect(page.locator("[name=contact_name]")).to_be_focused()
    expect(page.locator("[name=lease]:checked")).to_have_count(0)
    expect(said.first).to_be_hidden()


@pytest.mark.requirement("R37", "R39")
def test_the_key_only_goes_to_the_open_case(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    case = log_call(
        page, language="es", searched="pena carla", name="Carla Peña", summary="Perdió su jirafa."
    )
    begin_call(page)
    call = page.url
    choose_lease(page, "pena carla", "Carla Peña")
    button = page.locator(f"[name=add_to][value='{case}']")
    button.wait_for()
    log_call(
        page, language="es", searched="pena carla", name="Carla Peña", summary="Otro asunto."
    )  # the newest
    page.goto(call)
    button.wait_for()
    page.fill("[name=summary]", "Otra vez la jirafa.")
    told = page.locator(".adds:visible")
    expect(told).to_have_count(0)
    page.keyboard.press("Alt++")
    first = page.locator("[name=add_to]:focus")
    expect(first).to_have_attribute("value", case)  # whose words these are
    expect(told).to_contain_text(re.compile(r"Enter"))
    page.keyboard.press("+")  # again, by a slip: nothing
    assert page.url == call
    expect(page.locator("[name=summary]")).to_have_value("Otra vez la jirafa.")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{case}/")
    expect(page.locator(".timeline")).to_contain_text("Otra vez la jirafa.")


@pytest.mark.requirement("R8", "R37")
@pytest.mark.parametrize(
    ("agent", "searched", "name", "told"),
    [
        (ANA, "pena carla", "Carla Peña", "El equipo de supervisión revisará primero este caso."),
        (BEN, "dan mil", "Dan Miller", "A supervisor will review this case first."),
    ],
)
def test_one_key_tells_a_supervisor(
    visit: Visits, agent: str, searched: str, name: str, told: str
) -> None:
    page = visit(agent).open("/cases/")
    number = start_call(page)
    choose_lease(page, searched, name)
    choose_kind(page, "other")
    page.locator("[name=summary]").fill("La tienda no recibe el sofá.")
    page.keyboard.press("Alt+s")
    expect(page.locator("[name=escalation]")).to_be_focused()
    page.keyboard.type("La tienda se niega.")
    page.keyboard.press("Control+Enter")  # shows the email first, from inside the goodbye, too
    expect(page.locator("[name=message]")).to_be_focused()
    expect(page.locator("#confirmation")).to_be_in_viewport()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/cases/{number}/")
    expect(page.locator(".saved-call")).to_contain_text(told)
    expect(page.locator(".case-head .status")).to_have_attribute("data-status", "escalated")


@pytest.mark.requirement("R16")
def test_one_key_leads_to_the_verification(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    start_call(page)
    choose_lease(page, "pena carla", "Carla Peña")
    expect(page.locator("[name=factors]").first).to_be_visible()
    page.locator("[name=lease]").first.focus()
    page.keyboard.press("v")
    expect(page.locator("[name=factors]").first).to_be_focused()
    page.keyboard.press("Space")
    page.locator("[name=summary]").fill("Pide su saldo.")
    page.keyboard.press("Alt+v")
    expect(page.locator("[name=factors]").first).to_be_focused()
    expect(page.locator("[name=factors]").first).to_be_checked()
    expect(page.locator("[name=summary]")).to_have_value("Pide su saldo.")


@pytest.mark.requirement("R76")
def test_words_typed_at_more_reasons_look_for_one_and_do_nothing_else(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    start_call(page)
    choose_lease(page, "pena carla", "Carla Peña")
    page.locator("#id_kind details > summary").focus()
    page.keyboard.type("nipsa")  # each letter is a key of this page
    expect(page.locator("#find-reason-words")).to_have_value("nipsa")
    expect(page.locator("#find-reason [data-none]")).to_be_visible()
    expect(page.locator("[name=why]")).to_have_value("")
    expect(page.locator("[name=agreed-0-what]")).to_have_count(0)
    page.locator("#find-reason-words").fill("arre")
    page.keyboard.press("Enter")
    expect(page.locator("[name=kind][value=settlement]")).to_be_checked()


@pytest.mark.requirement("R71")
def test_without_scripts_a_press_goes_on_without_a_lease(visit: Visits) -> None:
    page = visit(BEN, java_script_enabled=False).open("/cases/")
    begin_call(page)
    page.fill("[name=contract]", "Zoraida Quispe")
    page.locator("[name=find]").click()
    page.locator("[name=without][value=identity]").click()
    expect(page.locator("[name=why]")).to_have_value("identity")
    expect(page.locator("[name=contact_name]")).to_have_value("Zoraida Quispe")

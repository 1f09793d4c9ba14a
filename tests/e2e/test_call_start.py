"""How a call begins: who was found makes room for the reason and what to say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

ANA, BEN = "ana@puente.example", "ben@puente.example"
CARLA = "carla@example.com"
WINDOW = {"width": 1440, "height": 900}

Visits = Callable[..., Visit]


def find_carla(page: Page) -> Locator:
    begin_call(page)
    page.fill("[name=contract]", CARLA)
    page.locator("[name=find]").click()
    leases = page.locator(".found-lease")
    expect(leases.nth(1)).to_be_visible()
    return leases


@pytest.mark.requirement("R37", "R41", "R73")
@pytest.mark.parametrize("agent", [ANA, BEN])
def test_the_chosen_lease_leaves_the_reason_and_its_script_in_view(
    visit: Visits, agent: str
) -> None:
    page = visit(agent, viewport=WINDOW).open("/cases/")
    leases = find_carla(page)
    page.keyboard.press("ArrowDown")  # looks through them
    expect(leases.first).to_be_visible()
    with page.expect_response("**/calls/*/"):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(leases.locator("visible=true")).to_have_count(1)
    kind = page.locator("[name=kind]:focus")
    expect(kind).to_have_value("late_payment")
    page.keyboard.press("Enter")
    script = page.locator("#call-scripts > [data-situation=payments]")
    expect(script).to_have_attribute("open", "")
    for each in ("#contract", "#id_relation", "#id_kind", "#id_summary"):
        expect(page.locator(each)).to_be_in_viewport()
    expect(script.locator(".script:visible")).to_be_in_viewport()
    expect(page.locator("#call-scripts > [data-situation=opening]")).not_to_have_attribute(
        "open", ""
    )

    page.locator(".other-leases > summary").press("Enter")
    expect(page.locator("[name=lease]:checked")).to_be_focused()
    expect(leases.nth(1)).to_be_visible()
    leases.nth(1).locator("label").click()
    expect(page.locator("[name=lease]").nth(1)).to_be_checked()
    expect(leases.locator("visible=true")).to_have_count(1)


@pytest.mark.requirement("R41", "R73")
def test_a_script_says_no_more_than_its_caller_may_hear(visit: Visits) -> None:
    page = visit(BEN, viewport=WINDOW, locale="en-US").open("/cases/")
    find_carla(page).first.locator("label").click()
    page.locator("[data-situation=opening]").first.wait_for()
    page.locator("[name=kind][value=charge_dispute]").check()
    script = page.locator("#call-scripts > [data-situation=dispute]")
    expect(script).not_to_contain_text(CARLA)
    page.locator(".verification [value=name]").check()
    page.locator(".verification [value=phone]").check()
    page.locator("[name=verify][value=right]").click()
    expect(script).to_contain_text(CARLA)
    page.locator("#id_relation [value=store]").check()
    expect(script).not_to_contain_text(CARLA)


@pytest.mark.requirement("R7", "R37")
def test_a_call_opened_again_goes_on_at_the_end_of_its_words(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    begin_call(page)
    page.fill("[name=contract]", "dan@exampl")
    page.locator("[name=summary]").fill("Llamó")
    page.locator("[name=summary]").fill("")
    expect(page.locator("[data-draft-state]")).to_contain_text("Guardamos")
    page.goto(page.url)
    expect(page.locator("[name=contract]")).to_be_focused()
    page.keyboard.type("e.com")
    expect(page.locator("[name=contract]")).to_have_value("dan@example.com")
    page.keyboard.press("Enter")
    expect(page.locator("[name=lease]:focus")).to_have_count(1)
    page.locator("[name=lease]").first.check()
    page.locator("[name=summary]").fill("Llamó por su pago")
    expect(page.locator("[data-draft-state]")).to_contain_text("Guardamos")
    page.goto(page.url.partition("/calls/")[0] + "/cases/")
    page.keyboard.press("l")
    page.wait_for_url("**/calls/*/")
    expect(page.locator("[name=summary]")).to_be_focused()
    page.keyboard.type(".")
    expect(page.locator("[name=summary]")).to_have_value("Llamó por su pago.")


def test_without_javascript_the_other_leases_are_a_press_away(visit: Visits) -> None:
    page = visit(ANA, java_script_enabled=False).open("/cases/")
    leases = find_carla(page)
    page.locator("[name=lease]").first.check()
    page.locator("[name=save], [data-save]").first.click()
    expect(leases.locator("visible=true")).to_have_count(1)
    page.locator(".other-leases > summary").click()
    expect(leases.nth(1)).to_be_visible()

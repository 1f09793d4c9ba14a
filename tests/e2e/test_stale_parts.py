"""What belonged to the lease chosen before says that it’s out of date, and a save waits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

ANA = "ana@puente.example"
CARLA = "carla@example.com"

Visits = Callable[..., Visit]


def test_a_lease_chosen_instead_of_another_is_waited_for(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    begin_call(page)
    page.fill("[name=contract]", CARLA)
    page.locator("[name=find]").click()
    leases = page.locator("[name=lease]")
    expect(leases.nth(1)).to_be_visible()
    first, second = (leases.nth(place).get_attribute("value") or "" for place in (0, 1))
    leases.nth(0).check()
    glance, scripts = page.locator("#glance"), page.locator("#call-scripts")
    expect(glance).to_contain_text(first)
    page.locator("[name=kind][value=late_payment]").check()
    expect(page.locator("[data-situation=payments]").first).to_have_attribute("open", "")
    page.fill("[name=summary]", "Paga el viernes.")
    expect(scripts).not_to_have_attribute("aria-busy", "true")

    held: list[Route] = []

    def hold(route: Route) -> None:
        asked = "choose" in (route.request.post_data or "")
        held.append(route) if asked else route.continue_()

    page.route("**/calls/*/", hold)
    page.locator(".other-leases[open], .other-leases > summary").first.click()
    leases.nth(1).check()
    for part in (glance, scripts):
        expect(part).to_have_attribute("aria-busy", "true")
    expect(page.locator("#stale")).to_have_text("Cargando…")
    page.locator("[data-save]").click()  # said of the first lease, it waits for the second one's
    expect(page.locator("[data-save]")).to_have_attribute("aria-busy", "true")
    assert "/calls/" in page.url
    for route in held:
        route.continue_()
    page.unroute("**/calls/*/")
    page.wait_for_url("**/cases/*/")
    expect(page.locator("main")).to_contain_text(second)


def test_an_answer_that_was_overtaken_changes_nothing_back(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    begin_call(page)
    page.fill("[name=contract]", CARLA)
    page.locator("[name=find]").click()
    leases = page.locator("[name=lease]")
    expect(leases.nth(1)).to_be_visible()
    second = leases.nth(1).get_attribute("value") or ""
    held: list[Route] = []

    def hold(route: Route) -> None:
        is_kind = "kind=late_payment" in (route.request.post_data or "")
        route.continue_() if is_kind else held.append(route)

    page.route("**/calls/*/", hold)
    leases.nth(1).check()
    payments = page.locator("#call-scripts > [data-situation=payments]")
    page.locator("[name=kind][value=late_payment]").check()
    expect(payments).to_have_attribute("open", "")
    with page.expect_response("**/calls/*/"):
        for route in held:
            route.continue_()
    expect(page.locator("#glance")).to_contain_text(second)  # what only the earlier one brings
    expect(page.locator("#stale")).to_be_empty()
    expect(payments).to_have_attribute("open", "")


def test_a_newer_email_makes_nothing_else_out_of_date(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    begin_call(page)
    page.fill("[name=contract]", CARLA)
    page.locator("[name=find]").click()
    page.locator("[name=lease]").first.check()
    expect(page.locator("#glance")).not_to_be_empty()
    held: list[Route] = []

    def hold(route: Route) -> None:
        renews = "preview=1" in (route.request.post_data or "")
        held.append(route) if renews else route.continue_()

    page.route("**/calls/*/", hold)
    with page.expect_request(lambda request: "preview=1" in (request.post_data or "")):
        page.locator("[name=kind][value=late_payment]").check()
    expect(page.locator("#call-scripts")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#confirmation.htmx-request")).to_be_attached()
    assert page.locator("[data-stale]").count() == 0
    for route in held:
        route.continue_()


def test_what_could_not_be_loaded_stays_out_of_date(visit: Visits) -> None:
    reader = visit(ANA)
    page = reader.open("/cases/")
    begin_call(page)
    page.fill("[name=contract]", "dan@example.com")
    page.locator("[name=find]").click()
    page.locator("[name=lease]").first.check()
    expect(page.locator("#glance")).not_to_be_empty()
    expect(page.locator("#call-scripts")).not_to_have_attribute("aria-busy", "true")
    page.route("**/calls/*/", lambda route: route.abort())
    page.locator("[name=kind][value=late_payment]").check()
    scripts = page.locator("#call-scripts")
    expect(page.locator("#stale")).to_have_text("No se pudo cargar. Elija de nuevo.")
    expect(scripts).to_have_attribute("aria-busy", "true")
    page.unroute("**/calls/*/")
    reader.problems.clear()  # the browser says so, too
    page.locator("[name=kind][value=charge_dispute]").check()
    expect(scripts).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#stale")).to_be_empty()

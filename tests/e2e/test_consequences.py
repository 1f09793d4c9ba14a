"""What a case does besides being a case, without a mouse: an identity is blocked and allowed again,
a complaint counts against a store.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Stack, Visit
from tests.e2e.test_charges import choose, reach

pytestmark = pytest.mark.browser

ANA, BEN, SOFIA = "ana@puente.example", "ben@puente.example", "sofia@puente.example"
MATEO = "mateo@puente.example"
SAVE = "form[data-draft-url] [data-save]"
EXPIRED = "/leases/?status=contracts_expired"


def begun(page: Page, stack: Stack) -> str:
    begin_call(page)
    return re.sub(r"\D", "", page.url.removeprefix(stack.address))


def write(page: Page, field: str, text: str) -> None:
    reach(page, f"[name={field}]")
    page.keyboard.type(text)


def choose_kind(page: Page, kind: str) -> None:
    """The rare ones are behind a line of their own."""
    chip = page.locator(f"[name=kind][value={kind}]")
    if page.locator("#id_kind details:not([open])", has=chip).count():
        reach(page, "#id_kind summary")
        page.keyboard.press("Enter")
    choose(page, "kind", kind, "ArrowDown")


def press(page: Page, selector: str) -> None:
    reach(page, selector)
    page.keyboard.press("Enter")


@pytest.mark.requirement("R78")
@pytest.mark.parametrize(
    ("agent", "place", "report", "refused", "allowed"),
    [
        (ANA, 0, "2026-55, policía de Laredo", "bloqueadas", "permitidas de nuevo"),
        (BEN, 1, "2026-56, Austin police", "blocked", "allowed again"),
    ],
)
def test_a_stolen_identity_is_blocked_from_the_call_and_allowed_again(
    visit: Callable[..., Visit], stack: Stack, agent: str, place: int, report: str, refused: str,
    allowed: str,
) -> None:  # fmt: skip
    """Of someone without a lease to choose, whose email and phone another application has."""
    merchants = visit(MATEO).open(EXPIRED)
    lease = merchants.locator("table a[href^='/leases/']").nth(place).get_attribute("href")
    merchants.goto(f"{stack.address}{lease}")
    email = merchants.locator(".facts dd", has_text="@").first.inner_text().strip()

    page = visit(agent).open("/cases/")
    number = begun(page, stack)
    press(page, ".call-contact summary")
    reach(page, "[name=why]")
    for _press in range(6):
        if page.locator("[name=why]").input_value() != "identity":
            page.keyboard.press("ArrowDown")
    write(page, "contact_name", "Rosa Díaz")
    write(page, "contact_email", email)
    choose_kind(page, "identity_theft")
    expect(page.locator("[name=asked-theft_report]")).to_be_attached()
    write(page, "asked-theft_report", report)
    write(page, "summary", "No fue ella. / It wasn’t her.")
    press(page, SAVE)
    page.wait_for_url(f"**/cases/{number}/")
    page.goto(f"{stack.address}/cases/{number}/?open=identity")
    expect(page.locator("#identity .badge")).to_have_text(refused)

    reach(merchants, "form[action$='/reapplication/'] [name=confirm]")
    merchants.keyboard.press("Space")
    press(merchants, "form[action$='/reapplication/'] button")
    expect(merchants.locator("main")).to_contain_text(
        re.compile("No podemos aceptar|We can’t take")
    )

    found = visit(agent).open(f"/find/?q={report.partition(',')[0]}")
    press(found, f".hit a[href*='/cases/{number}/#answer-']")
    expect(found.locator("dd:target")).to_contain_text(report)

    page = visit(SOFIA).open(f"/cases/{number}/#identity")
    expect(page.locator("#identity .nexts li")).to_have_count(1)  # who tried, and where
    press(page, "#identity summary")
    write(page, "reason", "Era ella. / It was her.")
    press(page, "#identity details button")
    page.wait_for_url(f"**/cases/{number}/")
    page.goto(f"{stack.address}/cases/{number}/?open=identity")
    expect(page.locator("#identity details")).to_have_count(0)


@pytest.mark.requirement("R73")
@pytest.mark.parametrize(
    ("agent", "contract", "said", "counts"),
    [
        (ANA, "elena@example.com", "Le prometieron otra cosa.", "Cuenta en contra de"),
        (BEN, "dan@example.com", "Was told something else.", "Counts against"),
    ],
)
def test_a_complaint_about_a_sale_shows_on_the_list_of_its_store(
    visit: Callable[..., Visit], stack: Stack, agent: str, contract: str, said: str, counts: str
) -> None:
    page = visit(agent).open("/cases/")
    number = begun(page, stack)
    write(page, "contract", contract)
    press(page, "[name=find]")
    expect(page.locator("[name=lease]").first).to_be_attached()
    reach(page, "[name=lease]")
    page.keyboard.press("Space")
    expect(page.locator("#glance h2")).to_be_visible()
    choose_kind(page, "sale_complaint")
    expect(page.locator("[name=asked-sale_store]")).not_to_have_value("")  # the lease’s
    write(page, "summary", said)
    press(page, SAVE)
    page.wait_for_url(f"**/cases/{number}/")
    expect(page.locator("#answers")).to_contain_text(counts)
    expect(page.locator("#answers dd a")).to_have_count(0)  # the list is for supervisors

    page = visit(SOFIA).open(f"/cases/{number}/")
    press(page, "#answers a[href*='/complaints/']")
    page.wait_for_url("**/cases/complaints/*/")
    expect(page.locator("table")).to_contain_text(said)

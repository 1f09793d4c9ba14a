"""What a case does besides being a case, without a mouse: a complaint counts against a store."""

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
SAVE = "form[data-draft-url] [data-save]"


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
    expect(page.locator("#answers a")).to_have_count(0)  # the list is for supervisors

    page = visit(SOFIA).open(f"/cases/{number}/")
    press(page, "#answers a[href*='/complaints/']")
    page.wait_for_url("**/cases/complaints/*/")
    expect(page.locator("table")).to_contain_text(said)

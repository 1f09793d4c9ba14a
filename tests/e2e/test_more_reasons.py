"""The reasons beyond the first ones, by the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

AGENTS = {"es": "ana@puente.example", "en": "ben@puente.example"}
TYPED = {"es": "cred", "en": "repo"}

Visits = Callable[..., Visit]


def open_reasons(page: Page) -> None:
    begin_call(page)
    page.locator("#id_kind details > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#find-reason-words")).to_be_focused()


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_reason_is_found_by_the_beginning_of_its_name(visit: Visits, language: str) -> None:
    page = visit(AGENTS[language], locale=f"{language}-US").open("/cases/")
    open_reasons(page)
    page.keyboard.type("zzz")
    expect(page.locator("#find-reason [data-none]")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.type(TYPED[language])  # in the middle of a name, too
    shown = page.locator("#id_kind details .chip:visible")
    expect(shown).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("[name=kind][value=credit_bureau]")).to_be_checked()
    question = page.locator("#answers input, #answers select, #answers textarea").first
    expect(question).to_be_focused()
    expect(question).to_be_in_viewport(ratio=1)
    expect(page.locator("#answers label").first).to_be_in_viewport(ratio=1)


def test_a_reason_that_asks_nothing_leads_to_the_words_and_no_letter_is_moved(
    visit: Visits,
) -> None:
    page = visit(AGENTS["en"], locale="en-US").open("/cases/")
    open_reasons(page)
    page.keyboard.type("other")
    page.keyboard.press("Enter")
    words = page.locator("[name=summary]")
    page.keyboard.type("The sofa")
    expect(page.locator("#answers")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#answers input")).to_have_count(0)
    expect(words).to_be_focused()
    expect(words).to_have_value("The sofa")
    expect(words).to_be_in_viewport(ratio=1)


def test_tab_and_arrows_lead_from_more_to_its_reasons(visit: Visits) -> None:
    page = visit(AGENTS["en"], locale="en-US").open("/cases/")
    open_reasons(page)
    page.keyboard.press("Tab")
    others = page.locator("#id_kind details [name=kind]")
    expect(others.first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(others.nth(1)).to_be_focused()

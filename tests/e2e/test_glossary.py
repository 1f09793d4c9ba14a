"""The glossary while someone is on the phone: words are found while they're typed, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser


def test_words_are_found_while_they_are_typed(visit: Callable[..., Visit]) -> None:
    page = visit("ben@puente.example", locale="en-US").open("/help/glossary/")
    page.get_by_label("Word in English or Spanish").focus()
    page.keyboard.type("anulacion")
    words = page.locator("#terms tbody th")
    expect(words).to_have_text(["reversal"])
    expect(page.locator("main").get_by_role("status")).to_have_text("1 term")
    expect(page.locator("#id_words")).to_be_focused()


def test_no_script_is_needed(visit: Callable[..., Visit]) -> None:
    reader = visit("ben@puente.example", locale="en-US", java_script_enabled=False)
    page = reader.open("/help/glossary/")
    page.get_by_label("Word in English or Spanish").fill("anulacion")
    page.keyboard.press("Enter")
    expect(page.locator("#terms tbody th")).to_have_text(["reversal"])
    expect(page.locator("main").get_by_role("status")).to_have_text("1 term")


def test_one_key_looks_a_word_up_in_a_call_and_another_leads_back(
    visit: Callable[..., Visit],
) -> None:
    page = visit("ben@puente.example", locale="en-US").open("/cases/")
    begin_call(page)
    page.locator("[name=summary]").focus()
    page.keyboard.press("Alt+g")
    expect(page.locator("#look-up-words")).to_be_focused()
    # Beside the longest script, what is found is in view, and what the only word means, whole.
    page.keyboard.type("reversal")
    expect(page.locator("#terms tbody th")).to_have_text(["reversal"])
    for cell in page.locator("#terms tbody :is(th, td)").all():
        expect(cell).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(page.locator("[name=summary]")).to_be_focused()
    page.locator("[name=relation]").first.focus()
    page.keyboard.press("g")
    expect(page.locator("#look-up-words")).to_be_focused()
    expect(page.locator("#look-up-words")).to_have_value("reversal")

"""The glossary while someone is on the phone: words are found while they're typed, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

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

"""What the administration's own scripts do, under the policy of all pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser


def test_the_languages_of_a_program_are_tabs(visit: Callable[..., Visit]) -> None:
    page = visit("irene@puente.example", locale="en-US").open("/admin/leases/program/add/")
    english, spanish = page.get_by_role("tab").all()

    expect(english).to_have_text("In English")
    expect(page.locator("[name=name_en]")).to_be_visible()
    expect(page.locator("[name=name_es]")).to_be_hidden()
    for name in ("name_en", "terms_en", "exchange_terms_en"):
        page.fill(f"[name={name}]", "Words")
    expect(english).not_to_have_attribute("data-incomplete", "")
    expect(spanish).to_have_attribute("data-incomplete", "")

    english.press("ArrowRight")
    expect(page.locator("[name=name_es]")).to_be_visible()
    english.click()
    page.click("[name=_save]")
    page.wait_for_load_state()
    expect(page.locator("[name=name_es]")).to_be_visible()  # where something is missing

"""What an agent writes with lies at the foot of a case: by keys, by mouse, without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_calls import log_call

pytestmark = pytest.mark.browser

ANA, BEN = "ana@puente.example", "ben@puente.example"
DAN = "dan@example.com"
Visits = Callable[..., Visit]


@pytest.fixture
def number(visit: Visits) -> str:
    """A case no one has started to write to: text left by another test would come back."""
    return log_call(
        visit(ANA).open("/cases/"), language="en", searched=DAN, name="Dan Miller",
        summary="Asks when the delivery comes.",
    )  # fmt: skip


def is_open(page: Page, *, public: bool) -> None:
    readers = "public" if public else "internal"
    expect(page.locator(f"[data-composer] [name=visibility][value={readers}]")).to_be_checked()
    expect(page.locator("[data-composer] [name=body]")).to_be_focused()
    expect(page.locator("[data-composer] [type=submit]")).to_be_in_viewport()


def test_a_key_begins_a_note_or_a_reply_and_words_keep_their_readers(
    visit: Visits, number: str
) -> None:
    page = visit(BEN, locale="en-US").open(f"/cases/{number}/")
    save = page.locator("[data-composer] [type=submit]")
    body = page.locator("[data-composer] [name=body]")
    expect(body).to_be_in_viewport()
    expect(save).to_be_hidden()
    page.locator(".case-head .deeds > a").first.click()
    expect(page.locator("[data-composer] [name=to_status]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(save).to_be_hidden()
    page.keyboard.press("m")
    is_open(page, public=True)
    page.keyboard.press("Escape")
    expect(save).to_be_hidden()
    page.keyboard.press("i")
    is_open(page, public=False)
    page.keyboard.type("It’s in the store’s hands.")
    expect(body).to_have_value("It’s in the store’s hands.")  # without the key’s own letter
    page.keyboard.press("Escape")
    page.locator(".words [data-write=public]").click()
    is_open(page, public=False)


def test_the_mouse_reaches_every_part_of_it(visit: Visits, number: str) -> None:
    """What opens under the mouse must not carry away the button that’s being pressed."""
    page = visit(BEN, locale="en-US").open(f"/cases/{number}/")
    page.locator(".dock > .reply").click()
    is_open(page, public=True)
    page.locator("[data-composer] label", has_text="Only our team").click()
    page.locator("[data-composer]").click(position={"x": 5, "y": 5})  # beside every field
    customer = page.locator("[data-composer] label", has_text="Dan Miller")
    customer.click()
    expect(customer.locator("input")).to_be_checked()


def test_without_scripts_a_reply_begins_for_the_customer(visit: Visits, number: str) -> None:
    page = visit(BEN, locale="en-US", java_script_enabled=False).open(f"/cases/{number}/")
    save = page.locator("[data-composer] [type=submit]")
    expect(save).to_be_hidden()
    page.locator("[data-composer] [name=body]").click()
    expect(save).to_be_in_viewport()
    page.locator("h1").click()
    expect(save).to_be_hidden()
    page.locator(".case-head .deeds > a").first.click()
    expect(page.locator("[data-composer] [name=to_status]")).to_be_in_viewport()
    page.goto(page.url.partition("#")[0])
    page.locator(".dock > .reply").click()
    page.wait_for_url(f"**/cases/{number}/?reply=1#id_body")
    expect(page.locator("[data-composer] [name=visibility][value=public]")).to_be_checked()
    expect(save).to_be_in_viewport()

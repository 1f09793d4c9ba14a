"""Dates are typed and chosen in the page's language, whatever the browser's is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.test_accessibility import RULES, violations
from tests.e2e.test_calls import start_call

pytestmark = pytest.mark.browser

FIELD = "[name=due_on]"
WORDS = "#id_due_on_words"
Visits = Callable[..., Visit]


def call(visit: Visits, email: str, browser: str) -> Visit:
    reader = visit(email, locale=browser)
    start_call(reader.open("/cases/"))
    return reader


@pytest.mark.parametrize(
    ("agent", "typed", "words"),
    [
        ("ana@puente.example", "el viernes", "viernes "),
        ("ben@puente.example", "friday", "Friday, "),
    ],
)
def test_a_weekday_is_the_next_one_and_its_date_shows_at_once(
    visit: Visits, agent: str, typed: str, words: str
) -> None:
    page = call(visit, agent, "en-US").page
    page.fill(FIELD, typed)
    expect(page.locator(WORDS)).to_have_text(re.compile(rf"^{words}.*20\d\d$"))
    page.press(FIELD, "Tab")
    expect(page.locator(FIELD)).to_have_value(re.compile(r"20\d\d$"))


def test_a_date_is_read_as_it_is_typed(visit: Visits) -> None:
    page = call(visit, "ana@puente.example", "en-US").page
    page.fill(FIELD, "viernes 4 dic 2026")
    expect(page.locator(WORDS)).to_have_text("viernes 4 de diciembre de 2026")
    page.press(FIELD, "Tab")
    expect(page.locator(FIELD)).to_have_value("4 dic 2026")
    page.fill(FIELD, "3/4/2027")
    page.press(FIELD, "Tab")
    error = page.locator("#id_due_on_error")
    expect(error).to_have_text("¿Es el 4 de marzo de 2027 o el 3 de abril de 2027? "
                               "Escriba el mes con letras: 4 mar 2027.")  # fmt: skip
    expect(page.locator(FIELD)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(FIELD)).to_have_attribute(
        "aria-describedby", "id_due_on_words id_due_on_error"
    )
    page.fill(FIELD, "2027-04-03")
    expect(page.locator(WORDS)).to_have_text("sábado 3 de abril de 2027")
    expect(error).to_have_count(0)


def test_what_was_wrong_with_a_date_does_not_hold_up_the_next(visit: Visits) -> None:
    page = visit("ben@puente.example").open("/leases/?status=funded")
    page.locator("tbody a[href^='/leases/']").first.click()
    page.goto(page.url + "statement/")
    since = page.locator("#id_since")
    since.fill("13/13/2026")
    since.press("Tab")
    expect(page.locator("#id_since_error")).to_have_count(1)
    since.fill("Mar 3, 2026")
    since.press("Enter")  # before the server has read it
    expect(page).to_have_url(re.compile("since=Mar"))


def test_a_date_is_chosen_by_keys(visit: Visits) -> None:
    reader = call(visit, "ben@puente.example", "es-MX")
    page = reader.page
    page.fill(FIELD, "2027-01-31")
    expect(page.locator(WORDS)).to_have_text("Sunday, January 31, 2027")
    page.press(FIELD, "Tab")
    page.keyboard.press("Enter")
    calendar = page.get_by_role("dialog")
    expect(calendar.get_by_role("heading")).to_have_text("January 2027")
    page.evaluate(AXE_SCRIPT)
    assert violations(page, RULES) == []
    reader.problems.clear()  # axe itself tries styles that the policy forbids
    page.keyboard.press("PageDown")
    expect(calendar.get_by_label("Sunday, February 28, 2027")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(calendar).to_have_count(0)
    expect(page.locator(FIELD)).to_have_value("Feb 21, 2027")
    expect(page.locator("[data-open-calendar]").first).to_be_focused()


def test_without_a_script_the_words_come_with_the_page(visit: Visits) -> None:
    page = visit("ana@puente.example", java_script_enabled=False).open("/leases/?status=funded")
    page.locator("tbody a[href^='/leases/']").first.click()
    page.goto(page.url + "statement/?since=3%20mar%202026&until=2026-11-30")
    expect(page.locator("#id_since_words")).to_have_text("martes 3 de marzo de 2026")
    expect(page.locator("#id_until_words")).to_have_text("lunes 30 de noviembre de 2026")
    expect(page.locator("[data-open-calendar]").first).to_be_hidden()


@pytest.mark.requirement("R10")
@pytest.mark.parametrize(
    ("agent", "to", "typed", "shown", "words"),
    [
        ("ben@puente.example", "es", "3/4/2027", "4 mar 2027", "jueves 4 de marzo de 2027"),
        ("ana@puente.example", "en", "4 mar 2027", "Mar 4, 2027", "Thursday, March 4, 2027"),
        ("ana@puente.example", "en", "3/4/2027", "3/4/2027 ?", ""),
    ],
)
def test_a_date_stays_the_day_meant_when_the_page_changes_its_language(
    visit: Visits, agent: str, to: str, typed: str, shown: str, words: str
) -> None:
    """Also one that no one has read yet: the switch is pressed right after the last key."""
    page = call(visit, agent, "en-US").page
    own = page.locator("html").get_attribute("lang")
    page.locator(FIELD).evaluate("(field, text) => (field.value = text)", typed)
    page.locator(FIELD).dispatch_event("input")
    try:
        page.locator(f".languages [value={to}]").evaluate("(button) => button.click()")
        expect(page.locator("html")).to_have_attribute("lang", to)
        expect(page.locator(FIELD)).to_have_value(shown)
        expect(page.locator(WORDS)).to_have_text(words)
    finally:
        page.locator(f".languages [value={own}]").click()
        expect(page.locator("html")).to_have_attribute("lang", own or "")

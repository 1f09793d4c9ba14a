"""Whoever takes a call types at once: never into the page that is left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Visit, eventually
from tests.patience import wait_for

pytestmark = pytest.mark.browser

ANA = "ana@puente.example"
BEGINS = "**/calls/"

Visits = Callable[..., Visit]


def open_case(page: Page) -> str:
    page.locator("tbody a[href^='/cases/']").first.click()
    page.wait_for_url("**/cases/*/")
    expect(page.locator("[data-key=f]")).to_be_visible()
    return page.url


def hold(page: Page) -> list[Route]:
    """A server that takes its time to begin a call."""
    held: list[Route] = []
    page.route(BEGINS, lambda route: held.append(route))
    return held


def asked(page: Page, held: list[Route]) -> Route:
    """What the key has asked for. No field can be looked at before its answer."""

    return eventually(lambda: turn(page) or held, "a request")[0]


def turn(page: Page) -> None:
    """For what the browser tells."""
    page.keyboard.press("Shift")


def search_field(page: Page) -> Locator:
    """Of the call; with another one begun, the field for someone else."""
    page.wait_for_url("**/calls/*/")
    return page.locator("#another-caller, [name=contract][autofocus]").first


def test_letters_typed_after_c_are_a_name_and_no_keys(visit: Visits) -> None:
    """On a case’s page, r, n and w record what came of a call."""
    reader = visit(ANA)
    case = open_case(reader.open("/cases/"))
    page = reader.page
    page.goto(f"{case}?open=attempts")
    before = page.locator("#attempts form").count()
    assert before
    held = hold(page)
    page.keyboard.press("c")
    page.keyboard.type("rosa")
    asked(page, held).continue_()
    field = search_field(page)
    expect(field).to_have_value("rosa")
    expect(field).to_be_focused()
    page.keyboard.type(" g")
    expect(field).to_have_value("rosa g")
    page.goto(f"{case}?open=attempts")
    expect(page.locator("#attempts form")).to_have_count(before)
    page.goto(page.url)
    page.unroute(BEGINS)
    page.keyboard.press("c")
    expect(search_field(page)).not_to_have_value("rosa")  # taken once


def test_the_page_is_left_while_the_hand_rests(visit: Visits) -> None:
    """A letter typed while the call’s page is on its way calls it off, and asks for it again."""
    page = visit(ANA).open("/leases/")
    pages: list[Route] = []
    page.route("**/calls/*/", lambda route: pages.append(route))
    page.keyboard.press("c")
    for count, letters in enumerate(("ro", "sa"), start=1):
        wait_for(lambda count=count: turn(page) or len(pages) >= count, what="the call’s page")
        page.keyboard.type(letters)
    wait_for(lambda: turn(page) or len(pages) >= 3, what="the page a third time")
    page.unroute("**/calls/*/")
    expect(search_field(page)).to_have_value("rosa")


@pytest.mark.parametrize("path", ["/calls/", "/leases/", "/help/"])
def test_from_any_page_enter_searches_what_was_typed(visit: Visits, path: str) -> None:
    reader = visit(ANA)
    begin_call(reader.open("/cases/"))  # without words, so that it’s the one continued
    page = reader.open(path)
    held = hold(page)
    page.keyboard.press("c")
    page.keyboard.type("carla pena")
    page.keyboard.press("Enter")
    asked(page, held).continue_()
    page.unroute(BEGINS)  # beside a begun call, it begins another one
    page.wait_for_url("**/calls/*/")
    expect(page.locator("[name=contract]")).to_have_value("carla pena")
    expect(page.locator(".found-lease").first).to_contain_text("Carla Peña")


def test_other_keys_wait_for_the_page_that_a_key_leads_to(visit: Visits) -> None:
    reader = visit(ANA)
    case = f"{open_case(reader.open('/cases/'))}?open=attempts"
    page = reader.page
    page.goto(case)
    held: list[Route] = []
    page.route("**/attempts/", lambda route: held.append(route))
    calls = hold(page)
    page.keyboard.press("r")
    page.keyboard.press("c")
    page.keyboard.press("/")
    asked(page, held).fulfill(status=204)
    expect(page.locator("#call-bar")).not_to_be_focused()
    assert (len(held), len(calls)) == (1, 0)
    assert page.url == case


def test_letters_typed_while_the_page_is_drawn_are_of_the_name(visit: Visits) -> None:
    """No field has the focus before the styles are there."""
    reader = visit(ANA)
    page = reader.open("/leases/")
    begun = hold(page)
    page.keyboard.press("c")
    page.keyboard.type("ro")
    styles: list[Route] = []
    page.route("**/*.css", lambda route: styles.append(route), times=1)
    asked(page, begun).continue_()
    page.unroute(BEGINS)
    page.wait_for_url("**/calls/*/", wait_until="commit")
    asked(page, styles)
    eventually(lambda: page.evaluate("Boolean(window.puenteEarly)"), "what hears early letters")
    page.keyboard.type("sax")
    page.keyboard.press("Backspace")
    asked(page, styles).continue_()
    field = search_field(page)
    expect(field).to_have_value("rosa")
    expect(field).to_be_focused()
    page.keyboard.type(" g")
    expect(field).to_have_value("rosa g")


def test_whoever_sends_another_form_meanwhile_goes_there(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    begin_call(page)
    first = page.url
    held = hold(page)
    page.locator("form[data-log-call] button").click(no_wait_after=True)
    begins = asked(page, held)
    page.locator(".call-another button").click(no_wait_after=True)
    eventually(lambda: turn(page) or len(held) > 1, "the other form")
    with page.expect_response(BEGINS):
        begins.continue_()  # the call that is already open
    held[1].continue_()
    page.wait_for_url(lambda url: url != first and "/calls/" in url)
    expect(page.locator("[name=contract]")).to_be_visible()

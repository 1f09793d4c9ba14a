"""The call bar answers while someone types, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import SignedIn, Stack, Visit, give_language_back
from tests.e2e.test_calls import log_call

pytestmark = pytest.mark.browser
Visits = Callable[..., Visit]

AGENTS = {"es": "ana@puente.example", "en": "ben@puente.example"}
ANSWERS = "**/find/suggest/**"


def results(page: Page) -> Locator:
    return page.locator(".call-bar .results")


def selected(page: Page) -> str:
    """What the field says is selected, as a screen reader hears it."""
    bar = page.locator("#call-bar")
    expect(bar).to_have_attribute("aria-activedescendant", re.compile("found-"))
    option = page.locator(f"#{bar.get_attribute('aria-activedescendant')}")
    expect(option).to_have_attribute("aria-selected", "true")
    return option.inner_text()


@pytest.mark.requirement("R13", "R87")
@pytest.mark.parametrize(
    ("language", "group", "announced"),
    [("es", "Personas y arrendamientos", "Casos: 1"), ("en", "People and leases", "Cases: 1")],
)
def test_typing_arrows_enter_and_escape(
    visit: Visits, language: str, group: str, announced: str
) -> None:
    page = visit(AGENTS[language], locale=f"{language}-US").open("/cases/")
    page.keyboard.press("/")
    page.keyboard.type("luis hernandes")
    bar = page.locator("#call-bar")
    expect(results(page)).to_contain_text("Hernández")
    expect(page.get_by_role("group", name=group)).to_be_visible()
    expect(bar).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".call-bar [role=status]")).to_contain_text(announced)
    expect(bar).not_to_have_attribute("aria-activedescendant", re.compile(""))  # one of several
    page.keyboard.press("ArrowDown")
    first = selected(page)
    page.keyboard.press("ArrowDown")
    assert selected(page) != first
    page.keyboard.press("ArrowUp")
    assert selected(page) == first
    page.keyboard.press("ArrowUp")  # around, to the last
    assert selected(page) != first
    page.keyboard.press("Escape")
    expect(results(page)).to_be_hidden()
    expect(bar).to_have_value("luis hernandes")
    expect(bar).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results(page)).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert selected(page) == first
    page.keyboard.press("Enter")
    page.wait_for_url("**/leases/*/")


def test_escape_leads_back_to_the_field_of_a_call_the_hand_came_from(visit: Visits) -> None:
    page = visit(AGENTS["en"], locale="en-US").open("/cases/")
    begin_call(page)
    words = page.locator("[name=summary]")
    words.focus()
    page.keyboard.type("The sofa ")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")  # nothing typed there
    expect(words).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("luis hernandes")
    expect(results(page)).to_contain_text("Hernández")
    page.keyboard.press("Escape")  # the list
    page.keyboard.press("Escape")  # what was typed
    expect(words).to_be_focused()
    page.keyboard.type("is torn")
    expect(words).to_have_value("The sofa is torn")
    expect(page.locator("#call-bar")).to_have_value("")


def test_an_earlier_answer_never_covers_a_later_one(visit: Visits) -> None:
    page = visit(AGENTS["en"], locale="en-US").open("/cases/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        asked = parse_qs(urlsplit(route.request.url).query)["q"]
        held.append(route) if asked == ["dan"] else route.continue_()

    page.route(ANSWERS, hold)
    page.keyboard.press("/")
    with page.expect_request(ANSWERS):
        page.keyboard.type("dan")
    page.keyboard.press("Control+a")
    page.keyboard.type("carla pe")
    expect(results(page)).to_contain_text("Carla Peña")
    for route in held:
        route.abort() if route.request.failure else route.fulfill(body="<p>earlier</p>")
    expect(results(page)).not_to_contain_text("earlier")
    expect(results(page)).to_contain_text("Carla Peña")


def test_enter_opens_what_was_typed_even_before_the_answer(visit: Visits) -> None:
    page = visit(AGENTS["es"], locale="es-US").open("/cases/")
    page.keyboard.press("/")
    page.keyboard.type("dan miller")
    expect(results(page)).to_contain_text("Dan Miller")
    page.keyboard.press("Control+a")
    page.keyboard.type("carla pena")
    page.keyboard.press("Enter")
    page.wait_for_url("**/leases/*/")
    expect(page.locator("main")).to_contain_text("Carla Peña")


@pytest.mark.parametrize("language", ["es", "en"])
def test_enter_never_opens_who_only_resembles_what_was_typed(visit: Visits, language: str) -> None:
    page = visit(AGENTS[language], locale=f"{language}-US").open("/cases/")
    page.keyboard.press("/")
    page.keyboard.type("ramino")
    expect(results(page)).to_contain_text("Ramón")
    expect(page.locator("[data-key-all]")).to_be_visible()
    expect(page.locator("[data-key-open]")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?q=ramino")
    expect(page.locator("#people")).to_have_text(
        "Nombres parecidos" if language == "es" else "Similar names"
    )


def test_a_lost_connection_is_told_and_tried_again(visit: Visits) -> None:
    page = visit(AGENTS["es"], locale="es-US").open("/cases/")
    page.locator("#call-bar").focus()
    expect(page.locator("#call-bar")).to_have_attribute("role", "combobox")
    page.route(ANSWERS, lambda route: route.fulfill(status=429, body="later"))
    page.keyboard.type("carla")
    expect(results(page)).to_contain_text("Sin conexión")
    page.unroute(ANSWERS)
    expect(results(page)).to_contain_text("Carla Peña")


def test_a_session_that_ended_says_so(visit: Visits) -> None:
    reader = visit(AGENTS["en"], locale="en-US")
    page = reader.open("/cases/")
    page.locator("#call-bar").focus()
    expect(page.locator("#call-bar")).to_have_attribute("role", "combobox")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.keyboard.type("carla")
    link = page.locator(".call-bar .results a")
    expect(link).to_have_attribute("href", re.compile("/account/login/"))
    page.context.add_cookies(cookies)


@pytest.mark.requirement("R87")
def test_a_call_begins_with_whoever_is_selected(visit: Visits) -> None:
    page = visit(AGENTS["es"], locale="es-US").open("/cases/")
    page.keyboard.press("/")
    page.keyboard.type("0199")
    expect(results(page)).to_contain_text("Dan Miller")
    expect(page.locator("[data-key-call]")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-key-call]")).to_contain_text("Dan Miller")
    page.keyboard.press("c")
    page.wait_for_url("**/calls/*/")
    expect(page.locator("main")).to_contain_text("Dan Miller")


@pytest.mark.parametrize(("language", "typed"), [("es", "Zzyzx Nadie"), ("en", "Qwrtp Nobody")])
def test_nothing_found_leads_to_a_call_with_what_was_typed(
    visit: Visits, language: str, typed: str
) -> None:
    """Each with its own name: the call that begins is found from then on."""
    page = visit(AGENTS[language], locale=f"{language}-US").open("/cases/")
    page.keyboard.press("/")
    page.keyboard.type(typed)
    expect(results(page).locator("[data-code=nothing_found]")).to_be_visible()
    expect(page.locator("#call-bar")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/calls/*/")
    expect(page.locator("[name=contract]")).to_have_value(typed)


def test_nothing_found_searches_everything_on_enter(visit: Visits) -> None:
    page = visit(AGENTS["en"], locale="en-US").open("/cases/")
    page.keyboard.press("/")
    page.keyboard.type("xkcdq")
    expect(results(page).locator("[data-code=nothing_found]")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?q=xkcdq")


def test_without_scripts_enter_searches(visit: Visits) -> None:
    page = visit(AGENTS["es"], java_script_enabled=False).open("/cases/")
    page.fill("#call-bar", "pena")
    page.press("#call-bar", "Enter")
    page.wait_for_url("**/find/?q=pena")
    expect(page.locator("main")).to_contain_text("Carla Peña")


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_the_answer_fits_the_window(visit: Visits, width: int) -> None:
    """With a name as long as names may be."""
    page = visit(AGENTS["es"], viewport={"width": width, "height": 640}).open("/cases/")
    page.fill("#call-bar", "hernandes")
    expect(results(page)).to_be_visible()
    page.locator(".result strong").first.evaluate("(name) => (name.textContent = 'Ñ'.repeat(60))")
    box = results(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 640
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_what_to_know_before_speaking_is_never_cut(visit: Visits, width: int) -> None:
    page = visit(AGENTS["es"], viewport={"width": width, "height": 640}).open("/cases/")
    page.fill("#call-bar", "hernandes")
    expect(results(page)).to_be_visible()
    row = page.locator(".result-main").first
    row.evaluate("""(row) => {
        for (const words of ["Abogado/a: María Fernanda Echeverría", "Ley mencionada", "No llamar"])
            row.insertAdjacentHTML("beforeend",
                ` <strong class="badge" data-tone="bad">${words}</strong>`);
    }""")
    assert row.evaluate("(row) => row.scrollWidth <= row.clientWidth")
    assert row.evaluate("(row) => row.scrollHeight <= row.clientHeight + 1")


@pytest.mark.parametrize(
    ("language", "glossary", "away"), [("es", "glosario", "english"), ("en", "glossary", "espanol")]
)
def test_commands_by_keyboard_alone(visit: Visits, language: str, glossary: str, away: str) -> None:
    page = visit(AGENTS[language], locale=f"{language}-US").open("/leases/")
    page.keyboard.press("Control+k")
    page.keyboard.type(">")
    first = selected(page)
    page.keyboard.press("ArrowDown")
    assert selected(page) != first
    page.keyboard.type(glossary[:5])
    page.keyboard.press("Enter")
    page.wait_for_url("**/help/glossary/")
    page.keyboard.press("Control+k")
    page.keyboard.type(f">{away}")
    page.keyboard.press("Enter")
    expect(page.locator("html")).not_to_have_attribute("lang", language)
    page.wait_for_url("**/help/glossary/")
    page.keyboard.press("Control+k")
    page.keyboard.type(f">{'idioma' if language == 'es' else 'language'}")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("held", ["**/call_bar/suggestions*.js", ANSWERS], ids=["bar", "answer"])
def test_a_hand_faster_than_the_bar_runs_what_it_typed(visit: Visits, held: str) -> None:
    page = visit(AGENTS["en"], locale="en-US").open("/leases/")
    page.route(held, lambda _route: None)
    with page.expect_request(held):
        page.keyboard.press("Control+k")
        page.keyboard.type(">keyboard")
        page.keyboard.press("Enter")
    page.unroute(held)  # which lets them go on
    expect(page.locator("#keys")).to_be_visible()
    assert page.url.endswith("/leases/")


def test_without_scripts_enter_again_runs_the_command(visit: Visits) -> None:
    page = visit(AGENTS["en"], java_script_enabled=False).open("/leases/")
    page.fill("#call-bar", ">espanol")
    page.press("#call-bar", "Enter")
    page.wait_for_url("**/find/?q=*")
    expect(page.locator("main :focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "es")


def test_the_language_someone_chose_in_a_test_is_given_back(
    visit: Visits, browser: Browser, stack: Stack, signed_in: Callable[[str], SignedIn]
) -> None:
    reader = visit(AGENTS["en"], java_script_enabled=False)
    page = reader.open("/leases/")
    page.locator(".languages [value=es]").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert reader.has_switched_language
    give_language_back(browser, stack, signed_in(AGENTS["en"]))
    expect(visit(AGENTS["en"]).open("/leases/").locator("html")).to_have_attribute("lang", "en")


def test_the_keys_open_from_the_list_of_commands(visit: Visits) -> None:
    page = visit(AGENTS["es"], locale="es-US").open("/cases/")
    page.keyboard.press("Control+k")
    page.keyboard.type(">atajos")
    expect(results(page)).to_contain_text("Atajos de teclado")
    page.keyboard.press("Enter")
    expect(page.locator("#keys")).to_be_visible()
    expect(results(page)).to_be_hidden()


@pytest.mark.parametrize(("language", "typed"), [("es", ">escaltar"), ("en", ">esclate")])
def test_what_a_case_allows_is_a_command_on_its_page(
    visit: Visits, language: str, typed: str
) -> None:
    number = log_call(
        visit(AGENTS["es"]).open("/cases/"), language="es", searched="carla@example.com",
        name="Carla Peña", summary="Pregunta por su pago.",
    )  # fmt: skip
    page = visit(AGENTS[language]).open(f"/cases/{number}/")
    page.keyboard.press("Control+k")
    page.keyboard.type(typed)
    expect(results(page).get_by_role("option").first).to_have_id("found-case-escalate")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{number}/?open=escalation**")
    expect(page.locator("#escalation [name=reason]")).to_be_visible()

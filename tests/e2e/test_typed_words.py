"""Words that were typed come back: after an ended session, a language switch, a step back."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Response, Route, expect

from tests.e2e.conftest import Stack, Visit, eventually
from tests.e2e.test_calls import log_call, start_call
from tools.company import cast

pytestmark = pytest.mark.browser

ANA, BEN, CARLA = "ana@puente.example", "ben@puente.example", "carla@example.com"
COMPOSER = "[data-composer] [name=body]"
SIGNED_OUT = re.compile(r"/account/login/(\?call=\d+)?$")  # with a call that isn't finished
IN_THE_TAB = "Object.keys(sessionStorage).filter((name) => name.includes('typed'))"
TELLS_OF_COPIES = """() => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (...kept) {
        set.apply(this, kept);
        fetch("/kept/").catch(() => {});
    };
}"""
MESSAGE = "form[action$='/messages/'] [name=body]"

Visits = Callable[..., Visit]


@pytest.fixture
def number(visit: Visits) -> str:
    return log_call(
        visit(ANA).open("/cases/"), language="es", searched=CARLA, name="Carla Peña",
        summary="Va a escribirnos.",
    )  # fmt: skip


def end_session(page: Page) -> None:
    """As after some hours: the cookie is gone, the tab stays."""
    page.context.clear_cookies(name=re.compile("^sessionid"))


def type_and_wait(page: Page, field: str, text: str, kept_at: str) -> None:
    with page.expect_response(lambda each: kept_at in each.url and each.request.method == "POST"):
        page.fill(field, text)


def test_a_customer_signs_in_again_and_finds_the_message(
    visit: Visits, stack: Stack, number: str
) -> None:
    page = visit(CARLA).open(f"/portal/cases/{number}/")
    page.fill(MESSAGE, "Ya pagué el viernes.")
    end_session(page)
    page.locator("form[action$='/messages/'] [type=submit]").click()
    page.wait_for_url("**/account/login/**")
    before = len(stack.mails(CARLA))
    page.fill("[name=email]", CARLA)
    page.press("[name=email]", "Enter")
    page.wait_for_url("**/code/confirm/**")
    page.fill("[name=code]", stack.code(CARLA, before))
    page.press("[name=code]", "Enter")
    page.wait_for_url(f"**/portal/cases/{number}/")
    expect(page.locator(MESSAGE)).to_have_value("Ya pagué el viernes.")
    expect(page.locator("[data-draft-state] button")).to_be_visible()
    page.locator("form[action$='/messages/'] [type=submit]").click()
    expect(page.locator(".timeline")).to_contain_text("Ya pagué el viernes.")
    expect(page.locator(MESSAGE)).to_have_value("")
    page.reload()
    expect(page.locator(MESSAGE)).to_have_value("")


def test_an_agent_signs_in_again_and_finds_the_text(visit: Visits, number: str) -> None:
    page = visit(ANA).open(f"/cases/{number}/")
    page.fill(COMPOSER, "Le llamé a las tres.")
    end_session(page)
    page.locator("[data-composer] [type=submit]").click()
    page.wait_for_url("**/account/login/**")
    sign_in(page, f"**/cases/{number}/")
    expect(page.locator(COMPOSER)).to_have_value("Le llamé a las tres.")


def test_the_call_form_says_that_the_session_is_over_and_keeps_the_call(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    number = start_call(page)
    type_and_wait(page, "[name=summary]", "Dice que la tienda", "/draft/")
    end_session(page)
    page.fill("[name=summary]", "Dice que la tienda cerró.")
    link = page.locator("[data-draft-state] a")
    expect(link).to_be_visible()
    link.click()
    sign_in(page, f"**/calls/{number}/")
    expect(page.locator("[name=summary]")).to_have_value("Dice que la tienda cerró.")


def test_signing_in_again_is_a_key_away_and_leads_back_to_the_field(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    number = start_call(page)
    type_and_wait(page, "[name=summary]", "Dice que la tienda", "/draft/")
    end_session(page)
    page.fill("[name=summary]", "Dice que la tienda cerró.")
    expect(page.locator("[data-sign-in-again]")).to_have_attribute("aria-keyshortcuts", "Alt+r")
    page.keyboard.press("Alt+r")
    sign_in(page, f"**/calls/{number}/")
    expect(page.locator("[name=summary]")).to_have_value("Dice que la tienda cerró.")
    expect(page.locator("[name=summary]")).to_be_focused()
    expect(page.locator("input[name=language][value=es]")).to_be_checked()  # its key is “i”


def test_looking_for_a_lease_after_the_session_ended_says_so_in_place(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    number = start_call(page)
    type_and_wait(page, "[name=summary]", "Dice que la tienda cerró.", "/draft/")
    end_session(page)
    page.fill("[name=contract]", "Rosa")
    page.press("[name=contract]", "Enter")
    link = page.locator("[data-draft-state] a")
    expect(link).to_be_visible()
    expect(page.locator("[type=password]")).to_have_count(0)
    link.click()
    sign_in(page, f"**/calls/{number}/")
    expect(page.locator("[name=summary]")).to_have_value("Dice que la tienda cerró.")


def test_two_windows_of_a_call_keep_both_texts(visit: Visits) -> None:
    older = visit(ANA).open("/cases/")
    number = start_call(older)
    younger = visit(ANA).open(f"/calls/{number}/")
    summary = "[name=summary]"
    type_and_wait(older, summary, "Llamó por su pago.", "/draft/")
    younger.fill(summary, "Pregunta por la lavadora.")
    both = younger.locator("#both-texts")
    expect(both).to_contain_text("Llamó por su pago.")
    expect(both).to_contain_text("Pregunta por la lavadora.")
    expect(younger.locator("[data-draft-state]")).to_contain_text("otra ventana")
    # A reload keeps what was typed here and says the same.
    with younger.expect_response(lambda each: "/draft/" in each.url and each.status == 409):
        younger.reload()
    expect(younger.locator(summary)).to_have_value("Pregunta por la lavadora.")
    expect(both.locator("section section").first).to_contain_text("Llamó por su pago.")
    both.locator("[name=take]").first.click()
    joined = "Llamó por su pago.\n\nPregunta por la lavadora."
    expect(younger.locator(summary)).to_have_value(joined)
    expect(both).to_be_empty()
    type_and_wait(older, summary, "Llamó por su pago. Hoy.", "/draft/")
    expect(older.locator("#both-texts")).to_contain_text("Pregunta por la lavadora.")


def test_a_window_of_a_call_that_is_over_says_so(visit: Visits) -> None:
    older = visit(ANA).open("/cases/")
    number = start_call(older)
    younger = visit(ANA).open(f"/calls/{number}/")
    older.locator(".call-discard summary").click()
    older.fill("[name=reason]", "Se cortó.")
    older.locator("form[action$='/discard/'] [type=submit]").click()
    older.wait_for_url("**/calls/**")
    with younger.expect_response(lambda each: "/draft/" in each.url and each.status == 410):
        younger.fill("[name=summary]", "Pregunta por la lavadora.")
    expect(younger.locator("#both-texts")).to_contain_text("Usted la descartó en otra ventana.")
    expect(younger.locator("[data-draft-state]")).to_contain_text("ya no se guarda")
    younger.locator("#both-texts button").click()
    expect(younger.locator("main")).to_contain_text("Pregunta por la lavadora.")


def sign_in(page: Page, then: str, email: str = ANA) -> None:
    page.fill("[name=login]", email)
    page.fill("[name=password]", cast.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(then)


def test_switching_the_language_and_going_back_keep_the_message(visit: Visits, number: str) -> None:
    page = visit(CARLA).open(f"/portal/cases/{number}/")
    page.fill(MESSAGE, "¿Qué falta?")
    page.locator(".languages [value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(MESSAGE)).to_have_value("¿Qué falta?")
    page.locator(".languages [value=es]").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.fill(MESSAGE, "¿Qué falta? Mando fotos.")
    page.go_back()  # to the page of before the switch, with what the browser remembers of it
    expect(page.locator(MESSAGE)).to_have_value("¿Qué falta? Mando fotos.")
    page.fill(MESSAGE, "¿Qué falta?")
    page.locator("main a.back").first.click()
    page.wait_for_url("**/portal/")
    page.go_back()
    page.wait_for_url(f"**/portal/cases/{number}/")
    expect(page.locator(MESSAGE)).to_have_value("¿Qué falta?")


def saved_draft(answer: Response) -> bool:
    return answer.request.method == "POST" and "/drafts/" in answer.url


def test_another_window_has_the_draft_and_throws_it_away(visit: Visits, number: str) -> None:
    first = visit(ANA).open(f"/cases/{number}/")
    type_and_wait(first, COMPOSER, "A medio escribir", "/drafts/")
    again = visit(ANA)
    with again.page.expect_response(saved_draft):
        again.open(f"/cases/{number}/")
    second = again.page
    expect(second.locator(COMPOSER)).to_have_value("A medio escribir")
    # Saved meanwhile: whoever wants to discard it has time to read what came back.
    expect(second.locator("[data-composer] [data-draft-state]")).to_contain_text("Aquí está")
    with second.expect_response(saved_draft):
        second.locator("[data-composer] [data-draft-state] button").click()
    expect(second.locator(COMPOSER)).to_have_value("")
    third = visit(ANA)
    with third.page.expect_response("**/drafts/?**"):
        third.open(f"/cases/{number}/")
    expect(third.page.locator(COMPOSER)).to_have_value("")


def own_session(visit: Visits) -> Visit:
    """Of Ana, in a browser where it may end."""
    reader = visit(locale="es-US")
    sign_in(reader.open("/account/login/"), "**/cases/")
    return reader


def sign_out(page: Page) -> None:
    page.locator(".frame-inner > .menu > summary").click()
    page.locator("form[action$='/logout/'] button").click()
    page.wait_for_url(SIGNED_OUT)


def stored(page: Page) -> str:
    """All that this browser keeps, as whoever opens its tools may read it."""
    return str(
        page.evaluate(
            """async () => JSON.stringify([
                {...localStorage}, {...sessionStorage}, document.cookie,
                await indexedDB.databases(), await caches.keys(), history.state,
            ])"""
        )
    )


@pytest.mark.requirement("R100")
def test_signing_out_saves_the_last_words_and_leaves_nothing_in_the_tab(
    visit: Visits, number: str
) -> None:
    page = own_session(visit).page
    page.goto(page.url + f"{number}/")
    page.fill(COMPOSER, "Solo mío")
    page.evaluate("sessionStorage.setItem('puente:phone-known', '1')")  # as after a call
    sign_out(page)
    assert page.evaluate("sessionStorage.length") == 0
    page.go_back()
    page.wait_for_url("**/account/login/**")
    assert "Solo" not in page.content() + stored(page)
    other = visit(ANA).open(f"/cases/{number}/")
    expect(other.locator(COMPOSER)).to_have_value("Solo mío")


@pytest.mark.requirement("R100")
def test_what_the_telephone_answers_while_signing_out_is_not_kept(visit: Visits) -> None:
    page = own_session(visit).page
    cards: list[Route] = []
    ends: list[Route] = []
    card = page.locator(".ringing").get_attribute("data-card")
    page.route(lambda url: "/changes/" in url, lambda route: route.fulfill(body="anew"))
    page.route(f"**{card}", lambda route: cards.append(route))
    page.route("**/logout/", lambda route: ends.append(route))
    page.reload()
    eventually(lambda: page.title() and cards, "a question about the call")
    page.locator(".frame-inner > .menu > summary").click()
    page.locator("form[action$='/logout/'] button").click(no_wait_after=True)
    eventually(lambda: page.keyboard.press("Shift") or ends, "the end of the session")
    cards[0].fulfill(body="")
    ends[0].continue_()
    page.wait_for_url(SIGNED_OUT)
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.requirement("R100")
def test_signing_out_waits_for_words_that_are_on_their_way(visit: Visits, number: str) -> None:
    page = own_session(visit).page
    page.goto(page.url + f"{number}/")
    held: list[Route] = []
    page.route("**/drafts/", lambda route: held.append(route))
    with page.expect_request(lambda each: each.url.endswith("/drafts/")):
        page.fill(COMPOSER, "Solo mío")
    page.locator(".frame-inner > .menu > summary").click()
    page.locator("form[action$='/logout/'] button").click(no_wait_after=True)
    eventually(lambda: bool(held), "the save")
    held[0].continue_()
    page.wait_for_url(SIGNED_OUT)
    assert page.evaluate("sessionStorage.length") == 0
    other = visit(ANA).open(f"/cases/{number}/")
    expect(other.locator(COMPOSER)).to_have_value("Solo mío")


@pytest.mark.parametrize("typed_at", ["before it was saved", "once it was saved"])
@pytest.mark.requirement("R100")
def test_words_that_were_sent_are_not_put_back_where_the_tab_heard_nothing_of_it(
    visit: Visits, number: str, typed_at: str
) -> None:
    """The page is left before the last copy is sealed."""
    page = own_session(visit).page
    page.goto(page.url + f"{number}/")
    if typed_at == "once it was saved":
        type_and_wait(page, COMPOSER, "Solo mío", "/drafts/")
        expect(page.locator("[data-composer] [data-draft-state]")).to_contain_text("Guardamos")
    else:
        page.fill(COMPOSER, "Solo mío")
    eventually(lambda: page.evaluate(IN_THE_TAB), "a sealed copy")
    page.evaluate("() => { crypto.subtle.encrypt = () => new Promise(() => {}); }")
    with page.expect_navigation():
        page.locator("[data-composer] [type=submit]").first.click()
    eventually(lambda: not page.evaluate(IN_THE_TAB), "a tab without these words")
    expect(page.locator(COMPOSER)).to_have_value("")
    expect(page.locator("[data-composer]")).not_to_contain_text("Aquí está lo que escribió")
    type_and_wait(page, COMPOSER, "Otra nota", "/drafts/")
    expect(page.locator("[data-composer] [data-draft-state]")).to_contain_text("Guardamos")


@pytest.mark.requirement("R100")
def test_words_typed_while_the_form_is_on_its_way_are_kept(visit: Visits, number: str) -> None:
    page = own_session(visit).page
    page.goto(page.url + f"{number}/")
    type_and_wait(page, COMPOSER, "Solo mío", "/drafts/")
    held: list[Route] = []
    page.route("**/entries/", lambda route: held.append(route))
    page.focus(COMPOSER)
    page.evaluate(TELLS_OF_COPIES)
    page.evaluate("() => document.querySelector('[data-composer]').requestSubmit()")
    eventually(lambda: page.keyboard.press("Shift") or held, "the form")
    with page.expect_request("**/kept/"):
        page.keyboard.insert_text(", y más")
    with page.expect_navigation():
        held[0].continue_()
    expect(page.locator(COMPOSER)).to_have_value("Solo mío, y más")
    expect(page.locator("[data-composer] [data-draft-state]")).to_contain_text("Aquí está lo que")
    other = visit(ANA)
    eventually(
        lambda: other.open(f"/cases/{number}/").input_value(COMPOSER) == "Solo mío, y más",
        "the words in another window",
    )


@pytest.mark.requirement("R100")
def test_what_the_server_has_leaves_the_tab_at_once(visit: Visits, number: str) -> None:
    page = own_session(visit).page
    for path, field, kept_at in (
        (f"/cases/{number}/", COMPOSER, "/drafts/"),
        (f"/calls/{start_call(page)}/", "[name=summary]", "/draft/"),
    ):
        page.goto(page.url.partition("/c")[0] + path)
        type_and_wait(page, field, "Solo mío", kept_at)
        expect(page.locator("[data-draft-state]").first).to_contain_text("Guardamos")
        assert all("/calls/" not in name for name in page.evaluate(IN_THE_TAB))
    page.goto(page.url.partition("/c")[0] + f"/cases/{number}/")
    expect(page.locator(COMPOSER)).to_have_value("Solo mío")  # as the server has it
    with page.expect_response("**/drafts/?**"):
        page.locator("[data-composer] [type=submit]").first.click()
    eventually(lambda: not page.evaluate(IN_THE_TAB), "a tab without these words")


@pytest.mark.requirement("R100")
def test_unsent_words_wait_sealed_for_the_person_who_typed_them(visit: Visits, number: str) -> None:
    """The line is cut, then the session ends; someone else signs in before they do."""
    reader = own_session(visit)
    page = reader.page
    start = page.url
    page.goto(start + f"{number}/")
    page.context.set_offline(True)
    page.fill(COMPOSER, "Solo mío")
    said = page.locator("[data-composer] [data-draft-state]")
    expect(said).to_contain_text("Sin conexión")
    end_session(page)
    page.context.set_offline(False)
    expect(said.locator("a")).to_be_visible()
    assert "/cases/" in stored(page)  # it's there
    assert "Solo" not in stored(page)
    said.locator("a").click()
    page.wait_for_url("**/account/login/**")
    assert "Solo" not in page.content() + stored(page)
    sign_in(page, f"**/cases/{number}/", BEN)
    with page.expect_response("**/drafts/?**"):
        page.reload()
    expect(page.locator(COMPOSER)).to_have_value("")
    assert "Solo" not in page.content() + stored(page)
    sign_out(page)
    sign_in(page, "**/cases/")
    page.goto(start + f"{number}/")
    expect(page.locator(COMPOSER)).to_have_value("Solo mío")
    reader.problems.clear()  # the browser says that the line was cut, too


def test_a_sent_message_stays_sent_though_the_page_could_not_ask(
    visit: Visits, number: str
) -> None:
    reader = visit(CARLA)
    page = reader.open(f"/portal/cases/{number}/")
    page.fill(MESSAGE, "Ya mandé el recibo.")
    page.route("**/drafts/?**", lambda route: route.abort(), times=1)
    with page.expect_response("**/drafts/?**"):  # the second time
        page.locator("form[action$='/messages/'] [type=submit]").click()
    expect(page.locator(".timeline")).to_contain_text("Ya mandé el recibo.")
    expect(page.locator(MESSAGE)).to_have_value("")
    page.reload()
    expect(page.locator(MESSAGE)).to_have_value("")
    reader.problems.clear()  # the request that was cut off


def test_words_taken_up_again_end_with_the_page_they_began_on(visit: Visits, number: str) -> None:
    """A save still under way there comes to nothing, too."""
    page = visit(CARLA).open(f"/portal/cases/{number}/")
    tokens = []
    for text in ("Ya pagué", "Ya pagué el viernes."):
        with page.expect_request(
            lambda each: each.method == "POST" and "drafts" in each.url
        ) as one:
            page.fill(MESSAGE, text)
        tokens.append(parse_qs(str(one.value.post_data))["token"])
        page.goto(page.url)
        expect(page.locator(MESSAGE)).to_have_value(text)
    assert tokens[0] == tokens[1]


@pytest.mark.requirement("R100")
@pytest.mark.parametrize(
    ("email", "path", "field"),
    [
        (ANA, "/cases/{}/", COMPOSER),
        (CARLA, "/portal/cases/{}/", MESSAGE),
        (ANA, "/cases/{}/resolution/", "main [data-kept] textarea"),
        (ANA, "call", "[name=summary]"),
    ],
)
def test_a_cut_line_is_said_beside_the_field_and_saved_when_it_is_back(
    visit: Visits, number: str, email: str, path: str, field: str
) -> None:
    reader = visit(email)
    page = reader.open("/cases/" if path == "call" else path.format(number))
    address = f"/calls/{start_call(page)}/" if path == "call" else path.format(number)
    words = page.locator(field).first
    page.context.set_offline(True)
    words.fill("Le llamé a las tres.")
    said = page.locator("[data-draft-state]", has_text="conexión")
    expect(said).to_contain_text("Sin conexión")
    reader.problems.clear()  # the browser says so, too
    with page.expect_response(lambda each: each.request.method == "POST" and each.status == 204):
        page.context.set_offline(False)
    expect(said).to_contain_text("Volvió la conexión")
    other = visit(email).open(address)
    expect(other.locator(field).first).to_have_value("Le llamé a las tres.")


@pytest.mark.requirement("R100")
def test_a_server_that_is_gone_is_asked_again_until_it_answers(visit: Visits, number: str) -> None:
    reader = visit(CARLA)
    page = reader.open(f"/portal/cases/{number}/")
    tries = []

    def refuse(route: Route) -> None:
        tries.append(route.request.post_data)
        route.abort("connectionrefused") if len(tries) < 3 else route.continue_()

    page.route("**/drafts/", refuse)
    page.fill(MESSAGE, "Ya pagué.")
    said = page.locator("form[action$='/messages/'] [data-draft-state]")
    expect(said).to_contain_text("Sin conexión")
    expect(said).to_contain_text("Volvió la conexión")
    assert len(tries) == 3
    reader.problems.clear()  # the two requests that found no server


@pytest.mark.requirement("R100")
def test_two_windows_keep_both_texts_and_the_older_says_so(visit: Visits, number: str) -> None:
    older = visit(ANA).open(f"/cases/{number}/")
    younger = visit(ANA).open(f"/cases/{number}/")
    type_and_wait(older, COMPOSER, "Le llamé a las tres.", "/drafts/")
    type_and_wait(younger, COMPOSER, "No contestó.", "/drafts/")
    type_and_wait(older, COMPOSER, "Le llamé a las tres y media.", "/drafts/")
    said = older.locator("[data-composer] [data-draft-state]")
    expect(said).to_contain_text("otra ventana")
    with older.expect_response(lambda each: each.request.method == "POST" and each.status == 204):
        said.locator("button").click()
    both = "Le llamé a las tres y media.\n\nNo contestó."
    expect(older.locator(COMPOSER)).to_have_value(both)
    third = visit(ANA).open(f"/cases/{number}/")
    expect(third.locator(COMPOSER)).to_have_value(both)


@pytest.mark.requirement("R100")
def test_three_windows_keep_every_text_and_one_press_adds_the_others(
    visit: Visits, number: str
) -> None:
    windows = [visit(ANA).open(f"/cases/{number}/") for _place in range(3)]
    texts = ("Le llamé a las tres.", "No contestó.", "Volveré a llamar.")
    for page, text in zip(windows, texts, strict=True):
        type_and_wait(page, COMPOSER, text, "/drafts/")
    last = windows[2]
    said = last.locator("[data-composer] [data-draft-state]")
    expect(said).to_contain_text("otras ventanas")
    with last.expect_response(lambda each: each.request.method == "POST" and each.status == 204):
        said.locator("button").click()
    added = "Volveré a llamar.\n\nLe llamé a las tres.\n\nNo contestó."
    expect(last.locator(COMPOSER)).to_have_value(added)
    later = visit(ANA)
    with later.page.expect_response("**/drafts/?**"):
        later.open(f"/cases/{number}/")
    expect(later.page.locator(COMPOSER)).to_have_value(added)
    expect(later.page.locator("[data-composer]")).not_to_contain_text("otras ventanas")


@pytest.mark.requirement("R100")
def test_a_session_ended_elsewhere_is_said_at_sign_in_and_leads_back(
    visit: Visits, number: str
) -> None:
    page = visit(locale="es-US").open("/account/login/")
    sign_in(page, "**/cases/")
    page.goto(page.url + f"{number}/")
    page.fill(COMPOSER, "Le llamé a las tres.")
    other = page.context.new_page()
    other.goto(page.url)
    sign_out(other)
    page.locator("[data-composer] [type=submit]").click()
    page.wait_for_url("**/account/login/**")
    expect(page.locator("main [role=status]")).to_contain_text("Su sesión terminó")
    sign_in(page, f"**/cases/{number}/")
    expect(page.locator(COMPOSER)).to_have_value("Le llamé a las tres.")


@pytest.mark.requirement("R100")
def test_without_scripts_a_form_sent_too_late_waits_for_its_writer(
    visit: Visits, number: str
) -> None:
    page = visit(ANA, java_script_enabled=False, locale="es-US").open(f"/cases/{number}/")
    page.fill(COMPOSER, "Le llamé a las tres.")
    end_session(page)
    page.locator("[data-composer] [type=submit]").first.click()
    page.wait_for_url("**/account/login/**")
    expect(page.locator("main")).to_contain_text("Guardamos lo que escribió")
    sign_in(page, "**/account/kept/")
    words = page.locator("main textarea")
    expect(words).to_have_value("Le llamé a las tres.")
    words.fill("Le llamé a las tres y media.")
    page.locator("main [type=submit]").click()
    page.wait_for_url(f"**/cases/{number}/")
    expect(page.locator(".timeline")).to_contain_text("Le llamé a las tres y media.")


@pytest.mark.requirement("R100")
@pytest.mark.parametrize(
    ("email", "path", "field"),
    [(ANA, "/cases/{}/", COMPOSER), (CARLA, "/portal/cases/{}/", MESSAGE)],
)
def test_words_are_on_their_way_two_seconds_after_the_last_key(
    visit: Visits, number: str, email: str, path: str, field: str
) -> None:
    reader = visit(email)
    reader.page.clock.install()
    page = reader.open(path.format(number))
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    with page.expect_request(lambda each: each.method == "POST" and "/drafts/" in each.url):
        page.locator(field).press_sequentially("Ya")
        page.clock.run_for(2000)


@pytest.mark.requirement("R100")
def test_a_form_that_comes_later_is_kept_too(visit: Visits, number: str) -> None:
    """As htmx brings one: its place is taken by the same form, empty."""
    page = visit(ANA).open(f"/cases/{number}/")
    type_and_wait(page, COMPOSER, "Le llamé a las tres.", "/drafts/")
    page.evaluate(
        """() => {
            const form = document.querySelector("[data-composer]").closest("form");
            const later = form.cloneNode(true);
            later.reset();
            delete later.dataset.kept;
            form.replaceWith(later);
            const detail = { target: later };
            later.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail }));
        }"""
    )
    expect(page.locator(COMPOSER)).to_have_value("Le llamé a las tres.")
    type_and_wait(page, COMPOSER, "Le llamé a las tres y media.", "/drafts/")
    other = visit(ANA).open(f"/cases/{number}/")
    expect(other.locator(COMPOSER)).to_have_value("Le llamé a las tres y media.")


@pytest.mark.requirement("R100")
def test_leaving_is_asked_about_only_while_words_are_nowhere_else(
    visit: Visits, number: str
) -> None:
    reader = visit(ANA)
    page = reader.open(f"/cases/{number}/")
    would_ask = "() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    type_and_wait(page, COMPOSER, "Le llamé.", "/drafts/")
    assert not page.evaluate(would_ask)
    page.context.set_offline(True)
    page.fill(COMPOSER, "Le llamé a las tres.")
    expect(page.locator("[data-composer] [data-draft-state]")).to_contain_text("Sin conexión")
    assert page.evaluate(would_ask)
    reader.problems.clear()
    with page.expect_response(lambda each: each.request.method == "POST" and each.status == 204):
        page.context.set_offline(False)
    expect(page.locator("[data-composer] [data-draft-state]")).to_contain_text("Volvió")
    assert not page.evaluate(would_ask)


@pytest.mark.requirement("R100")
def test_without_scripts_a_page_from_before_signing_in_again_gives_its_words_back(
    visit: Visits, number: str
) -> None:
    reader = visit(java_script_enabled=False, locale="es-US")
    page = reader.open("/account/login/")
    sign_in(page, "**/cases/")
    page.goto(page.url + f"{number}/")
    page.fill(COMPOSER, "Le llamé a las tres.")
    end_session(page)
    other = page.context.new_page()
    other.goto(page.url)
    sign_in(other, f"**/cases/{number}/")
    page.locator("[data-composer] [type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("no guardamos nada")
    expect(page.locator("main textarea")).to_have_value("Le llamé a las tres.")
    page.locator("main [type=submit]").click()
    page.wait_for_url(f"**/cases/{number}/")
    expect(page.locator(".timeline")).to_contain_text("Le llamé a las tres.")

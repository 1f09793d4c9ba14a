"""The end of a call by keyboard alone: what it lacks, how it ends, what was done."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Stack, Visit
from tests.e2e.test_calls import CALL, Keys, start_call

pytestmark = pytest.mark.browser
Visits = Callable[..., Visit]


class Words(NamedTuple):
    agent: str
    caller: str
    said: str
    promised: str
    weekday: str
    outcome: str
    ended: str
    done: str
    to: str
    over: str
    next_call: str


SPANISH = Words(
    "ana@puente.example", "carla@example.com", "Dice que ya se puso al corriente.",
    "mandar el recibo", "viernes", "Acordamos con usted un plan de pagos.",
    "Recibimos su pago de hoy.", "Caso guardado y resuelto", "A Carla Peña, en español",
    "No queda nada por hacer.", "Atender la siguiente llamada",
)  # fmt: skip
ENGLISH = Words(
    "ben@puente.example", "dan@example.com", "Says that he has caught up.", "send the receipt",
    "Friday", "We agreed on a payment plan with you.", "We received today’s payment.",
    "Case saved and resolved", "To Dan Miller in English", "Nothing is left to do.",
    "Take the next call",
)  # fmt: skip


def find(page: Page, keys: Keys, caller: str) -> None:
    expect(page.locator("[name=contract]")).to_be_focused()
    keys.write(caller)
    with page.expect_response("**/calls/*/"):
        keys.press("Enter")
    expect(page.locator("[name=lease]:focus, [name=kind]:focus")).to_have_count(1)
    if page.locator("[name=lease]:focus").count():
        keys.press("Enter")
    expect(page.locator("[name=kind]:focus")).to_have_count(1)
    keys.choose("late_payment")
    expect(page.locator("[name=summary]")).to_be_focused()


def agree(page: Page, keys: Keys, words: Words) -> None:
    """What can't be read is told; a weekday can be."""
    missing = page.locator("#missing a:not([hidden])")
    page.keyboard.press("Alt+p")
    expect(page.locator("[name=agreed-0-what]")).to_be_focused()
    keys.write(words.promised)
    day = page.locator("[name=agreed-0-due_on]")
    day.focus()
    page.keyboard.press("Control+a")
    keys.write("???")
    page.keyboard.press("Tab")
    expect(missing.filter(has_text=words.promised)).to_have_count(1)
    expect(page.locator("#id_agreed-0-due_on_error")).to_have_count(1)
    day.focus()
    page.keyboard.press("Control+a")
    keys.write(words.weekday)
    page.keyboard.press("Tab")
    expect(page.locator("#id_agreed-0-due_on_words")).to_contain_text(words.weekday)
    expect(missing).to_have_count(0)


@pytest.mark.requirement("R16", "R37", "R38", "R43")
@pytest.mark.parametrize("words", [SPANISH, ENGLISH], ids=["es", "en"])
def test_a_call_that_settles_everything_by_keyboard_alone(
    visit: Visits, stack: Stack, words: Words
) -> None:
    page = visit(words.agent).open("/cases/")
    number = start_call(page)
    keys = Keys(page)
    missing = page.locator("#missing a:not([hidden])")
    find(page, keys, words.caller)
    keys.press("Control+Enter")  # nothing was written yet: told, and the hand stays there
    expect(page.locator("#id_summary_error")).to_have_count(1)
    expect(page.locator("[name=summary]")).to_be_focused()
    keys.write(words.said)
    expect(page.locator("#id_summary_error")).to_have_count(0)
    keys.press("Control+Enter")
    expect(page.locator("[name=message]")).to_be_focused()
    agree(page, keys, words)

    outcome = page.locator("[name=outcome]")
    outcome.focus()
    while outcome.input_value() != "plan_agreed":
        page.keyboard.press("ArrowDown")
    expect(missing).to_have_count(1)  # a sentence that says how
    page.locator("[name=message]").focus()
    keys.write(words.ended)
    expect(missing).to_have_count(0)
    page.keyboard.press("Tab")
    letter = page.locator(".letter:not([data-other])")
    for told in (words.outcome, words.ended, words.promised):
        expect(letter).to_contain_text(told)
    page.locator("[name=message]").focus()
    keys.press("Control+Enter")

    page.wait_for_url(f"**/cases/{number}/")
    done = page.locator(".saved-call")
    expect(done.get_by_role("heading")).to_be_focused()
    spoken = re.sub(r"\s+", " ", done.locator(".number").inner_text())
    assert re.sub(r"\D", "", spoken) == number
    for told in (words.done, words.to, words.caller, words.over, words.next_call):
        expect(done).to_contain_text(told)
    expect(page.locator(".case-head .status")).to_have_attribute("data-status", "resolved")
    text = stack.mail(words.caller, about=spoken).text
    assert words.outcome in text
    assert words.ended in text
    page.reload()
    expect(done).to_have_count(0)  # said once
    page.keyboard.press("c")
    page.wait_for_url("**/calls/*/")


def told_in(page: Page) -> list[tuple[str | None, str]]:
    """Every error, by the place it stands at."""
    shown = page.locator(f"{CALL} .field-errors:visible").all()
    return [(each.get_attribute("id"), each.inner_text().strip()) for each in shown]


def end_without_anything(visit: Visits, agent: str, end: Callable[[Page], None]) -> Page:
    """A lease was looked for, and not found or not even searched."""
    page = visit(agent).open("/cases/")
    begin_call(page)
    page.locator("[name=contract]").focus()
    page.keyboard.type("zzz")
    end(page)
    return page


def press_button(page: Page) -> None:
    page.locator(f"{CALL} [data-save]").click()


def press_keys(page: Page) -> None:
    page.keyboard.press("Control+Enter")


def press_keys_at_the_end(page: Page) -> None:
    page.locator("[name=message]").focus()
    page.keyboard.press("Control+Enter")


@pytest.mark.requirement("R16", "R43")
@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (
            SPANISH.agent,
            ["Elija un arrendamiento o indique por qué no lo hay.", "Elija el motivo del caso.",
             "Escriba lo que le contaron."],
        ),
        (
            ENGLISH.agent,
            ["Choose a lease, or say why there’s none.", "Choose the reason for the case.",
             "Write what the caller said."],
        ),
    ],
    ids=["es", "en"],
)  # fmt: skip
def test_a_button_and_the_keys_tell_the_same_of_what_is_missing(
    visit: Visits, agent: str, told: list[str]
) -> None:
    places = ["id_contract_error", "id_kind_error", "id_summary_error"]
    for end in (press_button, press_keys, press_keys_at_the_end):
        page = end_without_anything(visit, agent, end)
        expect(page.locator("[name=contract]")).to_be_focused()
        assert told_in(page) == list(zip(places, told, strict=True)), end.__name__

    # The lease alone is left to the server, which looks for what was typed.
    page.locator("[name=kind]").first.check()
    page.fill("[name=summary]", "…")
    assert [place for place, _said in told_in(page)] == places[:1]
    with page.expect_response(lambda answer: answer.status == 422):
        page.locator(f"{CALL} [data-save]").click()
    expect(page.locator("#id_contract_error")).to_contain_text("zzz")
    errors = page.locator("#errors")
    for key, leads_to in (("/", "#call-bar"), ("g", "#look-up-words")):
        errors.focus()
        page.keyboard.press(key)
        expect(page.locator(leads_to)).to_be_focused()
    errors.focus()
    address = page.url
    page.keyboard.type("cp")  # of a word someone was writing
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    expect(page.locator("[name=agreed-0-what]")).to_have_count(0)
    assert page.url == address


@pytest.mark.requirement("R16")
def test_without_scripts_the_server_tells_it_in_the_same_places(visit: Visits) -> None:
    page = visit(SPANISH.agent, java_script_enabled=False).open("/cases/")
    begin_call(page)
    page.fill("[name=contract]", "zzz")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.locator(f"{CALL} [data-save]").click()
    assert answered.value.status == 422
    places = [place for place, _said in told_in(page)]
    assert places == ["id_contract_error", "id_kind_error", "id_summary_error"]

"""Scripts where they're needed: next to the composer and in the call, by mouse and by keys."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Visit
from tests.e2e.test_accessibility import AXE_SCRIPT, NARROW, RULES, too_wide, violations
from tests.e2e.test_calls import choose_kind, log_call

pytestmark = pytest.mark.browser

ANA, BEN, IRENE = "ana@puente.example", "ben@puente.example", "irene@puente.example"
DAN = "dan@example.com"
Visits = Callable[..., Visit]


def open_case(page: Page) -> None:
    page.locator("tbody a[href^='/cases/']").first.click()
    page.wait_for_url("**/cases/*/")


@pytest.fixture
def number(visit: Visits) -> str:
    """A case no one has started to write to: text left by another test would come back."""
    return log_call(
        visit(ANA).open("/cases/"), language="en", searched=DAN, name="Dan Miller",
        summary="Asks when the delivery comes.",
    )  # fmt: skip


def typed(script: Locator) -> str:
    """Its words in a field, where numbers have plain spaces."""
    return script.locator(".typed").inner_text().replace("\xa0", " ")


@pytest.mark.requirement("R42")
def test_a_script_is_chosen_by_keys_and_lands_at_the_caret(visit: Visits, number: str) -> None:
    page = visit(BEN, locale="en-US").open(f"/cases/{number}/")
    text = page.locator("[data-composer] [name=body]")
    text.press_sequentially("Before::")
    expect(page.locator("#scripts")).to_have_attribute("open", "")
    expect(text).to_have_value("Before")
    found = page.locator("#scripts [data-scripts-filter]")
    expect(found).to_be_focused()
    page.keyboard.press("Escape")
    expect(text).to_be_focused()

    page.keyboard.type(" ::")
    expect(found).to_be_focused()
    script = page.locator("#scripts .script:visible", has=page.locator("[data-insert]"))
    expect(script).to_have_count(1)  # the one that fits, open to be read
    language = script.get_attribute("data-language")
    words = typed(script)
    page.keyboard.press("Enter")
    expect(text).to_be_focused()
    expect(text).to_have_value(f"Before \n\n{words}")
    expect(page.locator("[data-composer] [name=language]")).to_have_value(language or "")
    page.keyboard.press("Control+z")
    expect(text).to_have_value("Before ")


@pytest.mark.requirement("R42")
def test_a_script_is_for_the_customer_and_what_it_leaves_open_is_typed_over(
    visit: Visits, number: str
) -> None:
    page = visit(BEN, locale="en-US").open(f"/cases/{number}/")
    customer = page.locator("[data-composer] [name=visibility][value=public]")
    expect(customer).not_to_be_checked()
    text = page.locator("[data-composer] [name=body]")
    text.focus()
    page.locator("#scripts > summary").click()
    page.locator("[name=script-language][value=en]").check()
    # For a real case every fact is known; here one is not.
    script = page.locator(".script[data-language=en]", has=page.locator("[data-insert]")).first
    words = script.locator(".typed")
    words.evaluate(
        """each => {
          const mark = document.createElement("mark");
          mark.textContent = "[delivery date]";
          each.append(" ", mark);
        }"""
    )
    script.locator("[data-insert]").click()
    expect(customer).to_be_checked()
    said = page.locator("[data-script-state]")
    expect(said).to_contain_text("will read it")
    expect(said).to_contain_text("Still to fill in: [delivery date]")
    page.keyboard.type("Monday")
    filled = typed(script).replace("[delivery date]", "Monday")
    expect(text).to_have_value(filled)

    text.press("Control+End")
    script.locator("[data-insert]").click()
    expect(text).to_have_value(f"{filled}\n\n{typed(script)}")


@pytest.mark.requirement("R42")
@pytest.mark.parametrize(
    ("agent", "part", "situation", "begins"),
    [
        (ANA, "devolu", "return", "Para seguir con su devolución"),
        (BEN, "retu", "return", "So we can help"),
    ],
    ids=["es", "en"],
)
def test_a_text_is_put_into_the_words_of_a_call_by_keys_alone(
    visit: Visits, agent: str, part: str, situation: str, begins: str
) -> None:
    """Found by part of its name; who will read the words stays as it was."""
    page = visit(agent).open("/cases/")
    begin_call(page)
    spanish = "es" if agent == ANA else "en"
    page.locator(f"form[data-draft-url] [name=language][value={spanish}]").check()
    readers = page.locator("[name=visibility][value=internal]")
    expect(readers).to_be_checked()
    summary = page.locator("[name=summary]")
    summary.focus()
    page.keyboard.type("Llamó::")
    expect(page.locator("#texts [data-scripts-filter]")).to_be_focused()
    page.keyboard.type(part)
    chosen = page.locator("#texts .script-group[open]")
    expect(chosen).to_have_count(1)
    expect(chosen).to_have_attribute("data-situation", situation)
    page.keyboard.press("ArrowDown")  # the only one: it stays
    expect(chosen).to_have_attribute("data-situation", situation)
    page.keyboard.press("Enter")
    expect(summary).to_be_focused()
    expect(summary).to_have_value(re.compile(rf"^Llamó\n\n[\s\S]*{begins}"))
    expect(readers).to_be_checked()
    expect(page.locator("#texts [data-script-state]")).to_contain_text("[")  # what's still open

    message = page.locator("[name=message]")
    message.focus()
    page.keyboard.type("::")
    expect(page.locator("#texts [data-scripts-filter]")).to_be_focused()
    page.keyboard.type("zzyzx")
    expect(page.locator("#texts [data-scripts-none]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#texts [data-scripts-none]")).to_be_hidden()
    expect(message).to_be_focused()
    expect(message).to_have_value("")

    summary.focus()
    page.keyboard.press("Alt+p")
    what = page.locator("[name=agreed-0-what]")
    expect(what).to_be_focused()
    page.keyboard.type(f"::{part}")
    expect(chosen).to_have_attribute("data-situation", situation)
    page.keyboard.press("Enter")
    expect(what).to_be_focused()
    expect(what).to_have_value(re.compile(begins))


def test_the_composer_says_in_which_language_what_goes_out(visit: Visits, number: str) -> None:
    """By the choice next to it, with scripts and without."""
    for java_script in (True, False):
        reader = visit(BEN, locale="en-US", java_script_enabled=java_script)
        page = reader.open(f"/cases/{number}/")
        page.locator(".dock > .reply").click()
        language = page.locator("[data-composer] [name=language]")
        readers = page.locator("[data-composer] .readers")
        own = language.input_value()
        names = {"es": "Spanish", "en": "English"}
        foreign = "en" if own == "es" else "es"
        expect(readers.locator(f"[data-text={own}]")).to_be_visible()
        expect(readers.locator(f"[data-text={foreign}]")).to_be_hidden()
        language.select_option(foreign)
        shown = readers.locator(f"[data-text={foreign}]")
        expect(shown).to_contain_text(
            f"text in {names[foreign]}; the rest of the email in {names[own]}"
        )
        expect(shown).to_be_visible()
        expect(readers.locator(f"[data-text={own}]")).to_be_hidden()


def test_a_reply_being_written_survives_the_other_buttons(visit: Visits, number: str) -> None:
    page = visit(ANA, locale="es-US").open(f"/cases/{number}/")
    address = page.url
    composer = page.locator("[data-composer]")
    words = composer.locator("[name=body]")
    words.fill("A medio escribir\n\ny más.")
    composer.locator("[name=visibility][value=public]").check()
    language = composer.locator("[name=language]")
    expect(language).to_have_value("en")  # Dan's, not that of these words
    composer.locator("[type=submit]").click()
    expect(composer.locator("[name=asked]")).to_be_attached()  # whether the language is meant
    # refused: the page comes back with the other form's errors, as it does without scripts
    page.goto(f"{address}?open=follow-ups")
    form = page.locator("form[action$='/follow-ups/']").first
    with page.expect_navigation():
        form.evaluate("each => each.submit()")
    expect(form.locator(".field-errors, .errors").first).to_be_attached()
    expect(words).to_have_value("A medio escribir\n\ny más.")
    expect(composer.locator("[name=visibility][value=public]")).to_be_checked()
    # done: the page is loaded anew
    page.goto(f"{address}?open=assignment")
    with page.expect_navigation(url=address):
        page.locator(
            "form[action$='/assignments/'] button, form[action$='/assignment/'] button"
        ).click()
    expect(words).to_have_value("A medio escribir\n\ny más.")
    expect(language).to_have_value("en")
    # left by a link, and loaded once more
    page.goto(page.url.partition("/cases/")[0] + "/cases/")
    page.goto(address)
    expect(words).to_have_value("A medio escribir\n\ny más.")
    page.reload()
    expect(words).to_have_value("A medio escribir\n\ny más.")
    composer.locator("[name=visibility][value=internal]").check()
    composer.locator("[type=submit]").click()
    expect(page.locator(".timeline")).to_contain_text("A medio escribir")
    expect(words).to_have_value("")
    page.reload()
    expect(words).to_have_value("")


def test_the_language_chosen_is_the_one_seen(visit: Visits, number: str) -> None:
    page = visit(ANA, locale="es-US").open(f"/cases/{number}/")
    page.locator("[data-composer] [name=body]").focus()
    page.locator("#scripts > summary").click()
    scripts = page.locator("#scripts .script")
    spanish = scripts.and_(page.locator("[data-language=es]"))
    english = scripts.and_(page.locator("[data-language=en]"))
    page.locator("[name=script-language][value=en]").check()
    expect(english.first).to_be_visible()
    expect(spanish.first).to_be_hidden()
    page.locator("[name=script-language][value=es]").check()
    expect(spanish.first).to_be_visible()
    expect(english.first).to_be_hidden()
    spanish.first.locator("[data-insert]").click()
    expect(page.locator("[data-composer] [name=body]")).to_have_value(typed(spanish.first))


def test_without_scripts_of_ours_they_are_read_and_copied(
    visit: Visits,
) -> None:
    page = visit(ANA, locale="es-US", java_script_enabled=False).open("/cases/")
    open_case(page)
    page.locator("[data-composer] [name=body]").focus()
    page.locator("#scripts > summary").click()
    expect(page.locator("#scripts .script .typed:visible").first).to_be_visible()
    expect(page.locator("#scripts [data-insert]").first).to_be_hidden()


@pytest.mark.requirement("R41")
def test_a_call_is_led_by_its_scripts(visit: Visits) -> None:
    page = visit(ANA, locale="es-US").open("/cases/")
    begin_call(page)
    said = page.locator("#call-scripts")
    page.locator("input[name=language][value=en]").check()
    expect(said).to_contain_text("This is Ana Torres")
    expect(said.locator("[data-language=es]").first).to_be_hidden()
    choose_kind(page, "defective")
    expect(said.locator("[data-situation=return]")).to_have_attribute("open", "")
    payments = said.locator("[data-situation=payments]")
    expect(payments).not_to_have_attribute("open", "")
    expect(payments.locator(".script")).to_have_count(0)  # comes when it's opened
    others = said.locator(".other-scripts > summary")
    others.press("Enter")
    payments.locator("summary").press("Enter")
    expect(payments.locator(".script:visible")).to_have_count(1)
    dispute = said.locator("[data-situation=dispute]")
    dispute.locator("summary").click()
    expect(dispute.locator(".script:visible")).to_have_count(1)

    expect(said).to_contain_text("[customer’s name]")
    page.fill("[name=contract]", "pena carla")
    page.locator("[name=find]").click()
    page.locator("label", has=page.locator("[name=lease]")).first.click()
    expect(said).to_contain_text(
        "(Compare: Carla Peña, cuenta"
    )  # what Ana is to do, in her language
    expect(said.locator("[data-situation=return]")).to_have_attribute("open", "")
    page.fill("[name=due_on]", "2027-03-09")
    page.locator("[name=due_on]").blur()
    expect(dispute).to_contain_text("The next step is due by March 9, 2027.")
    expect(payments.locator(".script:visible")).to_have_count(1)  # the hand that opened it shuts it
    payments.locator("summary").click()
    choose_kind(page, "late_payment")
    expect(payments).to_have_attribute("open", "")  # it fits now
    choose_kind(page, "defective")
    expect(payments).not_to_have_attribute("open", "")


@pytest.mark.requirement("R41")
def test_any_script_of_a_call_is_read_without_scripts_of_ours(visit: Visits) -> None:
    page = visit(ANA, locale="es-US", java_script_enabled=False).open("/cases/")
    begin_call(page)
    page.fill("[name=summary]", "Pide hablar con otra persona.")
    group = page.locator("#call-scripts [data-situation=cancel]")
    page.locator("#call-scripts .other-scripts > summary").click()
    group.locator("summary").click()
    group.locator("[name=script]").click()
    expect(group.locator(".script:visible")).to_have_count(1)
    expect(page.locator("[name=summary]")).to_have_value("Pide hablar con otra persona.")


def test_an_administrator_previews_what_is_typed_and_sends_a_test(visit: Visits) -> None:
    reader = visit(IRENE, locale="en-US")
    page = reader.open("/correspondence/texts/message_added/")
    page.fill("[name=body_es]", "{case_number}: {message} <b>¡Ñandú!</b>")
    page.get_by_role("button", name="Preview").click()
    page.wait_for_url("**#preview-shown")  # the address before it is the text's own a moment later
    expect(page.locator("#preview .mail").first).to_contain_text("<b>¡Ñandú!</b>")
    expect(page.locator("#preview h2")).to_be_focused()
    expect(page.locator("#preview h2")).to_be_in_viewport()
    expect(page.locator("[name=body_es]")).to_have_value("{case_number}: {message} <b>¡Ñandú!</b>")

    page = reader.open("/correspondence/texts/message_added/")
    page.locator("[formaction$='/tests/'][value=es]").click()
    page.wait_for_load_state()
    mail = reader.stack.mail(IRENE, "PRUEBA: ")
    assert mail.recipients == (IRENE,)


@pytest.mark.parametrize(
    "path", ["/correspondence/texts/message_added/", "/correspondence/scripts/return/email/"]
)
def test_the_pages_of_an_administrator_are_for_everybody(path: str, visit: Visits) -> None:
    reader = visit(IRENE, locale="en-US")
    page = reader.open(path)
    page.evaluate(AXE_SCRIPT)
    assert violations(page, RULES) == []
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, too_wide(page)
    reader.problems.clear()  # axe itself tries styles that the policy forbids

"""What is wrong with a form is told in the page's language, by the page as by the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Visit
from tests.e2e.test_accessibility import first

pytestmark = pytest.mark.browser
Visits = Callable[..., Visit]


@dataclass(frozen=True)
class Slip:
    """A form filled wrongly; `form` is where it stands on the page that `then` leads to."""

    start: str
    form: str
    typed: dict[str, str] = field(default_factory=dict)
    then: Callable[[Page], object] | None = None
    reader: str = "ana@puente.example"


def statement(page: Page) -> None:
    first("tbody a[href^='/leases/']")(page)
    page.goto(page.url + "statement/")


def plans(page: Page) -> None:
    first("tbody a[href^='/leases/']")(page)
    page.goto(page.url + "plans/")


FUNDED = "/leases/?status=funded"
SLIPS = {
    "call": Slip("/cases/", "form[data-draft-url]", {}, begin_call),
    "payment": Slip(
        FUNDED, "#payment form", {"amount": "38,4", "on": "3/4/2026"}, statement
    ),
    "payment, cents": Slip(FUNDED, "#payment form", {"amount": "1.500", "on": ""}, statement),
    "lowered payments": Slip(
        FUNDED, "#restructuring form", {"lowered": "0", "percent": "101"}, plans
    ),
    "lowered by words": Slip(FUNDED, "#restructuring form", {"lowered": "dos"}, plans),
    "sign-in": Slip("/account/login/code/", "main form", {"email": "carla"}, reader=""),
    "no address": Slip("/account/login/code/", "main form", reader=""),
}  # fmt: skip


def told(page: Page) -> dict[str, str]:
    """Name of a field → what stands beside it."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("main .field-errors[id]")].map(
            (list) => {
                const named = document.getElementById(list.id.replace(/_error$/, ""));
                const field = named?.name ? named : named?.querySelector("[name]");
                return [field?.name ?? list.id, list.innerText.trim()];
            },
        ))"""
    )


def send(visit: Visits, slip: Slip, language: str, *, by_script: bool) -> Visit:
    email = slip.reader.replace("ana@", "ana@" if language == "es" else "ben@")
    reader = visit(email, locale=f"{language}-US", java_script_enabled=by_script)
    page = reader.open(slip.start)
    if slip.then:
        slip.then(page)
    form = page.locator(slip.form).first
    for box in page.locator("main details").all():
        if box.get_attribute("open") is None:
            box.locator("summary").first.click()
    for name, text in slip.typed.items():
        form.locator(f"[name={name}]").fill(text)
    form.locator("[type=submit]:not([name]), button:not([type]):not([name])").last.click()
    return reader


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_the_page_and_the_server_say_the_same(visit: Visits, slip: Slip, language: str) -> None:
    page = send(visit, slip, language, by_script=True).page
    expect(page.locator("main .field-errors").first).to_be_visible()
    before = page.url
    by_page = told(page)
    assert by_page
    focused = page.evaluate("document.activeElement.name")
    assert focused == next(iter(by_page))
    expect(page.locator(f"[name={focused}]").first).to_have_attribute("aria-invalid", "true")
    assert page.url == before
    answer = send(visit, slip, language, by_script=False).page
    expect(answer.locator("main .field-errors").first).to_be_visible()  # it is the answer,
    answer.wait_for_load_state()  # and all of it is there
    assert by_page.items() <= told(answer).items()


def test_what_was_told_goes_as_soon_as_it_is_mended(visit: Visits) -> None:
    page = send(visit, SLIPS["call"], "es", by_script=True).page
    error = page.locator("#id_kind_error")
    expect(error).to_have_text("Elija el motivo del caso.")
    page.locator("[name=kind]").first.check()
    expect(error).to_have_count(0)
    expect(page.locator("[name=kind]").first).not_to_have_attribute("aria-invalid", "true")

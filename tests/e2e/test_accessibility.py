"""Every main page for all of its readers: rules of WCAG 2.2 AA, small windows, small pages."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser
log = logging.getLogger(__name__)

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]  # all that another color scheme changes
FIRST_VIEW = 60_000  # bytes over the wire
OWN_SCRIPTS = 30_000  # of them ours, also when the page is used
MOST_REQUESTS = 6  # beside the page
EVERY_SECOND = "/telephone/changes/"  # asked as long as a page is open; no part of its first view
#: What a file of a case weighs is for its sender to say; a page of it is drawn to be read.
THE_FILE = re.compile(r"/evidence/[\w-]+/(?:view|pages)/")
NARROW = (320, 390)  # the second is a phone’s in landscape, where columns are side by side again

FUNDED = "/leases/?status=funded"
DISPUTING = "/find/?q=Walter+Hughes"
THEFT = "/cases/?view=all&kind=identity_theft"
CREDIT = "/cases/?view=all&kind=credit_bureau"
SETTLED = "/cases/?view=all&kind=settlement"

#: A reader of each language for each kind of page.
READERS = {
    "nobody": {"es": "", "en": ""},
    "agent": {"es": "ana@puente.example", "en": "ben@puente.example"},
    "supervisor": {"es": "sofia@puente.example", "en": "irene@puente.example"},
    "customer": {"es": "carla@example.com", "en": "dan@example.com"},
    "disputing": {"es": "elena@example.com", "en": "walter@example.com"},
    "customer who settled": {"es": "customer27@example.com", "en": "customer25@example.com"},
}


@dataclass(frozen=True)
class Sight:
    reader: str
    start: str
    then: Callable[[Page], object] | None = None


def first(selector: str) -> Callable[[Page], object]:
    """Follows the first such link."""

    def follow(page: Page) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()

    return follow


def call_in_full(page: Page) -> None:
    """Someone with several leases, open cases and a reason; the confirmation in both languages."""
    begin_call(page)
    page.fill("[name=contract]", "carla@example.com")
    page.locator("[name=find]").click()
    page.locator("label", has=page.locator("[name=lease]")).first.click()
    expect(page.locator("#glance h2")).to_be_visible()
    with page.expect_response("**/calls/*/"):
        page.locator("[name=kind][value=charge_dispute]").check()
    expect(page.locator("#checklist .slots")).to_be_visible()
    page.fill("[name=summary]", "Ve dos cobros de $84.20 el 3 de noviembre y solo reconoce uno.")
    with page.expect_response("**/draft/"):
        page.locator("[name=message]").press_sequentially("Gracias por llamar.")


def call_about_charges(page: Page) -> None:
    """With two transactions chosen, and a part of one."""
    begin_call(page)
    page.fill("[name=contract]", "walter@example.com")
    page.locator("[name=find]").click()
    page.locator("label", has=page.locator("[name=lease]")).first.click()
    expect(page.locator("#glance h2")).to_be_visible()
    with page.expect_response("**/calls/*/"):
        page.locator("[name=kind][value=charge_dispute]").check()
    boxes = page.locator("#charges .charge input[type=checkbox]")
    for place in range(2):
        boxes.nth(place).check()
    with page.expect_response("**/draft/"):
        page.locator("#charges .charge-part input").first.press_sequentially("8.46")


def charges(place: int, then: str = "") -> Callable[[Page], object]:
    """The card of one of the cases that were found: the first is decided, the last waits."""

    def follow(page: Page) -> None:
        with page.expect_navigation():
            page.locator("main a[href^='/cases/2']").nth(place).click()
        first("#charges")(page)
        expect(page.locator("section#charges")).to_be_visible()
        if then:
            first(f"#charges a[href$='/{then}/']")(page)

    return follow


def saving_a_view(page: Page) -> None:
    page.locator(".save-view summary").click()
    expect(page.locator(".save-view [name=name]")).to_be_visible()


def saved_views(page: Page) -> None:
    """Their page, with one of one's own; saved once for all pictures."""
    if not page.locator(".saved-line").count():
        saving_a_view(page)
        page.fill(".save-view [name=name]", "Abiertos")
        with page.expect_navigation():
            page.locator(".save-view button").click()
    first(".saved-edit")(page)


def refunds(page: Page) -> None:
    charges(0)(page)
    first("main nav a[href$='/refunds/']")(page)


def refund_of_charge(page: Page) -> None:
    refunds(page)
    first("main h2 a[href*='/refunds/']")(page)


def decision_shown(page: Page) -> None:
    """All of them stay, and the email that says so."""
    charges(-1, "decisions")(page)
    for verdict in page.locator(".verdict").all():
        verdict.locator("[value=rejected]").check()
        verdict.locator("[name^=reason]").select_option("as_agreed")
    is_spanish = page.locator("[name=message]").get_attribute("lang") == "es"
    words = "Gracias por enviarnos su recibo." if is_spanish else "Thank you for your receipt."
    page.fill("[name=message]", words)
    with page.expect_navigation():
        page.locator("main form [data-variant=primary]").click()
    expect(page.locator("main .mail")).to_be_visible()


def chosen_shown(page: Page) -> None:
    """The email that says what is under review."""
    charges(-1, "charges")(page)
    page.locator(".charge input[type=checkbox]").first.check()
    with page.expect_navigation():
        page.locator("main form [data-variant=primary]").click()
    expect(page.locator("main .mail")).to_be_visible()


def answered_call(page: Page) -> None:
    """Of a reason with questions, answered in part, which is to end with the call."""
    begin_call(page)
    page.fill("[name=contract]", "carla@example.com")
    page.locator("[name=find]").click()
    page.locator("label", has=page.locator("[name=lease]")).first.click()
    expect(page.locator("#glance h2")).to_be_visible()
    page.locator("#id_kind summary").click()
    with page.expect_response("**/calls/*/"):
        page.locator("[name=kind][value=autopay_revoked]").check()
    page.locator("#answers [name=asked-revoked_method]").select_option("bank")
    page.locator("#answers [name=asked-revoked_proof]").fill("Por teléfono")
    page.fill("[name=summary]", "Ya no quiere que se le cobre de su cuenta.")
    with page.expect_response("**/calls/*/"):
        page.locator("#goodbye [name=outcome]").select_option(index=1)


def verified_call(page: Page) -> None:
    """Of a caller who proved who they are, which is said in one line."""
    begin_call(page)
    page.fill("[name=contract]", "carla@example.com")
    page.locator("[name=find]").click()
    page.locator("label", has=page.locator("[name=lease]")).first.click()
    for factor in ("name", "phone", "account"):
        page.locator(f".verification [value={factor}]").check()
    page.locator("[name=verify][value=right]").click()
    expect(page.locator(".verification summary .quiet")).to_be_visible()


def stolen_identity(page: Page) -> None:
    """Of someone without a lease, before goodbye: what saving does, and what goes out."""
    begin_call(page)
    page.locator(".call-contact summary").click()
    page.select_option("[name=why]", "identity")
    page.fill("[name=contact_name]", "Rosa Díaz")
    page.fill("[name=contact_email]", "rosa.diaz@example.com")
    page.locator("[name=kind][value=identity_theft]").check()
    expect(page.locator("#consequences .notice")).to_contain_text("Rosa Díaz")
    expect(page.locator("#confirmation .letter").first).to_be_visible()


def two_windows(page: Page) -> None:
    """Of one call, with other words in each; this is the one that wrote later."""
    begin_call(page)
    other = page.context.new_page()
    other.goto(page.url)
    with other.expect_response("**/draft/"):
        other.fill("[name=summary]", "Llamó por su pago.")
    other.close()
    with page.expect_response("**/draft/"):
        page.fill("[name=summary]", "Pregunta por la lavadora.")
    expect(page.locator("#both-texts h2")).to_be_visible()


def tables_beside_a_call(page: Page) -> None:
    """Words, reasons and statuses, in the narrow panel of what to say."""
    begin_call(page)
    page.locator(".look-up summary").nth(0).click()
    page.locator("#look-up-words").press_sequentially("pago")
    expect(page.locator(".look-up .terms")).to_be_visible()
    page.locator(".look-up summary").nth(1).click()
    expect(page.locator(".look-up #reasons .table")).to_be_visible()
    page.locator(".look-up summary").nth(2).click()
    expect(page.locator(".look-up .statuses")).to_be_visible()


def session_ended(page: Page) -> None:
    """While a call was being written down; the way back to it begins at sign-in."""
    with page.expect_response("**/uploads/**"):  # what comes a moment after the page
        begin_call(page)
    page.context.clear_cookies(name=re.compile("sessionid"))
    page.fill("[name=summary]", "Dice que la tienda cerró.")
    page.locator("[data-draft-state] a").click()
    page.wait_for_url("**/account/login/**")


def refused_call(page: Page) -> None:
    """The call form with its errors, and leases found."""
    begin_call(page)
    page.fill("[name=contract]", "ma")
    page.locator("[name=find]").click()
    expect(page.locator("[name=lease]").first).to_be_attached()
    page.locator("form[data-draft-url] [data-save]").click()
    expect(page.locator("main .field-errors").first).to_be_visible()


def call_of_an_attorney(page: Page) -> None:
    """With what they're asked, their script, and the email that waits for their letter."""
    begin_call(page)
    page.fill("[name=contract]", "pena carla")
    page.locator("[name=find]").click()
    page.locator("label", has=page.locator("[name=lease]")).first.click()
    page.locator("label", has=page.locator("[value=attorney]")).click()
    page.fill("[name=caller_name]", "Marta Ruiz")
    page.fill("[name=attorney_firm]", "Ruiz & Vega")
    page.fill("[name=attorney_email]", "marta@ruiz.example")
    page.locator("[name=attorney_email]").blur()
    expect(page.locator("[data-situation=attorney]").first).to_have_attribute("open", "")
    expect(page.locator("#confirmation .notice")).to_be_visible()


def tab(name: str) -> Callable[[Page], object]:
    """A page of a delivered lease."""

    def follow(page: Page) -> None:
        first("tbody a[href^='/leases/']")(page)
        first(f".tabs a[href$='/{name}/']")(page)

    return follow


def scripts_of_a_case(page: Page) -> None:
    """All of them open."""
    first("tbody a[href^='/cases/']")(page)
    page.locator("[data-composer] [name=body]").focus()
    page.locator("#scripts > summary").click()
    groups = page.locator("#scripts .script-group")
    groups.evaluate_all("(all) => all.forEach((each) => (each.open = true))")


def reply_begun(page: Page) -> None:
    first("tbody a[href^='/cases/']")(page)
    page.locator(".dock > .reply").click()
    expect(page.locator("[data-composer] .readers")).to_be_visible()


def flags_of_a_case(page: Page) -> None:
    """With every form open."""
    first("tbody a[href^='/cases/']")(page)
    first("#flags")(page)
    page.locator("#flags details").evaluate_all(
        "(all) => all.forEach((each) => (each.open = true))"
    )


def merging(page: Page) -> None:
    """A duplicate: the cases that could go on, and what is missing."""
    charges(-1)(page)
    first("main a[href$='/merge/']")(page)
    page.locator("main [name=into]").evaluate_all("(all) => all.forEach((each) => each.remove())")
    page.locator("main .actions button").click()
    expect(page.locator("#errors")).to_be_visible()


def verifying_in_a_case(page: Page) -> None:
    """With its form open."""
    first("tbody a[href^='/cases/']")(page)
    first("#verification")(page)


def correcting_a_contact(page: Page) -> None:
    first("tbody a[href^='/cases/']")(page)
    first("aside a[href$='/contact/']")(page)


def correcting_a_caller(page: Page) -> None:
    begin_call(page)
    page.fill("[name=contract]", "carla@example.com")
    page.locator("[name=find]").click()
    page.locator("[name=lease]").first.check()
    first(".found-lease:has(:checked) a[href*='/contact/']")(page)


def case_with(panel: str) -> Callable[[Page], object]:
    """The first case, with this panel and all of its folded parts open."""

    def follow(page: Page) -> None:
        first("tbody a[href^='/cases/']")(page)
        first(f"main a[href*='?open={panel}']")(page)
        expect(page.locator(f".opened #{panel}")).to_be_visible()
        folded = page.locator(".opened details")
        folded.evaluate_all("(all) => all.forEach((each) => (each.open = true))")

    return follow


def lease_of_a_case(page: Page) -> None:
    first("tbody a[href^='/cases/']")(page)
    first("main a[href^='/leases/']")(page)


def wishes_of_a_case(page: Page) -> None:
    first("tbody a[href^='/cases/']")(page)
    first("aside a[href*='/wishes/']")(page)


def attaching_a_lease(page: Page) -> None:
    """To a case that began without one, with leases found."""
    first("main a[href^='/cases/']")(page)
    first("aside a[href*='/lease/']")(page)
    page.fill("form.finder [name=q]", "ma")
    page.locator("form.finder button").click()
    expect(page.locator("[name=lease]").first).to_be_attached()


def file_of_a_case(page: Page) -> None:
    """With the form that asks for it again, turned and larger than its frame."""
    first("main a[href^='/cases/']")(page)
    first(".timeline .file")(page)
    page.locator(".viewer-side details").evaluate("(folded) => (folded.open = true)")
    page.locator("[data-viewer]").press("+")
    page.keyboard.press("r")
    expect(page.locator(".viewer-sheet img")).to_have_css("transform", re.compile("^matrix"))


def mail_of_a_case(page: Page) -> None:
    first("tbody a[href^='/cases/']")(page)
    page.locator(".entry .mails > summary").first.click()
    first(".entry .mail-state a[href*='/mails/']")(page)


def mail_of_a_lease(page: Page) -> None:
    first("tbody a[href^='/leases/']")(page)
    first(".mail-state a[href*='/mails/']")(page)


def languages(page: Page) -> None:
    """The choices for the language of an entry."""
    first("tbody a[href^='/cases/']")(page)
    page.locator(".entry-language summary").first.click()


def typed(text: str) -> Callable[[Page], object]:
    """Into the call bar, which has answered."""

    def follow(page: Page) -> None:
        page.fill("#call-bar", text)
        expect(page.locator(".call-bar .results")).to_be_visible()

    return follow


def next_week(page: Page) -> None:
    """Where something is planned, with one form open."""
    first("main a[rel=next]")(page)
    first(".calendar-acts a")(page)


def commands_of_a_case(page: Page) -> None:
    first("tbody a[href^='/cases/']")(page)
    typed(">")(page)


def paid_off_lease(page: Page) -> None:
    """The statement of the second lease, with its letter."""
    with page.expect_navigation():
        page.locator("main a[href^='/leases/1']").nth(1).click()
    first(".tabs a[href$='/statement/']")(page)
    expect(page.locator("main a[href*='/paid-off']").first).to_be_visible()


def portal_letter(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main a[href^='/portal/leases/']").last.click()
    expect(page.locator("main a[href*='paid-off']").first).to_be_visible()


def opened(selector: str) -> Callable[[Page], object]:
    """By its summary: the first of them that is seen."""

    def follow(page: Page) -> None:
        page.locator(f"{selector} > summary").first.click()
        expect(page.locator(f"{selector}[open]").first).to_be_visible()

    return follow


def more_places(page: Page) -> None:
    """What the header has no room for, in a window where it has not."""
    page.set_viewport_size({"width": 1024, "height": 720})
    opened("details.more")(page)


def keys_shown(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()


def begun_call_of_a_colleague(page: Page) -> None:
    """As it's opened from the list by someone who may take it over."""
    row = "main li:has(form[action$='/takeover/'])"
    first(f"{row} a[href^='/calls/2']")(page)
    expect(page.locator("button[form=take-over]")).to_be_visible()


def saved_too_late(page: Page) -> None:
    """Someone else changed the case meanwhile: 409, with what was typed and what is new."""
    first("tbody a[href^='/cases/']")(page)
    page.fill("[name=body]", "Le confirmé la entrega del jueves.")
    page.locator("form[data-composer] [name=version]").evaluate("(field) => (field.value = '0')")
    with page.expect_navigation():
        page.locator("form[data-composer] [data-variant=primary]").first.click()
    expect(page.locator("#errors, main .errors").first).to_be_visible()


SIGHTS = {
    "sign-in": Sight("nobody", "/account/login/"),
    # Over a page without rows: axe takes a link that the open menu covers in part for a small one.
    "more places": Sight("agent", "/calls/", more_places),
    "menu": Sight("agent", "/cases/", opened(".frame-inner > .menu")),
    "keys": Sight("agent", "/cases/", keys_shown),
    "inbox": Sight("nobody", "/inbox/"),
    "queue": Sight("agent", "/cases/"),
    "call bar": Sight("agent", "/cases/", typed("hernandes")),
    "call bar, nothing found": Sight("agent", "/cases/", typed("210 555 9")),
    "call bar, commands": Sight("agent", "/cases/", typed(">")),
    "commands": Sight("agent", "/find/?q=%3E"),
    "call bar, commands of a case": Sight("agent", "/cases/", commands_of_a_case),
    "items going back": Sight("agent", "/cases/returns/"),
    "return to a store": Sight("agent", "/cases/returns/", first("tbody a[href$='/return/']")),
    "unfinished calls": Sight("agent", "/calls/"),
    "discarded calls": Sight("agent", "/calls/?state=discarded"),
    "call of a colleague": Sight("supervisor", "/calls/", begun_call_of_a_colleague),
    "call": Sight("agent", "/cases/", begin_call),
    "call in full": Sight("agent", "/cases/", call_in_full),
    "call that resolves": Sight("agent", "/cases/", answered_call),
    "call of a stolen identity": Sight("agent", "/cases/", stolen_identity),
    "caller verified": Sight("agent", "/cases/", verified_call),
    "call in two windows": Sight("agent", "/cases/", two_windows),
    "call with tables beside it": Sight("agent", "/cases/", tables_beside_a_call),
    "sign-in after the session ended": Sight("agent", "/cases/", session_ended),
    "call refused": Sight("agent", "/cases/", refused_call),
    "call of an attorney": Sight("agent", "/cases/", call_of_an_attorney),
    "call about charges": Sight("agent", "/cases/", call_about_charges),
    "case with charges under review": Sight("agent", DISPUTING, charges(-1)),
    "case with charges decided": Sight("agent", DISPUTING, charges(0)),
    "choosing charges": Sight("agent", DISPUTING, charges(-1, "charges")),
    "email of chosen charges": Sight("agent", DISPUTING, chosen_shown),
    "refunds owed": Sight("agent", "/cases/refunds/"),
    "refunds of a case": Sight("supervisor", DISPUTING, refunds),
    "paying a refund": Sight("agent", DISPUTING, refund_of_charge),
    "deciding charges": Sight("supervisor", DISPUTING, charges(-1, "decisions")),
    "email of a decision": Sight("supervisor", DISPUTING, decision_shown),
    "merging a duplicate": Sight("agent", DISPUTING, merging),
    "letter of a lease": Sight("agent", DISPUTING, paid_off_lease),
    "case": Sight("agent", "/cases/", first("tbody a[href^='/cases/']")),
    "case with a reply begun": Sight("agent", "/cases/", reply_begun),
    "case without a lease": Sight(
        "agent", "/find/?q=Rosa+Ibáñez", first("main a[href^='/cases/']")
    ),
    "lease of a blocked identity": Sight("agent", THEFT, lease_of_a_case),
    "saved too late": Sight("agent", "/cases/", saved_too_late),
    "attaching a lease": Sight("agent", "/find/?q=Rosa+Ibáñez", attaching_a_lease),
    "flags of a case": Sight("agent", "/cases/", flags_of_a_case),
    "reopening a case": Sight("agent", "/cases/?view=done", case_with("reopen")),
    "saving a view": Sight("supervisor", "/cases/?language=es", saving_a_view),
    "saved views": Sight("agent", "/cases/?status=open", saved_views),
    "snoozed cases": Sight("agent", "/cases/?view=snoozed"),
    "snoozing a case": Sight("agent", "/cases/?view=snoozed", case_with("snooze")),
    "tagging a case": Sight("agent", "/cases/", case_with("tags")),
    "contact wishes": Sight("agent", "/cases/", wishes_of_a_case),
    "contact attempts": Sight("agent", "/cases/attempts/"),
    "blocked identity": Sight("supervisor", THEFT, case_with("identity")),
    "extended deadline": Sight("agent", CREDIT, case_with("outside")),
    "answers of a case": Sight("agent", SETTLED, case_with("answers")),
    "complaints about sales": Sight("supervisor", "/cases/complaints/"),
    "complaints of a store": Sight(
        "supervisor", "/cases/complaints/", first("main a[href^='/cases/complaints/']")
    ),
    "mail of a case": Sight("agent", "/cases/", mail_of_a_case),
    "file of a case": Sight("agent", "/find/?q=Carla+Peña", file_of_a_case),
    "language of an entry": Sight("agent", "/cases/", languages),
    "leases past due": Sight("agent", "/leases/?status=past-due"),
    "leases paid off": Sight("agent", "/leases/?status=paid-off"),
    "lease": Sight("agent", "/leases/", first("tbody a[href^='/leases/']")),
    "mail of a lease": Sight("agent", "/leases/?q=104477312", mail_of_a_lease),
    "funded lease": Sight("agent", FUNDED, first("tbody a[href^='/leases/']")),
    "schedule": Sight("agent", FUNDED, tab("schedule")),
    "statement": Sight("agent", FUNDED, tab("statement")),
    "buyout": Sight("agent", FUNDED, tab("buyout")),
    "plans": Sight("agent", FUNDED, tab("plans")),
    "automatic payments": Sight("agent", FUNDED, tab("automatic-payments")),
    "calls to return": Sight("agent", "/phone/"),
    "phone calls": Sight("agent", "/phone/?view=all"),
    "own extension": Sight("agent", "/phone/extension/"),
    "verifying in a case": Sight("agent", "/cases/", verifying_in_a_case),
    "correcting a contact": Sight("agent", "/cases/", correcting_a_contact),
    "correcting a caller": Sight("agent", "/cases/", correcting_a_caller),
    "correspondence": Sight("agent", "/correspondence/"),
    "bounced addresses": Sight("agent", "/correspondence/addresses/"),
    "parked mails": Sight("agent", "/correspondence/parked/"),
    "parked mail": Sight("agent", "/correspondence/parked/", first("main .card h3 a")),
    "failed mails": Sight("agent", "/correspondence/failed/"),
    "search": Sight("agent", "/find/"),
    "words found": Sight("agent", "/find/?q=pago"),
    "nothing found": Sight("agent", "/find/?q=zzyzx+kind:nada"),
    "follow-ups": Sight("agent", "/correspondence/follow-ups/?whose=everybody", next_week),
    "monitoring": Sight("agent", "/leases/monitoring/"),
    "worklist": Sight("agent", "/leases/monitoring/", first("main a[href*='/monitoring/']")),
    "statuses": Sight("agent", "/leases/statuses/"),
    "mail texts": Sight("agent", "/correspondence/texts/"),
    "mail text": Sight("agent", "/correspondence/texts/plan_agreed/"),
    "scripts": Sight("agent", "/correspondence/scripts/"),
    "scripts of a case": Sight("agent", "/cases/", scripts_of_a_case),
    "help": Sight("agent", "/help/"),
    "help found": Sight("agent", "/help/?words=pago"),
    "guide": Sight("agent", "/help/calls/"),
    "glossary": Sight("agent", "/help/glossary/"),
    "glossary found": Sight("agent", "/help/glossary/?words=pago"),
    "reasons": Sight("agent", "/cases/reasons/"),
    "reasons found": Sight("agent", "/cases/reasons/?words=banco"),
    "no reason found": Sight("agent", "/cases/reasons/?words=zzyzx"),
    "no lease found": Sight("agent", "/leases/?q=zzyzx"),
    "portal": Sight("customer", "/portal/"),
    "portal case": Sight("customer", "/portal/", first("main a[href^='/portal/cases/']")),
    "portal case with answers": Sight(
        "customer who settled", "/portal/", first("main a[href^='/portal/cases/']")
    ),
    "portal lease": Sight("customer", "/portal/", first("main a[href^='/portal/leases/']")),
    "portal charges": Sight("disputing", "/portal/", first("main a[href^='/portal/leases/']")),
    "portal case about charges": Sight(
        "disputing", "/portal/", first("main a[href^='/portal/cases/']")
    ),
    "portal letter": Sight("disputing", "/portal/", portal_letter),
    "portal wishes": Sight("customer", "/portal/contact/"),
    "not found": Sight("customer", "/portal/cases/260000008/"),
}


@pytest.fixture(params=["es", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=SIGHTS)
def sight(request: pytest.FixtureRequest) -> str:
    return request.param


def see(visit: Callable[..., Visit], name: str, language: str) -> Visit:
    sight = SIGHTS[name]
    reader = visit(READERS[sight.reader][language], locale=f"{language}-US")
    page = reader.open(sight.start)
    if sight.then:
        sight.then(page)
    expect(page.locator("html")).to_have_attribute("lang", language)
    return reader


@pytest.mark.requirement("R54")
def test_a_page_is_for_everybody(visit: Callable[..., Visit], sight: str, language: str) -> None:
    """In both color schemes, without sideways scrolling in small windows, and light to load.

    Anything the browser complains about also fails, such as a violated policy.
    """
    reader = see(visit, sight, language)
    page = reader.page
    assert reader.problems == []
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)  # dimmed until it's there
    # Where nothing has scrolled below the header or the strip of a call: axe measures what shows.
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    if page.locator(".case .dock").count():  # nor anything below the foot of a case
        page.set_viewport_size({"width": 1280, "height": 4000})
    page.evaluate(AXE_SCRIPT)
    for scheme, rules in (("light", RULES), ("dark", OF_COLOURS)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page, rules) == [], f"{sight}, {language}, {scheme}"
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, too_wide(page)
    assert unkept(page) == []
    reader.problems.clear()  # axe itself tries styles that the policy forbids
    first_view = weigh(page)
    assert 0 < first_view.own_scripts <= OWN_SCRIPTS
    assert first_view.bytes <= FIRST_VIEW
    assert len(first_view.beside) <= MOST_REQUESTS, first_view.beside


def violations(page: Page, rules: list[str]) -> list[str]:
    """What axe found, each with its first place."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("(options) => axe.run(options)", options)["violations"]
    return [
        f"{each['help']}: {each['nodes'][0]['failureSummary']} {each['nodes'][0]['html'][:200]}"
        for each in found
    ]


def too_wide(page: Page) -> str:
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 5).map((each) => each.outerHTML.slice(0, 120)).join("\\n")"""
    )


def unkept(page: Page) -> list[str]:
    """Fields for words whose words static/js/keep.js would lose."""
    return page.evaluate(
        """() => [...document.querySelectorAll("textarea:not([readonly])")]
            .filter((field) => !field.form?.matches("main form[data-kept]"))
            .map((field) => field.outerHTML.slice(0, 120))"""
    )


@dataclass(frozen=True)
class FirstView:
    bytes: int  # over the wire
    own_scripts: int  # of these
    beside: list[str]  # what was asked for beside the page


def weigh(page: Page) -> FirstView:
    """A page until it's ready, with empty caches."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.clearBrowserCache")
    asked: dict[str, str] = {}
    loading: list[str] = []
    sizes: dict[str, int] = {}

    def ask(event: dict[str, Any]) -> None:
        if event.get("type") == "Document":
            asked.clear()
            loading.append(event["loaderId"])
        # The page that's left may still ask whether the phone rings, or save its draft.
        if loading and event["loaderId"] == loading[-1]:
            asked[event["requestId"]] = event["request"]["url"]

    def finish(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    network.on("Network.requestWillBeSent", ask)
    network.on("Network.loadingFinished", finish)
    page.goto(page.url.partition("#")[0], wait_until="load")  # with it, nothing would be loaded
    network.detach()
    beside = {
        each: address
        for each, address in asked.items()
        if address != page.url and EVERY_SECOND not in address and not THE_FILE.search(address)
    }
    own = sum(sizes.get(each, 0) for each, address in asked.items() if "/static/js/" in address)
    ours = [each for each, address in asked.items() if not THE_FILE.search(address)]
    view = FirstView(sum(sizes.get(each, 0) for each in ours), own, list(beside.values()))
    words = "page_weight %s: %d bytes, %d of them our scripts, %d requests beside the page"
    log.info(words, page.url, view.bytes, view.own_scripts, len(view.beside))
    return view

"""From the call to the customer's portal, in a browser, with real parts all the way."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from cases import numbers, words
from tests.cases.evidence.evidence_makers import image_bytes, pdf_bytes
from tests.e2e.calls import begin_call
from tests.e2e.conftest import Stack, Visit, by_code

pytestmark = pytest.mark.browser

ANA, BEN, SOFIA = "ana@puente.example", "ben@puente.example", "sofia@puente.example"
CARLA, DAN = "carla@example.com", "dan@example.com"
PHOTO = {"name": "recibo.jpg", "mimeType": "image/jpeg", "buffer": image_bytes((640, 480))}
PAPER = {"name": "estado.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes(pages=1)}
CALL = "form[data-draft-url]"

Visits = Callable[..., Visit]


def start_call(page: Page) -> str:
    """The case number on the screen before anything is written down."""
    begin_call(page)
    number = re.sub(r"\D", "", page.locator(f"{CALL} strong.number").inner_text())
    assert page.url.endswith(f"/calls/{number}/")
    assert numbers.parse(number) == number
    return number


def choose_lease(page: Page, searched: str, name: str) -> None:
    page.fill("[name=contract]", searched)
    page.locator("[name=find]").click()
    expect(page.locator("[name=searched]")).to_have_value(searched)  # not those found before
    found = page.locator("label", has=page.locator("[name=lease]"))
    expect(found.first).to_contain_text(name)
    found.first.click()


def choose_kind(page: Page, kind: str) -> None:
    """The rare ones are one press further away."""
    chip = page.locator(f"[name=kind][value={kind}]")
    more = page.locator("#id_kind details:not([open])", has=chip)
    if more.count():
        more.locator("summary").click()
    chip.check()


def write_down(page: Page, *, language: str, summary: str) -> None:
    page.locator(f"{CALL} [name=language][value={language}]").check()
    choose_kind(page, "late_payment")
    page.fill("[name=summary]", summary)


def finish(page: Page, number: str) -> None:
    page.locator(f"{CALL} [data-save]").click()
    page.wait_for_url(f"**/cases/{number}/")


def add_note(page: Page, text: str) -> None:
    page.fill("[data-composer] [name=body]", text)
    page.locator("[data-composer] [type=submit]").click()
    expect(page.locator(".timeline")).to_contain_text(text)


def log_call(page: Page, *, language: str, searched: str, name: str, summary: str) -> str:
    number = start_call(page)
    choose_lease(page, searched, name)
    write_down(page, language=language, summary=summary)
    finish(page, number)
    return number


@pytest.mark.requirement("R2", "R3", "R4", "R5", "R7", "R9", "R13", "R37", "R50", "R54")
def test_carla_calls_in_spanish_and_follows_her_case(visit: Visits, stack: Stack) -> None:
    agent = visit(ANA, locale="es-US")
    page = agent.open("/cases/")
    number = start_call(page)
    spoken = numbers.grouped(number)
    choose_lease(page, "pena carla", "Carla Peña")
    write_down(page, language="es", summary="SECRETO: se atrasó con dos pagos.\nPaga los viernes.")
    page.locator("[name=evidence]").set_input_files(PHOTO)
    finish(page, number)
    call = page.locator(".timeline [data-kind=call]")
    expect(call).to_contain_text("Paga los viernes.")
    expect(call).to_contain_text("recibo.jpg")
    add_note(page, "SECRETO: la tienda acepta un plan.")

    mail = stack.mail(CARLA, about=spoken)
    assert mail.subject == f"Abrimos su caso {spoken}"
    assert "Hola, Carla:" in mail.text
    assert "SECRETO" not in mail.text + mail.html

    # She signs in with the mailed code, in a browser no one has used before.
    customer = visit(locale="es-MX", viewport={"width": 390, "height": 800})
    page = customer.open("/account/login/")
    by_code(page, stack, CARLA)
    expect(page.locator("main")).to_contain_text(spoken)
    page.locator(f"a[href='/portal/cases/{number}/']").first.click()
    main = page.locator("main")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    with translation.override("es"):
        expect(main).to_contain_text(words.status_for_customer("open"))
        expect(main).to_contain_text(words.who_acts_for_customer("company"))
    expect(main).to_contain_text(re.compile(r"\d{1,2} de [a-z]+ de 20\d\d"))  # by when
    assert "SECRETO" not in page.content()
    assert "recibo.jpg" not in page.content()  # it came with what only the agents read

    stranger = visit(DAN)
    answer = stranger.page.goto(f"{stack.address}/portal/cases/{number}/")
    assert answer is not None
    assert answer.status == 404
    assert spoken not in stranger.page.content()


@pytest.mark.requirement("R5", "R7", "R9", "R54")
def test_dan_calls_in_english(visit: Visits, stack: Stack) -> None:
    page = visit(BEN, locale="en-US").open("/cases/")
    number = log_call(
        page, language="en", searched="dan mil", name="Dan Miller",
        summary="Missed two payments after a hospital stay.",
    )  # fmt: skip
    spoken = numbers.grouped(number)
    mail = stack.mail(DAN, about=spoken)
    assert mail.subject == f"Your case {spoken} is open"
    assert "Hello Dan," in mail.text

    page = visit(DAN, locale="en-US").open(f"/portal/cases/{number}/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("main")).to_contain_text("We received your case")
    expect(page.locator("main")).to_contain_text("We’ll get back to you")
    assert "hospital" not in page.content()

    other = visit(CARLA)
    answer = other.page.goto(f"{stack.address}/portal/cases/{number}/")
    assert answer is not None
    assert answer.status == 404


@pytest.mark.requirement("R8")
def test_an_escalated_case_is_on_top_of_sofias_queue(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    number = log_call(
        page, language="es", searched="+1 210 555 0134", name="Carla Peña",
        summary="La tienda no quiere recibir la devolución.",
    )  # fmt: skip
    form = page.locator("form[action$='/escalations/']")
    page.locator("#escalation").click()
    form.locator("[name=reason]").fill("La tienda se niega; hace falta decidir.")
    form.locator("button").click()
    expect(page.locator("[data-status=escalated]").first).to_be_visible()

    page = visit(SOFIA).open("/cases/")
    rows = page.locator("tbody tr.row")
    states = [row.locator(".status").get_attribute("data-status") for row in rows.all()]
    assert states == sorted(states, key="escalated".__ne__)
    row = rows.filter(has_text=numbers.grouped(number))
    expect(row.locator("[data-status=escalated]")).to_be_visible()
    row.get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("La tienda se niega; hace falta decidir.")


@pytest.mark.requirement("R53", "R54")
def test_a_customers_message_with_a_file_reaches_the_agent(visit: Visits) -> None:
    agent = visit(ANA)
    number = log_call(
        agent.open("/cases/"), language="es", searched=CARLA, name="Carla Peña",
        summary="Va a mandar el estado de cuenta.",
    )  # fmt: skip
    page = visit(CARLA, viewport={"width": 390, "height": 800}).open(f"/portal/cases/{number}/")
    form = page.locator("form[action$='/messages/']")
    form.locator("[name=body]").fill("Aquí está mi estado de cuenta.\nGracias, Íñigo también.")
    page.locator("main a.back").first.click()  # looks something up, and is back
    page.wait_for_url("**/portal/")
    page.goto(page.url + f"cases/{number}/")
    expect(form.locator("[name=body]")).to_have_value(re.compile("Gracias, Íñigo también"))
    form.locator("[name=evidence]").set_input_files([PAPER, PHOTO])
    form.locator("button[type=submit]").click()
    expect(page.locator(".timeline")).to_contain_text("Aquí está mi estado de cuenta.")
    expect(page.locator(".timeline")).to_contain_text("estado.pdf")
    expect(form.locator("[name=body]")).to_have_value("")
    page.reload()
    expect(form.locator("[name=body]")).to_have_value("")

    page = agent.open(f"/cases/{number}/")
    message = page.locator(".timeline [data-kind=message]")
    expect(message).to_contain_text("Gracias, Íñigo también.")
    expect(message.locator("img")).to_have_js_property("complete", True)
    with page.expect_download() as download:
        message.get_by_role("link", name=re.compile(r"^Original .+ estado\.pdf$")).click()
    assert download.value.suggested_filename == "estado.pdf"
    assert download.value.path().read_bytes() == PAPER["buffer"]


@pytest.mark.requirement("R10", "R54")
def test_the_language_switch_keeps_the_page_and_what_was_typed(visit: Visits) -> None:
    page = visit(BEN).open("/cases/?view=mine")
    number = start_call(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.fill("[name=summary]", "Dice que pagó dos veces.")
    choose_kind(page, "fraud")
    page.locator(f"{CALL} [name=language][value=es]").check()
    try:
        page.locator(".languages [value=es]").click()
        expect(page.locator("html")).to_have_attribute("lang", "es")
        assert page.url.endswith(f"/calls/{number}/")
        expect(page.locator("[name=summary]")).to_have_value("Dice que pagó dos veces.")
        expect(page.locator("[name=kind][value=fraud]")).to_be_checked()
        expect(page.locator(f"{CALL} [name=language][value=es]")).to_be_checked()
    finally:
        page.locator(".languages [value=en]").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")


def test_keys_take_the_place_of_the_mouse(visit: Visits) -> None:
    page = visit(ANA).open("/cases/")
    page.keyboard.press("/")
    bar = page.locator("#call-bar")
    expect(bar).to_be_focused()
    page.keyboard.type("c/ pena")  # in a field, keys are only letters
    expect(bar).to_have_value("c/ pena")
    page.keyboard.press("Control+a")
    page.keyboard.type("carla@example.com")
    page.keyboard.press("Enter")  # the first match, even if its answer is still to come
    page.wait_for_url("**/leases/*/")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_url("**/calls/*/")
    page.keyboard.press("Control+k")
    expect(page.locator("#call-bar")).to_be_focused()


def test_what_is_typed_is_kept_on_the_server(visit: Visits) -> None:
    """A window closed by accident loses nothing."""
    first = visit(ANA)
    page = first.open("/cases/")
    number = start_call(page)
    with page.expect_response("**/draft/") as kept:
        page.fill("[name=summary]", "A medio escribir")
    assert kept.value.status == 204
    expect(page.locator("[data-draft-state]")).not_to_be_empty()
    page.close()
    page = visit(ANA).open(f"/calls/{number}/")
    expect(page.locator("[name=summary]")).to_have_value("A medio escribir")


@pytest.mark.requirement("R18")
def test_a_call_is_in_the_customers_language_until_the_agent_chooses(visit: Visits) -> None:
    page = visit(ANA, locale="es-US").open("/cases/")
    start_call(page)
    spanish = page.locator(f"{CALL} [name=language][value=es]")
    english = page.locator(f"{CALL} [name=language][value=en]")
    expect(spanish).to_be_checked()
    expect(page.locator("[name=remember_language]")).not_to_be_checked()
    choose_lease(page, "dan mil", "Dan Miller")
    expect(english).to_be_checked()
    followed = page.locator("#followed")
    expect(followed).to_contain_text("En inglés, porque Dan Miller lee en inglés.")
    page.locator("[name=lease]").first.focus()
    page.keyboard.press("i")
    expect(spanish).to_be_checked()
    expect(followed).to_be_hidden()
    choose_lease(page, "dan@example.com", "Dan Miller")
    expect(followed).to_be_hidden()
    choose_kind(page, "late_payment")
    page.fill("[name=summary]", "Pide su saldo por escrito.")
    page.locator(f"{CALL} [data-save]").click()
    expect(page.locator("#errors")).to_contain_text("Dan Miller lee en inglés")
    expect(spanish).to_be_checked()
    english.check()
    page.locator(f"{CALL} [data-save]").click()
    page.wait_for_url("**/cases/*/")


def test_a_case_is_resolved_after_its_mail_was_shown(visit: Visits, stack: Stack) -> None:
    for scripts, agent in ((True, ANA), (False, BEN)):
        page = visit(agent, java_script_enabled=scripts).open("/cases/")
        number = start_call(page)
        page.fill("[name=contract]", DAN)
        page.locator("[name=find]").click()
        page.locator("[name=lease]").first.check()
        write_down(page, language="en", summary="Asks for a payment plan.")
        finish(page, number)
        page.locator("[data-composer] [name=body]").focus()
        page.select_option("[data-composer] [name=to_status]", "resolved")
        page.locator("[data-composer] [type=submit]").click()
        page.locator("[name=outcome][value=plan_agreed]").check()
        page.fill("[name=body]", "We agreed on four payments, on Fridays.")
        page.locator("main form .button[data-variant=primary]").click()
        shown = page.locator("article.mail")
        expect(shown).to_contain_text("We agreed on a payment plan with you.")
        expect(shown).to_contain_text("We agreed on four payments, on Fridays.")
        page.locator("[name=send]").click()
        page.wait_for_url(f"**/cases/{number}/")
        expect(page.locator(".case-head .status")).to_have_attribute("data-status", "resolved")
        assert (
            "four payments" in stack.mail(DAN, about=f"{numbers.grouped(number)} is resolved").text
        )


@pytest.mark.requirement("R7")
def test_a_call_is_logged_without_javascript(visit: Visits, stack: Stack) -> None:
    page = visit(ANA, java_script_enabled=False).open("/cases/")
    number = start_call(page)
    page.fill("[name=summary]", "Llama por su cargo.")
    page.fill("[name=contract]", "peña")
    page.locator("[name=find]").click()
    expect(page.locator("[name=summary]")).to_have_value("Llama por su cargo.")
    page.locator("[name=lease]").first.check()
    page.locator(f"{CALL} [name=language][value=es]").check()
    choose_kind(page, "late_payment")
    page.locator("[name=evidence]").set_input_files(PHOTO)
    finish(page, number)
    expect(page.locator(".timeline [data-kind=call]")).to_contain_text("Llama por su cargo.")
    assert stack.mail(CARLA, about=numbers.grouped(number))


@pytest.mark.requirement("R48")
def test_the_demos_inbox_shows_what_arrived(visit: Visits, stack: Stack) -> None:
    page = visit(ANA).open("/cases/")
    number = log_call(
        page, language="es", searched=CARLA, name="Carla Peña", summary="Pide su saldo."
    )
    spoken = numbers.grouped(number)
    stack.mail(CARLA, about=spoken)
    page = visit(locale="es-US").open("/inbox/")
    page.get_by_role("link", name=re.compile(spoken)).first.click()
    expect(page.locator("main")).to_contain_text(spoken)
    expect(page.locator("main")).to_contain_text("Hola, Carla:")


def test_a_search_sets_no_inline_style(visit: Visits) -> None:
    """Not even for a field resized by its corner, which browsers store as a style."""
    page = visit(BEN, locale="en-US").open("/cases/")
    start_call(page)
    for searched, name in (("carla", "Carla Peña"), ("dan", "Dan Miller")):
        page.fill("[name=contract]", searched)
        page.locator("#id_contract").evaluate("field => field.style.width = '90%'")
        page.locator("[name=find]").click()
        expect(page.locator("label.lease-choice", has_text=name).first).to_be_visible()
    page.fill("[name=contract]", "0000000")
    page.locator("[name=find]").click()
    expect(
        page.locator("#contract .notice:not(#unsearched)")
    ).to_be_visible()  # `visit` sees its problems


class Keys:
    """Counts groups: typing into one field, or one key, chord or choice."""

    def __init__(self, page: Page) -> None:
        self.page, self.groups = page, 0

    def press(self, key: str) -> None:
        self.groups += 1
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.groups += 1
        self.page.keyboard.type(text)

    def choose(self, value: str) -> None:
        """Among choices that stand side by side: with the arrows, then Enter."""
        self.groups += 1
        while self.page.evaluate("document.activeElement.value") != value:
            self.page.keyboard.press("ArrowRight")
        self.page.keyboard.press("Enter")


@pytest.mark.requirement("R71", "R100")
def test_a_name_typed_at_once_beside_a_begun_call_is_not_lost(visit: Visits) -> None:
    """Its letters are no keys, and the call that came back stays as it was."""
    reader = visit(ANA)
    page = reader.open("/cases/")
    begun = start_call(page)
    choose_lease(page, DAN, "Dan Miller")
    expect(page.locator("[name=verify]").first).to_be_visible()
    page = reader.open("/cases/")
    page.keyboard.press("c")
    page.wait_for_url(f"**/calls/{begun}/")
    expect(page.locator("#another-caller")).to_be_focused()
    page.keyboard.type("carla penn")
    expect(page.locator("#another-caller")).to_have_value("carla penn")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/calls/" in url and begun not in url)
    expect(page.locator("[name=contract]")).to_have_value("carla penn")
    page = reader.open(f"/calls/{begun}/")
    expect(page.locator(f"{CALL} [name=contract]")).to_have_value(DAN)


MISSING = {"es": "qué le contaron", "en": "what they said"}
WORDS = {
    "es": ("Se atrasó con dos pagos; los hace el viernes.", "pagar los dos pagos atrasados"),
    "en": ("Two payments are late; she will pay on Friday.", "pay the two late payments"),
}


@pytest.mark.requirement("R7", "R37", "R38", "R41")
@pytest.mark.parametrize(
    ("agent", "language", "caller"), [(ANA, "es", CARLA), (BEN, "en", DAN)], ids=["es", "en"]
)
def test_a_whole_call_by_keyboard_alone(
    visit: Visits, stack: Stack, agent: str, language: str, caller: str
) -> None:
    reader = visit(agent)
    begin_call(reader.open("/cases/"))  # which has no words yet, so that it's the one continued
    page = reader.open("/cases/")
    keys = Keys(page)
    keys.press("c")
    page.wait_for_url("**/calls/*/")
    spoken = page.locator(f"{CALL} strong.number").inner_text()
    assert keys.groups <= 3, "from the ring to the number read aloud"

    expect(page.locator("[name=contract]")).to_be_focused()
    keys.write(caller)
    with page.expect_response("**/calls/*/"):
        keys.press("Enter")
    expect(page.locator("[name=lease]:focus, [name=kind]:focus")).to_have_count(1)
    if page.locator("[name=lease]:focus").count():
        keys.press("Enter")  # several leases: the first
    expect(page.locator("[name=kind]:focus")).to_have_count(1)
    said, promised = WORDS[language]
    keys.choose("late_payment")
    expect(page.locator("[name=summary]")).to_be_focused()
    missing = page.locator("#missing a:not([hidden])")
    expect(missing).to_have_text([MISSING[language]])
    keys.write(said)
    expect(missing).to_have_count(0, timeout=1_000)  # before the server has heard of it
    keys.press("Control+Enter")
    expect(page.locator("[name=message]")).to_be_focused()
    keys.press("Control+Enter")
    page.wait_for_url("**/cases/*/")
    assert keys.groups <= 8
    expect(page.locator(".timeline [data-kind=call]")).to_contain_text(said)
    assert stack.mail(caller, about=re.sub(r"\s+", " ", spoken)).subject

    page.keyboard.press("c")
    page.wait_for_url("**/calls/*/")
    page.locator("[name=kind]").first.focus()
    keys = Keys(page)
    keys.press("p")
    what = page.locator("[name=agreed-0-what]")
    expect(what).to_be_focused()
    keys.write(promised)
    assert keys.groups <= 2
    expect(page.locator("[name=agreed-0-due_on]")).not_to_have_value("")


@pytest.mark.requirement("R7")
def test_the_hand_stays_where_it_was_when_a_part_comes_anew(visit: Visits) -> None:
    page = visit(BEN, locale="en-US").open("/cases/")
    start_call(page)
    choose_lease(page, "dan", "Dan Miller")
    expect(page.locator("[name=verify]").first).to_be_visible()
    for box in page.locator("[name=factors]").all()[:2]:
        box.check()
    page.locator("[name=verify][value=right]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".verification .badge")).to_be_visible()
    expect(page.locator("#about-lease :focus")).to_have_count(1)
    choose_kind(page, "other")
    page.fill("[name=summary]", "Asked about the due date.")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[name=message]")).to_be_focused()

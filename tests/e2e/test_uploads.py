"""Files on their way: with progress, over a broken connection, next to one that is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.cases.evidence.evidence_makers import image_bytes
from tests.e2e.conftest import Visit
from tests.e2e.test_calls import ANA, CARLA, PAPER, PHOTO, log_call

pytestmark = pytest.mark.browser

FORM = "form[action$='/messages/']"
LETTER = {"name": "carta.docx", "mimeType": "application/msword", "buffer": b"PK\x03\x04 words"}
DAMAGED = {"name": "rota.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff nothing"}

Visits = Callable[..., Visit]


@pytest.fixture
def page(visit: Visits) -> Iterator[Page]:
    """Carla's phone, at her case."""
    number = log_call(
        visit(ANA).open("/cases/"), language="es", searched=CARLA, name="Carla Peña",
        summary="Va a mandar fotos.",
    )  # fmt: skip
    opened = visit(CARLA, viewport={"width": 390, "height": 800})
    yield opened.open(f"/portal/cases/{number}/")
    # These tests are about broken connections, which browsers log as errors.
    opened.problems[:] = [each for each in opened.problems if "net::ERR_" not in each]


def choose(page: Page, *files: dict[str, object]) -> None:
    page.locator(f"{FORM} input[type=file]").set_input_files(list(files))  # type: ignore[arg-type]


def test_a_line_cut_while_a_photo_travels_costs_nothing(page: Page) -> None:
    page.fill(f"{FORM} [name=body]", "Aquí está mi recibo.")
    cut: list[str] = []

    def lose(route: Route) -> None:
        """The server has it, and its answer is lost."""
        if route.request.method == "POST" and not cut:
            route.fetch()
            cut.append(route.request.url)
            return route.abort("connectionreset")
        return route.continue_()

    page.route("**/uploads/", lose)
    choose(page, PHOTO)
    line = page.locator(".upload")
    expect(line).to_have_attribute("data-state", "paused")
    expect(line).to_contain_text("En pausa")
    page.locator(f"{FORM} [type=submit]").click()  # too early: it waits
    line.get_by_role("button", name="Intentar otra vez").click()
    timeline = page.locator(".timeline")
    expect(timeline).to_contain_text("Aquí está mi recibo.")
    message = timeline.locator("[data-kind=message]")
    expect(message).to_have_count(1)
    expect(message.locator(".file-name")).to_have_text(["recibo.jpg"])
    expect(page.locator(".upload")).to_have_count(0)


def test_a_bad_file_does_not_lose_the_good_one(page: Page) -> None:
    page.fill(f"{FORM} [name=body]", "Mis papeles.")
    sent: list[str] = []
    page.on("request", lambda each: sent.append(each.url) if each.method == "POST" else None)
    choose(page, LETTER)
    refused = page.locator(".upload[data-state=refused]")
    expect(refused).to_contain_text("no es una foto ni un PDF")
    assert not [url for url in sent if url.endswith("/uploads/")]  # it never travelled
    choose(page, DAMAGED, PAPER)
    expect(refused).to_have_count(2)
    expect(refused.last).to_contain_text(re.compile("No pudimos abrir este archivo"))
    expect(page.locator(".upload[data-state=held]")).to_contain_text("estado.pdf")
    page.reload()  # what has arrived is still there, the words too, and what was refused
    expect(page.locator(".upload[data-state=held]")).to_have_count(1)
    expect(refused).to_have_count(2)
    expect(page.locator(f"{FORM} [name=body]")).to_have_value("Mis papeles.")
    page.locator(f"{FORM} [type=submit]").click()
    message = page.locator(".timeline [data-kind=message]")
    expect(message.locator(".file-name")).to_have_text(["estado.pdf"])


def test_photos_of_every_phone_go_whatever_the_system_calls_them(page: Page) -> None:
    choose(
        page,
        {"name": "IMG_1.HEIC", "mimeType": "", "buffer": image_bytes(file_format="HEIF")},
        {
            "name": "IMG_2.heif",
            "mimeType": "image/x-heif",
            # another photo, because the same one twice is one
            "buffer": image_bytes((320, 240), file_format="HEIF"),
        },
        {"name": "IMG_3.avif", "mimeType": "image/avif", "buffer": image_bytes(file_format="AVIF")},
        {
            "name": "WA0004.webp",
            "mimeType": "image/webp",
            "buffer": image_bytes(file_format="WEBP"),
        },
    )
    expect(page.locator(".upload[data-state=held]")).to_have_count(4)
    page.fill(f"{FORM} [name=body]", "Mis fotos.")
    page.locator(f"{FORM} [type=submit]").click()
    message = page.locator(".timeline [data-kind=message]")
    expect(message.locator(".file-name")).to_have_count(4)
    shown = message.locator(".file img")
    expect(shown).to_have_count(4)
    for number in range(4):
        shown.nth(number).scroll_into_view_if_needed()
        expect(shown.nth(number)).to_have_js_property("naturalWidth", 160)


def test_the_file_field_speaks_the_pages_language_and_is_worked_by_keys(page: Page) -> None:
    button = page.locator(f"{FORM} .uploads > button")
    expect(button).to_have_text("Elegir archivos")
    expect(page.locator(f"{FORM} input[type=file]")).to_be_hidden()
    page.wait_for_load_state("networkidle")  # what waited already is listed by now
    with page.expect_file_chooser() as chooser:
        button.press("Enter")
    chooser.value.set_files([PHOTO])  # type: ignore[list-item]
    line = page.locator(".upload[data-state=held]")
    expect(line).to_contain_text("recibo.jpg")
    box = line.get_by_role("button").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    line.get_by_role("button", name="Quitar: recibo.jpg").click()
    expect(page.locator(".upload")).to_have_count(0)
    expect(button).to_be_focused()


def test_a_text_near_its_limit_is_counted_and_never_cut(page: Page) -> None:
    field = page.locator(f"{FORM} [name=body]")
    field.fill("x" * 4_900)
    expect(page.locator(".count")).to_contain_text("100")
    field.fill("x" * 5_012)
    expect(page.locator(".count[data-over]")).to_contain_text("12")
    assert len(field.input_value()) == 5_012
    page.locator(f"{FORM} [type=submit]").click()
    expect(page.locator(f"{FORM} .field-errors")).to_be_visible()
    assert len(field.input_value()) == 5_012


def test_a_refused_file_keeps_its_line_until_it_is_removed(page: Page) -> None:
    body, send = page.locator(f"{FORM} [name=body]"), page.locator(f"{FORM} [type=submit]")
    choose(page, LETTER, PHOTO)
    body.fill("Aquí está mi recibo.")
    expect(page.locator(".upload[data-state=held]")).to_have_count(1)
    send.click()
    timeline = page.locator(".timeline")
    expect(timeline.locator("[data-kind=message] .file-name")).to_have_text(["recibo.jpg"])
    refused = page.locator(".upload[data-state=refused]")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("carta.docx")
    expect(refused).to_contain_text("no es una foto ni un PDF")

    choose(page, PHOTO)  # the same photo again
    expect(page.locator(".upload[data-state=held]")).to_have_count(1)
    send.click()
    expect(refused).to_have_count(2)
    expect(refused.last).to_contain_text("recibo.jpg")
    expect(refused.last).to_contain_text("Ya nos envió este archivo")
    page.wait_for_load_state("networkidle")  # what waits would be listed by now
    expect(page.locator(".upload[data-state=held]")).to_have_count(0)
    body.fill("Ya no mando nada más.")
    send.click()
    expect(timeline).to_contain_text("Ya no mando nada más.")
    expect(refused).to_have_count(2)
    for _ in range(2):
        refused.first.get_by_role("button", name="Quitar").click()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".upload")).to_have_count(0)

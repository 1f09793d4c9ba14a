"""How a page looks in windows of several widths."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_accessibility import see, too_wide

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 320, "height": 900}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PLACES = [  # with what they count
    "Cola",
    "Correspondencia ▲",
    "Teléfono ▲ 99+",
    "Arrendamientos",
    "Vigilancia ▲ 99+",
    "Por aprobar ▲ 99+",
]

#: What holds more words than it shows, unless it says so with an ellipsis.
CUT = """() => [...document.querySelectorAll("main *:not(textarea)")]
    .filter((each) => {
        const style = getComputedStyle(each);
        return each.clientWidth > 1 && each.innerText && style.overflowX !== "visible"
            && style.textOverflow !== "ellipsis" && each.scrollWidth > each.clientWidth + 1;
    })
    .map((each) => each.outerHTML.slice(0, 120))"""


def header_bottom(page: Page) -> float:
    return float(page.locator(".frame").evaluate("(each) => each.getBoundingClientRect().bottom"))


def top(what: Locator) -> float:
    return float(what.evaluate("(each) => each.getBoundingClientRect().top"))


def test_what_stands_below_the_timeline_is_one_press_away(visit: Callable[..., Visit]) -> None:
    page = visit("ana@puente.example").open("/cases/")
    page.locator("tbody a[href^='/cases/']").first.click()
    jump = page.locator(".jump a")
    page.set_viewport_size(DESKTOP)
    expect(jump).to_be_hidden()
    page.set_viewport_size(PHONE)
    target = page.locator(str(jump.get_attribute("href")))
    jump.click()
    expect(target).to_be_in_viewport()
    assert header_bottom(page) <= top(target) < PHONE["height"] / 2


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("/correspondence/texts/", "tbody a"),
        ("/correspondence/uncertain/", "main .card > header > a"),
    ],
)
def test_links_in_lists_are_large_enough_to_press(
    visit: Callable[..., Visit], address: str, links: str
) -> None:
    page = visit("sofia@puente.example").open(address)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        heights = page.locator(links).evaluate_all(
            "(all) => all.map((each) => each.getBoundingClientRect().height)"
        )
        assert heights, page.locator("main").inner_text()
        assert min(heights) >= 24


def test_the_places_of_an_administrator_stand_on_one_line(visit: Callable[..., Visit]) -> None:
    """In the longer of the languages, with both warnings."""
    page = visit("irene@puente.example").open("/leases/monitoring/")
    page.set_viewport_size(DESKTOP)
    places = page.locator(".frame .nav > a")
    places.evaluate_all(
        """(all, names) => all.forEach((each, at) => {
            each.textContent = names[at].replace(/▲.*/, "");
            const badge = document.createElement("span");
            badge.className = "badge";
            badge.textContent = names[at].match(/▲.*/)?.[0] ?? "";
            if (badge.textContent) each.append(badge);
        })""",
        PLACES,
    )
    assert len({top(each) for each in places.all()}) == 1


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_header_is_one_row_always_in_view(visit: Callable[..., Visit], language: str) -> None:
    """Nothing in it lies on something else, in any width; at 640 px a page of 1280 is at 200%."""
    reader = {"es": "sofia@puente.example", "en": "ben@puente.example"}[language]
    page = visit(reader, locale=f"{language}-US").open("/leases/")
    page.locator(".frame-inner > .menu > summary span").evaluate(
        "(name) => (name.textContent = 'Guadalupe')"
    )
    for width in (320, 390, 640, 768, 992, 1000, 1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 700})
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert page.locator(".frame").bounding_box() == {
            "x": 0, "y": 0, "width": width, "height": 53
        }  # fmt: skip
        ends = 0.0
        for part in page.locator(".frame-inner > *:visible").all():
            box = part.bounding_box()
            assert box is not None
            assert box["x"] >= ends, (width, part.get_attribute("class"))
            assert 24 <= box["height"] <= 53
            ends = box["x"] + box["width"]
        assert ends <= width
        bar = page.locator(".call-bar").bounding_box()
        assert bar is not None
        assert bar["width"] >= (100 if width < 400 else 180)


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_laptop_shows_the_main_places_and_the_others_under_more(
    visit: Callable[..., Visit], language: str
) -> None:
    more, later = {"es": ("Más", "Vigilancia"), "en": ("More", "Watchlists")}[language]
    reader = {"es": "sofia@puente.example", "en": "ben@puente.example"}[language]
    page = visit(reader, locale=f"{language}-US", java_script_enabled=False).open("/leases/")
    places = page.locator(".frame .nav")
    for width in (1000, 1280, 1366):
        page.set_viewport_size({"width": width, "height": 700})
        for address in ("/cases/", "/correspondence/", "/leases/"):
            expect(places.locator(f"> a[href='{address}']")).to_be_visible()
        expect(places.locator("> a", has_text=later)).to_be_hidden()
        expect(places.locator("summary")).to_contain_text(more)
    places.locator("summary").click()
    places.locator("details a", has_text=later).click()
    page.wait_for_url("**/leases/monitoring/")
    expect(places.locator("details:has([aria-current])")).to_be_visible()
    page.set_viewport_size(DESKTOP)
    expect(places.locator("details")).to_be_hidden()
    expect(places.locator("> a", has_text=later)).to_be_visible()


def test_the_other_places_are_reached_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    page = visit("ben@puente.example", locale="en-US").open("/cases/")
    page.set_viewport_size({"width": 1024, "height": 720})
    menu = page.locator(".frame details.more")
    opener, place = menu.locator("summary"), menu.locator("a").first
    page.locator(".frame .nav > a:visible").last.focus()
    page.keyboard.press("Tab")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(place).to_be_focused()
    page.keyboard.press("Escape")
    expect(place).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/leases/monitoring/")
    expect(menu.locator("summary")).to_be_visible()


def test_the_menu_of_a_phone_has_the_places_and_languages_without_scripts(
    visit: Callable[..., Visit],
) -> None:
    page = visit("ana@puente.example", java_script_enabled=False).open("/leases/")
    page.set_viewport_size(PHONE)
    expect(page.locator(".frame > div > .nav")).to_be_hidden()
    page.locator(".frame-inner > .menu > summary").click()
    page.locator(".menu-languages [value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/leases/")
    page.locator(".frame-inner > .menu > summary").click()
    page.locator(".menu-languages [value=es]").click()
    page.locator(".frame-inner > .menu > summary").click()
    page.locator(".menu-places a", has_text="Correspondencia").click()
    page.wait_for_url("**/correspondence/")


@pytest.mark.parametrize(
    "name",
    [
        "call in full", "call that resolves", "call of an attorney", "call in two windows",
        "call with tables beside it", "caller verified", "unfinished calls", "phone calls",
        "words found", "reasons", "scripts", "leases past due",
    ],
)  # fmt: skip
def test_nothing_is_cut_or_scrolls_sideways(visit: Callable[..., Visit], name: str) -> None:
    """In the longer of the languages; at 720 px a page of 1440 is at 200%."""
    page = see(visit, name, "es").page
    for width in (720, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, too_wide(page)
        assert page.evaluate(CUT) == [], width


def test_the_skip_link_lies_above_the_header(visit: Callable[..., Visit]) -> None:
    page = visit("ana@puente.example").open("/cases/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    on_top = """(link) => {
        const box = link.getBoundingClientRect();
        const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return at === link;
    }"""
    assert skip.evaluate(on_top)
    page.keyboard.press("Enter")
    assert top(page.locator("h1")) >= header_bottom(page)

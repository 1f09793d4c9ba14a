"""How a page looks in windows of several widths."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 320, "height": 900}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PLACES = [  # with what they count
    "Cola de casos",
    "Correspondencia ▲",
    "Arrendamientos",
    "Supervisión ▲ 99+",
    "Por aprobar ▲ 99+",
    "Estados",
]


def top(what: Locator) -> float:
    return float(what.evaluate("(each) => each.getBoundingClientRect().top"))


def test_what_stands_below_the_timeline_is_one_press_away(visit: Callable[..., Visit]) -> None:
    page = visit("ana@puente.example").open("/cases/")
    page.locator("tbody a[href^='/cases/']").first.click()
    jumps = page.locator(".jumps")
    page.set_viewport_size(DESKTOP)
    expect(jumps).to_be_hidden()
    page.set_viewport_size(PHONE)
    expect(jumps.locator("a")).to_have_count(4)
    for each in jumps.locator("a").all():
        target = page.locator(str(each.get_attribute("href")))
        each.click()
        expect(target).to_be_in_viewport()
        assert top(target) < PHONE["height"] / 2


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

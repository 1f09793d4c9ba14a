"""The strip of a call stays in view, and hides nothing that is read or focused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 640, 768, 1000, 1200, 1280, 1366, 1440, 1920)
#: Focuses everything, from the last to the first, as Shift+Tab does; what can't be seen at all.
HIDDEN = """() => {
    const focused = "main :is(a[href], button, input, select, textarea, summary)";
    const all = [...document.querySelectorAll(focused)]
        .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled);
    const seen = (each) => {
        const parts = [each, ...(each.labels ?? [])];
        return parts.some((part) => {
            const box = part.getBoundingClientRect();
            return [0.1, 0.5, 0.9].some((share) => {
                const y = box.top + share * box.height;
                const at = document.elementFromPoint(box.left + box.width / 2, y);
                return parts.some((one) => one.contains(at));
            });
        });
    };
    return all.reverse().filter((each) => {
        each.focus();
        const box = each.getBoundingClientRect();
        return box.width > 1 && box.height > 1 && !seen(each);
    }).map((each) => each.outerHTML.slice(0, 120));
}"""
BELOW = """(heading) => heading.getBoundingClientRect().top
    - document.querySelector(".call-strip").getBoundingClientRect().bottom"""


def chosen(page: Page, searched: str) -> None:
    begin_call(page)
    page.fill("[name=contract]", searched)
    page.locator("[name=find]").click()
    page.locator("label", has=page.locator("[name=lease]")).first.click()
    expect(page.locator("#glance h2")).to_be_visible()


@pytest.mark.parametrize(
    ("agent", "language", "searched"),
    [("ana", "es", "carla@example.com"), ("ben", "en", "dan@example.com")],
)
def test_nothing_hides_behind_what_stays_in_view(
    visit: Callable[..., Visit], agent: str, language: str, searched: str
) -> None:
    page = visit(f"{agent}@puente.example", locale=f"{language}-US").open("/cases/")
    chosen(page, searched)
    for told in ("", "No se guardó lo último. Entre otra vez y se guardará. " * 2):
        # What is told in the strip makes it higher.
        page.locator(".call-strip").evaluate("(strip, told) => strip.append(told)", told)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate(HIDDEN) == [], width
            page.evaluate("scrollTo(0, 600)")
            if width >= 1200:  # where the scripts stand beside the call
                expect(page.locator("#call-scripts-title")).to_be_in_viewport()
                assert page.locator("#call-scripts-title").evaluate(BELOW) >= 0, width

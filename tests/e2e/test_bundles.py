"""What collectstatic makes of our styles looks as their parts do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route

from tests.e2e.conftest import Visit
from tests.e2e.test_accessibility import see

pytestmark = pytest.mark.browser

STYLES = Path(settings.BASE_DIR) / "static" / "css"
PART = re.compile(r'@import "([^"]+)";')
#: What every element wears, once per way of being named.
WORN = """() => {
    const seen = new Map();
    for (const element of document.querySelectorAll("body, body *")) {
        const above = element.parentElement.className;
        const name = `${above} > ${element.localName}.${element.className}`;
        if (seen.has(name)) continue;
        const worn = getComputedStyle(element);
        const all = [...worn].filter((each) => !each.startsWith("--"));
        const words = all.map((each) => `${each}: ${worn.getPropertyValue(each)}`);
        // "background: none" is written "0 0", which is the same place.
        seen.set(name, words.map((each) => each.replace("position: 0px 0px", "position: 0% 0%")));
    }
    return [...seen].map(([name, all]) => [name, ...all]);
}"""


def parts(route: Route) -> None:
    """Answers with the parts in their order, as they're written."""
    name = re.sub(r"\.[0-9a-f]{12}(?=\.css$)", "", route.request.url.partition("/css/")[2])
    text = PART.sub(lambda part: (STYLES / part[1]).read_text(), (STYLES / name).read_text())
    route.fulfill(body=text, content_type="text/css")


def worn(page: Page) -> list[list[str]]:
    seen = []
    for scheme, width in (("light", 1280), ("dark", 390)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        seen += page.evaluate(WORN)
    return seen


@pytest.mark.parametrize("sight", ["sign-in", "queue", "call", "case", "portal case"])
def test_a_page_looks_the_same_in_the_bundle(visit: Callable[..., Visit], sight: str) -> None:
    page = see(visit, sight, "en").page
    page.goto(page.url)
    bundled = worn(page)
    page.route("**/*.css", parts)
    page.goto(page.url)
    differing = [
        sorted(set(bundle) ^ set(part))
        for bundle, part in zip(bundled, worn(page), strict=True)
        if bundle != part
    ]
    assert differing == []

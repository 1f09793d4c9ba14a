"""Signing in and every page that refuses, in each state: for everybody, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_accessibility import OF_COLOURS, READERS, RULES, too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.requirement("R54")]
Steps = Callable[[Page], object]
LOGIN = "/account/login/"
WIDTHS = (320, 390, 768, 1920)
TRIES = 6  # more than one name may fail with from one place


def staff_form(page: Page, password: str, email: str = "nobody.at.all@example.net") -> None:
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.press("[name=password]", "Enter")


def nothing_typed(page: Page) -> None:
    page.locator("form:has([name=password]) button").click()
    expect(page.locator("main .field-errors").first).to_be_visible()


def too_often(page: Page) -> None:
    for _try in range(TRIES):
        staff_form(page, "wrong", "locked.out@example.net")


def code_asked(page: Page) -> None:
    page.fill("#customer-email", f"{uuid4().hex}@example.net")  # each name has its own limits
    with page.expect_navigation():
        page.press("#customer-email", "Enter")
    expect(page.locator("[name=code]")).to_be_visible()


def wrong_code(page: Page) -> None:
    code_asked(page)
    page.fill("[name=code]", "BCDFGH")
    with page.expect_navigation():
        page.press("[name=code]", "Enter")


def old_token(page: Page) -> None:
    """As after someone signed in again in another tab."""
    page.locator("[name=csrfmiddlewaretoken]").evaluate_all(
        "(all) => all.forEach((each) => (each.value = 'x'.repeat(64)))"
    )
    staff_form(page, "wrong")
    expect(page.locator(".error-code")).to_have_text("403")


def kept_form(page: Page) -> None:
    """A form that was sent when its session was over."""
    cookies = page.context.cookies()
    page.context.clear_cookies(name=next(e["name"] for e in cookies if "sessionid" in e["name"]))
    page.evaluate(
        """async () => {
            const form = document.querySelector("form:has([name=form_key])");
            const fields = new URLSearchParams(new FormData(form));
            fields.set("body", "Le llamé a las tres y no contestó.");
            await fetch("/cases/260000001/entries/", { method: "POST", body: fields });
        }"""
    )
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto("/".join(page.url.split("/")[:3]) + "/account/kept/")
    expect(page.locator("main textarea")).to_be_visible()


def shown_in_place(template: str, **context: object) -> Steps:
    """A page that only something broken brings up, in the frame of another."""

    def show(page: Page) -> None:
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        with translation.override(page.locator("html").get_attribute("lang") or ""):
            html = render_to_string(template, {"typed": [], **context}, request)
        main = html.partition('id="content" tabindex="-1">')[2].partition("</main>")[0]
        assert main
        page.evaluate("(html) => (document.querySelector('main').innerHTML = html)", main)

    return show


def whole(template: str, **context: object) -> Steps:
    """A page that stands alone, because anything may be broken."""

    def show(page: Page) -> None:
        html = render_to_string(template, context)
        page.route("**/broken/", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto("/".join(page.url.split("/")[:3]) + "/broken/")

    return show


#: Who sees it, where it begins and what happens there.
STATES: dict[str, tuple[str, str, Steps | None]] = {
    "sign-in": ("nobody", LOGIN, None),
    "nothing typed": ("nobody", LOGIN, nothing_typed),
    "wrong password": ("nobody", LOGIN, lambda page: staff_form(page, "wrong")),
    "too often": ("nobody", LOGIN, too_often),
    "idle": ("nobody", f"{LOGIN}?ended=idle&kept=1", None),
    "hours over": ("nobody", f"{LOGIN}?ended=hours", None),
    "session over": ("nobody", f"{LOGIN}?ended=over", None),
    "code": ("nobody", LOGIN, code_asked),
    "wrong code": ("nobody", LOGIN, wrong_code),
    "code page": ("nobody", "/account/login/code/", None),
    "password reset": ("nobody", "/account/password/reset/", None),
    "reset sent": ("nobody", "/account/password/reset/done/", None),
    "dead link": ("nobody", "/account/password/reset/key/1-set-password/", None),
    "no sign-up": ("nobody", "/account/signup/", None),
    "deactivated": ("nobody", "/account/inactive/", None),
    "two steps": ("agent", "/account/2fa/", None),
    "set up": ("agent", "/account/2fa/totp/activate/", None),
    "new password": ("agent", "/account/password/change/", None),
    "who are you": ("agent", "/account/reauthenticate/", None),
    "kept form": ("agent", "/cases/", kept_form),
    "expired": ("nobody", LOGIN, old_token),
    "not found": ("nobody", "/nowhere/", None),
    "for a form": ("agent", "/language/", None),
    "forbidden": ("agent", "/nowhere/", shown_in_place("403.html")),
    "too many": ("agent", "/nowhere/", shown_in_place("429.html")),
    "cut": ("agent", "/nowhere/", shown_in_place("cut.html")),
    "sent again": (
        "agent", "/nowhere/",
        shown_in_place(
            "sent_again.html", sent_at="Nov 29, 2026", location="/cases/", page="/cases/",
            words=["Le llamé a las tres."],
        ),
    ),
    "being saved": (
        "agent", "/nowhere/", shown_in_place("sent_again.html", at_work=True, page="/cases/")
    ),
    "broken": ("nobody", LOGIN, whole("500.html")),
    "unreadable": ("nobody", LOGIN, whole("400.html")),
    "too large": ("nobody", LOGIN, whole("400.html", too_large=True)),
}  # fmt: skip


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("state", STATES)
def test_a_refusal_is_for_everybody(visit: Callable[..., Visit], state: str, language: str) -> None:
    who, start, then = STATES[state]
    reader = visit(READERS[who][language], locale=f"{language}-US")
    page = reader.open(start)
    if then:
        then(page)
    assert page.locator("h1").count() >= 1  # two where both languages stand below each other
    reader.problems.clear()
    page.evaluate(AXE_SCRIPT)
    for scheme, rules in (("light", RULES), ("dark", OF_COLOURS)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page, rules) == [], f"{state}, {language}, {scheme}"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, too_wide(page)
    reader.problems.clear()  # axe itself tries styles that the policy forbids

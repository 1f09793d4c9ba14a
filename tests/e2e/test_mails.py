"""Every mail as mail programs show it: in both color schemes, on the smallest screens, alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from accounts.enums import Language
from mail.kinds import MailKind, MailParams, kind_of
from tests.e2e.test_accessibility import OF_COLOURS, RULES, too_wide, violations
from tests.mail.test_look_of_mails import every_mail, preview

# A mail names what it asks for as the database does. The loop of the browser's library is no reason
# to refuse that.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

STYLES = Path(__file__).parents[2] / "static" / "css" / "mail.css"
#: Nothing of this is torn apart by the end of a line.
WHOLE = ".letter-unbroken, .letter-large, .letter-code, .letter-phone"
BROKEN = """(all) => all.filter((each) => {
    const range = document.createRange();
    range.selectNodeContents(each);
    const tops = [...range.getClientRects()].map((line) => Math.round(line.top));
    return new Set(tops).size > 1;
}).map((each) => each.outerHTML)"""
#: Large enough for a thumb.
PRESSED = ".letter-button, .letter-typed, .letter-phone"


@pytest.fixture(scope="module")
def mail_program(browser: Browser) -> Iterator[Page]:
    """Loads no pictures and reaches nothing."""
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


@every_mail
@pytest.mark.requirement("R54")
def test_a_mail_is_for_everybody(
    mail_program: Page, kind: MailKind[MailParams], language: Language, now: datetime
) -> None:
    page = mail_program
    page.set_content(preview(kind, language, now).html)
    page.evaluate(AXE_SCRIPT)
    for scheme, rules in (("light", RULES), ("dark", OF_COLOURS)):
        page.emulate_media(color_scheme=scheme)
        assert violations(page, rules) == [], scheme
    for width in (320, 600):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, too_wide(page)
        assert page.locator(WHOLE).evaluate_all(BROKEN) == []
        heights = page.locator(PRESSED).evaluate_all(
            "(all) => all.map((each) => each.getBoundingClientRect().height)"
        )
        assert min(heights) >= 44


def test_a_preview_beside_another_is_not_cut_off(mail_program: Page, now: datetime) -> None:
    """In a wide window, where the mail's own rules for narrow ones don't hold."""
    page = mail_program
    page.set_viewport_size({"width": 1440, "height": 900})
    shown = preview(kind_of("case_opened"), Language.SPANISH, now).letter.shown
    styles = STYLES.read_text()
    page.set_content(f"<style>{styles}</style><div style='width: 470px'>{shown}</div>")
    assert page.evaluate("document.querySelector('div').scrollWidth") == 470

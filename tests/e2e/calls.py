"""A call of a test's own."""

from __future__ import annotations

from playwright.sync_api import Page


def begin_call(page: Page) -> None:
    """Logging a call continues a begun one, which may be another test's."""
    with page.expect_navigation(url="**/calls/*/"):  # also from another call's page
        page.locator("form[data-log-call] button").click()
    continued = page.url
    page.locator(".call-another button").click()
    page.wait_for_url(lambda url: url != continued and "/calls/" in url)

"""The calendar of follow-ups: moved with the mouse, by keys, and without any script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, Position, expect

from cases.queries.calendar import monday_of
from common.company_day import business_day
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser

ANA, BEN, SOFIA = "ana@puente.example", "ben@puente.example", "sofia@puente.example"
NEXT_WEEK = monday_of(business_day(timezone.now()) + timedelta(days=7))
CALENDAR = f"/correspondence/follow-ups/?whose=everybody&week={NEXT_WEEK}"
TALL = {"width": 1280, "height": 1600}

Visits = Callable[..., Visit]


def follow_up(page: Page, place: int) -> Locator:
    """By its own id, wherever it's moved to."""
    found = page.locator("[data-follow-up]").nth(place).get_attribute("id")
    return page.locator(f"#{found}")


def other_days(item: Locator) -> list[date]:
    """Of its week; the demo's customers are there from Monday to Friday."""
    on = date.fromisoformat(item.get_attribute("data-on") or "")
    days = [monday_of(on) + timedelta(days=ahead) for ahead in range(5)]
    return [day for day in days if day != on]


def drag(item: Locator, to: date) -> None:
    """By its first line to the head of a column; browsers report the second move over it."""
    page, corner = item.page, Position(x=12, y=12)
    column = page.locator(f"[data-day='{to}']")
    item.hover(position=corner)
    page.mouse.down()
    column.hover(position=corner)
    column.hover(position=Position(x=16, y=16))
    expect(column).to_have_attribute("data-over", "")
    page.mouse.up()


def expect_on(page: Page, item: Locator, day: date) -> None:
    expect(item).to_have_attribute("data-on", day.isoformat())
    expect(page.locator(f"[data-day='{day}']").locator(item)).to_be_visible()


@pytest.mark.requirement("R5")
def test_a_follow_up_is_dragged_to_another_day(visit: Visits) -> None:
    page = visit(SOFIA, viewport=TALL).open(CALENDAR)
    item = follow_up(page, 0)
    to = other_days(item)[-1]
    drag(item, to)
    expect_on(page, item, to)
    expect(page.locator("[data-calendar-says]")).not_to_be_empty()
    expect(page.locator(".messages .notice")).to_be_visible()
    page.reload()
    expect_on(page, item, to)


@pytest.mark.requirement("R5")
def test_a_follow_up_is_moved_by_keys_which_say_where_it_goes(visit: Visits) -> None:
    page = visit(BEN, viewport=TALL).open(CALENDAR)
    item = follow_up(page, 1)
    handle, says = item.locator("[data-handle]"), page.locator("[data-calendar-says]")
    on = date.fromisoformat(item.get_attribute("data-on") or "")
    to = other_days(item)[0 if on.weekday() else -1]
    key = "ArrowRight" if to > on else "ArrowLeft"
    handle.focus()

    page.keyboard.press("Enter")
    expect(handle).to_have_attribute("aria-pressed", "true")
    expect(says).to_contain_text("Escape")
    line = page.locator("[data-calendar-keys]")
    expect(line).to_contain_text("Escape")
    expect(line).to_be_in_viewport()
    page.keyboard.press(key)
    page.keyboard.press("Escape")
    expect(handle).to_have_attribute("aria-pressed", "false")
    expect(line).to_be_hidden()
    expect_on(page, item, on)

    page.keyboard.press("Enter")
    for _ in range(abs((to - on).days)):
        page.keyboard.press(key)
    expect(says).to_contain_text(f"{to:%A}")
    page.keyboard.press("Enter")
    expect_on(page, item, to)
    expect(handle).to_be_focused()
    page.reload()
    expect_on(page, item, to)


@pytest.mark.requirement("R5")
def test_who_moves_it_too_late_reads_why(visit: Visits) -> None:
    late = visit(ANA, viewport=TALL).open(CALENDAR)
    item = follow_up(late, 2)
    first, second = other_days(item)[:2]
    other = visit(BEN, viewport=TALL).open(CALENDAR)
    same = other.locator(f"#{item.get_attribute('id')}")
    drag(same, first)
    expect_on(other, same, first)

    drag(item, second)
    expect(late.locator("#errors")).to_be_focused()
    expect(late.locator("#errors")).to_contain_text("Otra persona ya pasó este seguimiento")
    expect_on(late, item, first)  # as it is now


def test_a_follow_up_is_moved_without_javascript(visit: Visits) -> None:
    page = visit(SOFIA, java_script_enabled=False).open(CALENDAR)
    item = follow_up(page, 3)
    expect(item.locator("[data-handle]")).to_be_hidden()
    to = other_days(item)[0]
    item.locator(".calendar-acts a").last.click()
    item.locator("[name=to]").fill(to.isoformat())
    item.locator("[data-move] [type=submit]").click()
    expect_on(page, item, to)
    expect(page.locator(".messages .notice")).to_be_visible()

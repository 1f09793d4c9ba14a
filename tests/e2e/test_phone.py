"""A phone rings while its agent types something else."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from common.json_post import post_json
from tests.e2e.conftest import Stack, Visit
from tests.e2e.test_accessibility import RULES
from tools.company import cast

pytestmark = [pytest.mark.browser, pytest.mark.requirement("R85")]

ANA, BEN = "ana@puente.example", "ben@puente.example"
Tell = Callable[..., None]


@pytest.fixture
def tell(stack: Stack) -> Iterator[Tell]:
    """An event of one call, as the telephone system posts it; the call ends with the test."""
    call = f"e2e-{secrets.token_hex(4)}"

    def told(event: str, caller: str = cast.CARLA.phone, to: str = "101") -> None:
        fields = {"event": event, "from": caller, "to": to, "direction": "in", "callId": call}
        url = f"{stack.address}/telephone/{cast.PHONE_SECRET}/"
        answer = post_json(url, json.dumps(fields).encode(), seconds=10, most_bytes=1000)
        assert answer.status == 200

    yield told
    told("hangup")


def card(page: Page) -> Any:
    return page.locator(".ringing-card:not([hidden])")


def violations(page: Page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("(tags) => axe.run({ runOnly: tags })", RULES)
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]


def test_the_card_opens_while_ana_types_and_one_key_logs_the_call(
    visit: Callable[..., Visit], tell: Tell
) -> None:
    page = visit(ANA).open("/cases/")
    page.focus("#call-bar")
    page.keyboard.type("pe")
    tell("newCall", "+12105551000")  # a customer with one lease
    expect(card(page)).to_be_visible()
    page.keyboard.type("ña")
    expect(page.locator("#call-bar")).to_have_value("peña")
    expect(page.locator("#call-bar")).to_be_focused()
    expect(page.locator(".ringing [role=status]")).to_contain_text("María José Núñez")
    assert violations(page) == []
    page.keyboard.press("Alt+Enter")
    page.wait_for_url("**/calls/*/")
    expect(page.locator("[name=lease]:checked")).to_have_count(1)
    expect(card(page)).to_have_count(0)


def test_c_logs_the_call_that_rings(visit: Callable[..., Visit], tell: Tell) -> None:
    page = visit(ANA).open("/cases/")
    tell("newCall", "+12105551000")
    expect(card(page)).to_be_visible()
    page.keyboard.press("c")
    page.wait_for_url("**/calls/*/")
    expect(page.locator("[name=lease]:checked")).to_have_count(1)
    expect(card(page)).to_have_count(0)


def test_the_card_closes_when_the_caller_gives_up(visit: Callable[..., Visit], tell: Tell) -> None:
    page = visit(BEN).open("/leases/")
    tell("newCall", "+17135550162", "102")
    expect(card(page)).to_contain_text("(713) 555-0162")
    assert violations(page) == []
    tell("hangup", "+17135550162", "102")
    expect(card(page)).to_have_count(0)


def test_only_one_window_asks_and_both_show(visit: Callable[..., Visit], tell: Tell) -> None:
    first = visit(BEN)
    pages = [first.open("/cases/"), first.page.context.new_page()]
    pages[1].goto(pages[0].url)
    asked: list[int] = [0, 0]
    for place, page in enumerate(pages):
        page.on(
            "request",
            lambda request, place=place: asked.__setitem__(
                place, asked[place] + ("/telephone/changes/" in request.url)
            ),
        )
    tell("newCall", cast.DAN.phone, "102")
    for page in pages:
        expect(card(page)).to_contain_text("Dan Miller")
    assert min(asked) <= 1, asked  # the one that it was taken over from may just have asked
    pages[1].locator("[data-put-away]").click()
    expect(card(pages[1])).to_have_count(0)


def test_without_scripts_the_card_is_part_of_the_page(
    visit: Callable[..., Visit], tell: Tell
) -> None:
    tell("newCall")
    page = visit(ANA, java_script_enabled=False).open("/leases/")
    expect(card(page)).to_contain_text("Carla Peña")
    page.locator("[data-answer-key]").click()
    page.wait_for_url("**/calls/*/")
